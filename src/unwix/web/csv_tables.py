"""Read tables of separated values (CSV, TSV) whose cells contain whole posts."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

#: The csv module takes a C long, which has 32 bits on Windows.
_LARGEST_CELL = 2**31 - 1
#: Spreadsheets of countries with decimal commas write semicolons.
_DELIMITERS = ",;\t|"
#: A first line for spreadsheets that states the delimiter: `sep=;`.
SEPARATOR_LINE = "sep="


def csv_rows(lines: Iterable[str], header: str) -> Iterator[list[str]]:
    """Return the rows of a table; `header` is its beginning.

    They are separated by the character that the first line states, or that is most frequent in it.
    """
    csv.field_size_limit(_LARGEST_CELL)
    first = header.partition("\n")[0]
    stated = first.removeprefix(SEPARATOR_LINE)[:1] if first.startswith(SEPARATOR_LINE) else ""
    return csv.reader(lines, delimiter=stated or max(_DELIMITERS, key=first.count))
