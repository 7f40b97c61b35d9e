"""Map the front matter fields of a target back to the names of unwix."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from ...schema import schema
from ...web.json_path import dig
from ...writers.target import FrontMatter


def fields_by_unwix_name(
    fields_of_file: dict[str, Any], front: FrontMatter, renames: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the fields by the names of unwix, and the name of each in the file.

    `renames` are those of `--field`. Other fields keep their names unless unwix uses the same name.
    """
    kinds = schema("front-matter")["properties"]
    fields: dict[str, Any] = {}
    names: dict[str, str] = {}
    known_names: set[str] = set()
    for name, field_schema in kinds.items():
        usual = front.draft[0] if name == "draft" else front.names.get(name, name)
        target_name = renames.get(name, usual)
        place = target_name.removesuffix("[]")
        value = dig(fields_of_file, *place.split(".")) if place else None
        if value is None:
            continue
        known_names.add(place.split(".")[0])
        if name == "draft" and front.draft[1] is not True:
            if value != front.draft[1]:
                continue  # `status: published` is the default
            value = True
        names[name] = place
        if target_name.endswith("[]") and isinstance(value, list) and len(value) == 1:
            value = value[0]
        fields[name] = _value_from_target(name, value, front, is_list=field_schema.get("type") == "array")
    if front.one_category and "category" in fields_of_file:
        known_names.add("category")
        fields.setdefault("categories", [_unescaped(fields_of_file["category"])])
        names.setdefault("categories", "category")
    others = {name: value for name, value in fields_of_file.items() if name not in known_names and name not in kinds}
    return {**fields, **others}, names


def _value_from_target(name: str, value: Any, front: FrontMatter, is_list: bool) -> Any:
    """Return the value of a field without the form that the target needs."""
    if name in front.listed and isinstance(value, list):
        value = [part[0] if isinstance(part, list) and len(part) == 1 else part for part in value]
    if front.one_author and name == "authors" and isinstance(value, str):
        value = [value]
    if is_list and not isinstance(value, list):
        value = _list(name, value, front)
    return _unescaped(value) if name in front.html | front.markdown else value


def _list(name: str, value: Any, front: FrontMatter) -> Any:
    """Return a value as the list that the generator reads: text is split at `;`, else at commas."""
    if front.format == "meta":
        sign = ";" if ";" in str(value) else ","
        return [part for piece in str(value).split(sign) if (part := piece.strip())]
    return [value] if name == "authors" and front.draft[0] == "published" else value


def _unescaped(value: Any) -> Any:
    if isinstance(value, list):
        return [_unescaped(v) for v in value]
    return html.unescape(value) if isinstance(value, str) else value


def typed(value: Mapping[str, list[str]]) -> dict[str, Any]:
    """Return fields of `Key: value` lines with the types of the schema."""
    return {name: _typed(values) for name, values in value.items()}


def _typed(values: list[str]) -> Any:
    if len(values) > 1:
        return values
    text = values[0] if values else ""
    if text in ("true", "false"):
        return text == "true"
    return int(text) if text.isascii() and text.isdigit() and (text == "0" or text[0] != "0") else text
