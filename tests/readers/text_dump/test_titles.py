"""Test that the words of a body that support a title are found as if all words were collected."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from unwix.readers.text_dump.head.titles import _WORD, SmallWords

_PIECES = st.sampled_from(
    ["oak", "Oak", "oaks", "été", "oak.de", "a/oak", "@oak", "oak²", "_oak", "मई", "-oak", " ", ".", ","]
)


@given(st.lists(_PIECES).map("".join))
def test_small_words_are_the_words_of_the_text(text: str) -> None:
    collected = {word for word in _WORD.findall(text) if word.islower()}
    for word in ("oak", "oaks", "été", "Oak", "oak.de", "मई", "oak²", "de"):
        assert (word in SmallWords(text)) == (word in collected)
