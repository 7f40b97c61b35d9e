"""Decide which lines of a dump are title, author and byline, and where the body begins, all at once.

Wix prints the title above the byline or, until about 2022, below it; author, date and minutes can be switched off
(docs/wix/ui-texts.md). All candidates are scored by everything known about their lines, and the best one wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from ....model.facts import text_key
from ..containers.part import Stated
from ..lines import Lines
from .bylines import MENU, Byline
from .names import is_name
from .order import points_above, points_below, points_without_byline
from .points import Points
from .titles import ends_blog_menu, is_prose

#: The title is among this many of the page's first lines, and has at most this many parts.
_NEAR_TOP, _TITLE_PARTS = 120, 5
#: The author and the title are among this many lines above the byline.
_ABOVE = 4
#: Points of a layout with the title that a container or a tool states.
_ANNOUNCED = 1.0
#: Points of a title and an author that are rather the last category of the blog's menu and the title.
_CATEGORY = -3.0
#: Points of layouts without byline: no title although nothing states one, the author above or below the title, and an
#: author without title.
_UNTITLED, _AUTHOR_ABOVE, _AUTHOR_BELOW, _AUTHOR_ALONE = -2.0, 0.5, -1.5, -0.5


class _Top(NamedTuple):
    """The first lines of a post without byline; `stop` of them precede the first text."""

    lines: list[int]
    stop: int


class Layout(Struct, frozen=True):
    """The indices of a post's parts: its first lines and the beginning of the body."""

    title: tuple[int, ...]
    author: int | None
    byline: Byline | None
    body: int
    score: float

    @property
    def start(self) -> int:
        """The first line of the post."""
        known = [*self.title, *([self.author] if self.author is not None else [])]
        return min([*known, *([self.byline.start] if self.byline else [])], default=self.body)


def find_layout(lines: Lines, stated: Stated, byline: Byline | None, start: int, end: int) -> Layout:
    """Return the best layout of the post in [start, end), with or without a byline."""
    candidates = _Candidates(lines, stated, byline, start, end)
    layouts = candidates.around(byline) if byline is not None else candidates.without_byline()
    return max(layouts, key=lambda layout: layout.score)


class _Candidates:
    """The possible layouts of the post in [start, end), each with its score."""

    def __init__(self, lines: Lines, stated: Stated, byline: Byline | None, start: int, end: int) -> None:
        self.lines = lines
        self.stated = stated
        self.byline = byline
        self.range = (start, end)
        self.points = Points(lines, stated, byline, start, end)

    def _layout(self, title: tuple[int, ...], author: int | None, body: int, order: float) -> Layout:
        score = order + (self.points.title(title) if title else 0.0)
        score += self.points.author(author) if author is not None else 0.0
        if author is not None and title and ends_blog_menu(self.lines, title[-1], author):
            score += _CATEGORY
        return Layout(title, author, self.byline, body, score)

    def around(self, byline: Byline) -> Iterator[Layout]:
        """Yield layouts with the title above or below the byline, with the author above it, and with neither."""
        lines, points, (start, end) = self.lines, self.points, self.range
        above = lines.filled(max(start, byline.start - 60), byline.start)[-_ABOVE:]
        below = lines.filled(byline.end, min(end, byline.end + 60))[:3]
        yield self._layout((), None, byline.end, points.untitled(above))
        names = [None, *([above[-1]] if above and is_name(lines, above[-1]) else [])]
        for author in names:
            rest = above if author is None else above[:-1]
            if author is not None:
                order = points.untitled(rest) - points.only_title(rest, byline)
                yield self._layout((), author, byline.end, order)
            if rest:
                order = points_above(points, byline, author, rest[-1], below)
                yield self._layout((rest[-1],), author, byline.end, order)
            if below:
                order = points_below(points, byline, author, rest, below)
                yield self._layout((below[0],), author, below[0] + 1, order)
        yield from self._announced_around(byline, above)

    def _announced_around(self, byline: Byline, above: Sequence[int]) -> Iterator[Layout]:
        """Yield layouts with the announced title, of one line or several; a line above the byline can be the author."""
        title = self._announced_lines()
        if not title:
            return
        lines = self.lines
        if title[-1] < byline.start:
            between = lines.filled(title[-1] + 1, byline.start)
            if len(between) <= 2:
                author = between[0] if between and is_name(lines, between[0]) else None
                yield self._layout(title, author, byline.end, _ANNOUNCED)
        elif title[0] >= byline.end and len(lines.filled(byline.end, title[0])) <= 2:
            yield self._layout(title, None, title[-1] + 1, _ANNOUNCED)
            if above and is_name(lines, above[-1]):
                yield self._layout(title, above[-1], title[-1] + 1, _ANNOUNCED)

    def without_byline(self) -> Iterator[Layout]:
        """Yield layouts of a page whose owner disabled author, date and minutes."""
        lines, (start, end) = self.lines, self.range
        head = self._lines_above_text()
        menu_end = max((i + 1 for i in range(head.stop) if lines.kinds[head.lines[i]] in MENU), default=0)
        body = head.lines[menu_end] if menu_end < len(head.lines) else end
        yield self._layout((), None, body, 0.0 if self.stated.title or self.stated.url else _UNTITLED)
        if title := self._announced_lines():
            yield self._layout(title, None, title[-1] + 1, _ANNOUNCED)
            before = lines.filled(start, title[0])[-1:]
            if before and is_name(lines, before[0]):
                yield self._layout(title, before[0], title[-1] + 1, _ANNOUNCED)
        head = _Top(head.lines, max(head.stop, 1))
        for i in range(max(menu_end - 1, 0), min(head.stop + 1, len(head.lines))):
            yield from self._with_title(head, i, menu_end)

    def _lines_above_text(self) -> _Top:
        """Return the first lines of the post, and how many of them precede its first text."""
        lines, (start, end) = self.lines, self.range
        top = [n for n in lines.filled(start, end) if n >= lines.top or start > 0][:_NEAR_TOP]
        top = top[: next((i for i, n in enumerate(top) if i > 1 and lines.kinds[n] == "edge"), len(top))]
        ends = (i for i, n in enumerate(top) if i > 1 and lines.kinds[n] in ("counters", "like", "recent"))
        texts = (i for i, n in enumerate(top) if is_prose(lines, n))
        return _Top(top, min(next(texts, len(top)), next(ends, len(top))))

    def _with_title(self, head: _Top, i: int, menu_end: int) -> Iterator[Layout]:
        """Yield layouts with the line `i` of the head as title, with and without an author next to it."""
        lines, n = self.lines, head.lines[i]
        following = head.lines[i + 1] if i + 1 < len(head.lines) else None
        is_heading = lines.level(n) > 0
        order = points_without_byline(lines, head.lines, i, menu_end, head.stop)
        yield self._layout((n,), None, n + 1, order)
        if i > menu_end and is_name(lines, head.lines[i - 1]):
            yield self._layout((n,), head.lines[i - 1], n + 1, order + (0.0 if is_heading else _AUTHOR_ABOVE))
        if following is not None and is_name(lines, following) and i + 1 < head.stop:
            yield self._layout((n,), following, following + 1, order + _AUTHOR_BELOW)
        if i == menu_end and is_name(lines, n):
            yield self._layout((), n, n + 1, _AUTHOR_ALONE)

    def _announced_lines(self) -> tuple[int, ...]:
        """Return the lines that repeat the title stated by a container or tool; a title can have several lines."""
        lines, announced, (start, end) = self.lines, self.points.announced, self.range
        if not announced:
            return ()
        filled = [n for n in lines.filled(start, min(end, start + 600)) if n >= lines.top][:_NEAR_TOP]
        first = lines.first_filled(0)
        for at, n in enumerate(filled):
            if is_prose(lines, n) and text_key(lines.bare[n]) not in announced:
                break  # a text: the title is above it
            for count in range(1, _TITLE_PARTS + 1):
                part = filled[at : at + count]
                if text_key(" ".join(lines.bare[m] for m in part)) in announced and (
                    n != first or self.stated.title is not None or lines.top == 0
                ):
                    return tuple(part)
        return ()
