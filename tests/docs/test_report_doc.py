"""Test that docs/report.md has the tables of the code, and names every field."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

import pytest

from support.paths import ROOT_DIR
from unwix.model.problems import KINDS
from unwix.model.results import RESULTS
from unwix.model.skipped import SKIP_KINDS
from unwix.schema import schema

DOC = ROOT_DIR / "docs/report.md"
TABLES: dict[str, tuple[tuple[str, ...], Iterable[tuple[str, ...]]]] = {
    "results": (("result", "meaning"), RESULTS.items()),
    "skipped": (("kind", "meaning"), SKIP_KINDS.items()),
    "problems": (("kind", "severity", "meaning"), ((kind, *row) for kind, row in sorted(KINDS.items()))),
}


def table(name: str) -> str:
    """Return the marker and the table below it."""
    head, rows = TABLES[name]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += [f"| `{first}` | " + " | ".join(rest) + " |" for first, *rest in rows]
    return f"<!-- {name} -->\n\n" + "\n".join(lines) + "\n"


def test_the_tables_are_those_of_the_code() -> None:
    text = written = DOC.read_text(encoding="utf-8")
    for name in TABLES:
        made = table(name)
        written = re.sub(
            rf"<!-- {name} -->\n(\n\|[^\n]*(\n\|[^\n]*)*\n)?", lambda _m, made=made: made, written, count=1
        )
    if os.environ.get("UPDATE_EXPECTED"):
        DOC.write_text(written, encoding="utf-8")
        pytest.fail("docs/report.md was rewritten: read the difference, then run again without UPDATE_EXPECTED")
    assert text == written, "make expected rewrites it"


def test_document_names_every_field() -> None:
    text = DOC.read_text(encoding="utf-8")
    forms = schema("report")["$defs"]
    fields = {*forms["post"]["properties"], *forms["skipped"]["properties"], *forms["links"]["properties"]}
    assert [field for field in sorted(fields) if f"`{field}`" not in text and f'"{field}"' not in text] == []
