"""Emoji and other characters that are no words, and sentences next to the body of a post, are never lost silently."""

from __future__ import annotations

import pytest

from support.post_pages import p, post_page, warmup, written

BEFORE, AFTER = p("The kiln is cold."), p("The clay rests.")


@pytest.mark.parametrize("text", ["🪗🪘", "‽‽⁂", "★★☆"])
@pytest.mark.parametrize(
    "markup",
    [
        '<div data-hook="tooltip-portal"><p>@</p></div>',
        "<template><p>@</p></template>",
        "<svg><text>@</text></svg>",
        '<div data-hook="post-footer"><p>@</p></div>',
        "<select><option>@</option></select>",
        "<layer>@</layer>",
        "<p>@</p>",
    ],
)
def test_characters_without_words_are_kept_or_reported(markup: str, text: str) -> None:
    post = written(post_page(BEFORE + markup.replace("@", text) + AFTER))
    assert text in post.text or any(problem.kind == "characters-lost" for problem in post.problems)


def test_the_dots_of_a_truncated_card_and_the_size_of_a_file_are_no_loss() -> None:
    file = (
        '<div data-hook="file-upload-viewer"><a href="https://x.example/plan.pdf"><div data-hook="file-upload-name">plan</div>'
        "<div>Download PDF • 12KB</div></a></div>"
    )
    assert "characters-lost" not in {problem.kind for problem in written(post_page(BEFORE + file)).problems}


def _document(text: str) -> dict[str, object]:
    node = {"type": "TEXT", "id": "", "nodes": [], "textData": {"text": text, "decorations": []}}
    return {"richContent": {"nodes": [{"type": "PARAGRAPH", "id": "aaaaa", "nodes": [node]}]}, "title": "A pot"}


@pytest.mark.parametrize("emoji", ["🪗🪘", "☕", ""])
def test_emoji_that_only_the_page_shows_are_written(emoji: str) -> None:
    data = warmup("a-pot-of-ones-own", _document("The kiln is cold."))
    post = written(post_page(p("The kiln is cold." + emoji), end=data + "</body></html>"))
    assert f"The kiln is cold.{emoji}\n" in post.text
    assert post.result == "complete"


FOOTER = '<div data-hook="post-footer"></div>'
PLACES = (b'<span data-hook="user-name">', b'<section data-hook="recent-posts">')
SENTENCES = [
    "We baked this one in the old oven",
    "मिट्टी को घुमाने से पहले आराम करना चाहिए",
    "粘土はろくろにかける前に休ませなければなりません",
]


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("markup", ["<p>@</p>", '<div data-hook="unknown"><span>@</span></div>', "<label>@</label>"])
def test_a_sentence_next_to_the_body_is_reported(sentence: str, markup: str) -> None:
    text = markup.replace("@", sentence)
    page = post_page(BEFORE, stats=FOOTER)
    for place in PLACES:
        post = written(page.replace(place, text.encode() + place, 1))
        assert sentence in post.text or any(sentence in problem.detail for problem in post.problems), place


@pytest.mark.parametrize(
    "markup",
    [
        "<p><span>Updated: <span data-hook='time-ago'>14 Oct 2023</span></span></p>",
        "<span>3 min de lecture</span>",
        '<div data-hook="post-stats">Nobody has marked this post as liked yet</div>',
        '<a href="/blog/clay">Everything we know of clay and fire</a>',
        "<p>© 2024 The Potters of the Lane and Friends</p>",
        "<style>p > span { margin: 0 auto 0 auto; padding: 0 1px }</style>",
        "<p>Clay must rest before it is turned.</p>",
    ],
)
def test_labels_and_links_next_to_the_body_are_not_reported(markup: str) -> None:
    page = post_page(stats=FOOTER)
    for place in PLACES:
        assert not written(page.replace(place, markup.encode() + place, 1)).problems


@pytest.mark.parametrize("text", ["मिट्टी को आराम करना चाहिए", "பானை சுடப்பட்டது", "הַקָּפֶה בַּסִּיר", "السَّلامُ عَلَيكم"])
def test_unaccounted_words_are_quoted_whole_in_every_script(text: str) -> None:
    post = written(post_page(BEFORE + f"<template><p>{text}</p></template>" + AFTER))
    (problem,) = (problem for problem in post.problems if problem.kind == "words-unaccounted")
    assert f"“{text}”" in problem.detail
    assert post.ledger is not None
    assert post.ledger.unaccounted == len(text.split())
