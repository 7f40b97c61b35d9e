"""Dump head: title, author, date and minutes of a text dump, and where the body begins.

Two orders of the head are known (docs/wix/text-dumps.md#head): until about 2022 author, date, reading time, then the
title; since then the title first. The owner can switch off each of them except the title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ...model.post import Metadata
from ...model.problems import Problem
from ...web.printed_dates import printed_date, relative_date
from ...wix.ui_texts import catalogue as chrome
from .author import glued, is_name, is_surely_name, once
from .lines import Lines
from .title import LONGEST_TITLE, MENU, title_is_below, title_lines

_BYLINE = frozenset({"author", "minutes", "relative", "updated", "role", "ratings", "share", "bullet"})
_FAR = 400
#: So many lines with text may stand between byline and title.
_APART = 2
#: A longer line is a text; menus and heads have none, or a few about the site.
_TEXT, _MOST_TEXTS = 200, 3
#: Without date and minutes a short line may be the author or the title: two words are a name.
_MOST_LONE_NAME_WORDS = 2


@dataclass(slots=True)
class Head:
    """What the head of a dump tells."""

    metadata: Metadata
    provenance: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    title_line: int | None = None
    body: int = 0
    """The number of the first line of the body."""


def read_head(lines: Lines, language: str | None, saved: str | None = None) -> Head:
    """Find the byline, and round it the title and the author. `saved` (ISO 8601) makes `5 days ago` a date."""
    return _Reader(lines, language, saved).read()


def title_line(lines: Lines, anchor: int) -> int:
    """The number of the line that a post with this byline begins with: its title, else the byline itself."""
    reader = _Reader(lines, lines.language(), None)
    start, _ = reader._byline(anchor)
    above = lines.filled(max(0, start - 12), start)[-2:]
    if not above or lines.kinds[above[-1]] is not None:
        return start
    if (
        len(above) == 2
        and lines.kinds[anchor] != "author"
        and is_name(lines, above[-1])
        and lines.kinds[above[0]] is None
    ):
        return above[0]
    return above[-1]


class _Reader:
    def __init__(self, lines: Lines, language: str | None, saved: str | None) -> None:
        self.saved = saved
        self.lines = lines
        self.language = language
        self.head = Head(Metadata())

    def read(self) -> Head:
        first = self._anchor()
        if first is None:
            return self._without_byline()
        start, end = self._byline(first)
        if (listed := self._listed_author(start)) is not None:
            self._author(listed, self.lines.bare[listed])
            start = listed
        for n in self.lines.filled(start, end):
            self._take(n)
        title = title_lines(self.lines)
        if title and end <= title[0] and len(self.lines.filled(end, title[0])) <= _APART:
            *menu, name = [-1, -1, *self.lines.filled(0, start)][-2:]
            alone = menu[0] < 0 or self.lines.kinds[menu[0]] in MENU
            named = name >= 0 and is_name(self.lines, name) and (alone or is_surely_name(self.lines, name))
            return self._announced(title, title[-1] + 1, name if named else None)
        if title and title[-1] < start and len(self.lines.filled(title[-1] + 1, start)) <= _APART:
            return self._announced(title, end, next(iter(self.lines.filled(title[-1] + 1, start)), None))
        self.head.body = self._skip_byline(self._title_and_author(start, end))
        return self.head

    def _announced(self, title: list[int], end: int, name: int | None) -> Head:
        """The head when a tool has told the title; a line beside it may be the author, who else has no label."""
        self._title(*title)
        if name is not None and not self.head.metadata.authors and is_name(self.lines, name):
            self._author(name, self.lines.bare[name])
        self.head.body = self._skip_byline(end)
        return self.head

    def _title_and_author(self, start: int, end: int) -> int:
        """Take the title, and the author where the byline has no label for it.

        Returns the line that the post goes on with.
        """
        above = self.lines.filled(max(0, start - 60), start)
        near = above[-1] if above and self.lines.kinds[above[-1]] not in MENU else None
        further = above[-2] if len(above) > 1 and self.lines.kinds[above[-2]] not in MENU else None
        after = self.lines.first_filled(end)
        named = near is not None and not self.head.metadata.authors and is_name(self.lines, near)
        below = title_is_below(self.lines, start, end)
        if below or near is None:
            if named and near is not None and (further is None or is_surely_name(self.lines, near)):
                self._author(near, self.lines.bare[near])
            return self._title_below(after, end) if below else end
        if named and not (below is False and further is None):
            self._author(near, self.lines.bare[near])
            if further is None:
                return self._title_below(after, end)
            near = further
        self._title(near)
        return end

    def _listed_author(self, start: int) -> int | None:
        """The author as the first item of the list that the byline is; the title stands outside of the list.

        Wix makes a list of author, date and minutes, and some tools print its bullets.
        """
        above = self.lines.filled(max(0, start - 8), start)
        if not above or not self.lines.is_item(start) or not self.lines.is_item(above[-1]):
            return None
        return above[-1] if is_name(self.lines, above[-1]) else None

    def _anchor(self) -> int | None:
        """The first line of the byline: the author's label, else the reading time, else a date above a title."""
        filled = self.lines.filled(0, _FAR)
        texts = self._texts()
        # Below texts a name or a date is one of them.
        kinds = self.lines.kinds[: (texts[_MOST_TEXTS] if len(texts) > _MOST_TEXTS else _FAR)]
        for wanted in ("author", "minutes"):
            found = next(
                (n for n, kind in enumerate(kinds) if kind == wanted or (wanted == "minutes" and glued(self.lines, n))),
                None,
            )
            if found is not None:
                return found
        filled = [n for n in filled if n < (texts[0] if texts else len(kinds))]
        return next(
            (n for n in filled if kinds[n] in ("relative", "updated") or self.lines.is_date(n, self.language)), None
        )

    def _texts(self) -> list[int]:
        """The long lines, which menus and heads do not have."""
        return [n for n in self.lines.filled(0, _FAR) if len(self.lines.bare[n]) > _TEXT]

    def _byline(self, first: int) -> tuple[int, int]:
        """The range of lines that belong to the byline."""
        start, end = first, first + 1
        while above := self.lines.filled(max(0, start - 6), start):
            if not self._belongs(above[-1]):
                break
            start = above[-1]
        while (below := self.lines.first_filled(end)) is not None and below - end < 6:
            if not self._belongs(below) and not self._repeats_author(below, start):
                break
            end = below + 1
        return start, end

    def _belongs(self, n: int) -> bool:
        return (
            self.lines.kinds[n] in _BYLINE
            or self.lines.bare[n] in ("", "•", "·")
            or self.lines.is_date(n, self.language)
            or glued(self.lines, n) is not None
        )

    def _repeats_author(self, n: int, start: int) -> bool:
        """The author's name once more, below the label of the picture."""
        label = next((m for m in range(start, n) if self.lines.kinds[m] == "author"), None)
        if label is None:
            return False
        found = chrome.lines()["author"].match(self.lines.bare[label])
        name = once(found["name"] or "") if found else ""
        line = " ".join(self.lines.bare[n].split())
        return line == name if name else n - label < 4 and is_name(self.lines, n)

    def _take(self, n: int) -> None:
        line, kind = self.lines.bare[n], self.lines.kinds[n]
        metadata, places = self.head.metadata, self.head.provenance
        if kind == "author":
            found = chrome.lines()["author"].match(line)
            if found and found["name"]:
                self._author(n, once(found["name"]))
        elif kind == "minutes" and (number := re.search(r"\d+", line)):
            metadata.reading_minutes, places["reading_minutes"] = int(number[0]), self.lines.place(n)
        elif kind == "updated":
            self._date(n, chrome.updated_date(line), "updated")
        elif both := glued(self.lines, n):
            self._date(n, both[0], "date")
            metadata.reading_minutes, places["reading_minutes"] = both[1], self.lines.place(n)
        elif kind == "relative" or self.lines.is_date(n, self.language):
            self._date(n, line.strip("•· "), "date")
        elif not metadata.authors and kind is None and line not in ("•", "·"):
            self._author(n, line)
            return
        self.lines.verdicts[n] = "byline"

    def _date(self, n: int, text: str, name: str) -> None:
        if getattr(self.head.metadata, name) is not None:
            return
        if found := printed_date(text, self.language) or relative_date(text, self.language, self.saved):
            setattr(self.head.metadata, name, found)
            self.head.provenance[name] = self.lines.place(n)
        else:
            self.head.problems.append(
                Problem("date-unclear", "front matter", f"the text shows only “{text[:40]}”, which is no exact date")
            )

    def _author(self, n: int, name: str) -> None:
        self.head.metadata.authors = [" ".join(name.split())]
        self.head.provenance["authors"] = self.lines.place(n)
        self.lines.verdicts[n] = "author"

    def _title(self, n: int, *more: int) -> None:
        self.head.metadata.title = " ".join(word for m in (n, *more) for word in self.lines.bare[m].split())
        self.head.provenance["title"] = self.lines.place(n)
        self.head.title_line = n
        self.lines.verdicts.update(dict.fromkeys((n, *more), "title"))

    def _title_below(self, after: int | None, end: int) -> int:
        if after is None:
            return end
        self._title(after)
        return after + 1

    def _skip_byline(self, at: int) -> int:
        """The first line behind the update line and the star rating, which stand below the title."""
        if (date := self._updated_apart(at)) is not None:
            at = date + 1
        while (
            (n := self.lines.first_filled(at)) is not None
            and n - at < 6
            and self.lines.kinds[n] in _BYLINE - {"author", "bullet"}
        ):
            self._take(n)
            at = n + 1
        return at

    def _updated_apart(self, at: int) -> int | None:
        """The line of the date of `Updated:` where a tool prints label and date in lines of their own."""
        label, date = [*self.lines.filled(at, at + 12)[:2], -1, -1][:2]
        if date < 0 or not chrome.is_updated_label(self.lines.bare[label]):
            return None
        if not self.lines.is_date(date, self.language):
            return None
        self._date(date, self.lines.bare[date], "updated")
        self.lines.verdicts.update({label: "updated", date: "updated"})
        return date

    def _without_byline(self) -> Head:
        """No byline at all: the post begins behind the last line of menus, with an author's name or a title."""
        kinds = list(enumerate(self.lines.kinds))
        behind = next(
            (
                n
                for n, kind in kinds
                if kind in ("edge", "counters", "like", "recent") and n > max(len(kinds) // 8, self.lines.top)
            ),
            _FAR,
        )
        behind = min([behind, *self._texts()[:1]])
        last = max((n for n, kind in enumerate(self.lines.kinds[:behind]) if kind in MENU), default=-1)
        if title := title_lines(self.lines):
            above = self.lines.filled(last + 1, title[0])[-1:]
            return self._announced(
                title, title[-1] + 1, next((n for n in above if is_surely_name(self.lines, n)), None)
            )
        # The number in a shop's cart and other signs stand alone.
        following = [n for n in self.lines.filled(last + 1) if any(c.isalpha() for c in self.lines.bare[n])][:2]
        self.head.body = last + 1
        if not following:
            return self.head
        block = self._block(following[0])
        if len(block) > 1 and self.lines.gap_before(block[0]) == 0:
            # A browser sets no blank line between a menu, the author and the title, and one behind the title.
            self._title(block[-1])
            if is_name(self.lines, block[-2]) and (len(block) == 2 or is_surely_name(self.lines, block[-2])):
                self._author(block[-2], self.lines.bare[block[-2]])
            self.head.body = block[-1] + 1
        elif is_name(self.lines, following[0]) and len(self.lines.bare[following[0]].split()) <= _MOST_LONE_NAME_WORDS:
            self._author(following[0], self.lines.bare[following[0]])
            self.head.body = following[0] + 1
        else:
            self._title(following[0])
            self.head.body = following[0] + 1
        return self.head

    def _block(self, n: int) -> list[int]:
        """Lines from one on that stand together without a gap; a long one is of the body."""
        block: list[int] = []
        while n < len(self.lines.text) and 0 < len(self.lines.bare[n]) <= LONGEST_TITLE:
            block.append(n)
            n += 1
        return block
