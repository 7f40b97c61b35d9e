"""Test that the number of words in facts equals the number of the words that are made from them."""

from __future__ import annotations

import pickle
from collections import Counter

from hypothesis import example, given
from hypothesis import strategies as st

from unwix.fidelity.markdown import markdown_facts
from unwix.model.facts import UNCERTAIN, UNCERTAIN_END, Facts, count_words, has_words, words, words_and_uncertain

_ODD = [
    "1½ cups", "Wix™", "don’t – “stop”", "soft\xadly", "İstanbul", "e\u0301te\u0301", "a→b", "🅰🎉", "№5", "x\u200by", "ﬁne",
    "ｱﾞ", "²", "a´b", "\xa0", "\n", " ", "_", "Ж", "ª", f"{UNCERTAIN}read more{UNCERTAIN_END}", UNCERTAIN, UNCERTAIN_END,
    "\x04key\x05", "\ud800", "\x85", "한글", "１２",
]  # fmt: skip
_PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(_ODD),
)
_TEXTS = st.lists(_PIECES, max_size=8).map("".join)


@given(_TEXTS)
@example("a\u20dd b")
@example("§\u0338x")
@example("\u00a8\u0301a")
def test_count_of_words_is_their_number(text: str) -> None:
    all_words, uncertain = words_and_uncertain(text)
    assert count_words(text) == (len(all_words), len(all_words) - len(uncertain))
    assert has_words(text) == bool(words(text))


@given(_TEXTS)
def test_facts_know_counts_before_and_after_their_words(text: str) -> None:
    facts = Facts(text=text)
    counts = facts.word_counts()
    assert facts.word_counts() == counts
    assert counts == (len(facts.words), len(facts.words) - len(facts.uncertain))
    assert facts.word_counts() == counts


def test_words_that_are_given_are_counted() -> None:
    assert Facts(["a", "b"], {1}).word_counts() == (2, 1)
    assert Facts().word_counts() == (0, 0)


def test_pickled_facts_leave_out_empty_fields() -> None:
    known = Facts(word_list=[], items=2, links=Counter({"a.example": 1}), marks={"bold": "a"})
    for facts in (Facts(), Facts(text="a word"), known, markdown_facts("# A\n\n* b [c](https://c.example/) **d**\n")):
        assert pickle.loads(pickle.dumps(facts)) == facts
    assert pickle.loads(pickle.dumps(known)).words == []
    assert pickle.loads(pickle.dumps(Facts())).links.total() == 0
    assert len(pickle.dumps(Facts())) < 200


def test_pickled_facts_count_the_words_of_their_text_again() -> None:
    facts = Facts(text="\x02one\x03 two")
    assert facts.uncertain == {0}
    again = pickle.loads(pickle.dumps(facts))
    assert again.word_list is None
    assert (again.words, again.uncertain) == (facts.words, facts.uncertain)
