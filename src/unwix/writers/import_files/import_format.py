"""The description of a format in which a system imports all posts as one file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .import_html import ImportHtml
from .records import Records


@dataclass(frozen=True, slots=True)
class ImportFormat:
    """One import file: its name below OUTPUT, the HTML of a post in it, and the function that writes it."""

    file: str
    html: type[ImportHtml]
    write: Callable[[Records], Iterator[str]]
    """Yields the file in pieces."""
