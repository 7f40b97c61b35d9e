"""Decide which lines of a dump are title, author and byline, and where the body begins, all at once.

Wix prints the title above the byline or, until about 2022, below it; author, date and minutes can be switched off
(docs/wix/ui-texts.md). All candidates are scored by everything known about their lines, and the best one wins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ....model.facts import text_key
from ....model.words_of_scripts import WITHOUT_SPACES
from ..containers.part import Stated
from ..lines import LONG_TEXT, Lines, size, word_count
from .bylines import MENU, Byline, score_below
from .names import is_name, name_shape
from .titles import (
    LONG_SENTENCE,
    LONGEST_TITLE,
    SENTENCE_END,
    SmallWords,
    announced_titles,
    begins_block,
    ends_blog_menu,
    is_prose,
    is_sentence,
    is_speaker,
    page_title,
    share,
    slug_words,
)

_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_UNLIKE_TITLE = re.compile(r"https?://|\S@\S|^[\W\d_]+$|©")
#: The title is among this many of the page's first lines, and has at most this many parts.
_NEAR_TOP, _TITLE_PARTS = 120, 5
_ABOVE, _SHORTEST_WORD = 4, 4


@dataclass(frozen=True, slots=True)
class Layout:
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
    scorer = _Scorer(lines, stated, byline, start, end)
    layouts = scorer.around(byline) if byline is not None else scorer.without_byline()
    return max(layouts, key=lambda layout: layout.score)


class _Scorer:
    def __init__(self, lines: Lines, stated: Stated, byline: Byline | None, start: int, end: int) -> None:
        self.lines = lines
        self.stated = stated
        self.byline = byline
        self.range = (start, end)
        self.announced = announced_titles(lines, stated)
        self.page_title = page_title(lines)
        self.is_page = any(map(MENU.__contains__, lines.kinds))  # otherwise a tool selected the article
        self.authors = {text_key(name) for name in stated.authors}
        self.slug = slug_words(stated)
        # the page's own title contains the words of the slug as well, so only more of them count for a line
        self.page_share = share(self.slug, lines.bare[self.page_title]) if self.page_title is not None else 0.0
        body = " ".join(lines.bare[n] for n in lines.filled(byline.end if byline else start, end) if lines.is_text(n))
        self.body_words = SmallWords(body)
        self.levels = Counter(lines.level(n) for n in range(start, end) if "#" in lines.text[n] and lines.level(n))

    # ---- candidates ---------------------------------------------------------------------------------------------

    def around(self, byline: Byline) -> Iterator[Layout]:
        """Yield layouts with the title above or below the byline, with the author above it, and with neither."""
        lines, (start, end) = self.lines, self.range
        above = lines.filled(max(start, byline.start - 60), byline.start)[-_ABOVE:]
        below = lines.filled(byline.end, min(end, byline.end + 60))[:3]
        yield self._layout((), None, byline, byline.end, self._untitled(above))
        names = [None, *([above[-1]] if above and is_name(lines, above[-1]) else [])]
        for author in names:
            rest = above if author is None else above[:-1]
            if author is not None:
                yield self._layout(
                    (), author, byline, byline.end, self._untitled(rest) - self._is_only_title(rest, byline)
                )
            if rest:
                yield self._layout(
                    (rest[-1],), author, byline, byline.end, self._order_above(byline, author, rest[-1], below)
                )
            if below:
                order = score_below(lines, byline, author, rest, below)
                # a sentence or a date of a diary is hardly the title if another line can be it
                is_text = is_prose(lines, below[0]) or lines.is_date(below[0])
                order -= 4 if is_text and above and self._may_be_title(above[-1]) else 0
                yield self._layout((below[0],), author, byline, below[0] + 1, order)
        yield from self._announced_layouts(byline, above)

    def _untitled(self, above: Sequence[int]) -> float:
        """Return the score of no title below these lines: Wix always prints one, so a line above is hardly none."""
        if self.stated.title or self.page_title is not None:
            return -1.0 if self.stated.title else -1.5
        return -3.0 if above and self._may_be_title(above[-1]) else -1.5

    def _is_only_title(self, rest: Sequence[int], byline: Byline) -> float:
        """Return how much a name above the byline is rather the title, because no other line can be it."""
        if self.stated.title or self.page_title is not None or not self.is_page or byline.has_label:
            return 0.0
        return 3.5 if not rest or not self._may_be_title(rest[-1]) else 1.0

    def _may_be_title(self, n: int) -> bool:
        """Return True if a line is neither interface text nor a sentence nor a line of the site."""
        line = self.lines.bare[n]
        is_known = self.lines.kinds[n] is not None or n in self.lines.site_lines
        return not is_known and size(line) <= LONGEST_TITLE and not is_sentence(line) and not _UNLIKE_TITLE.search(line)

    def _announced_layouts(self, byline: Byline, above: Sequence[int]) -> Iterator[Layout]:
        """Yield layouts with the announced title, of one line or several; a line above the byline can be the author."""
        title = self._announced_lines()
        if not title:
            return
        lines = self.lines
        if title[-1] < byline.start:
            between = lines.filled(title[-1] + 1, byline.start)
            if len(between) <= 2:
                author = between[0] if between and is_name(lines, between[0]) else None
                yield self._layout(title, author, byline, byline.end, 1.0)
        elif title[0] >= byline.end and len(lines.filled(byline.end, title[0])) <= 2:
            yield self._layout(title, None, byline, title[-1] + 1, 1.0)
            if above and is_name(lines, above[-1]):
                yield self._layout(title, above[-1], byline, title[-1] + 1, 1.0)

    def without_byline(self) -> Iterator[Layout]:
        """Yield layouts of a page whose owner disabled author, date and minutes."""
        lines, (start, end) = self.lines, self.range
        head = [n for n in lines.filled(start, end) if n >= lines.top or start > 0][:_NEAR_TOP]
        bottom = next((i for i, n in enumerate(head) if i > 1 and lines.kinds[n] == "edge"), len(head))
        head = head[:bottom]
        first_text = next((i for i, n in enumerate(head) if is_prose(lines, n)), None)
        ends = next(
            (i for i, n in enumerate(head) if lines.kinds[n] in ("counters", "like", "recent") and i > 1), len(head)
        )
        stop = min(len(head) if first_text is None else first_text, ends)
        last_menu = max((i for i in range(stop) if lines.kinds[head[i]] in MENU), default=-1)
        stop = max(stop, 1)
        yield self._layout(
            (),
            None,
            None,
            head[last_menu + 1] if last_menu + 1 < len(head) else end,
            0.0 if self.stated.title or self.stated.url else -2.0,
        )
        if title := self._announced_lines():
            yield self._layout(title, None, None, title[-1] + 1, 1.0)
            before = lines.filled(start, title[0])[-1:]
            if before and is_name(lines, before[0]):
                yield self._layout(title, before[0], None, title[-1] + 1, 1.0)
        for i in range(max(last_menu, 0), min(stop + 1, len(head))):
            n = head[i]
            # the number in a shop's cart is on a line of its own
            passed = sum(1 for m in head[last_menu + 1 : i] if any(c.isalpha() for c in lines.bare[m]))
            level = lines.level(n)
            prose = is_prose(lines, n)
            order = (
                (1.5 if passed == 0 else 0.0) - 0.5 * passed * (not level) + (1.0 if i + 1 == stop else 0.0)
                if not prose
                else 0.0
            )
            together = i > 0 and lines.spaced and lines.gap_before(n) == 0 and i - 1 > last_menu
            following = head[i + 1] if i + 1 < len(head) else None
            parted = following is None or lines.gap_before(following) > 0
            order += 1.0 if together and parted else 0.0
            order += 12.0 if following is not None and lines.kinds[following] == "updated" else 0.0
            yield self._layout((n,), None, None, n + 1, order)
            if i > last_menu + 1 and is_name(lines, head[i - 1]):
                yield self._layout((n,), head[i - 1], None, n + 1, order + 0.5 * (not level))
            if following is not None and is_name(lines, following) and i + 1 < stop:
                yield self._layout((n,), following, None, following + 1, order - 1.5)
            if i == last_menu + 1 and is_name(lines, n):
                yield self._layout((), n, None, n + 1, -0.5)

    def _announced_lines(self) -> tuple[int, ...]:
        """Return the lines that repeat the title stated by a container or tool; a title can have several lines."""
        lines, (start, end) = self.lines, self.range
        if not self.announced:
            return ()
        filled = [n for n in lines.filled(start, min(end, start + 600)) if n >= lines.top][:_NEAR_TOP]
        first = lines.first_filled(0)
        for at, n in enumerate(filled):
            if is_prose(lines, n) and text_key(lines.bare[n]) not in self.announced:
                break  # a text: the title is above it
            for count in range(1, _TITLE_PARTS + 1):
                part = filled[at : at + count]
                if text_key(" ".join(lines.bare[m] for m in part)) in self.announced and (
                    n != first or self.stated.title is not None or lines.top == 0
                ):
                    return tuple(part)
        return ()

    # ---- scores -------------------------------------------------------------------------------------------------

    def _layout(
        self, title: tuple[int, ...], author: int | None, byline: Byline | None, body: int, order: float
    ) -> Layout:
        score = order + (self._title(title) if title else 0.0)
        score += self._author(author, byline) if author is not None else 0.0
        score -= 3 if author is not None and title and ends_blog_menu(self.lines, title[-1], author) else 0.0
        return Layout(title, author, byline, body, score)

    def _title(self, title: tuple[int, ...]) -> float:
        """Return the score of these lines as the title."""
        lines, n = self.lines, title[0]
        line = " ".join(lines.bare[m] for m in title)
        key = text_key(line)
        score = 0.0
        kind = lines.kinds[n]
        if kind is not None and key not in self.announced:
            score -= 4 if kind in ("site_menu", "more", "search", "comments_heading", "social", "legal") else 8
        level = lines.level(n)
        # a lower heading below a stated title is a section of an article
        is_section = level > 1 and bool(self.stated.title) and self.byline is None
        score += 6 if level == 1 else 0 if is_section else 3 if level == 2 else 2 if level else 0
        score -= 2 if self.levels[1] and level != 1 else 0
        # Wix's title is a level 1 heading; one of several headings of a lower level belongs to the body
        score -= 6 if level > 1 and self.levels[level] > 1 and not self.byline and key not in self.announced else 0
        if key in self.announced:
            score += 8
        elif self.stated.title:
            score -= 6 if level == 1 and not self.byline else 12 if not self.is_page else 1.5 if self.byline else 6
        elif self.page_title is not None:
            score -= 3
        score += 4 * (share(self.slug, line) - (self.page_share if key not in self.announced else 0.0))
        score -= 10 if size(line) > LONG_TEXT else 5 if size(line) > LONGEST_TITLE else 0
        ends = bool(SENTENCE_END.search(line))
        is_text = not level and is_sentence(line)
        count = word_count(line)
        score -= (8 if size(line) > LONG_SENTENCE else 5) if is_text else 0 if not ends else 1.5 if count > 2 else 0.5
        score -= (0.4 if _YEAR.match(line) else 6) if _UNLIKE_TITLE.search(line) else 0
        if count >= 3 or (WITHOUT_SPACES.search(line) and len(line) >= 6):
            score += 1
        elif name_shape(line) == 2:
            score -= 1
        elif count == 1:
            score -= 0.5
        score += 1 if any(len(w) >= _SHORTEST_WORD and w.lower() in self.body_words for w in line.split()) else 0
        score -= 6 if any(m in lines.site_lines for m in title) else 0
        score -= 2 if lines.is_item(n) else 0  # the byline is a list, which the title never is
        before = lines.filled(max(0, n - 8), n)[-1:]
        score -= bool(before) and lines.kinds[before[0]] == "site_menu" and count <= 2 and not level
        score -= 4 if is_speaker(lines, n, self.range[1]) else 0
        return score

    def _author(self, n: int, byline: Byline | None) -> float:
        """Return the score of a line as the author."""
        lines = self.lines
        line = lines.bare[n]
        score = name_shape(line)
        score += 6 if text_key(line) in self.authors else 0
        if byline is not None:
            score += 3 if lines.is_item(n) and lines.is_item(byline.start) else 0
            inner = max((lines.gap_before(m) for m in lines.filled(byline.start + 1, byline.end)), default=1)
            score += 0.5 if lines.gap_before(byline.start) <= inner else -1
            score -= 6 if byline.has_label else 2 if name_shape(line) < 0 else 0
            score -= 3 if byline.weight <= 1 and not lines.is_item(n) else 0
        else:
            score += 2 if lines.is_item(n) else -1
        long = [w.lower() for w in line.split() if len(w) >= _SHORTEST_WORD]
        if long and not line.islower() and all(word in self.body_words for word in long):
            score -= 2
        score -= 6 if n in lines.site_lines and text_key(line) in self.announced else 0
        behind = lines.filled(n + 1)[-30:]
        score += 1 if any("©" in lines.bare[m] and line in lines.bare[m] for m in behind) else 0
        return score

    def _order_above(self, byline: Byline, author: int | None, title: int, below: Sequence[int]) -> float:
        """Return the score of a title above the byline."""
        lines = self.lines
        has_updated = any(lines.kinds[n] == "updated" for n in lines.filled(byline.start, byline.end))
        score = 2.0 * has_updated + 2.0 * (bool(below) and lines.kinds[below[0]] == "updated")
        if author is not None and below and self._may_be_title(title):
            score += 2.5 if begins_block(lines, title, byline.end, below[0]) else 0.0
        if byline.has_label and author is None and self._may_be_title(title):
            # the author's image is directly below the title; above the old layout's image is the menu
            score += 1.5 if below and is_prose(lines, below[0]) else 0.0
        return score
