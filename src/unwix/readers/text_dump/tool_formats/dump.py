"""The lines of one dump while the formats of tools are undone, and what was taken out of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .line import Line


@dataclass(slots=True)
class Dump:
    """The lines of one dump, the lines that were taken out, and the names of the formats that were undone."""

    lines: list[Line]
    removed: list[tuple[int, str, str]] = field(default_factory=list)
    """Number, rule and text of each line that was taken out."""
    url: str | None = None
    """The page's own URL, where it is known."""
    is_markdown: bool = False
    """The container says that the dump is Markdown."""
    linked: dict[int, list[str]] = field(default_factory=dict)
    """URLs of all links in a line, by its number; an empty one where the tool's list of them is missing."""
    links: dict[int, list[str]] = field(default_factory=dict)
    """The same for links whose words are unknown."""
    formats: list[str] = field(default_factory=list)

    def take_out(self, lines: Iterable[Line], rule: str) -> None:
        """Record lines that are no longer there."""
        self.removed.extend((line.number, rule, line.text.strip()) for line in lines if line.text.strip())
