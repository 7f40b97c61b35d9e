"""Rules about lines that are interface text of Wix, in any of its languages (the texts are data: `wix/ui_texts`).

Some texts nobody else would write. Others an author may write too; they count only next to another line of Wix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain

from ...wix.ui_texts import catalogue
from ..findings import Match
from ..markdown_file import Document

#: Kinds of lines (`wix/ui_texts/en.toml`) that are interface text wherever they are.
_CERTAIN = frozenset(
    "edge menu minutes views comments counters like share write_comment commenting_off comments_widget ratings banner"
    " widget_label subscribed cookies download".split()
)
#: Single words that many authors write on a line of their own; they count next to another line of Wix only.
_WEAK = frozenset("more search role social site_menu".split())
#: How many characters a number or a name may add to a text with a placeholder for it.
_OPEN = 80
_EDGES = re.compile(r"^[\W_]*|[*_\s]*$")


def certain_lines(document: Document) -> Iterator[Match]:
    """Find lines that only Wix shows, and ambiguous lines next to another line of Wix."""
    for line, language, kind, text, alone in _ui_lines(document):
        if kind in _CERTAIN or not alone:
            yield Match(line, f"“{text}” is Wix interface text ({language})")


def likely_lines(document: Document) -> Iterator[Match]:
    """Find single lines that Wix shows and an author may write as well."""
    for line, language, kind, text, alone in _ui_lines(document):
        if kind not in _CERTAIN and kind not in _WEAK and alone:
            yield Match(line, f"“{text}” may be Wix interface text ({language})")


@lru_cache(1)  # two rules ask, one after the other
def _ui_lines(document: Document) -> list[tuple[int | None, str, str, str, bool]]:
    """Return lines that match interface text: number, language, kind, text, True if no such line is next to it."""
    lines: list[tuple[str | None, str, int | None]] = []
    for text, block in document.prose_lines():
        kind = _kind(text)
        lines.append((kind, text, document.line_of(block, text) if kind else None))
    result = []
    for number, (kind, text, line) in enumerate(lines):
        if kind:
            neighbours = {lines[n][0] for n in (number - 1, number + 1) if 0 <= n < len(lines)} - {None, kind}
            result.append((line, _language(kind, text), kind, text, not neighbours))
    return result


def _kind(text: str) -> str | None:
    bare = _EDGES.sub("", text)
    length = len(bare)
    for kind, (longest, pattern) in _patterns().items():
        if length <= longest and (pattern.match(text) or (bare != text and pattern.match(bare))):
            return kind
    return None


@cache
def _patterns() -> dict[str, tuple[int, re.Pattern[str]]]:
    """Return the pattern and the greatest length of each kind; most prose is longer."""
    texts = {
        kind: [*chain.from_iterable(texts_by_language.values())]
        for kind, texts_by_language in catalogue.strings().items()
    }
    texts["counters"] = [f"{views}{comments}" for views in texts["views"] for comments in texts["comments"]]
    named = {"author", "like"}  # a name follows, or numbers are around
    longest = {}
    for kind, kind_texts in texts.items():
        is_open = kind in named or any("{" in text for text in kind_texts)
        longest[kind] = max(map(len, kind_texts)) + (_OPEN if is_open else 5)
    return {kind: (longest[kind], pattern) for kind, pattern in catalogue.lines().items()}


def _language(kind: str, text: str) -> str:
    languages = (name for name, p in catalogue.languages_of(kind).items() if name != "any" and p.match(text))
    return next(languages, "any language")
