"""A line of a dump and its number in the file."""

from __future__ import annotations

from typing import NamedTuple


class Line(NamedTuple):
    """A line of a dump, and its number in the file, from 1."""

    text: str
    number: int


#: Control characters, which no text contains: they begin a line that is a whole block, and separate its lines, rows and
#: cells.
CODE_BLOCK, NEWLINE = "\x02", "\x03"
TABLE, ROW, CELL, HEAD = "\x04", "\x05", "\x06", "\x07"
