"""Records with a text field: JSON, JSON Lines, tables as CSV, TSV or Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ....model.errors import UnreadablePage
from ..tool_formats.forms import numbered
from .fields import plain_key, stated_in
from .heads import peel
from .part import Part, Stated

#: Names of a field with the text of a page, without separators.
_TEXT_FIELDS = frozenset(
    "text content markdown pagecontent body rawcontent fullcontent fulltext articletext article extractedtext maintext"
    " contenttext cleanedtext md rawtext bodytext plaintext documentcontent contents".split()
)
#: A shorter string is a label or a snippet.
_SHORTEST = 80
_DEEPEST = 12
_LARGEST_CELL = 50_000_000


def parts_of_json(text: str) -> list[Part]:
    """Return the texts in a JSON file or in JSON Lines; empty where no object has a text field.

    Numbers of lines are counted in each text.
    """
    parts: list[Part] = []
    for where, value in _values(text):
        found = list(_walk(value, Stated(), where, 0))
        parts += found
    return _named(parts)


def parts_of_table(text: str) -> list[Part]:
    """Return the texts in a table with a header, one for each row; empty where no column has texts."""
    csv.field_size_limit(_LARGEST_CELL)
    header = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count))
    try:
        names = next(rows, [])
        records = [dict(zip(names, row, strict=False)) for row in rows]
    except csv.Error as error:
        raise UnreadablePage(f"the table cannot be read: {error}") from None
    return _of_rows(records)


def parts_of_parquet(raw: bytes) -> list[Part]:
    """Return the texts in a Parquet table. Raises UnreadablePage where pyarrow is not installed."""
    try:
        from pyarrow import parquet  # type: ignore[import-untyped,import-not-found,unused-ignore] # noqa: PLC0415
    except ModuleNotFoundError:
        raise UnreadablePage("the file is a Parquet table; to read it: pip install 'unwix[parquet]'") from None
    try:
        return _of_rows(parquet.read_table(io.BytesIO(raw)).to_pylist())
    except Exception as error:  # pyarrow has many kinds of errors, and none of them tells more
        raise UnreadablePage(f"the Parquet table cannot be read: {error}") from None


def is_text_table(header: str) -> bool:
    """Return whether the first line of a file is a table's header with a text column."""
    names = next(csv.reader([header.strip("\r\n\ufeff ")], delimiter=max(",;\t", key=header.count)), [])
    return (
        len(names) > 1
        and any(plain_key(name) in _TEXT_FIELDS for name in names)
        and all(0 < len(name) <= 40 and not name.endswith(".") and "://" not in name for name in names)
    )


def _of_rows(rows: Iterable[Mapping[str, Any]]) -> list[Part]:
    parts = []
    for n, row in enumerate(rows, 1):
        parts += list(_walk(row, Stated(), f"row {n}", 0))
    return _named(parts)


def _named(parts: list[Part]) -> list[Part]:
    for n, part in enumerate(parts, 1):
        part.name = str(n)
    return [peel(part) for part in parts]


def _values(text: str) -> Iterator[tuple[str, Any]]:
    try:
        yield "the JSON record", json.loads(text)
        return
    except (ValueError, RecursionError):
        pass
    for n, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield f"the JSON record in line {n}", json.loads(line)
            except (ValueError, RecursionError):
                continue


def _walk(value: Any, outer: Stated, where: str, depth: int) -> Iterator[Part]:
    """Yield a part for each object with a text; an object around it states what it lacks."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, outer, where, depth + 1)
    elif isinstance(value, Mapping):
        stated = stated_in(value, where)
        stated.fill(outer)
        if (text := _text_of(value)) is not None:
            yield Part(numbered(text), stated)
            return
        for key, item in value.items():
            if isinstance(item, Mapping | list):
                # What stands beside a list of records is not about one of them.
                own = (
                    stated if isinstance(item, Mapping) and plain_key(str(key)) not in ("usage", "links") else Stated()
                )
                yield from _walk(item, own, where, depth + 1)


def _text_of(value: Mapping[Any, Any]) -> str | None:
    """The longest text of an object; of two the one with lines."""
    texts = [
        item
        for key, item in value.items()
        if isinstance(item, str) and plain_key(str(key)) in _TEXT_FIELDS and len(item) >= _SHORTEST
    ]
    texts = [text for text in texts if text.lstrip()[:1] != "<" or "\n" in text]
    return max(texts, key=lambda text: (min(text.count("\n"), 3), len(text))) if texts else None
