"""Find the headings of a plain text, by the length of lines and the empty lines around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ..lines import size
from ..tool_formats.markdown import is_images, plain
from .nesting import BULLET

_ENDS_SENTENCE = re.compile(r"[.!…;:,。！；，：]['\")”’」]*$")
#: A longer line is no heading, and the length from which on a line is a paragraph.
LONGEST_HEADING, _LONG = 120, 60
#: Code, links and tags.
_NO_HEADING = re.compile(r"[<>{}\[\]]|https?://")
#: The minimum indent of paragraphs in text browsers.
_INDENTED = 3
#: How often a heading can recur: recipes and days have the same ones.
_MOST_TIMES = 2
#: Begins a line that describes missing content.
_MISSING = "\x00"


class Group(NamedTuple):
    """Adjacent lines, and the numbers of blank lines before and after them."""

    before: int
    lines: list[str]
    after: int
    column: int = 0
    """The indent of the dump's paragraphs."""
    marked: bool = False
    """The dump is Markdown, whose tools escape the author's own asterisks."""


def headings_among(groups: Sequence[Group]) -> set[int]:
    """Return the indices of headings; a line that recurs with only a gap above it is rather a speaker's name."""
    found = [n for n in range(len(groups)) if _is_heading(groups, n)]
    times = Counter(map(_bare, groups)) if found else Counter[str]()
    return {n for n in found if times[_bare(groups[n])] <= _MOST_TIMES or _is_outdented(groups[n])}


def _bare(group: Group) -> str:
    return group.lines[0].strip(" :") if len(group.lines) == 1 else ""


def _is_outdented(group: Group) -> bool:
    """Return True for a line to the left of the paragraphs, where text browsers print headings."""
    indent = len(group.lines[0]) - len(group.lines[0].lstrip(" "))
    return group.column >= _INDENTED and indent < group.column and group.before > 0


def _is_heading(groups: Sequence[Group], at: int) -> bool:
    """Return True for a short line without final punctuation, alone after a wide gap, as dumps show empty paragraphs.

    Its neighbours are paragraphs: none of several short lines in a row is a heading.
    """
    group = groups[at]
    outdented = _is_outdented(group)
    if len(group.lines) > 1 or at + 1 == len(groups) or group.after < 1 or (not outdented and group.before < 2):
        return False
    line = plain(group.lines[0]).strip()
    if size(line) > LONGEST_HEADING:
        return False
    if _ENDS_SENTENCE.search(line) or BULLET.match(line) or _NO_HEADING.search(line):
        return False
    return any(c.isalpha() for c in line) and (
        outdented or (_is_prose(groups[at + 1]) and (at == 0 or _is_prose(groups[at - 1])))
    )


def _is_prose(group: Group) -> bool:
    """Return True if lines are a paragraph, a list or an image, rather than a short line that may be a list item."""
    line = plain(group.lines[-1]).strip()
    return (
        size(line) > _LONG
        or len(group.lines) > 1
        or group.lines[0].startswith(_MISSING)
        or is_images(group.lines[0])
        or bool(_ENDS_SENTENCE.search(line))
        or bool(BULLET.match(group.lines[0]))
    )
