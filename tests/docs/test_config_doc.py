"""docs/configuration.md and schema/config.schema.json list the options that a configuration file can set."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest

from support.paths import ROOT_DIR
from unwix.cli.config import EffectiveOption, config_commands, effective_options, toml_value
from unwix.schema import schema

DOCUMENT = ROOT_DIR / "docs/configuration.md"
SCHEMA = ROOT_DIR / "src/unwix/schema/config.schema.json"
BEGIN, END = "<!-- options: begin -->\n", "<!-- options: end -->\n"
EXAMPLE = (ROOT_DIR / "docs/configuration.md").read_text(encoding="utf-8").partition("```toml\n")[2].partition("```")[0]


def kind(option: EffectiveOption) -> dict[str, Any]:
    """Return the JSON Schema of one value of an option."""
    param = option.option
    words = getattr(param.type, "words", None) or getattr(param.type, "choices", None)
    if param.is_flag:
        one: dict[str, Any] = {"type": "boolean"}
    elif words:
        one = {"type": "string", "enum": list(words)}
    elif isinstance(param.type, click.types.FloatParamType | click.FloatRange):
        one = {"type": "number"}
    elif isinstance(param.type, click.types.IntParamType | click.IntRange):
        one = {"type": "integer"}
    else:
        one = {"type": "string"}
    if param.multiple:
        one = {"anyOf": [one, {"type": "array", "items": one}]}
        if option.name == "severity":
            one["anyOf"].append({"type": "object", "additionalProperties": {"type": "string"}})
    return {**one, "description": param.help or ""}


def made_schema() -> str:
    tables: dict[str, Any] = {}
    for command in config_commands():
        properties = {option.name: kind(option) for option in effective_options(command, None)}
        if command == "check":
            properties = {**tables["convert"]["properties"], **properties}
        tables[command] = {"type": "object", "properties": properties, "additionalProperties": False}
    made = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "unwix.toml",
        "type": "object",
        "properties": tables,
    }
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


def made_tables() -> str:
    lines = []
    for command in config_commands():
        lines += [f"## [{command}]", "", "| key | default | meaning |", "|---|---|---|"]
        for option in effective_options(command, None):
            default = "" if option.value is None else f"`{toml_value(option.value)}`"
            meaning = (option.option.help or "").replace("|", "\\|").replace("<", "\\<")
            lines.append(f"| `{option.name}` | {default} | {meaning} |")
        lines.append("")
    return "\n".join(lines)


def hold(path: Path, made: str) -> None:
    if os.environ.get("UPDATE_EXPECTED"):
        path.write_text(made, encoding="utf-8")
        pytest.fail(f"{path.name} was written anew: read the difference, then run again without UPDATE_EXPECTED")
    assert path.read_text(encoding="utf-8") == made, "make expected writes it anew"


def test_the_document_is_up_to_date() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    hold(DOCUMENT, text.partition(BEGIN)[0] + BEGIN + made_tables() + END + text.partition(END)[2])


def test_the_schema_is_up_to_date() -> None:
    hold(SCHEMA, made_schema())


def test_the_example_fits_the_schema() -> None:
    jsonschema.validate(tomllib.loads(EXAMPLE), schema("config"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"convert": {"fields": []}}, schema("config"))
