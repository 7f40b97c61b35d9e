"""Read records with a text field: JSON, JSON Lines, and tables as CSV, TSV or Parquet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

from ....model.errors import UnreadablePage
from ....model.problems import Problem
from ....web.csv_tables import csv_rows
from .fields import field_key, stated_in
from .heads import peel
from .json_values import values_in
from .part import Part
from .record_texts import is_text_key, parts_in
from .split import split_text

#: The maximum length of a column name.
_LONGEST_NAME = 40
_CELL_OF_LINES = re.compile(r"(?:\A|[,;\t|])\"(?:[^\"\n]|\"\")*\r?\n")


def parts_of_json(text: str, first: int = 1) -> tuple[list[Part], list[Problem]]:
    """Return the texts in a JSON file or in JSON Lines, and unreadable lines; no texts if no object has one.

    `first` is the number of the first line in the file. Line numbers are counted per text.
    """
    values = values_in(text, first)
    problems = [Problem("line-unreadable", f"line {n}", "the line is not JSON") for n in values.unread]
    if values.is_truncated:
        problems.append(Problem("truncated", "file", "the JSON ends in the middle of a record"))
    if values.rest.strip():
        return _below_a_head(values.values[0].value, values.rest) if len(values.values) == 1 else [], problems
    parts = [part for where, value in values.values for part in parts_in(value, where)]
    return _named(parts, first), problems


def _below_a_head(head: Any, text: str) -> list[Part]:
    """Return the texts below a JSON head, as static site generators accept it."""
    stated = stated_in(head, "the front matter") if isinstance(head, Mapping) else None
    if stated is None or stated.is_empty():
        return []
    parts = split_text(text)
    parts[0].stated.fill(stated)
    return parts


def parts_of_table(text: str, first: int = 2) -> tuple[list[Part], list[Problem]]:
    """Return the texts in a table with a header, one per row, and unreadable rows.

    `first` is the number of the first row below the header, which is row 1.
    """
    rows = csv_rows(io.StringIO(text.lstrip("\ufeff"), newline=""), text)
    problems: list[Problem] = []
    records: list[Mapping[str, Any]] = []
    try:
        names = next(rows, [])
        records.extend(dict(zip(names, row, strict=False)) for row in rows)
    except csv.Error as error:
        where = f"row {first + len(records)}"
        problems.append(Problem("line-unreadable", where, f"the table cannot be read at this row: {error}"))
        if not records:
            raise UnreadablePage(problems[0].detail) from None
    return parts_of_rows(records, first), problems


def is_text_table(head: str) -> bool:
    """Return True if the beginning of a file is a table header with a text column, or a cell with several lines.

    `head` contains whole lines.
    """
    header, _, below = head.lstrip("\ufeff").partition("\n")
    try:
        names = next(csv_rows([header.strip("\r ")], header), [])
    except csv.Error:
        return False
    if not names or not below.strip() or not all(_is_name(name) for name in names):
        return False
    if len(names) == 1:
        return is_text_key(names[0]) and below.startswith('"')
    known = sum(field_key(name) is not None for name in names)
    has_text = any(is_text_key(name) for name in names)
    return has_text or (known > 0 and _CELL_OF_LINES.search(below) is not None)


def _is_name(name: str) -> bool:
    """Return True if a cell can be a column name; the index column of a data frame has none."""
    return len(name) <= _LONGEST_NAME and not name.endswith(".") and "://" not in name


def parts_of_rows(rows: Iterable[Mapping[str, Any]], first: int = 1) -> list[Part]:
    """Return the texts in rows, the first of which has this number."""
    return _named([part for n, row in enumerate(rows, first) for part in parts_in(row, f"row {n}")], first)


def _named(parts: list[Part], first: int) -> list[Part]:
    for n, part in enumerate(parts, first):
        part.name = str(n)
    return [peel(part) for part in parts]
