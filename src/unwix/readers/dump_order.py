"""Dump order: whether the title of a text dump stands above its byline or below it.

Until about 2022 Wix printed author, date and minutes above the title, since then below (shared/wix/chrome.md section
1.3).
"""

from __future__ import annotations

import re

from .dump_lines import Lines

#: Kinds of lines that stand above the post: with one of them right above the byline, the title is below it.
MENU = frozenset(
    {"search", "login", "all_posts", "menu", "more", "edge", "banner", "widget_label", "subscribed", "social"}
)
LONGEST_TITLE = 140
_SENTENCE_END = re.compile(r"[.,;:…。、]$")


def title_is_below(lines: Lines, start: int, end: int) -> bool | None:
    """Whether the title follows the byline in [start, end); None when the lines do not tell."""
    above = lines.filled(max(0, start - 60), start)[-2:]
    near = above[-1] if above else None
    below = lines.filled(end, min(len(lines.text), end + 60))[:2]
    if not below:
        return False
    if any(map(lines.is_marked_heading, above)):
        return False  # right above, or above an author without a label
    if lines.is_marked_heading(below[0]):
        return True
    # `Updated: …` stands below both: right below the byline the title is above, one line further it is in between.
    if any(lines.kinds[n] == "updated" for n in range(start, end)):
        return False
    if len(below) > 1 and lines.kinds[below[1]] == "updated":
        return True
    if near is None or lines.kinds[near] in MENU:
        return True
    return _by_gaps(lines, start, end, below)


def _by_gaps(lines: Lines, start: int, end: int, below: list[int]) -> bool | None:
    """A browser sets no blank line between the parts of the head, and one between head and body."""
    inner = max(lines.gap_before(n) for n in lines.filled(start, end))
    gap = lines.gap_before(below[0])
    if gap > inner:
        return False
    title_like = len(lines.bare[below[0]]) <= LONGEST_TITLE and not _SENTENCE_END.search(lines.bare[below[0]])
    if inner == gap == 0 and title_like and (len(below) < 2 or lines.gap_before(below[1]) > 0):
        return True
    return None
