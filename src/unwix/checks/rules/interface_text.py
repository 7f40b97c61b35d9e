"""Chrome: lines of a post that are the platform's, in any of its languages.

What Wix prints is data (`readers/chrome/`). Some of it nobody else would write; the rest an author may write too, and
counts only in company.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain

from ...wix.ui_texts import catalogue as chrome
from ..findings import Match
from ..markdown_file import Document

#: Kinds of lines (see `readers/chrome/en.toml`) that are the platform's wherever they stand.
_SURE = frozenset(
    "edge menu minutes views comments counters like share write_comment commenting_off comments_widget ratings banner"
    " widget_label subscribed cookies download".split()
)
#: Single words that many an author has a line of: they count beside another line of the platform only.
_WEAK = frozenset("more search role social".split())
#: How much longer than a string of the catalogue its line can be, where the string has a hole for a number or a name.
_OPEN = 80
_EDGES = re.compile(r"^[\W_]*|[*_\s]*$")


def sure_lines(document: Document) -> Iterator[Match]:
    """Lines that only the platform prints, and doubtful ones that stand beside another."""
    for line, language, kind, said, alone in _platform_lines(document):
        if kind in _SURE or not alone:
            yield Match(line, f"“{said}” is the platform's own line ({language})")


def likely_lines(document: Document) -> Iterator[Match]:
    """Lines that the platform prints and an author may write as well, standing alone."""
    for line, language, kind, said, alone in _platform_lines(document):
        if kind not in _SURE and kind not in _WEAK and alone:
            yield Match(line, f"“{said}” may be the platform's own line ({language})")


@lru_cache(1)  # two rules ask, one behind the other
def _platform_lines(document: Document) -> list[tuple[int | None, str, str, str, bool]]:
    """Each line that the platform prints too: its number, language, kind, text, and whether no other is beside it."""
    told: list[tuple[str | None, str, int | None]] = []
    for said, block in document.said():
        kind = _kind(said)
        told.append((kind, said, document.line_of(block, said) if kind else None))
    found = []
    for number, (kind, said, line) in enumerate(told):
        if kind:
            beside = {told[n][0] for n in (number - 1, number + 1) if 0 <= n < len(told)} - {None, kind}
            found.append((line, _language(kind, said), kind, said, not beside))
    return found


def _kind(said: str) -> str | None:
    bare = _EDGES.sub("", said)
    length = len(bare)
    for kind, (longest, pattern) in _patterns().items():
        if length <= longest and (pattern.match(said) or (bare != said and pattern.match(bare))):
            return kind
    return None


@cache
def _patterns() -> dict[str, tuple[int, re.Pattern[str]]]:
    """For each kind how long its lines can be, and what they look like: most of prose is longer than any."""
    texts = {kind: [*chain.from_iterable(said.values())] for kind, said in chrome.strings().items()}
    texts["counters"] = [f"{views}{comments}" for views in texts["views"] for comments in texts["comments"]]
    named = {"author", "like"}  # a name stands behind, numbers stand around
    longest = {}
    for kind, said in texts.items():
        is_open = kind in named or any("{" in text for text in said)
        longest[kind] = max(map(len, said)) + (_OPEN if is_open else 5)
    return {kind: (longest[kind], pattern) for kind, pattern in chrome.lines().items()}


def _language(kind: str, said: str) -> str:
    found = (language for language, p in chrome.languages_of(kind).items() if language != "any" and p.match(said))
    return next(found, "any language")
