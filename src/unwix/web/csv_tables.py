"""Read tables of separated values (CSV, TSV) whose cells contain whole posts."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

#: The csv module takes a C long, which has 32 bits on Windows.
_LARGEST_CELL = 2**31 - 1
#: Spreadsheets of countries with decimal commas write semicolons.
_DELIMITERS = ",;\t|"


def csv_rows(lines: Iterable[str], header: str) -> Iterator[list[str]]:
    """Return the rows of a table, separated by the character that is most frequent in the first line of `header`."""
    csv.field_size_limit(_LARGEST_CELL)
    return csv.reader(lines, delimiter=max(_DELIMITERS, key=header.partition("\n")[0].count))
