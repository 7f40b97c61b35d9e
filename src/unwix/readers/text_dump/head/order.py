"""Score the two orders of a dump's head: Wix prints the title above the byline or, until about 2022, below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from types import MappingProxyType

from ..lines import TEXT, Lines, size, word_count
from .bylines import MENU, Byline
from .names import is_name
from .points import Points, sum_points
from .titles import begins_block, is_prose

#: Points of the order “title above the byline”.
ABOVE = MappingProxyType(
    {
        "one block with the byline": 2.5,
        "byline has an update": 2,
        "update below the byline": 2,
        "label next to the author's image": 1.5,
    }
)
#: Points of the order “title below the byline”.
BELOW = MappingProxyType(
    {
        "update below the line": 4,
        "nothing above the byline": 2,
        "gaps of a copied page": 2,
        "short line above a text": 1.5,
        "gaps of a copied selection": 1,
        "short line above a text, title above": 0.5,
        "name above the byline": -1,
        "greeting": -1,
        "title above the byline": -2,
        "last line": -2,
        "first line of a paragraph": -3,
        "byline has an update": -4,
        "sentence or date, another line can be the title": -4,
    }
)
#: Points of a line as the title of a post without byline.
WITHOUT_BYLINE = MappingProxyType(
    {
        "update below the line": 12,
        "first below the menu": 1.5,
        "directly above the first text": 1,
        "last of a block": 1,
    }
)
#: Points for each line between the menu and the title.
_PASSED = -0.5
_CALL = re.compile(r"[!！]\Z")


def points_above(points: Points, byline: Byline, author: int | None, title: int, below: Sequence[int]) -> float:
    """Return the points of a title above the byline; `below` are the lines below it."""
    return sum_points(ABOVE, _above_signals(points, byline, author, title, below))


def _above_signals(
    points: Points, byline: Byline, author: int | None, title: int, below: Sequence[int]
) -> Iterator[str]:
    lines = points.lines
    if _has_update(lines, byline):
        yield "byline has an update"
    if below and lines.kinds[below[0]] == "updated":
        yield "update below the byline"
    if not below or not points.may_be_title(title):
        return
    if author is not None and begins_block(lines, title, byline.end, below[0]):
        yield "one block with the byline"
    # the author's image is directly below the title; above the old layout's image is the menu
    if byline.has_label and author is None and is_prose(lines, below[0]):
        yield "label next to the author's image"


def points_below(
    points: Points, byline: Byline, author: int | None, above: Sequence[int], below: Sequence[int]
) -> float:
    """Return the points of the first of the lines `below` the byline as the title; `above` is above the author."""
    return sum_points(BELOW, _below_signals(points, byline, author, above, below))


def _below_signals(
    points: Points, byline: Byline, author: int | None, above: Sequence[int], below: Sequence[int]
) -> Iterator[str]:
    lines, first = points.lines, below[0]
    near = above[-1] if above else None
    is_top = near is None or lines.kinds[near] in MENU or near in lines.site_lines
    has_title = near is not None and (word_count(lines.bare[near]) >= 3 or lines.level(near) > 0)
    if is_top:
        yield "nothing above the byline"
    elif has_title:
        yield "title above the byline"
    elif author is None and near is not None and is_name(lines, near):
        yield "name above the byline"
    if _has_update(lines, byline):
        yield "byline has an update"
    if len(below) < 2:
        yield "last line"
    elif lines.kinds[below[1]] == "updated":
        yield "update below the line"
    # a short line above a text may also be the first heading of a body whose title is above the byline
    if len(below) > 1 and size(lines.bare[below[1]]) > TEXT > size(lines.bare[first]):
        yield "short line above a text, title above" if has_title and not is_top else "short line above a text"
    if _CALL.search(lines.bare[first]):
        yield "greeting"
    other = near if author is None else author
    if other is not None and points.may_be_title(other) and (is_prose(lines, first) or lines.is_date(first)):
        yield "sentence or date, another line can be the title"
    yield from _gap_signals(lines, byline, below, is_top or lines.gap_before(author or byline.start) > 0)


def _gap_signals(lines: Lines, byline: Byline, below: Sequence[int], is_top: bool) -> Iterator[str]:
    """Yield the signals of the blank lines around the first line below the byline."""
    if not lines.spaced or len(below) < 2:
        return
    inner = max(map(lines.gap_before, lines.filled(byline.start + 1, byline.end)), default=0)
    gap, after = lines.gap_before(below[0]), lines.gap_before(below[1])
    if inner > 0 and after == 0:
        yield "first line of a paragraph"  # or of a verse
    elif inner == gap == 0 < after and is_top:
        yield "gaps of a copied page"  # browsers copy no blank lines between the parts of the head
    elif inner == 0 < gap and after == 0:
        yield "gaps of a copied selection"  # the gap is above the title, and the body directly below it


def points_without_byline(lines: Lines, head: Sequence[int], i: int, menu_end: int, stop: int) -> float:
    """Return the points of line `i` of a head without byline as the title, by the lines around it.

    The menu is above index `menu_end` of the head, and the first text at index `stop`.
    """
    # the number in a shop's cart is on a line of its own
    above = sum(any(c.isalpha() for c in lines.bare[n]) for n in head[menu_end:i])
    signals = _signals_without_byline(lines, head, i, is_first=not above, is_last=i + 1 == stop, in_menu=i <= menu_end)
    passed = 0 if is_prose(lines, head[i]) or lines.level(head[i]) else above
    return sum_points(WITHOUT_BYLINE, signals) + passed * _PASSED


def _signals_without_byline(
    lines: Lines, head: Sequence[int], i: int, *, is_first: bool, is_last: bool, in_menu: bool
) -> Iterator[str]:
    following = head[i + 1] if i + 1 < len(head) else None
    if not is_prose(lines, head[i]):
        if is_first:
            yield "first below the menu"
        if is_last:
            yield "directly above the first text"
    ends_block = following is None or lines.gap_before(following) > 0
    if lines.spaced and not in_menu and lines.gap_before(head[i]) == 0 and ends_block:
        yield "last of a block"
    if following is not None and lines.kinds[following] == "updated":
        yield "update below the line"


def _has_update(lines: Lines, byline: Byline) -> bool:
    return any(lines.kinds[n] == "updated" for n in lines.filled(byline.start, byline.end))
