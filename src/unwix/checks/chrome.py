"""Chrome: lines of a post that are the platform's, in any of its languages.

What Wix prints is data (`readers/chrome/`). Some of it nobody else would write; the rest an author may write too, and
counts only in company.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..readers import chrome
from .document import Document
from .findings import Hit

#: Kinds of lines (see `readers/chrome/en.toml`) that are the platform's wherever they stand.
_SURE = frozenset(
    "edge menu minutes views comments counters like share write_comment commenting_off comments_widget ratings banner"
    " widget_label subscribed cookies download".split()
)
#: Single words that many an author has a line of: they count beside another line of the platform only.
_WEAK = frozenset("more search role social".split())
#: The longest of the platform's lines has 140 characters.
_LONGEST = 200
_EDGES = re.compile(r"^[\W_]*|[*_\s]*$")


def sure_lines(document: Document) -> Iterator[Hit]:
    """Lines that only the platform prints, and doubtful ones that stand beside another."""
    for line, language, kind, said, alone in _platform_lines(document):
        if kind in _SURE or not alone:
            yield Hit(line, f"“{said}” is the platform's own line ({language})")


def likely_lines(document: Document) -> Iterator[Hit]:
    """Lines that the platform prints and an author may write as well, standing alone."""
    for line, language, kind, said, alone in _platform_lines(document):
        if kind not in _SURE and kind not in _WEAK and alone:
            yield Hit(line, f"“{said}” may be the platform's own line ({language})")


def _platform_lines(document: Document) -> Iterator[tuple[int | None, str, str, str, bool]]:
    """Each line that the platform prints too: its number, language, kind, text, and whether no other is beside it."""
    told: list[tuple[str | None, str, int | None]] = []
    for said, block in document.said():
        kind = _kind(said)
        told.append((kind, said, document.line_of(block, said) if kind else None))
    for number, (kind, said, line) in enumerate(told):
        if kind:
            beside = {told[n][0] for n in (number - 1, number + 1) if 0 <= n < len(told)} - {None, kind}
            yield line, _language(kind, said), kind, said, not beside


def _kind(said: str) -> str | None:
    if len(said) > _LONGEST:
        return None
    bare = _EDGES.sub("", said)
    return next((k for k, p in chrome.lines().items() if p.match(said) or (bare != said and p.match(bare))), None)


def _language(kind: str, said: str) -> str:
    found = (language for language, p in chrome.languages_of(kind).items() if language != "any" and p.match(said))
    return next(found, "any language")
