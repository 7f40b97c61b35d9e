"""Find bylines: runs of lines with the author's label, date, reading time and what Wix prints next to them."""

from __future__ import annotations

from msgspec import Struct

from ....wix.ui_texts.match import author_name
from ..lines import LONG_TEXT, Lines
from .names import glued, is_name, once

#: Kinds of lines above and below a post.
MENU = frozenset(
    {
        "search", "login", "all_posts", "menu", "more", "edge", "banner", "widget_label", "subscribed", "social",
        "site_menu", "cookies", "legal", "follow_us", "share",
    }
)  # fmt: skip
KINDS = frozenset({"author", "minutes", "relative", "updated", "role", "ratings", "share", "bullet"})
_WEIGHTS = {"author": 2.0, "minutes": 2.0, "relative": 1.0, "updated": 0.5, "role": 0.0, "ratings": 0.0}
#: The maximum number of lines, including blank ones, between two parts of a byline.
_NEAR = 6
#: After this many long lines, a date or name belongs to a text.
_MOST_TEXTS = 3
STRONG = 2.0


class Byline(Struct, frozen=True):
    """The range of lines of one byline, and how certain it is."""

    start: int
    end: int
    weight: float
    has_label: bool
    """It contains the author's label."""


def find_bylines(lines: Lines) -> list[Byline]:
    """Return all bylines in the order of the text; a date alone counts only above the first texts."""
    bylines: list[Byline] = []
    texts = 0
    n = 0
    while n < len(lines.text):
        if lines.bare[n] and _belongs(lines, n) and lines.kinds[n] not in ("share", "bullet", "ratings", "role"):
            byline = _grow(lines, n, bylines[-1].end if bylines else 0)
            if byline.weight >= STRONG or (byline.weight >= 1 and texts == 0):
                bylines.append(byline)
            n = byline.end
            continue
        texts += len(lines.bare[n]) > LONG_TEXT and lines.kinds[n] is None
        n += 1
    return bylines


def _grow(lines: Lines, first: int, last_end: int) -> Byline:
    start, end = first, first + 1
    while above := lines.filled(max(last_end, start - _NEAR), start):
        if not _belongs(lines, above[-1]):
            break
        start = above[-1]
    while (below := lines.first_filled(end)) is not None and below - end < _NEAR:
        if not _belongs(lines, below) and not _repeats_author(lines, below, start):
            break
        if _is_date(lines, below) and _is_of_a_diary(lines, below, start):
            break
        end = below + 1
    weight = 0.0
    kinds = set()
    for n in lines.filled(start, end):
        kind = lines.kinds[n]
        if kind is None:
            kind = "glued" if glued(lines, n) else "date" if lines.is_date(n) else None
        if kind is not None and kind not in kinds:
            kinds.add(kind)
            weight += _WEIGHTS.get(kind, 0.0) if kind not in ("glued", "date") else 3.0 if kind == "glued" else 1.0
    return Byline(start, end, weight, "author" in kinds)


def _belongs(lines: Lines, n: int) -> bool:
    return (
        lines.kinds[n] in KINDS
        or lines.bare[n] in ("", "•", "·")
        or (len(lines.bare[n]) <= LONG_TEXT and (lines.is_date(n) or glued(lines, n) is not None))
    )


def _is_date(lines: Lines, n: int) -> bool:
    return lines.kinds[n] is None and lines.is_date(n)


def _is_of_a_diary(lines: Lines, n: int, start: int) -> bool:
    """Return True if a date below a whole byline begins the author's text: another date and the minutes are above it.

    The date of an update follows its label, or the first date directly.
    """
    above = lines.filled(start, n)
    dated = [m for m in above if _is_date(lines, m) or glued(lines, m)]
    if not dated or lines.kinds[above[-1]] == "updated":
        return False
    inner = max((lines.gap_before(m) for m in above[1:]), default=0)
    has_minutes = any(lines.kinds[m] == "minutes" or glued(lines, m) for m in above)
    return has_minutes or (lines.spaced and lines.gap_before(n) > inner)


def _repeats_author(lines: Lines, n: int, start: int) -> bool:
    """Return True if a line repeats the author's name, below the label of the image."""
    label = next((m for m in range(start, n) if lines.kinds[m] == "author"), None)
    if label is None:
        return False
    name = once(author_name(lines.bare[label]) or "")
    line = " ".join(lines.bare[n].split())
    return line == name if name else n - label < 4 and is_name(lines, n)
