"""Recognize names of persons in the head of a dump, and dates joined with reading times."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....web.printed_dates import printed_date
from ....wix.ui_texts.match import classify, may_have_minutes
from ..images import IMAGE_FILE
from ..lines import Lines

_NAME = re.compile(r"(?:[^\d:!?…/|#©•<>{}\[\]“”\"]{2,40}|\S+@\S+)\Z")
#: A member's name that Wix derived from an email address.
_HANDLE = re.compile(r"[a-z][a-z._-]*\d{1,4}\Z")
#: The number of a team or a room in its name: `Studio 54`.
_NUMBER_OF_NAME = re.compile(r"(?<=[^\W\d_])\s*\d{1,3}\Z")
#: The last word of `Ann S.`, `J.R.` and `Martin Hall Jr.`.
_ABBREVIATION_AT_END = re.compile(r"(?:\A|[\s.])[^\W\d_]{1,2}\.\Z")
_MOST_NAME_WORDS = 5
#: Names in Japanese and Chinese characters have at most this many, without a space or a dot in them.
_KANA_OR_HAN, _LONGEST_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff]"), 6
#: Small words inside names.
_PARTICLES = frozenset(
    "de da do dos das del della di van von der den ter ten la le el al bin ibn y e i und and & bint du des af av zu"
    " zum".split()
)
_YEAR_AT_END = re.compile(r"(?<!\d)\d{4}\D*\Z|\A\d{4}\D")
_DAY_AT_END = re.compile(r"\D\d{1,2}\D?\Z|\A\d{1,2}\D+\Z")
_DIGIT = re.compile(r"\d")
_MINUTE_DIGITS = 3
#: The maximum length of a reading time in any language.
_MINUTE_LETTERS = 32
_LONGEST_GLUED = 60


def is_name(lines: Lines, n: int) -> bool:
    """Return True if a line can be a person's name: few words without digits, or a name made from an email address.

    The name of an image file is none: it is the alternative text of an image of the site.
    """
    line = lines.bare[n]
    if lines.kinds[n] is not None or lines.level(n) or IMAGE_FILE.match(line):
        return False
    name = _NUMBER_OF_NAME.sub("", line)
    return bool(_HANDLE.match(line)) or (
        bool(_NAME.match(name))
        and len(line.split()) <= _MOST_NAME_WORDS
        and (not line.endswith((".", ",", ";")) or bool(_ABBREVIATION_AT_END.search(line)))
    )


def name_shape(line: str) -> float:
    """Return how much the form of a line suggests a name, from -1 to 2."""
    words = [word for word in line.split() if word.lower() not in _PARTICLES]
    if "@" in line or _HANDLE.match(line):
        return 2
    if not words:
        return -1
    if not any(c.isupper() or c.islower() for c in line):  # a script without capitals
        if len(words) == 1 and len(_KANA_OR_HAN.findall(line)) > _LONGEST_HAN and "・" not in line:
            return -1
        return 1 if len(words) <= 3 and len(line) <= 20 else -0.5
    if len(words) == 1:
        return 0.5
    if len(words) == 2 and line.islower():
        return 0.5  # ana perez
    return 2 if all(word[:1].isupper() or not word[:1].isalpha() for word in words) else -1


def once(name: str) -> str:
    """Return a repeated name (`Josh Brar Josh Brar`) once."""
    name = " ".join(name.split())
    half = len(name) // 2
    for first, second in ((name[:half], name[half:]), (name[:half], name[half + 1 :])):
        if first and first == second.strip():
            return first
    return name


def glued(lines: Lines, n: int) -> tuple[str, int] | None:
    """Return date and minutes of a line that joins both (`Sep 9, 20233 min read`), else None."""
    line = lines.bare[n]
    if lines.kinds[n] is not None or len(line) > _LONGEST_GLUED or not _DIGIT.search(line):
        return None
    if not may_have_minutes(line):
        return None
    cuts = list(_minutes_at_end(line))
    for date, minutes, _ in cuts:
        kind = classify(date.strip())
        if kind is not None and kind.kind == "relative":
            return date, minutes
    # The cut that leaves a year is right; without a year, the first that leaves a date.
    for pattern in (_YEAR_AT_END, _DAY_AT_END):
        for date, minutes, languages in cuts:
            tried = dict.fromkeys((*lines.languages(), *sorted(languages)))
            if pattern.search(date) and any(printed_date(date, language, year=False) for language in tried):
                return date, minutes
    return None


def _minutes_at_end(line: str) -> Iterator[tuple[str, int, frozenset[str]]]:
    """Yield each way to cut a reading time off the end of a line: the text before it, the minutes, its languages."""
    for cut in range(max(3, len(line) - _MINUTE_LETTERS), len(line)):
        kind = classify(line[cut:])
        number = re.search(r"\d+", line[cut:]) if kind is not None and kind.kind == "minutes" else None
        if number is not None and len(number[0]) <= _MINUTE_DIGITS:
            yield line[:cut], int(number[0]), kind.languages if kind else frozenset()
