"""Flanking: where marks may stand beside letters, blanks and punctuation, so that CommonMark reads them.

`**` that has a letter outside and punctuation inside opens or closes nothing (CommonMark section 6.2). In a raw line
(see inline.py) the control characters with the odd numbers 1, 3 and 5 open a mark, 2, 4 and 6 close it.
"""

from __future__ import annotations

import re

_MARKS = re.compile("[\x01-\x06]+")
_BREAK = "\x12"
#: Stops; the full-width ones are of Chinese and Japanese, which have no blank behind them.
_STOPS = ".,:;!?\u2026\u3002\u3001\uff0c\uff0e\uff1a\uff1b\uff01\uff1f"
_STOP_INSIDE = re.compile(f"(?<=[^\x00-\x20{_STOPS}])([{_STOPS}]+)([\x02\x04\x06]+)(?=\\w)")
_PAIRS = frozenset("() [] \u201c\u201d \u2018\u2019 \xab\xbb \u201e\u201c \u201e\u201d \"\" \uff08\uff09 "
                   "\u300c\u300d \u300e\u300f \u3010\u3011 \u3008\u3009 \u300a\u300b".split())  # fmt: skip
_BRACKETED = re.compile("([\x01\x03\x05]+)(\\W)(\\w(?:[^\x00-\x1f]*\\w)?)(\\W)([\x02\x04\x06]+)")


def place_marks(line: str) -> str:
    """A raw line with stops, and quotes and brackets round all that is marked, outside of marks that need them there.

    `**word.**next` becomes `**word**.next`, and `a**(word)**` becomes `a(**word**)`: what is seen is the same.
    """
    return _BRACKETED.sub(_brackets_outside, _STOP_INSIDE.sub(r"\2\1", line))


def _brackets_outside(found: re.Match[str]) -> str:
    opening, first, text, last, closing = found.groups()
    beside = found.string[found.start() - 1 : found.start()] + found.string[found.end() : found.end() + 1]
    if first + last not in _PAIRS or first in text or last in text or not any(c.isalnum() for c in beside):
        return found[0]
    return f"{first}{opening}{text}{closing}{last}"


def all_apart(line: str) -> bool:
    """Whether every mark stands where the simplest parser reads it: outside of it a blank or sign, inside a letter."""
    return all(_is_apart(line, m.start(), m[0]) for m in _MARKS.finditer(line))


def _is_apart(line: str, at: int, marks: str) -> bool:
    before, after = line[at - 1 : at], line[at + len(marks) : at + len(marks) + 1]
    if all(ord(m) % 2 == 1 for m in marks):
        return (
            (not before or before in " \n([\x11\x12\u00a0“‘\"'")
            and bool(after)
            and not after.isspace()
            and after != _BREAK
        )
    return (
        all(ord(m) % 2 == 0 for m in marks)
        and bool(before)
        and not before.isspace()
        and before != _BREAK
        and (not after or after in " \n.,;:!?)]\x0f\x12\u00a0”’\"'…")
    )


def all_clean(line: str) -> bool:
    """Whether every mark begins before a letter after a blank, and ends after a letter before a blank.

    Always read as meant.
    """
    return all(_clean_mark(line, m.start(), m[0]) for m in _MARKS.finditer(line))


def _clean_mark(line: str, at: int, marks: str) -> bool:
    opening = all(ord(m) % 2 == 1 for m in marks)
    closing = all(ord(m) % 2 == 0 for m in marks)
    before, after = line[at - 1 : at], line[at + len(marks) : at + len(marks) + 1]
    if opening:
        return (not before or before in " \n(\x12") and after.isalnum()
    return closing and before.isalnum() and (not after or after in " \n.,;:!?)\x12")
