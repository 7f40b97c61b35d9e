"""The lines of a text dump: the kind of interface text of each line, and the gaps, bullets and headings around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Set
from dataclasses import InitVar, dataclass, field
from functools import lru_cache

from ...model.words_of_scripts import WITHOUT_SPACES
from ...web import language_detection as languages
from ...web.printed_dates import LANGUAGES, printed_date
from ...wix.ui_texts.match import UiText, classify
from .tool_formats.browsers.placeholders import IMAGE_PLACEHOLDER
from .tool_formats.line import Line
from .tool_formats.markdown import plain

#: The weight of each kind of line as a sign of a dump of a Wix post page; at least ENOUGH, of two kinds, are needed.
WEIGHTS = {
    "edge": 2, "author": 2, "counters": 3, "minutes": 2, "like": 3, "commenting_off": 3, "write_comment": 2,
    "recent": 1, "see_all": 1, "updated": 1, "menu": 2, "comments_widget": 1, "all_posts": 1, "login": 1,
    "views": 1, "comments": 1, "date and minutes": 2, "recent posts block": 2,
}  # fmt: skip
ENOUGH = 4
#: A text of so few lines can lack blank lines by chance.
_FEW = 8
#: This many lines in one language determine the dump's language.
_SURE = 3
#: The maximum number of languages tried for a date; a text can be the same in several.
_MOST_LANGUAGES = 4
#: A longer line is prose.
TEXT = 60
LONG_TEXT = 200
_MARKUP = re.compile(r"\A[\s>]*(?:(?:[*•·+□◦○▪‣-]|#{1,6})(?:[ \t\u00a0]+|\Z)|[•·])*")
_LEVEL = re.compile(r"[\s>*+-]*(#{1,6})\s+\S")
_ITEM = re.compile(r"\s*(?:[*+□•·◦-]\s+)+\S")
_BULLETED = re.compile(r"\s*[*+□•-]\s+\S")
_TOP = re.compile(r"top of page\Z", re.I)
_HAN_OR_KANA, _HANGUL = re.compile("[\u3040-\u30ff\u3400-\u9fff]"), re.compile("[\uac00-\ud7a3]")
_LONGEST_DATE = 32
#: `4. 3. 2023`: no language writes the month first and a dot behind it.
_DOTTED_DATE, _DAY_FIRST = re.compile(r"\d{1,2}\. ?\d{1,2}\. ?\d{4}\.?\Z"), ("cs",)
_NAMED_DATE = re.compile(r"(?=.*[^\W\d_]{3}).*(?<!\d)(?:19|20)\d\d(?!\d)")
_DATE_SHAPE = re.compile(r"(?=.*(?<![\d٠-٩])[\d٠-٩]{1,4}(?![\d٠-٩]))[^:;!?()\[\]{}@#%&=<>|\"“”€$£+]*\Z")
_MOST_DATE_WORDS = 7


@dataclass(slots=True)
class Lines:
    """The lines of one dump by index, and what is known about each."""

    source: InitVar[list[Line]]
    linked: dict[int, list[str]] = field(default_factory=dict)
    """The URLs of the links in each line, by its number; empty if the tool does not state them."""
    is_markdown: bool = False
    text: list[str] = field(init=False)
    numbers: list[int] = field(init=False)
    """The number of each line in the file, from 1."""
    bare: list[str] = field(init=False)
    """The lines without bullets, numbers and quote markers at their start."""
    kinds: list[str | None] = field(default_factory=list)
    """The kind of interface text of each line, or None."""
    rules: dict[int, str] = field(default_factory=dict)
    """By index, the rule that decided what a line is."""
    one_line_bylines: Set[int] = frozenset()
    """The numbers of lines with a whole byline, which are no sign of Wix."""
    stated_language: str | None = None
    """The language that a container states."""
    spaced: bool = True
    """Blank lines separate the blocks; Common Crawl's texts have none."""
    site_lines: frozenset[int] = frozenset()
    """Indices of short lines that recur at the edges of other dumps of the run."""
    site_texts: frozenset[int] = frozenset()
    """Indices of long lines that recur at the lower edge of other dumps of the run."""
    labels: frozenset[int] = frozenset()
    """Indices of short lines that follow the body in another dump of the run too."""
    _filled: list[int] = field(default_factory=list)
    _texts: list[UiText | None] = field(default_factory=list)
    _languages: list[str | None] = field(default_factory=list)
    _signals: list[str] | None = None
    _top: int | None = None

    def __post_init__(self, source: list[Line]) -> None:
        self.text = [line.text for line in source]
        self.numbers = [line.number for line in source]
        blank = sum(1 for line in self.text[:-1] if not line.strip())
        self.spaced = len(self.text) < _FEW or blank * 20 > len(self.text)
        self.bare = [_bare(line) for line in self.text]
        self._texts = [classify(line) for line in self.bare]
        self.kinds = [None if known_text is None else known_text.kind for known_text in self._texts]
        self._filled = [n for n, line in enumerate(self.bare) if line]

    @property
    def top(self) -> int:
        """The index at which the page begins: its upper edge, if that is printed."""
        if self._top is None:
            self._top = self._find_top()
        return self._top

    def _find_top(self) -> int:
        edge = next((n for n, kind in enumerate(self.kinds) if kind == "edge" and _TOP.match(self.bare[n])), 0)
        return edge if 2 * edge < len(self.text) or len(self.filled(0, edge)) < len(self.filled(edge)) else 0

    def signals(self) -> list[str]:
        """Return the signs of a Wix page: kinds of lines, and lines that Wix prints next to each other."""
        if self._signals is None:
            self._signals = self._find_signals()
        return self._signals

    def _find_signals(self) -> list[str]:
        kinds = {kind for kind in self.kinds if kind in WEIGHTS}
        other = self.one_line_bylines if not {"views", "comments"} <= kinds else ()
        if other and all(self.numbers[n] in other for n, kind in enumerate(self.kinds) if kind == "minutes"):
            kinds.discard("minutes")
        if any(self._below(n) == "see_all" for n, kind in enumerate(self.kinds) if kind == "recent"):
            kinds.add("recent posts block")
        for n, kind in enumerate(self.kinds):
            if (
                kind == "minutes"
                and self.numbers[n] not in other
                and any(self.is_date(m) for m in self.filled(max(0, n - 4), n)[-1:])
            ):
                kinds.add("date and minutes")
                break
        return sorted(kinds)

    def score(self) -> int:
        """Return the total weight of the signals; both edges of a page are enough: no other platform prints them."""
        signals = self.signals()
        edges = ENOUGH if self.kinds.count("edge") > 1 else 0
        return max(edges, sum(WEIGHTS[kind] for kind in signals) if len(signals) > 1 else 0)

    def _below(self, n: int) -> str | None:
        following = self.filled(n + 1, min(len(self.text), n + 6))
        return self.kinds[following[0]] if following else None

    def place(self, n: int) -> str:
        """Return the name of a line in a report."""
        return f"line {self.numbers[n]}"

    def leads_to(self, n: int, part: str) -> bool:
        """Return True if a line has a link to a URL with this part."""
        return any(part in url for url in self.linked.get(self.numbers[n], ()))

    def filled(self, start: int, end: int | None = None) -> list[int]:
        """Return the indices of the lines with text in a range."""
        if end is not None and end - start < 100:  # most ranges are short
            return [n for n in range(start, min(end, len(self.text))) if self.bare[n]]
        return [n for n in self._filled if n >= start and (end is None or n < end)]

    def first_filled(self, start: int) -> int | None:
        """Return the index of the first line with text, beginning at a line."""
        return next((n for n in range(start, len(self.text)) if self.bare[n]), None)

    def stands_alone(self, n: int) -> bool:
        """Return True if blank lines surround a line, or the dump has none at all."""
        return not self.spaced or (self.gap_before(n) > 0 and (n + 1 >= len(self.bare) or not self.bare[n + 1]))

    def gap_before(self, n: int) -> int:
        """Return the number of blank lines before a line; 1 in a dump without blank lines."""
        if not self.spaced:
            return 1
        gap = 0
        while n - gap > 0 and not self.bare[n - gap - 1]:
            gap += 1
        return gap

    def indent(self, n: int) -> int:
        """Return the indent of a line, by which some text browsers show nested elements."""
        return len(self.text[n]) - len(self.text[n].lstrip(" "))

    def level(self, n: int) -> int:
        """Return the level of a heading that the tool marked (`# …`), 0 for other lines."""
        match = _LEVEL.match(self.text[n]) if "#" in self.text[n] else None
        return len(match[1]) if match else 0

    def is_bulleted(self, n: int) -> bool:
        """Return True if the tool marked a line as a list item."""
        return bool(_BULLETED.match(self.text[n]))

    def is_item(self, n: int) -> bool:
        """Return True if a line has a bullet, which can be the text's own in other dumps."""
        return bool(_ITEM.match(self.text[n]))

    def is_text(self, n: int) -> bool:
        """Return True if a line is prose by its length: longer than a label or a menu heading."""
        return self.kinds[n] is None and size(self.bare[n]) > TEXT

    def language(self) -> str | None:
        """Return the language of most of the interface texts, else of the whole text."""
        return self.languages()[0]

    def languages(self) -> list[str | None]:
        """Return the dump's language, then those of its interface texts: the author can write in another one."""
        if not self._languages:
            votes = Counter(
                language
                for known_text in self._texts
                if known_text and known_text.kind not in ("edge", "menu", "site_menu", "social")
                for language in sorted(known_text.languages)  # the order of a set differs from run to run
                if language != "any"
            )
            ranked = [language for language, _ in votes.most_common(_MOST_LANGUAGES)]
            sure = bool(ranked) and votes[ranked[0]] >= _SURE
            first = ranked[0] if sure else languages.detect("\n".join(self.text)) or next(iter(ranked), None)
            first = first or self.stated_language
            self._languages = list(dict.fromkeys((first, *ranked)))
        return self._languages

    def printed_date(self, text: str, year: bool = True) -> str | None:
        """Return the date in a text in one of the dump's languages, as `2024-09-27`; None for other texts."""
        known = self.languages()
        if known[0] is None and _DOTTED_DATE.match(text):
            known = [*_DAY_FIRST]
        elif known[0] is None and _NAMED_DATE.match(text):
            known = [*known, *LANGUAGES]  # a short text; a month's name is the same day in all languages that have it
        return next((date for one in known if (date := printed_date(text, one, year=year))), None)

    def is_date(self, n: int) -> bool:
        """Return True if a line is only a date, with or without a year."""
        if self.kinds[n] is not None:
            return self.kinds[n] == "relative"
        line = self.bare[n].strip("•· ")
        return may_be_date(line) and self.printed_date(line, year=False) is not None


def size(line: str) -> int:
    """Return the length of a line in Latin letters: a Korean syllable says as much as two, a Han or Kana as 2.5."""
    if line.isascii():
        return len(line)
    return len(line) + len(_HANGUL.findall(line)) + 3 * len(_HAN_OR_KANA.findall(line)) // 2


def word_count(line: str) -> int:
    """Return the number of words; in scripts without spaces, two characters are counted as one."""
    return len(line) // 2 if WITHOUT_SPACES.search(line) else len(line.split())


@lru_cache(maxsize=4096)
def may_be_date(line: str) -> bool:
    """Return True if a line has the shape of a date; parsing one is slow."""
    return 3 < len(line) < _LONGEST_DATE and bool(_DATE_SHAPE.match(line)) and len(line.split()) <= _MOST_DATE_WORDS


def _bare(text: str) -> str:
    line = plain(text)
    markup = _MARKUP.match(line)
    line = line[markup.end() if markup else 0 :].strip(" \t\u00a0\u200b\ufeff\u200e\u200f")
    return "" if line.startswith(IMAGE_PLACEHOLDER) else line
