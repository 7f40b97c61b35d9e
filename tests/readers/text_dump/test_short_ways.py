"""Test that the shortcuts for simple lines give the same results as the full analysis."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from unwix.model.facts import text_key
from unwix.readers.article_building.inline_runs import split_paragraphs, text_element, tidy
from unwix.readers.text_dump.blocks import body_blocks
from unwix.readers.text_dump.images import _is_same
from unwix.readers.text_dump.tool_formats.inline.torn_links import _brackets, _is_torn
from unwix.readers.text_dump.tool_formats.markdown import decode
from unwix.web.text_cleaning import _HIGH_CONTROL, _HIGHEST_CONTROL, without_high_controls

_BRACKETS = st.lists(st.sampled_from(["[", "]", "(", ")", "](", "a", "/b", " ", "`", "\\", "!", "https://c.example/"]))
_WORDS = st.lists(st.sampled_from(["An", "old", "oak", " ", "  ", "\u00a0", "\u200b", "é", ".", ",", "–"])).map("".join)


@given(_BRACKETS.map("".join))
def test_split_links_are_joined_by_their_brackets(text: str) -> None:
    brackets = _brackets(text)
    assert _is_torn(text) == (brackets.in_url or bool(brackets.opened))


@given(_WORDS)
def test_a_line_becomes_the_paragraph_that_its_runs_make(words: str) -> None:
    line = f"The {words}"
    long_way = [text_element("p", part) for part in split_paragraphs(tidy(decode(line)))]
    assert [*map(etree.tostring, body_blocks([line]))] == [*map(etree.tostring, long_way)]


@given(_WORDS, _WORDS)
def test_a_title_is_found_by_its_key(title: str, line: str) -> None:
    if key := text_key(title):
        assert _is_same(key)(line) == (text_key(line) == key)


@pytest.mark.parametrize("text", ["a\x7fb", "é\x80", "😀\U0001fffe", "é\ufffe", "😀é", "\ud800é", "\U0010ffffa"])
def test_high_controls_are_removed_wherever_they_are(text: str) -> None:
    assert without_high_controls(text) == _HIGHEST_CONTROL.sub("", _HIGH_CONTROL.sub("", text))
