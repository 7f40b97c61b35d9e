"""For people: a line for each finding, as compilers write it, then the diffs; the last line is the verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...run.report import counted
from .result import Result

#: So many notes of one rule are shown; the other formats have all.
_NOTES = 10


def render(result: Result) -> Iterator[str]:
    """The lines of the text."""
    notes: Counter[str] = Counter()
    for found in result.findings:
        if found.severity == "note":
            notes[found.rule] += 1
            if notes[found.rule] > _NOTES:
                continue
        place = found.place()
        yield f"{place}: " if place else ""
        yield f"{found.severity}: {found.message} [{found.rule}]\n"
        yield found.diff
    for rule, number in notes.items():
        if number > _NOTES:
            yield f"note: {number - _NOTES} more like these; --format json lists them all [{rule}]\n"
    said = ", ".join(counted(number, severity) for severity, number in result.counts().items() if number)
    verdict = "all well" if result.passed else "not all well"
    if result.posts or result.findings:
        yield f"{counted(result.posts, 'post')} checked: {verdict}{f' ({said})' if said else ''}\n"
