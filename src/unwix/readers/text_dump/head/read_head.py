"""Read the metadata in the title, author and byline lines of a text dump, and the counters after its body."""

from __future__ import annotations

import re

from msgspec import Struct, field

from ....model.post import Metadata
from ....model.problems import Problem
from ....web.printed_dates import relative_date
from ....wix.ui_texts.catalogue import NUMBER
from ....wix.ui_texts.match import author_name, split_counters, updated_date
from ..containers.part import Stated
from ..lines import Lines
from .bylines import KINDS
from .layout import Layout
from .names import glued, once
from .titles import page_title

_NEAR = 6
#: The suffix of a post's title in `<title>`.
_SITE_NAME = re.compile(r"(?<=\S)\s+\|\s+[^|]+\Z")

_DIGITS = re.compile(r"[\d٠-٩]+")
_SHORTENED = re.compile(r"[^\d٠-٩\s.,\u00a0\u202f]")


class Head(Struct):
    """The metadata in the head of a dump, and the first lines of post and body."""

    metadata: Metadata
    provenance: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    title_line: int | None = None
    first: int = 0
    """The index of the post's first line."""
    body: int = 0


def read_head(lines: Lines, layout: Layout, stated: Stated, end: int) -> Head:
    """Read the lines of a layout. A stated date of saving completes `5 days ago` and `Feb 4`."""
    return _Reader(lines, stated).read(layout, end)


class _Reader:
    def __init__(self, lines: Lines, stated: Stated) -> None:
        self.lines = lines
        self.language = lines.language()
        self.stated = stated
        self.saved = stated.saved or stated.date
        self.head = Head(Metadata())
        self.label_of_update = False
        """The previous line is the label of an update, whose date follows."""

    def read(self, layout: Layout, end: int) -> Head:
        lines, head = self.lines, self.head
        if layout.title:
            head.metadata.title = " ".join(word for n in layout.title for word in lines.bare[n].split())
            head.provenance["title"] = lines.place(layout.title[0])
            head.title_line = layout.title[0]
            lines.rules.update(dict.fromkeys(layout.title, "title"))
        elif (n := page_title(lines)) is not None:
            # the site shows no title above the post
            head.metadata.title = _SITE_NAME.sub("", " ".join(lines.bare[n].split()))
            head.provenance["title"] = lines.place(n)
            lines.rules[n] = "title"
        if layout.author is not None:
            self._author(layout.author, lines.bare[layout.author])
        if layout.byline is not None:
            for n in lines.filled(layout.byline.start, layout.byline.end):
                if n not in layout.title and n != layout.author:
                    self._take(n)
            self._author_like_a_role(layout.byline.start)
        between = [n for n in lines.filled(min(layout.start, layout.body), layout.body) if n not in lines.rules]
        for n in between:
            lines.rules[n] = "above the post"
        head.first = layout.start
        head.body = self._skip_byline(layout.body, end)
        return head

    def _author_like_a_role(self, n: int) -> None:
        """Take the first line of a byline without a name as the author: members are named `admin`, as a role is."""
        if self.lines.kinds[n] == "role" and not self.head.metadata.authors and not self.stated.authors:
            self._author(n, self.lines.bare[n])

    def _take(self, n: int) -> None:
        line, kind = self.lines.bare[n], self.lines.kinds[n]
        metadata, provenance = self.head.metadata, self.head.provenance
        if kind == "author":
            if name := author_name(line):
                self._author(n, once(name))
        elif kind == "minutes" and (number := re.search(r"\d+", line)):
            metadata.reading_minutes, provenance["reading_minutes"] = int(number[0]), self.lines.place(n)
        elif kind == "updated":
            self._date(n, updated_date(line) or "", "updated")
            self.label_of_update = not updated_date(line)
            self.lines.rules[n] = "byline"
            return
        elif both := glued(self.lines, n):
            self._date(n, both[0], "date")
            metadata.reading_minutes, provenance["reading_minutes"] = both[1], self.lines.place(n)
        elif kind == "relative" or self.lines.is_date(n):
            self._date(n, line.strip("•· "), "updated" if self.label_of_update else "date")
        elif not metadata.authors and kind is None and line not in ("•", "·"):
            self._author(n, line)
            return
        self.lines.rules[n] = "byline"
        self.label_of_update = False

    def _date(self, n: int, text: str, name: str) -> None:
        if not text or getattr(self.head.metadata, name) is not None:
            return
        saved = self.saved if name == "date" else self.stated.saved  # an update is later than the stated date
        date = self.lines.printed_date(text) or relative_date(text, self.language, saved)
        if date and not (name == "updated" and self._is_too_early(date)):
            setattr(self.head.metadata, name, date)
            self.head.provenance[name] = self.lines.place(n)
        else:
            self.head.problems.append(
                Problem("date-unclear", "front matter", f"the text shows only “{text[:40]}”, which is no exact date")
            )

    def _is_too_early(self, updated: str) -> bool:
        """Return True if an update precedes the post: its year, which Wix leaves out, cannot be the assumed one."""
        published = self.head.metadata.date
        return published is not None and updated[:10] < published[:10]

    def _author(self, n: int, name: str) -> None:
        self.head.metadata.authors = [" ".join(name.split())]
        self.head.provenance["authors"] = self.lines.place(n)
        self.lines.rules[n] = "author"

    def _skip_byline(self, at: int, end: int) -> int:
        """Return the first line after the update line and the star rating, which are below the title."""
        if (date := self._updated_apart(at)) is not None:
            at = date + 1
        while (
            (n := self.lines.first_filled(at)) is not None
            and n < end
            and n - at < _NEAR
            and self.lines.kinds[n] in KINDS - {"author", "bullet"}
        ):
            self._take(n)
            at = n + 1
        return at

    def _updated_apart(self, at: int) -> int | None:
        """Return the line of the date of `Updated:` if a tool prints label and date on separate lines."""
        label, date = [*self.lines.filled(at, at + 12)[:2], -1, -1][:2]
        if date < 0 or updated_date(self.lines.bare[label]) != "" or not self.lines.is_date(date):
            return None
        self._date(date, self.lines.bare[date], "updated")
        self.lines.rules.update({label: "byline", date: "byline"})
        return date


def read_counters(lines: Lines, start: int, end: int, head: Head) -> None:
    """Read views, comments and likes after the body."""
    metadata, provenance = head.metadata, head.provenance
    for n in range(start, end):
        line, kind = lines.bare[n], lines.kinds[n]
        if kind == "recent":
            break  # the cards after it have counters of their own
        if kind == "counters" and (parts := split_counters(line)):
            for name, text in zip(("views", "comments", "likes"), parts, strict=False):
                _count(text, name, lines.place(n), head)
        elif kind in ("views", "comments"):
            _count(line, kind, lines.place(n), head)
        elif kind == "like" and (number := re.match(r"\s*([\d٠-٩]+)\s", line)):
            _count(number[1], "likes", lines.place(n), head)
        elif kind == "commenting_off":
            metadata.commenting, provenance["commenting"] = "closed", lines.place(n)


def _count(text: str, name: str, place: str, head: Head) -> None:
    """Read a counter's number; a rounded one (`1.2K`) is left out."""
    if getattr(head.metadata, name) is not None:
        return
    number = re.search(NUMBER, text)
    if number and not _SHORTENED.search(number[0]):
        setattr(head.metadata, name, int("".join(_DIGITS.findall(number[0]))))
        head.provenance[name] = place
