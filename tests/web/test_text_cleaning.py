"""Test the cleaning of texts: the shortcut for printable characters gives the same results as the patterns."""

from __future__ import annotations

import sys

import pytest

from unwix.web import text_cleaning
from unwix.web.text_cleaning import clean, plain, without_controls


def test_printable_characters_are_kept_by_the_patterns() -> None:
    """`str.isprintable` decides whether a text needs the patterns at all."""
    printable = "".join(char for char in map(chr, range(sys.maxunicode + 1)) if char.isprintable())
    assert text_cleaning._DROP.search(printable) is None
    assert text_cleaning._BREAKS.search(printable) is None
    assert text_cleaning._INVISIBLE.search(printable) is None
    assert text_cleaning._SPACES.findall(printable) == [" "]


def test_plain_is_one_line_without_runs_of_spaces() -> None:
    assert plain("  a  b \n c\u200b ") == "a b c"
    assert plain("a  b") == "a b"
    assert plain(" \u00a0 ") is None
    assert plain("{userName}") is None
    assert plain("{user name}") == "{user name}"


def test_clean_turns_line_breaks_into_line_feeds() -> None:
    assert clean("a\r\nb\u2028c\u00ad\u200bd") == "a\nb\ncd"
    assert clean("a b") == "a b"


@pytest.mark.parametrize(
    "control", ["\x00", "\x0b", "\x0c", "\x7f", "\x85", "\x80", "\ud800", "\ufdd0", "\uffff", "\U0001ffff"]
)
def test_controls_are_removed_from_long_texts_as_from_short_ones(control: str) -> None:
    text = f"é{control}b\tc\nd"
    assert without_controls(text * 100) == without_controls(text) * 100
    assert without_controls("é\n한😀\ufffd" * 100) == "é\n한😀\ufffd" * 100
