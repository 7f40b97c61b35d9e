"""Whether the title of a text dump is above or below its byline.

Until about 2022 Wix printed author, date and reading time above the title, since then below
(docs/wix/text-dumps.md#head).
"""

from __future__ import annotations

import re
from itertools import takewhile

from ...model.facts import text_key
from .lines import Lines

#: Kinds of lines that stand above the post: with one of them right above the byline, the title is below it.
MENU = frozenset(
    {"search", "login", "all_posts", "menu", "more", "edge", "banner", "widget_label", "subscribed", "social"}
)
LONGEST_TITLE = 140
_TITLE_LABEL = re.compile(r"(?:Title|Subject)\s*:\s*(\S.*)", re.I)
_SITE = re.compile(r"\s+[|·–—-]\s+")
#: So many lines may a tool's own head have.
_HEAD_LINES = 5
#: A page's title stands among so many of its first lines, in so many parts.
_NEAR_TOP, _TITLE_PARTS = 120, 5
_LONGEST_LABEL = 40
#: A longer line above the byline is no name.
_NAME_WORDS = 3
_SENTENCE_END = re.compile(r"[.,;:…。、]$")


def announced(lines: Lines) -> frozenset[str]:
    """Keys of what the page may be called, where a tool says it above: `get_text` prints `<title>`, Jina a head.

    A site's name may stand behind the post's.
    """
    first = lines.filled(0)[:_HEAD_LINES]
    labelled = [found[1] for n in first if (found := _TITLE_LABEL.match(lines.bare[n]))]
    above = [lines.bare[n] for n in first if n < lines.top]
    said = [title.strip("\"' ") for title in (*labelled, *(above if len(above) < _HEAD_LINES else []))]
    return frozenset(text_key(title) for full in said for title in (full, *_SITE.split(full)[:1]) if text_key(title))


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
    if _is_title_like(lines, below[0]) and lines.bare[near].casefold() in _labels(lines, below[0]):
        return True  # a category, the end of the blog's menu
    return _by_gaps(lines, start, end, below)


def title_lines(lines: Lines) -> list[int]:
    """The lines of the page that say what a tool announced above it; the parts of a title may be lines of their own."""
    known = announced(lines)
    filled = lines.filled(lines.top)[:_NEAR_TOP] if known else []
    for at, n in enumerate(filled):
        if len(lines.bare[n]) > LONGEST_TITLE:
            break  # a text: the title stands above it
        for count in range(1, _TITLE_PARTS + 1):
            part = filled[at : at + count]
            if text_key(" ".join(lines.bare[m] for m in part)) in known and n > lines.filled(0)[0]:
                return part
    return []


def _labels(lines: Lines, start: int) -> set[str]:
    """The short lines right above the counters: categories, which the blog's menu has too."""
    behind = next((n for n, kind in enumerate(lines.kinds) if kind in ("counters", "views", "like")), 0)
    last = reversed(lines.filled(start + 1, behind))
    return {lines.bare[n].casefold() for n in takewhile(lambda n: len(lines.bare[n]) <= _LONGEST_LABEL, last)}


def _is_title_like(lines: Lines, n: int) -> bool:
    return len(lines.bare[n]) <= LONGEST_TITLE and not _SENTENCE_END.search(lines.bare[n])


def _by_gaps(lines: Lines, start: int, end: int, below: list[int]) -> bool | None:
    """A browser sets no blank line between the parts of the head, and one between head and body."""
    inner = max(lines.gap_before(n) for n in lines.filled(start, end))
    gap = lines.gap_before(below[0])
    title_like = _is_title_like(lines, below[0])
    *menu, name = [-1, -1, *lines.filled(max(0, start - 60), start)][-2:]
    named = name >= 0 and len(lines.bare[name].split()) <= _NAME_WORDS and (menu[0] < 0 or lines.kinds[menu[0]] in MENU)
    if 0 == inner < gap and named and title_like and len(below) > 1 and lines.gap_before(below[1]) == 0:
        return True  # what a browser copies has the gap above the title, and the body right below it
    if gap > inner:
        return False
    if inner == gap == 0 and title_like and (len(below) < 2 or lines.gap_before(below[1]) > 0):
        return True
    return None
