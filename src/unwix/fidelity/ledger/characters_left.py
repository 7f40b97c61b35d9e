"""Find visible characters that are no words, such as emoji, which a source shows and its post lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ...model.facts import tokens
from ...model.problems import Problem
from ...model.results import counted

_QUOTED = 8
#: The viewer truncates names in cards.
_ELLIPSIS = frozenset(".…")


def symbols(text: str) -> Counter[str]:
    """Return the visible characters of a text that are in no word, without dots."""
    return Counter(
        token for token in tokens(text) if not (token[0].isalnum() or token[0] == "_") and token not in _ELLIPSIS
    )


def symbols_left(shown_text: str, written: str) -> Counter[str]:
    """Return the characters that are shown and not written. Equal pieces between spaces are not compared further."""
    shown_pieces, written_pieces = Counter(shown_text.split()), Counter(written.split())
    more, less = shown_pieces - written_pieces, written_pieces - shown_pieces
    return symbols(" ".join(more.elements())) - symbols(" ".join(less.elements())) if more else more


def characters_lost(left: Counter[str], explained: Iterable[str]) -> list[Problem]:
    """Return a problem that quotes the remaining characters without those of `explained` lines, or nothing."""
    for line in explained if left else ():
        left = left - symbols(line)
    if not left:
        return []
    quoted = " ".join([*left.elements()][:_QUOTED])
    return [
        Problem("characters-lost", "source", f"{counted(left.total(), 'character')} of the source missing: {quoted}")
    ]
