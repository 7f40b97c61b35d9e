"""A line of a dump and its number in the file."""

from __future__ import annotations

from typing import NamedTuple


class Line(NamedTuple):
    """A line of a dump, and the number that its beginning has in the file, from 1."""

    text: str
    number: int
