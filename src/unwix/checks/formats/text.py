"""Text for people: one line per finding like a compiler, most severe first, then diffs; the last line is the total."""

from __future__ import annotations

from collections.abc import Iterator

from .result import Result


def render(result: Result) -> Iterator[str]:
    """Yield the lines of the text."""
    for finding in result.shown():
        place = finding.place()
        yield f"{place}: " if place else ""
        yield f"{finding.severity}: {finding.message} [{finding.rule}]\n"
        yield finding.diff
    if result.posts or result.findings:
        hidden = len(result.findings) - len(result.shown())
        hint = f" (--notes shows the note{'' if hidden == 1 else 's'})" if hidden else ""
        yield f"{result.headline()}{hint}\n"
