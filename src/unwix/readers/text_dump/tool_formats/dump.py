"""The lines of one dump while tool formats are undone, and the lines that were removed."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field

from .line import Line


class Dump(Struct):
    """The lines of one dump, the removed lines, and the names of the formats that were undone."""

    lines: list[Line]
    removed: list[tuple[int, str, str]] = field(default_factory=list)
    """Number, rule and text of each removed line."""
    url: str | None = None
    """The page's own URL, if it is known."""
    is_markdown: bool = False
    """The container declares the dump to be Markdown."""
    linked: dict[int, list[str]] = field(default_factory=dict)
    """URLs of all links in a line, by its number; an empty URL if the tool's list is incomplete."""
    links: dict[int, list[str]] = field(default_factory=dict)
    """The same for links whose text is unknown."""
    one_line_bylines: set[int] = field(default_factory=set)
    """The numbers of lines with a whole byline, as other blogs print it too."""
    formats: list[str] = field(default_factory=list)

    def take_out(self, lines: Iterable[Line], rule: str) -> None:
        """Record removed lines."""
        self.removed.extend((line.number, rule, line.text.strip()) for line in lines if line.text.strip())
