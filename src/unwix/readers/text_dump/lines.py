"""Dump lines: the lines of a text dump, and what each of them is."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import InitVar, dataclass, field

from ...web import language_detection as languages
from ...web.printed_dates import printed_date
from ...wix.ui_texts import catalogue as chrome
from .markdown_marks import plain
from .rewrap import Line
from .tool_formats import PICTURE

#: How much each kind of line proves that a text is a dump of a Wix post page; ENOUGH of it, of at least two kinds.
WEIGHTS = {
    "edge": 2, "author": 2, "counters": 3, "minutes": 2, "like": 3, "commenting_off": 3, "write_comment": 2,
    "recent": 1, "see_all": 1, "updated": 1, "menu": 2, "comments_widget": 1, "all_posts": 1, "login": 1,
    "views": 1, "comments": 1, "date and minutes": 2, "recent posts block": 2,
}  # fmt: skip
ENOUGH = 4
_LONGEST = 160
#: A text of so few lines may lack blank lines by chance.
_FEW = 8
#: So many lines in one language make it the dump's.
_SURE = 3
_MARKUP = re.compile(r"\A[\s>]*(?:(?:[*•·+□◦○▪‣-]|#{1,6})(?:[ \t\u00a0]+|\Z)|[•·])*")
_MARKED = re.compile(r"\s*#{1,6}\s+\S")
_ITEM = re.compile(r"\s*(?:[*+□•·◦-]\s+)+\S")
_BULLETED = re.compile(r"\s*[*+□•-]\s+\S")
_TOP = re.compile(r"top of page\Z", re.I)
_DIGITS = re.compile(r"[\d٠-٩]")


@dataclass(slots=True)
class Lines:
    """The lines, the kind of each (None: not the platform's), and what became of it."""

    lines: InitVar[list[Line]]
    linked: dict[int, list[str]] = field(default_factory=dict)
    """The addresses of the links in each line, by its number; empty when the tool tells none."""
    text: list[str] = field(init=False)
    numbers: list[int] = field(init=False)
    """The number of each line in the file, from 1."""
    kinds: list[str | None] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    """The lines without the bullets, number signs and quote signs that some text browsers put before them."""
    verdicts: dict[int, str] = field(default_factory=dict)
    """For `inspect`: what a line was taken for, by its number."""
    spaced: bool = True
    """Whether blank lines part the blocks; Common Crawl's texts have none."""
    _language: str | None = ""

    def __post_init__(self, lines: list[Line]) -> None:
        self.text = [line.text for line in lines]
        self.numbers = [line.number for line in lines]
        catalogue = chrome.lines()
        blank = sum(1 for line in self.text[:-1] if not line.strip())
        self.spaced = len(self.text) < _FEW or blank * 20 > len(self.text)
        self.bare = [_MARKUP.sub("", plain(line)).strip(" \t\u00a0\u200b\ufeff") for line in self.text]
        self.bare = ["" if line.startswith(PICTURE) else line for line in self.bare]
        for line in self.bare:
            short = len(line) < _LONGEST and line
            self.kinds.append(next((kind for kind, p in catalogue.items() if p.match(line)), None) if short else None)

    @property
    def top(self) -> int:
        """Where the page begins: at its upper edge, where that is printed."""
        edge = next((n for n, line in enumerate(self.bare) if _TOP.match(line)), 0)
        return edge if 2 * edge < len(self.text) or len(self.filled(0, edge)) < len(self.filled(edge)) else 0

    def evidence(self) -> list[str]:
        """What speaks for a dump of a Wix page: kinds of lines, and lines that Wix prints one below the other."""
        found = {kind for kind in self.kinds if kind in WEIGHTS}
        if any(self._below(n) == "see_all" for n, kind in enumerate(self.kinds) if kind == "recent"):
            found.add("recent posts block")
        minutes = next((n for n, kind in enumerate(self.kinds) if kind == "minutes"), None)
        if minutes is not None and any(
            self.is_date(n, self.language()) for n in self.filled(max(0, minutes - 4), minutes)[-1:]
        ):
            found.add("date and minutes")
        return sorted(found)

    def score(self) -> int:
        """How much the evidence proves; both edges of the page are enough alone: no other platform prints them."""
        evidence = self.evidence()
        edges = ENOUGH if self.kinds.count("edge") > 1 else 0
        return max(edges, sum(WEIGHTS[kind] for kind in evidence) if len(evidence) > 1 else 0)

    def is_dump(self) -> bool:
        """Whether there is enough evidence."""
        return self.score() >= ENOUGH

    def _below(self, n: int) -> str | None:
        following = self.filled(n + 1, min(len(self.text), n + 6))
        return self.kinds[following[0]] if following else None

    def place(self, n: int) -> str:
        """How a report calls a line."""
        return f"line {self.numbers[n]}"

    def leads_to(self, n: int, part: str) -> bool:
        """Whether a line has a link to an address with a part."""
        return any(part in address for address in self.linked.get(self.numbers[n], ()))

    def filled(self, start: int, end: int | None = None) -> list[int]:
        """Numbers of the lines with text in a range."""
        return [n for n in range(start, len(self.text) if end is None else min(end, len(self.text))) if self.bare[n]]

    def stands_alone(self, n: int) -> bool:
        """Whether blank lines stand on both sides of a line, or the dump has none at all."""
        return not self.spaced or (self.gap_before(n) > 0 and (n + 1 >= len(self.bare) or not self.bare[n + 1]))

    def gap_before(self, n: int) -> int:
        """How many blank lines stand before a line.

        In a dump that has none each line is as good as parted from the next.
        """
        if not self.spaced:
            return 1
        gap = 0
        while n - gap > 0 and not self.bare[n - gap - 1]:
            gap += 1
        return gap

    def indent(self, n: int) -> int:
        """How far a line is moved to the right; some text browsers show nested elements so."""
        return len(self.text[n]) - len(self.text[n].lstrip(" "))

    def is_marked_heading(self, n: int) -> bool:
        """Whether the tool that made the dump marked a line as a heading (`# …`)."""
        return bool(_MARKED.match(self.text[n]))

    def is_bulleted(self, n: int) -> bool:
        """Whether the tool that made the dump marked a line as a list's item."""
        return bool(_BULLETED.match(self.text[n]))

    def is_item(self, n: int) -> bool:
        """Whether a line has a bullet, also one that is the text's own in other dumps."""
        return bool(_ITEM.match(self.text[n]))

    def first_filled(self, start: int) -> int | None:
        """The number of the first line with text from a line on."""
        return next((n for n in range(start, len(self.text)) if self.bare[n]), None)

    def language(self) -> str | None:
        """The language of most of the platform's lines."""
        if self._language == "":
            self._language = self._find_language()
        return self._language

    def _find_language(self) -> str | None:
        votes: Counter[str] = Counter()
        for n, kind in enumerate(self.kinds):
            if kind and kind not in ("edge", "menu"):
                kinds = ("views", "comments") if kind == "counters" else (kind,)
                votes.update(
                    lang
                    for k in kinds
                    for lang, p in chrome.languages_of(k).items()
                    if lang != "any" and p.match(self.bare[n])
                )
        best, number = votes.most_common(1)[0] if votes else (None, 0)
        return best if number >= _SURE else languages.detect("\n".join(self.text)) or best

    def is_date(self, n: int, language: str | None) -> bool:
        """Whether a line is nothing but a date, with or without a year."""
        line = self.bare[n]
        if self.kinds[n] == "relative":
            return True
        return len(line) < 32 and bool(_DIGITS.search(line)) and printed_date(line, language, year=False) is not None
