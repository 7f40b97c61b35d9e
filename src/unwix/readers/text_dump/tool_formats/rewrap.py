"""Rejoin lines that a tool wrapped at a width, usually 72 to 80 columns.

A break is the tool's if the next line's first word would not have fitted. That happens by chance, so lines are joined
only in a text in which it holds for nearly all lines; a break that leaves room is the author's and stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import accumulate, pairwise

from ....wix.ui_texts.match import classify
from .line import Line

#: Widths at which tools wrap lines.
_NARROWEST, _WIDEST = 50, 132
#: The minimum number of full lines for a width, and their minimum ratio to lines with room for one more word.
_LEAST, _TIMES = 4, 3
#: The maximum difference between the columns of lines that continue each other: an indented first line.
_SAME_COLUMN = 4
#: A line below a list item's text, and not below its marker, is as much evidence as so many others, and so is a break
#: inside a phrase of a script without spaces.
_SURE = 2
#: The default widths of tools, at which fewer lines are enough if none has room for one more word.
_DEFAULTS, _LEAST_AT_DEFAULT = (72, 76, 77, 78, 79, 80), 3
_HEADING = re.compile(r" *#{1,6} ")
_MARKER = re.compile(r" *(?:[*•·▪◦‣□○+-]|\d{1,3}[.)]) +")
#: Headings and quotes can be slightly wider than paragraphs.
_SLACK = 8
_WORD = re.compile(r"\w")
_BEGINS = re.compile(
    r"\s*(?:[*•·▪◦‣□○+>|-](?:\s|\Z)|\d{1,3}[.)]\s|#{1,6}\s|\(BUTTON\)|!?\[(?!\d+\]|https?:|\.{0,2}/)|```)"
)
_ENDS_SENTENCE = re.compile(r"[.!?…。！？।؟](?:['\"”’»)]|\s)*\Z")
#: Where one of so many full lines ends a sentence, each is a paragraph.
_SENTENCES = 2
_NEVER_RESTS = frozenset({"edge", "menu", "minutes", "author", "counters", "views", "like", "recent", "all_posts"})
#: What may follow a hyphen that stands for the rest of a word (`Vor- und Nachteile`).
_AND = frozenset("und oder bzw. and or to et ou y o e ed och eller og en of i a".split())
#: Characters that can be two columns wide, or zero.
_WIDE = re.compile("[^\\x00-\u02ff\u0370-\u0482\u048a-\u0590\u1e00-\u20cf\u2100-\u2319]")
_DENSE = re.compile("[\u3040-\u30fb\u30fd-\u30ff\u3400-\u9fff]")
_WITHOUT_BLANKS = re.compile("[\u0e00-\u0e7f\u3001-\u30ff\u3400-\u9fff\uff00-\uffef]")


def unwrap(lines: list[Line]) -> list[Line]:
    """Return the lines with those joined that a tool wrapped; the same lines if it wrapped none."""
    measures = (len, _cells) if any(not line.text.isascii() and _WIDE.search(line.text) for line in lines) else (len,)
    widths = [(width, measure) for measure in measures if (width := _width(lines, measure))]
    if not widths:
        return lines
    width, measure = widths[0]
    rests = {
        n
        for n, (above, below) in enumerate(pairwise(line.text for line in lines), 1)
        if _goes_on(above, below) and _is_full(above, _first(below), width, measure)
    }
    # The lines of a text without blank lines may be as long as each other by chance: they end with a sentence.
    whole = sum(_ENDS_SENTENCE.search(lines[n - 1].text) is not None for n in rests)
    if _SENTENCES * whole > len(rests):
        return lines
    out: list[Line] = []
    for n, line in enumerate(lines):
        if n in rests and not _is_interface_text(line.text):
            out[-1] = Line(joined(out[-1].text, line.text), out[-1].number)
        else:
            out.append(line)
    return out


def _is_interface_text(text: str) -> bool:
    """Return True for a line that Wix prints by itself, which is never the rest of a paragraph."""
    interface_text = classify(text.strip())
    return interface_text is not None and interface_text.kind in _NEVER_RESTS


def begins(text: str) -> bool:
    """Return True if a line begins a block: a list item, a heading, a quote."""
    return bool(_BEGINS.match(text))


def _width(lines: list[Line], measure: Callable[[str], int]) -> int | None:
    """Return the width at which lines were wrapped, or None."""
    # For each width, the number of full lines and of lines with room for one more word, as changes between widths.
    full, room = [0] * (_WIDEST + 2), [0] * (_WIDEST + 2)
    lengths = [measure(line.text) for line in lines]
    for n, (above, below) in enumerate(pairwise(line.text for line in lines)):
        length = lengths[n]
        if 2 * length <= _NARROWEST or not below or not _goes_on(above, below):
            continue
        weight = 1
        if not (above[0].isalpha() and below[0].isalpha()):
            indent, column = _indent(below), _column(above)
            if abs(indent - column) > _SAME_COLUMN:
                continue  # centered lines
            weight = _SURE if indent == column > _indent(above) else 1
        if weight == 1 and not above[-1].isascii() and _is_inside_phrase(above, below):
            weight = _SURE
        needed = length + 1 + measure(_first(below))
        _count(full, max(_NARROWEST, length), min(_WIDEST, needed - 1), weight)
        if above[0].isalpha() or not _HEADING.match(above):
            _count(room, max(_NARROWEST, needed), min(_WIDEST, 2 * length - 1))
    full, room = list(accumulate(full)), list(accumulate(room))
    best = max(range(_NARROWEST, _WIDEST + 1), key=lambda width: full[width] - room[width])
    if full[best] < _LEAST or full[best] < _TIMES * room[best]:
        defaults = [width for width in _DEFAULTS if full[width] >= _LEAST_AT_DEFAULT and not room[width]]
        if not defaults:
            return None
        best = defaults[0]
    longer = sum(
        length > best + _SLACK and not _BEGINS.match(line.text) for length, line in zip(lengths, lines, strict=True)
    )
    return best if full[best] >= longer else None


def _is_inside_phrase(above: str, below: str) -> bool:
    """Return True if a script without spaces is on both sides of a break, and no sign ends a phrase there."""
    return _DENSE.match(above[-1:]) is not None and _DENSE.match(below.lstrip()[:1]) is not None


def _count(changes: list[int], first: int, last: int, weight: int = 1) -> None:
    if first <= last:
        changes[first] += weight
        changes[last + 1] -= weight


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _column(text: str) -> int:
    """Return the column at which a line's text begins, after the marker of a list item."""
    marker = _MARKER.match(text)
    return marker.end() if marker else _indent(text)


def _goes_on(above: str, below: str) -> bool:
    """Return True if a line can continue the one above."""
    bare = above.strip()
    if not bare or not below.strip() or above.endswith("  ") or begins(below):
        return False
    return " " in bare or bool(_WITHOUT_BLANKS.match(bare[-1]))


def _is_full(above: str, word: str, width: int, measure: Callable[[str], int]) -> bool:
    """Return True if the next word would not fit on a line; a long URL at its end can exceed the width."""
    start = above.rpartition(" ")[0]
    return measure(start) <= width + _SLACK and measure(above) + 1 + measure(word) > width


def _first(text: str) -> str:
    """Return the first word of a line; in a script without spaces, its first character."""
    word = text.split(maxsplit=1)[0]
    return word[0] if _WITHOUT_BLANKS.match(word) else word


def joined(above: str, below: str) -> str:
    """Return two lines as one, without a space if a tool broke a word at its hyphen."""
    above, below = above.rstrip(), below.lstrip()
    if (
        above.endswith("-")
        and _WORD.match(above[-2:-1])
        and below[0].isalnum()
        and below.split(maxsplit=1)[0].lower() not in _AND
    ):
        return above + below  # some tools break at hyphens, in words and in URLs
    blank = "" if _WITHOUT_BLANKS.match(above[-1]) and _WITHOUT_BLANKS.match(below[0]) else " "
    return f"{above}{blank}{below}"


def _cells(text: str) -> int:
    """Return the number of terminal columns of a text: two for an East Asian character."""
    if not _WIDE.search(text):
        return len(text)
    return sum(map(cell_width, text))


def cell_width(character: str) -> int:
    """Return the number of terminal columns of a character."""
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 0 if unicodedata.combining(character) else 1
