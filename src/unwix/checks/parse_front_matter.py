"""Parse front matter to plain data, with dates as text and the line of each field."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import yaml
from msgspec import Struct, field

from ..writers.target import Target
from .rules.known_fields import fields_by_unwix_name, typed

#: The syntax of front matter, by its first line.
_FENCES = {"---": "yaml", "+++": "toml"}
#: Longer text is not front matter; parsing it would take too long.
_MOST = 1_000_000
_MOST_DEEP = 20
_KEY = re.compile(r"[ ]{0,3}([A-Za-z0-9_-]+):[ \t]*(.*)")
#: `Key: value` lines with their continuation lines.
_META = re.compile(rf"(?:{_KEY.pattern}\n(?:[ ]{{4,}}.*\n)*)+")


class Front(Struct, frozen=True):
    """The front matter of a file."""

    form: str | None
    """`yaml`, `toml` or `meta`; None if the file has none."""
    text: str
    body: str
    body_line: int
    """The first line of the body in the file."""
    fields: dict[str, Any] = field(default_factory=dict)
    """The fields by the names of `model.post.Metadata`, whatever the target calls them."""
    fault: tuple[int, str] | None = None
    """Why it cannot be parsed: the line and a sentence."""
    names: dict[str, str] = field(default_factory=dict)
    """The name of a field in the file, if it differs."""

    def line(self, name: str) -> int | None:
        """Return the line of a field."""
        key = re.escape(self.names.get(name, name).split(".")[-1])
        match = re.search(rf"^[ \t]*[\"']?{key}[\"']?[ \t]*[:=]", self.text, re.M | re.I)
        fence = self.form != "meta"
        return self.text.count("\n", 0, match.start()) + 1 + fence if match else None


def read_front(text: str, target: Target, renames: Mapping[str, str]) -> Front:
    """Parse the front matter of a file that was written for a target; `renames` are those of `--field`."""
    text = text.removeprefix("\ufeff")
    if target.front.format == "meta" and (lines := _META.match(text)) is not None:
        return _mapped("meta", lines[0], text[lines.end() :], lines[0].count("\n"), target, renames)
    first, _, rest = text.partition("\n")
    form = _FENCES.get(first.rstrip())
    if form is None:
        return Front(None, "", text, 1)
    end = re.search(rf"^{re.escape(first.rstrip())}[ \t]*\r?(?:\n|\Z)", rest, re.M)
    if end is None:
        return Front(form, "", "", 1, fault=(1, f"there is no closing {first.rstrip()}"))
    head = rest[: end.start()]
    return _mapped(form, head, rest[end.end() :], head.count("\n") + 2, target, renames)


def _mapped(form: str, head: str, body: str, lines: int, target: Target, renames: Mapping[str, str]) -> Front:
    """Parse `head`; `lines` is its number of lines including the delimiters."""
    line = lines + 1
    if body.startswith("\n"):
        body, line = body[1:], line + 1
    if len(head) > _MOST:
        return Front(form, head, body, line, fault=(2, f"it has more than {_MOST:,} characters"))
    try:
        fields, names = fields_by_unwix_name(_READERS[form](head), target.front, renames)
    except Unreadable as why:
        return Front(form, head, body, line, fault=(why.line + (form != "meta"), str(why)))
    return Front(form, head, body, line, fields, names=names)


class Unreadable(Exception):
    """Raised for front matter that cannot be parsed; `line` counts from 1 in the front matter."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line = line


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # chosen at run time
    """A YAML loader that keeps dates as text, so that they can be checked as written."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}


def _read_yaml(text: str) -> dict[str, Any]:
    try:
        node = yaml.compose(text, Loader=_Loader)
        refuse(node, set(), 0)
        data = yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable((mark.line if mark else 0) + 1, error.problem or "it is not valid YAML") from None
    except yaml.YAMLError as error:  # a character that YAML does not take
        raise Unreadable(1, " ".join(str(error).split())) from None
    except RecursionError:
        raise Unreadable(1, "it is nested too deeply") from None
    except ValueError as error:
        raise Unreadable(1, f"it contains an invalid value: {error}") from None
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise Unreadable(1, "it is not a mapping of fields to values")
    return data


def refuse(node: Any, seen: set[int], depth: int) -> None:
    """Refuse YAML with duplicate fields, aliases or deep nesting. Raises Unreadable.

    `node` is composed YAML, not yet expanded.
    """
    if node is None:
        return
    line = node.start_mark.line + 1
    if id(node) in seen:  # a few lines of aliases can expand to gigabytes
        raise Unreadable(line, "it uses a YAML alias (*name), which unwix does not read")
    if depth > _MOST_DEEP:
        raise Unreadable(line, "it is nested too deeply")
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        keys: set[str] = set()
        for key, value in node.value:
            if str(key.value) in keys:
                raise Unreadable(key.start_mark.line + 1, f"duplicate field {key.value}")
            keys.add(str(key.value))
            refuse(key, seen, depth + 1)
            refuse(value, seen, depth + 1)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            refuse(value, seen, depth + 1)


def _read_toml(text: str) -> dict[str, Any]:
    try:
        return {key: _plain(value) for key, value in tomllib.loads(text).items()}
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise Unreadable(int(line[1]) if line else 1, str(error)) from None
    except (RecursionError, ValueError) as error:
        raise Unreadable(1, f"it cannot be read: {error}") from None


def _plain(value: Any) -> Any:
    """Return TOML values with dates as text."""
    if isinstance(value, dict):
        return {key: _plain(v) for key, v in value.items()}
    if isinstance(value, list):
        return [_plain(v) for v in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


def _read_meta(text: str) -> dict[str, Any]:
    """Parse `Key: value` lines like Python-Markdown: each indented line is a further value."""
    values_by_name: dict[str, list[str]] = {}
    values: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if key := _KEY.match(line):
            name = key[1].lower()
            if name in values_by_name:
                raise Unreadable(number, f"duplicate field {key[1]}")
            values = values_by_name[name] = [key[2].strip()] if key[2].strip() else []
        elif line.strip():
            values.append(line.strip())
    return typed(values_by_name)


_READERS = {"yaml": _read_yaml, "toml": _read_toml, "meta": _read_meta}
