"""Dump names: which lines of a dump's head may be the author's name, and date and minutes that are glued together."""

from __future__ import annotations

import re

from ...web.printed_dates import printed_date
from ...wix.ui_texts import catalogue as chrome
from .lines import Lines

#: Kinds of lines behind the body, with nothing but the footer below.
_BEHIND = frozenset({"counters", "like", "recent", "see_all", "write_comment", "commenting_off"})
_NAME = re.compile(r"(?:[^\d:!?…/|#]{2,40}|\S+@\S+)\Z")
#: A member's name as Wix makes it of a mail address.
_HANDLE = re.compile(r"[a-z][a-z._-]*\d{1,4}\Z")
_MOST_NAME_WORDS = 4
#: So many lines of a dump's end may be a footer that says the menu again.
_MOST_FOOTER = 25
_YEAR_AT_END = re.compile(r"(?<!\d)\d{4}\D*\Z|\A\d{4}\D")
_DAY_AT_END = re.compile(r"\D\d{1,2}\D?\Z|\A\d{1,2}\D+\Z")
_MINUTE_DIGITS = 3
#: No language needs more letters for the reading time.
_MINUTE_LETTERS = 32


def is_name(lines: Lines, n: int) -> bool:
    """Whether a line may be a person's name: few words without digits, or what Wix makes of a mail address."""
    line = lines.bare[n]
    if _HANDLE.match(line):
        return True
    return (
        lines.kinds[n] is None
        and bool(_NAME.match(line))
        and len(line.split()) <= _MOST_NAME_WORDS
        and not line.endswith((".", ","))
    )


def is_surely_name(lines: Lines, n: int) -> bool:
    """A name among lines of menus: each word has a capital, or it is one word in small letters.

    No menu or footer has it too.
    """
    words = lines.bare[n].split()
    if "@" in words[0]:
        return True
    shaped = all(not word[:1].islower() for word in words) or (len(words) == 1 and words[0].islower())
    behind = next((m for m in range(len(lines.kinds) - 1, n, -1) if lines.kinds[m] in _BEHIND), None)
    footer = lines.filled(behind) if behind else lines.filled(n + 1)[-_MOST_FOOTER:]
    around = {lines.bare[m] for m in (*lines.filled(0, n), *footer)}
    return shaped and not lines.bare[n].isupper() and lines.bare[n] not in around


def once(name: str) -> str:
    """A name that a dump glued to itself (`Josh Brar Josh Brar`), once."""
    name = " ".join(name.split())
    half = len(name) // 2
    for first, second in ((name[:half], name[half:]), (name[:half], name[half + 1 :])):
        if first and first == second.strip():
            return first
    return name


def glued(lines: Lines, n: int) -> tuple[str, int] | None:
    """Date and minutes of a line that has both glued together (`Sep 9, 20233 min read`)."""
    line = lines.bare[n]
    if len(line) > 60 or lines.kinds[n] is not None:
        return None
    cuts = [
        cut
        for cut in range(max(3, len(line) - _MINUTE_LETTERS), len(line))
        if chrome.lines()["minutes"].match(line[cut:])
    ]
    numbers = [(line[:cut], number[0]) for cut in cuts if (number := re.search(r"\d+", line[cut:]))]
    found = [(date, int(number)) for date, number in numbers if len(number) <= _MINUTE_DIGITS]
    # The cut that leaves a year is the right one; without a year the first that leaves a date.
    for wanted in (_YEAR_AT_END, _DAY_AT_END):
        for date, minutes in found:
            if wanted.search(date) and printed_date(date, lines.language(), year=False):
                return date, minutes
    return None
