"""Properties of scripts that matter where a tool wraps lines: the width of characters, and where words may break.

Text browsers count terminal columns; they break Chinese and Japanese anywhere, Thai only at spaces, and some of them
(w3m, elinks) Korean at any syllable, so that a line break in Korean can be a space or the middle of a word.
"""

from __future__ import annotations

import re
import unicodedata

#: Characters that can be two columns wide, or zero.
WIDE = re.compile("[^\\x00-\u02ff\u0370-\u0482\u048a-\u0590\u1e00-\u20cf\u2100-\u2319]")
#: Vowel signs with a width of their own, which some tools count as zero.
SPACING_MARKS = re.compile("[\u0900-\u0dff\u1000-\u109f\u1780-\u17ff]")
#: Chinese and Japanese, in which a line can break after any character.
DENSE = re.compile("[\u3040-\u30fb\u30fd-\u30ff\u3400-\u9fff]")
_UNSPACED = re.compile("[\u3001-\u30ff\u3400-\u9fff\uff00-\uffef]")
_UNSPACED_OR_THAI = re.compile("[\u0e00-\u0e7f\u3001-\u30ff\u3400-\u9fff\uff00-\uffef]")
THAI = re.compile("[\u0e00-\u0e7f]")
HANGUL = re.compile("[\uac00-\ud7a3]")
#: Signs that cannot begin a line move the character before them to the next one.
_TO_THE_NEXT = re.compile("[、。，．・：；？！）］」』】〉》ー々…]*")


def cells(text: str) -> int:
    """Return the number of terminal columns of a text: two for an East Asian character, none for a combining mark."""
    return sum(map(_WIDTHS.__getitem__, text)) if WIDE.search(text) else len(text)


def cells_without_marks(text: str) -> int:
    """Return the number of columns for tools that count no vowel sign."""
    return cells(text) - sum(unicodedata.category(sign) == "Mc" for sign in SPACING_MARKS.findall(text))


def cell_width(character: str) -> int:
    """Return the number of terminal columns of a character."""
    return _WIDTHS[character]


class _Widths(dict[str, int]):
    def __missing__(self, character: str) -> int:
        if unicodedata.east_asian_width(character) in "WF":
            width = 2
        else:
            width = 0 if unicodedata.category(character) in ("Mn", "Me", "Cf") else 1
        self[character] = width
        return width


_WIDTHS = _Widths()


def first_unit(text: str, breaks_syllables: bool) -> str:
    """Return what a tool would have to fit on the line above: a line's first word, or its first character.

    Chinese and Japanese break at each character, Korean with `breaks_syllables`.
    """
    word = text.split(maxsplit=1)[0]
    if _UNSPACED.match(word):
        end = _TO_THE_NEXT.match(word, 1)
        return word[: end.end()] if end else word[0]
    return word[0] if breaks_syllables and HANGUL.match(word) else word


def may_end_line(character: str) -> bool:
    """Return True if a line of one word can be full: the script has few spaces or none."""
    return bool(_UNSPACED_OR_THAI.match(character))


def is_inside_phrase(above: str, below: str) -> bool:
    """Return True if Chinese or Japanese is on both sides of a break, and no sign ends a phrase there."""
    return DENSE.match(above[-1:]) is not None and DENSE.match(below.lstrip()[:1]) is not None


def space_between(above: str, below: str, is_at_space: bool = False) -> str:
    """Return what joins two lines; with `is_at_space` the tool breaks Thai only at spaces."""
    pattern = _UNSPACED if is_at_space else _UNSPACED_OR_THAI
    return "" if pattern.match(above[-1]) and pattern.match(below[0]) else " "
