"""Test that the schema of the front matter matches `post.Metadata`, and that all front matter of unwix fits it."""

from __future__ import annotations

import re
import types
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from msgspec import NODEFAULT
from msgspec.structs import fields

from support.paths import ROOT_DIR
from unwix.checks.markdown_file import Document
from unwix.checks.rules.metadata import against_schema, dates
from unwix.model.post import Metadata
from unwix.schema import schema
from unwix.writers.front_matter.write import front_matter

ROOT = ROOT_DIR
PROPERTIES: dict[str, Any] = schema("front-matter")["properties"]
KINDS = {str: "string", int: "integer", bool: "boolean"}
OUTPUTS = sorted(ROOT.glob("output/*.md")) + sorted(ROOT.glob("tests/cases/*/*/expected.md"))


def kind_of(hint: Any) -> str:
    """Return the schema's type of a field."""
    if isinstance(hint, types.UnionType):
        (hint,) = (part for part in get_args(hint) if part is not type(None))
    return KINDS.get(hint, "array")


def test_the_schema_has_every_field_in_order() -> None:
    assert list(PROPERTIES) == list(Metadata.__struct_fields__)


@pytest.mark.parametrize("name", list(Metadata.__struct_fields__))
def test_schema_has_the_type_of_each_field(name: str) -> None:
    text = PROPERTIES[name]
    if "enum" in text:
        assert all(isinstance(value, str) for value in text["enum"])
    else:
        assert text["type"] == kind_of(get_type_hints(Metadata)[name])
    if text.get("type") == "array":
        assert text["items"]["type"] == "string"
    assert text["description"].endswith(".")


def test_a_full_front_matter_fits() -> None:
    values: dict[str, Any] = {
        "string": "text",
        "integer": 3,
        "boolean": True,
        "array": ("a", "b: c"),
    }
    special = {
        "date": "2024-02-29T11:42:11.550Z",
        "updated": "2024-03-01",
        "canonical_url": "https://www.example.com/post/möhren",
        "language": "pt-BR",
        "commenting": "closed",
    }
    chosen = {
        field.name: special.get(field.name) or values[kind_of(get_type_hints(Metadata)[field.name])]
        for field in fields(Metadata)
        if field.default is not NODEFAULT or field.default_factory is not NODEFAULT
    }
    chosen = {name: [*value] if isinstance(value, tuple) else value for name, value in chosen.items()}
    document = Document("a.md", front_matter(Metadata(**chosen)))
    assert document.front.fields == chosen
    assert [*against_schema(document), *dates(document)] == []


@pytest.mark.parametrize("path", OUTPUTS, ids=lambda path: path.parent.name + "/" + path.name)
def test_written_front_matter_fits_the_schema(path: Path) -> None:
    document = Document(path.name, path.read_text(encoding="utf-8"))
    assert document.front.fault is None
    assert [*against_schema(document), *dates(document)] == []


def test_there_are_outputs() -> None:
    assert len(OUTPUTS) > 20


def test_the_document_names_the_schema() -> None:
    text = (ROOT / "docs/front-matter.md").read_text(encoding="utf-8")
    assert "src/unwix/schema/front-matter.schema.json" in text
    assert re.search(r"JSON Schema", text)
