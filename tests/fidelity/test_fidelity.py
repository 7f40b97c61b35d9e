"""Test the fidelity check: it detects everything that is removed from the Markdown or added to it."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from support import ricos_documents as ricos
from support.block_samples import NODES
from support.post_pages import code, h, p, picture, post_page, quote, table, ul, written
from unwix import readers
from unwix.fidelity.compare import compare
from unwix.fidelity.markdown import markdown_facts
from unwix.fidelity.other_forms import disagreements
from unwix.model.facts import UNCERTAIN, UNCERTAIN_END, Facts, words, words_and_uncertain
from unwix.model.page import Page
from unwix.model.post import Post
from unwix.model.words_of_scripts import ANY_WORD
from unwix.writers.markdown.writer import write_markdown

PAGE = post_page(
    h("Of clay")
    + p('The <strong>first</strong> paragraph, with <a href="https://x.example/kiln">a link</a> in it.')
    + ul("one item", "two items")
    + quote("words of another")
    + table(("red", "blue"), ("green", "grey"))
    + picture("a pot", "its caption")
    + code("turn(clay)")
    + h("Of fire", 3)
    + p("The last paragraph.")
)


def the_post() -> Post:
    (post,) = readers.read(Page("x", data=PAGE))
    return post


MARKDOWN = write_markdown(the_post().article)


def test_written_markdown_is_lossless() -> None:
    post = written(PAGE)
    assert post.fidelity.lossless
    assert post.fidelity.problems == []
    assert {name for name, pair in post.fidelity.counts.items() if pair[1]} == {
        "words",
        "headings",
        "links",
        "images",
        "quotes",
        "captions",
        "alts",
        "items",
        "cells",
        "levels",
        "lists",
        "tables",
        "code_lines",
        "bold",
        "italic",
        "link_letters",
    }


@pytest.mark.parametrize("number", range(len(list(re.finditer(r"(?<![/.:\w])\b[a-z]+\b(?![/.:][/\w])", MARKDOWN)))))
def test_each_removed_word_is_detected(number: int) -> None:
    word = list(re.finditer(r"(?<![/.:\w])\b[a-z]+\b(?![/.:][/\w])", MARKDOWN))[number]
    if MARKDOWN[word.start() - 2 : word.start()] == "![" or word[0] == "pot":
        pytest.skip("an alternative text is no word of the page")
    comparison = compare(the_post().facts, markdown_facts(MARKDOWN[: word.start()] + MARKDOWN[word.end() :]))
    assert not comparison.lossless, word[0]
    assert comparison.problems


CHANGES = {
    "a heading that is none": ("## Of clay", "Of clay", "headings"),
    "a heading less": ("### Of fire\n\n", "", "headings"),
    "a link that is none": ("[a link](https://x.example/kiln)", "a link", "links"),
    "another address": ("https://x.example/kiln", "https://x.example/oven", "links"),
    "another picture": ("0123456789abcdef0123456789abcdef", "ffffffffffffffffffffffffffffffff", "images"),
    "an alternative text less": ("![a pot]", "![]", "alts"),
    "another alternative text": ("![a pot]", "![the pot]", "alts"),
    "a picture less": (re.search(r"!\[a pot\].*\n", MARKDOWN)[0], "", "images"),  # type: ignore[index]
    "items as lines": ("- one item\n- two items", "one item\ntwo items", "items"),
    "two items as one": ("- one item\n- two items", "- one item two items", "items"),
    "a quote that is none": ("> words", "words", "quotes"),
    "a table that is none": ("| --- | --- |\n", "", "cells"),
    "a row less": ("| green | grey |\n", "", "cells"),
    "another caption": ("its caption", "caption its", "words"),
    "two paragraphs that change places": ("The last paragraph.", "", "words"),
    "a word too many": ("The last paragraph", "The very last paragraph", "words"),
    "words in another order": ("first", "paragraph", "words"),
    "a paragraph twice": ("The last paragraph.", "The last paragraph.\n\nThe last paragraph.", "words"),
    "nothing at all": (MARKDOWN, "", "words"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_each_change_is_detected_and_named(name: str) -> None:
    old, new, kind = CHANGES[name]
    assert old in MARKDOWN
    comparison = compare(the_post().facts, markdown_facts(MARKDOWN.replace(old, new, 1)))
    assert not comparison.lossless
    text = " ".join(f"{problem.kind} {problem.detail}" for problem in comparison.problems)
    assert (kind if kind != "words" else "words-") in text


def test_the_first_words_that_differ_are_named() -> None:
    comparison = compare(the_post().facts, markdown_facts(MARKDOWN.replace("two items", "two atoms")))
    assert [(problem.kind, problem.where) for problem in comparison.problems][:1] == [("words-lost", "word 14")]
    assert "“items words of another red blue”" in comparison.problems[0].detail
    assert "“atoms words of another red blue”" in comparison.problems[0].detail


# ---- the same thing twice -----------------------------------------------------------------------------------------

_LINK = '<a href="https://x.example/kiln">{}</a>'
TWICE = {
    "images": picture() + p("and again") + picture(),
    "links": p(f"{_LINK.format('here')} and {_LINK.format('there')}"),
}


@pytest.mark.parametrize("kind", TWICE)
def test_equal_elements_are_counted_separately(kind: str) -> None:
    (post,) = readers.read(Page("x", data=post_page(TWICE[kind])))
    markdown = write_markdown(post.article)
    assert compare(post.facts, markdown_facts(markdown)).lossless
    last = list(re.finditer(r"!\[.*?\]\(.*?\)" if kind == "images" else r"\[(\w+)\]\(.*?\)", markdown))[-1]
    without = markdown[: last.start()] + (last[1] if kind == "links" else "") + markdown[last.end() :]
    (problem,) = compare(post.facts, markdown_facts(without)).problems
    assert problem.detail.startswith(f"{kind}: 1 of 2 written")


def test_link_split_by_marks_is_one_link() -> None:
    page = post_page(p(_LINK.format("the ") + f"<em>{_LINK.format('old')}</em>" + _LINK.format(" kiln") + " burns"))
    (post,) = readers.read(Page("x", data=page))
    assert post.facts.links.total() == 1
    assert "[the _old_ kiln](https://x.example/kiln) burns" in write_markdown(post.article)


@pytest.mark.parametrize(
    ("witness", "text"),
    [
        ("ha ha then", []),
        ("hathen ha", []),
        ("haha then", []),
        ("haha now", ["has 1 word more; the first are “now”, and has 1 word fewer; the first are “then”"]),
    ],
)
def test_joined_words_are_not_a_difference(witness: str, text: list[str]) -> None:
    found = disagreements("the feed", Facts(witness.split()), Facts(["ha", "ha", "then"]))
    assert [problem.detail for problem in found] == [f"the feed {message}" for message in text]


def test_emphasis_on_punctuation_is_ignored() -> None:
    (post,) = readers.read(Page("x", data=post_page(p("one <em>_</em> two <strong>!</strong>"))))
    assert compare(post.facts, markdown_facts(write_markdown(post.article))).problems == []


# ---- words --------------------------------------------------------------------------------------------------------


@given(
    text=st.text(st.sampled_from("aΣσİﬁé\u0308¨…\u00a0\u200b\u00ad\n\r \u2028.'_字가\u1100\u1161") | st.characters())
)
@example(text="ΟΔΟΣ\nΣ \u0308e\u200bx\nﬁn…")
@example(text="clay " * 1000 + "\nΣ")
def test_words_taken_line_by_line_are_those_of_the_whole_text(text: str) -> None:
    whole = unicodedata.normalize("NFKC", re.sub("[\u200b-\u200f\u2060\ufeff\u00ad]", "", text)).lower()
    assert words(text) == ANY_WORD.findall(whole)


def test_positions_of_words_that_may_be_missing() -> None:
    text = f"one {UNCERTAIN}two\nthree{UNCERTAIN_END} four\n{UNCERTAIN}five{UNCERTAIN_END}"
    assert words_and_uncertain(text) == (["one", "two", "three", "four", "five"], {1, 2, 4})


def test_halves_of_glued_words_that_differ_are_quoted() -> None:
    (found,) = disagreements("the feed", Facts(["haha", "haha"]), Facts(["ha", "ha"]))
    assert found.detail == "the feed has 2 words more; the first are “ha ha”"


def test_image_used_twice_and_linked_once_matches() -> None:
    nodes = [ricos.image(link={"url": "https://www.example.com/a"}), *NODES["CAPTION"], *NODES["VIDEO"]]
    post = {
        "title": "T",
        "slug": "t",
        "firstPublishedDate": "2024-03-04T11:45:14.164Z",
        "richContent": {"nodes": nodes},
    }
    (read,) = readers.read(Page("x.json", data=json.dumps({"posts": [post]}).encode()))
    assert compare(read.facts, markdown_facts(write_markdown(read.article))).problems == []
