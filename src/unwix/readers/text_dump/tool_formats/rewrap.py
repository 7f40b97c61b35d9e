"""Rejoin lines that a tool wrapped at a width, usually 72 to 80 columns.

A break is the tool's if the next line's first word would not have fitted. That happens by chance, so lines are joined
only in a text in which it holds for nearly all lines; a break that leaves room is the author's and stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from ....wix.ui_texts.match import classify
from . import scripts
from .korean import is_inside_korean_word, words_inside
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
#: From this length on, a break inside such a phrase is not a poet's: one at a tool's default width is enough.
_LONG = 60
#: The minimum ratio of full lines to others if a tool breaks Korean at any syllable: each line is full then.
_TIMES_SYLLABLES = 5
#: The default widths of tools, at which fewer lines are enough if none has room for one more word.
_DEFAULTS, _LEAST_AT_DEFAULT = (72, 75, 76, 77, 78, 79, 80), 3
#: The indent of the paragraphs of lynx and elinks, the minimum share of lines with it, and the minimum of full lines
#: then.
_COLUMN, _SHARE_IN_COLUMN, _LEAST_IN_COLUMN = 3, 0.5, 1
#: From this share of the width on, a line whose sentence goes on below in small letters was broken by the tool.
_LONG_ENOUGH = 0.7
_HEADING = re.compile(r" *#{1,6} ")
_MARKER = re.compile(r" *(?:[*•·▪◦‣□○+-]|\d{1,3}[.)]) +")
#: Headings and quotes can be slightly wider than paragraphs.
_SLACK = 8
_WORD = re.compile(r"\w")
_BEGINS = re.compile(
    r"\s*(?:[*•·▪◦‣□○+>|-](?:\s|\Z)|\d{1,3}[.)]\s|#{1,6}\s|\(BUTTON\)|!?\[(?!\d+\]|https?:|\.{0,2}/|…|\.{3})|```)"
)
_ENDS_SENTENCE = re.compile(r"[.!?…。！？।؟](?:['\"”’»)]|\s)*\Z")
#: Where one of so many full lines ends a sentence, each is a paragraph.
_SENTENCES = 2
_NEVER_RESTS = frozenset({"edge", "menu", "minutes", "author", "counters", "views", "like", "recent", "all_posts"})
#: What may follow a hyphen that stands for the rest of a word (`Vor- und Nachteile`).
_AND = frozenset("und oder bzw. and or to et ou y o e ed och eller og en of i a".split())


class _Wrap(NamedTuple):
    """How a tool wrapped lines: at a width, in a measure, Korean at any syllable or only at spaces."""

    width: int
    measure: Callable[[str], int]
    breaks_syllables: bool
    evidence: int


def unwrap(lines: list[Line]) -> list[Line]:
    """Return the lines with those joined that a tool wrapped; the same lines if it wrapped none."""
    wrap = _find_wrap(lines)
    if wrap is None:
        return lines
    rests = {
        n
        for n, (above, below) in enumerate(_pairs([line.text for line in lines]), 1)
        if _runs_on_below(above, below)
        and (
            _is_full(above, scripts.first_unit(below, wrap.breaks_syllables), wrap)
            or _is_mid_sentence(above, below, wrap)
        )
    }
    # The lines of a text without blank lines may be as long as each other by chance: they end with a sentence.
    whole = sum(_ENDS_SENTENCE.search(lines[n - 1].text) is not None for n in rests)
    if _SENTENCES * whole > len(rests):
        return lines
    longest = max((wrap.measure(lines[n - 1].text.rstrip()) for n in rests), default=0)
    known = words_inside(line.text for line in lines) if wrap.breaks_syllables else frozenset()
    out: list[Line] = []
    for n, line in enumerate(lines):
        if n in rests and not _is_interface_text(line.text):
            above, below = lines[n - 1].text.rstrip(), _without_quote_sign(lines[n - 1].text, line.text)
            is_inside = (
                wrap.breaks_syllables
                and wrap.measure(above) >= longest - 1  # otherwise one more syllable would have fitted
                and is_inside_korean_word(above, below.lstrip(), known)
            )
            text = out[-1].text.rstrip() + below.lstrip() if is_inside else joined(out[-1].text, below, True)
            out[-1] = Line(text, out[-1].number)
        else:
            out.append(line)
    return out


def _pairs(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each line and the one below; in a quote, the one below without its sign."""
    return ((above, _without_quote_sign(above, below)) for above, below in pairwise(texts))


def _without_quote_sign(above: str, below: str) -> str:
    return below[2:] if below.startswith("> ") and above.startswith("> ") else below


def _find_wrap(lines: list[Line]) -> _Wrap | None:
    """Return how the lines were wrapped, with the measure that most of them agree with; None if they were not."""
    texts = [line.text for line in lines]
    whole = "\n".join(texts)
    if whole.isascii() or not scripts.WIDE.search(whole):
        return _wrap(texts, len, breaks_syllables=False)
    if scripts.THAI.search(whole) and all(text.strip() for text in texts[1:-1]):
        return None  # each line is a paragraph, and Thai ends none with a sign
    if scripts.HANGUL.search(whole):
        wrap = _wrap(texts, scripts.cells, breaks_syllables=True)
        if wrap is not None and wrap.evidence >= _LEAST:
            return wrap
    measures: list[Callable[[str], int]] = [len, scripts.cells]
    if scripts.SPACING_MARKS.search(whole):
        measures.append(scripts.cells_without_marks)
    wraps = [wrap for measure in measures if (wrap := _wrap(texts, measure, breaks_syllables=False))]
    return max(wraps, key=lambda wrap: wrap.evidence, default=None)


def _is_interface_text(text: str) -> bool:
    """Return True for a line that Wix prints by itself, which is never the rest of a paragraph."""
    interface_text = classify(text.strip())
    return interface_text is not None and interface_text.kind in _NEVER_RESTS


def begins(text: str) -> bool:
    """Return True if a line begins a block: a list item, a heading, a quote."""
    return bool(_BEGINS.match(text))


def _wrap(texts: list[str], measure: Callable[[str], int], breaks_syllables: bool) -> _Wrap | None:
    """Return the width at which lines were wrapped in a measure, or None."""
    # For each width, the number of full lines and of lines with room for one more word, as changes between widths.
    full, room = [0] * (_WIDEST + 2), [0] * (_WIDEST + 2)
    lengths = list(map(measure, texts))
    for n, (above, below) in enumerate(_pairs(texts)):
        length = lengths[n]
        if 2 * length <= _NARROWEST or not below or not _runs_on_below(above, below):
            continue
        weight = 1
        if not (above[0].isalpha() and below[0].isalpha()):
            indent, column = _indent(below), _column(above)
            if abs(indent - column) > _SAME_COLUMN:
                continue  # centered lines
            weight = _SURE if indent == column > _indent(above) else 1
        if weight == 1 and not above[-1].isascii() and scripts.is_inside_phrase(above, below):
            weight = _SURE + (length >= _LONG)
        needed = length + 1 + measure(scripts.first_unit(below, breaks_syllables))
        _count(full, max(_NARROWEST, length), min(_WIDEST, needed - 1), weight)
        if above[0].isalpha() or not _HEADING.match(above):
            _count(room, max(_NARROWEST, needed), min(_WIDEST, 2 * length - 1))
    full, room = list(accumulate(full)), list(accumulate(room))
    best = max(range(_NARROWEST, _WIDEST + 1), key=lambda width: full[width] - room[width])
    if full[best] < _LEAST or full[best] < _TIMES * room[best]:
        least = _LEAST_IN_COLUMN if _is_in_column(texts) else _LEAST_AT_DEFAULT
        defaults = [width for width in _DEFAULTS if full[width] >= least and not room[width]]
        if not defaults:
            return None
        best = defaults[0]
    if breaks_syllables and full[best] < _TIMES_SYLLABLES * room[best]:
        return None
    longer = sum(
        length > best + _SLACK and not _BEGINS.match(text) for length, text in zip(lengths, texts, strict=True)
    )
    return _Wrap(best, measure, breaks_syllables, full[best] - room[best]) if full[best] >= longer else None


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


def _runs_on_below(above: str, below: str) -> bool:
    """Return True if a line can continue the one above."""
    bare = above.strip()
    if not bare or not below.strip() or above.endswith("  ") or begins(below):
        return False
    return " " in bare or scripts.may_end_line(bare[-1])


def _is_full(above: str, unit: str, wrap: _Wrap) -> bool:
    """Return True if the next word would not fit on a line; a long URL at its end can exceed the width."""
    start = above.rpartition(" ")[0]
    return wrap.measure(start) <= wrap.width + _SLACK and wrap.measure(above) + 1 + wrap.measure(unit) > wrap.width


def _is_mid_sentence(above: str, below: str, wrap: _Wrap) -> bool:
    """Return True if a long line goes on in small letters: the tool counts numbers or spaces that it does not print."""
    if not below.lstrip()[:1].islower() or not above.rstrip()[-1:].isalnum() or _indent(above) != _indent(below):
        return False
    return wrap.measure(above.rstrip()) >= _LONG_ENOUGH * wrap.width


def _is_in_column(texts: list[str]) -> bool:
    """Return True if most lines begin in the column of a text browser's paragraphs."""
    filled = [text for text in texts if text.strip() and not _MARKER.match(text)]
    return sum(_indent(text) == _COLUMN for text in filled) > _SHARE_IN_COLUMN * len(filled)


def joined(above: str, below: str, is_at_space: bool = False) -> str:
    """Return two lines as one, without a space if a tool broke a word at its hyphen.

    With `is_at_space` the tool breaks Thai only at spaces.
    """
    above, below = above.rstrip(), below.lstrip()
    if (
        above.endswith("-")
        and _WORD.match(above[-2:-1])
        and below[0].isalnum()
        and below.split(maxsplit=1)[0].lower() not in _AND
    ):
        return above + below  # some tools break at hyphens, in words and in URLs
    return f"{above}{scripts.space_between(above, below, is_at_space)}{below}"
