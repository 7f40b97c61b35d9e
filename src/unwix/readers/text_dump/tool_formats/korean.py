"""Decide whether a line break between two Korean syllables is inside a word, as some text browsers break lines.

The words and endings are in `korean.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Set
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .scripts import HANGUL

_NOT_LETTERS = re.compile(r"[^\w]+")


class _Korean(NamedTuple):
    syllables: frozenset[str]
    """Words of one syllable, which can end a line."""
    frequent: frozenset[str]
    """Frequent words that begin with one."""
    ending: re.Pattern[str]
    """Particles and endings, which begin no word."""
    firm_ends: frozenset[str]
    """Last syllables of whole words."""


@cache
def _korean() -> _Korean:
    lists = tomllib.loads(Path(__file__).with_name("korean.toml").read_text(encoding="utf-8"))
    words = {name: text.split() for name, text in lists.items()}
    ending = re.compile(f"(?:{'|'.join(words['suffixes'])})?(?:{'|'.join(words['endings'])})")
    return _Korean(frozenset(words["syllables"]), frozenset(words["frequent"]), ending, frozenset(words["firm_ends"]))


def is_inside_korean_word(above: str, below: str, known: Set[str]) -> bool:
    """Return True if a break between two syllables is probably inside a word; `known` are words of the text."""
    if not HANGUL.match(above[-1:]) or not HANGUL.match(below[:1]):
        return False
    last, first = above.rsplit(maxsplit=1)[-1], below.split(maxsplit=1)[0]
    last, first = _NOT_LETTERS.split(last)[-1], _NOT_LETTERS.split(first)[0]
    word, korean = last + first, _korean()
    if word in known or word in korean.frequent or (len(last) == 1 and word[:2] in korean.frequent):
        return True
    if first in known or (last in known and len(last) > 1):
        return False
    if korean.ending.fullmatch(first) or (len(last) == 1 and last not in korean.syllables):
        return True
    return last[-1] not in korean.firm_ends and last not in korean.syllables


def words_inside(lines: Iterable[str]) -> frozenset[str]:
    """Return the words that neither begin nor end a line: no break has cut them."""
    return frozenset(
        word for line in lines for piece in line.split()[1:-1] if len(word := _NOT_LETTERS.split(piece)[0]) > 1
    )
