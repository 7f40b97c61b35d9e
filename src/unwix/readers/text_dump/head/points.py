"""Score lines of a dump as title and author: each known fact about a line adds or removes points."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from ....model.facts import text_key
from ....model.words_of_scripts import WITHOUT_SPACES
from ..containers.part import Stated
from ..lines import LONG_TEXT, Lines, size, word_count
from .bylines import MENU, Byline
from .names import name_shape
from .titles import (
    LONG_SENTENCE,
    LONGEST_TITLE,
    SENTENCE_END,
    SmallWords,
    announced_titles,
    is_sentence,
    is_speaker,
    page_title,
    share,
    slug_words,
)

#: Points of a line as the title.
TITLE = MappingProxyType(
    {
        "stated as the title": 8,
        "level 1 heading": 6,
        "level 2 heading": 3,
        "lower heading": 2,
        "several words": 1,
        "has a word of the body": 1,
        "a year": -0.4,
        "one word": -0.5,
        "two words, ends like a clause": -0.5,
        "form of a name": -1,
        "short, below a label of the menu": -1,
        "not the stated title, next to a byline": -1.5,
        "ends like a clause": -1.5,
        "list item": -2,
        "not the level 1 heading": -2,
        "not the page's <title>": -3,
        "label of a menu": -4,
        "speaker of an interview": -4,
        "sentence": -5,
        "longer than titles": -5,
        "line of the site": -6,
        "one of several lower headings": -6,
        "URL, email, symbols or copyright": -6,
        "not the stated title, level 1 heading": -6,
        "not the stated title": -6,
        "interface text": -8,
        "long sentence": -8,
        "longer than a line": -10,
        "not the stated title, in an article": -12,
    }
)
#: Points of a line as the author.
AUTHOR = MappingProxyType(
    {
        "stated as an author": 6,
        "in one list with the byline": 3,
        "list item, without byline": 2,
        "in a copyright line": 1,
        "as near to the byline as its parts": 0.5,
        "apart from the byline": -1,
        "alone, without byline": -1,
        "form of a sentence": -2,
        "words of the body": -2,
        "next to a date alone": -3,
        "byline has a label": -6,
        "title or name of the site": -6,
    }
)
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_UNLIKE_TITLE = re.compile(r"https?://|\S@\S|^[\W\d_]+$|©")
#: Shorter words do not show that a line is about the same subject as the body.
_SHORTEST_WORD = 4
#: Points of a head without a title: another place states it, nothing states it, and a line above can be the title.
_TITLE_STATED, _NO_TITLE, _TITLE_IGNORED = -1.0, -1.5, -3.0
#: Points of a name as the title: no other line can be the title, and another one can.
_ONLY_TITLE, _OTHER_TITLE = 3.5, 1.0
#: Points for all words of the slug in the title.
_SLUG = 4


class Points:
    """The points of the lines of one post in [start, end) as its title and author."""

    def __init__(self, lines: Lines, stated: Stated, byline: Byline | None, start: int, end: int) -> None:
        self.lines = lines
        self.stated = stated
        self.byline = byline
        self.end = end
        self.announced = announced_titles(lines, stated)
        self.page_title = page_title(lines)
        self.is_page = any(map(MENU.__contains__, lines.kinds))  # otherwise a tool selected the article
        self._authors = {text_key(name) for name in stated.authors}
        self._slug = slug_words(stated)
        # the page's own title contains the words of the slug as well, so only more of them count for a line
        self._page_share = share(self._slug, lines.bare[self.page_title]) if self.page_title is not None else 0.0
        body = " ".join(lines.bare[n] for n in lines.filled(byline.end if byline else start, end) if lines.is_text(n))
        self._body_words = SmallWords(body)
        self._levels = Counter(lines.level(n) for n in range(start, end) if "#" in lines.text[n] and lines.level(n))

    def title(self, title: tuple[int, ...]) -> float:
        """Return the points of these lines as the title."""
        line = " ".join(self.lines.bare[n] for n in title)
        slug = share(self._slug, line) - (self._page_share if text_key(line) not in self.announced else 0.0)
        return sum_points(TITLE, self._title_signals(title, line)) + _SLUG * slug

    def _title_signals(self, title: tuple[int, ...], line: str) -> Iterator[str]:
        lines, n = self.lines, title[0]
        is_announced = text_key(line) in self.announced
        kind, level, count = lines.kinds[n], lines.level(n), word_count(line)
        if kind is not None and not is_announced:
            is_label = kind in ("site_menu", "more", "search", "comments_heading", "social", "legal")
            yield "label of a menu" if is_label else "interface text"
        yield from self._heading_signals(level, is_announced)
        yield from self._stated_signals(level, is_announced)
        yield from _form_signals(line, level)
        if any(len(word) >= _SHORTEST_WORD and word.lower() in self._body_words for word in line.split()):
            yield "has a word of the body"
        if any(m in lines.site_lines for m in title):
            yield "line of the site"
        if lines.is_item(n):  # the byline is a list, which the title never is
            yield "list item"
        before = lines.filled(max(0, n - 8), n)[-1:]
        if before and lines.kinds[before[0]] == "site_menu" and count <= 2 and not level:
            yield "short, below a label of the menu"
        if is_speaker(lines, n, self.end):
            yield "speaker of an interview"

    def _heading_signals(self, level: int, is_announced: bool) -> Iterator[str]:
        if level == 1:
            yield "level 1 heading"
        elif level and not (self.stated.title and self.byline is None):
            # a lower heading below a stated title is a section of an article
            yield "level 2 heading" if level == 2 else "lower heading"
        if self._levels[1] and level != 1:
            yield "not the level 1 heading"
        # Wix's title is a level 1 heading; one of several headings of a lower level belongs to the body
        if level > 1 and self._levels[level] > 1 and not self.byline and not is_announced:
            yield "one of several lower headings"

    def _stated_signals(self, level: int, is_announced: bool) -> Iterator[str]:
        if is_announced:
            yield "stated as the title"
        elif self.stated.title:
            if level == 1 and not self.byline:
                yield "not the stated title, level 1 heading"
            elif not self.is_page:
                yield "not the stated title, in an article"
            else:
                yield "not the stated title, next to a byline" if self.byline else "not the stated title"
        elif self.page_title is not None:
            yield "not the page's <title>"

    def author(self, n: int) -> float:
        """Return the points of a line as the author."""
        return name_shape(self.lines.bare[n]) + sum_points(AUTHOR, self._author_signals(n))

    def _author_signals(self, n: int) -> Iterator[str]:
        lines, byline = self.lines, self.byline
        line = lines.bare[n]
        if text_key(line) in self._authors:
            yield "stated as an author"
        if byline is not None:
            if lines.is_item(n) and lines.is_item(byline.start):
                yield "in one list with the byline"
            inner = max(map(lines.gap_before, lines.filled(byline.start + 1, byline.end)), default=1)
            is_near = lines.gap_before(byline.start) <= inner
            yield "as near to the byline as its parts" if is_near else "apart from the byline"
            if byline.has_label:
                yield "byline has a label"
            elif name_shape(line) < 0:
                yield "form of a sentence"
            if byline.weight <= 1 and not lines.is_item(n):
                yield "next to a date alone"
        else:
            yield "list item, without byline" if lines.is_item(n) else "alone, without byline"
        long = [word.lower() for word in line.split() if len(word) >= _SHORTEST_WORD]
        if long and not line.islower() and all(word in self._body_words for word in long):
            yield "words of the body"
        if n in lines.site_lines and text_key(line) in self.announced:
            yield "title or name of the site"
        behind = lines.filled(n + 1)[-30:]
        if any("©" in lines.bare[m] and line in lines.bare[m] for m in behind):
            yield "in a copyright line"

    def may_be_title(self, n: int) -> bool:
        """Return True if a line is neither interface text nor a sentence nor a line of the site."""
        line = self.lines.bare[n]
        is_known = self.lines.kinds[n] is not None or n in self.lines.site_lines
        return not is_known and size(line) <= LONGEST_TITLE and not is_sentence(line) and not _UNLIKE_TITLE.search(line)

    def untitled(self, above: Sequence[int]) -> float:
        """Return the points of a head without a title below these lines. Wix prints a title above every post."""
        if self.stated.title:
            return _TITLE_STATED
        if self.page_title is None and above and self.may_be_title(above[-1]):
            return _TITLE_IGNORED
        return _NO_TITLE

    def only_title(self, above: Sequence[int], byline: Byline) -> float:
        """Return the points of a name as the title because none of the lines above it can be the title."""
        if self.stated.title or self.page_title is not None or not self.is_page or byline.has_label:
            return 0.0
        return _ONLY_TITLE if not above or not self.may_be_title(above[-1]) else _OTHER_TITLE


def _form_signals(line: str, level: int) -> Iterator[str]:
    """Yield the signals that depend on the words of a title and on its heading level alone."""
    count = word_count(line)
    if size(line) > LONGEST_TITLE:
        yield "longer than a line" if size(line) > LONG_TEXT else "longer than titles"
    if not level and is_sentence(line):
        yield "long sentence" if size(line) > LONG_SENTENCE else "sentence"
    elif SENTENCE_END.search(line):
        yield "ends like a clause" if count > 2 else "two words, ends like a clause"
    if _UNLIKE_TITLE.search(line):
        yield "a year" if _YEAR.match(line) else "URL, email, symbols or copyright"
    if count >= 3 or (WITHOUT_SPACES.search(line) and len(line) >= 6):
        yield "several words"
    elif name_shape(line) == 2:
        yield "form of a name"
    elif count == 1:
        yield "one word"


def sum_points(points: Mapping[str, float], signals: Iterator[str]) -> float:
    """Return the sum of the points of these signals."""
    return sum(map(points.__getitem__, signals))
