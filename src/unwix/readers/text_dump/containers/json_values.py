"""Read JSON in the forms that crawlers write: one value, JSON Lines, values in a row, a truncated file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ....web.json_path import parse_json

_OPENING = re.compile(r"[{\[]")
#: The maximum number of opening brackets that are tried in a damaged file.
_MOST_TRIES = 200
#: Separators of values: white space, and the character that begins a record of a JSON text sequence (RFC 7464).
_BETWEEN = re.compile(r"[\s\x1e,]*")
_DECODER = json.JSONDecoder(strict=False)


class Value(NamedTuple):
    """A value of a file, and its place for reports."""

    where: str
    value: Any


class Values(NamedTuple):
    """The values of a file, number and text of each invalid line, and the text after the last value."""

    values: list[Value]
    unread: list[int]
    rest: str = ""
    is_truncated: bool = False


def values_in(text: str, first: int = 1) -> Values:
    """Return the values in a text; `first` is the number of its first line in the file."""
    try:
        return Values([Value("the JSON record", parse_json(text))], [])
    except (ValueError, RecursionError):
        pass
    lines = _lines(text, first)
    return lines if lines.values else _in_a_row(text)


def _lines(text: str, first: int) -> Values:
    """Return the values of JSON Lines; none if the first line is invalid."""
    values: list[Value] = []
    unread: list[int] = []
    for n, written in enumerate(text.split("\n"), first):
        line = written.strip("\x1e \t\r\ufeff")
        if not line:
            continue
        try:
            values.append(Value(f"the JSON record in line {n}", parse_json(line)))
        except (ValueError, RecursionError):
            unread.append(n)
            if not values:
                break
    if not any(isinstance(value.value, dict | list) for value in values):
        return Values([], [])
    return Values(values, unread)


def _in_a_row(text: str) -> Values:
    """Return consecutive values, over any number of lines; the complete ones of a truncated file."""
    values: list[Value] = []
    at = _BETWEEN.match(text).end()  # type: ignore[union-attr]  # it matches an empty text too
    while at < len(text) and text[at] in "{[":
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            inner = list(_complete_ones(text, at))
            values += (Value(f"the JSON record {n}", one) for n, one in enumerate(inner, len(values) + 1))
            return Values(values, [], is_truncated=bool(inner))
        values.append(Value(f"the JSON record {len(values) + 1}", value))
        at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]
    return Values(values, [], text[at:])


def _complete_ones(text: str, start: int) -> Iterator[Any]:
    """Yield the complete objects and lists in an incomplete value."""
    at, tries = start + 1, 0
    while tries < _MOST_TRIES and (match := _OPENING.search(text, at)):
        try:
            value, at = _DECODER.raw_decode(text, match.start())
        except (ValueError, RecursionError):
            at, tries = match.end(), tries + 1
        else:
            yield value
