"""Read the values of front matter, also as tools write it, without the quotation marks that a value needs."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import yaml

from .fields import unquoted

#: A value without quotation marks in which `#3` is not a comment: tools write titles as they are.
_UNQUOTED = re.compile(r"^(?P<key>\w[\w .-]*:[ \t]+)(?P<value>[\w(“„«][^\n]*?[ \t]#[^\s#][^\n]*)$", re.M)
_LIST_ITEM = re.compile(r"\s*-\s+(\S.*)")


def front_matter_values(text: str, is_toml: bool) -> dict[str, Any]:
    """Return the values of a head, whose fences are removed; those of each line if it is not valid YAML or TOML."""
    try:
        # The loader makes strings, lists and dictionaries only; JSON is YAML too.
        data = tomllib.loads(text) if is_toml else yaml.load(_UNQUOTED.sub(_quoted, text), yaml.BaseLoader)
    except (yaml.YAMLError, tomllib.TOMLDecodeError, RecursionError, ValueError):
        data = None
    if isinstance(data, dict):
        return data
    return _values_by_line(text, "=" if is_toml else ":")


def _quoted(line: re.Match[str]) -> str:
    return line["key"] + json.dumps(line["value"].rstrip(), ensure_ascii=False)


def _values_by_line(text: str, sign: str) -> dict[str, Any]:
    """Return the values of a head that is not valid YAML or TOML, because tools omit quotes that a value needs."""
    values: dict[str, Any] = {}
    last = ""
    for line in text.split("\n"):
        key, found_sign, value = line.partition(sign)
        if line[:1].isalpha() and found_sign:
            last = key.strip()
            values[last] = unquoted(value)
        elif last and (item := _LIST_ITEM.match(line)):
            items = values[last] if isinstance(values[last], list) else []
            values[last] = [*items, item[1].strip("\"' ")]
    return values
