"""Test that footnotes of the author become footnotes of Markdown on request."""

from __future__ import annotations

import pytest
from lxml import etree

from support import post_pages as pages
from unwix import readers
from unwix.blog.edits.edit import Edits
from unwix.blog.edits.footnotes import TARGETS_WITH_FOOTNOTES
from unwix.model.page import Page
from unwix.run.write_post import Options, write
from unwix.writers.targets import TARGETS


def body(*blocks: str, target: str = "markdown", chosen: bool = True) -> str:
    (post,) = readers.read(Page("page.html", data=pages.post_page("".join(blocks))))
    before = etree.tostring(post.article)
    written = write(post, Options(target=target, edits=Edits(footnotes=chosen)))
    assert written.result == "complete", written.problems
    assert etree.tostring(post.article) == before
    return written.body


def ref(text: str, key: str = "n1") -> str:
    return f'<a href="#viewer-{key}">{text}</a>'


@pytest.mark.parametrize("target", sorted(TARGETS_WITH_FOOTNOTES))
@pytest.mark.parametrize("link", ["[1]", "(1)", "1", "<sup>[1]</sup>", "<sup>1</sup>"])
@pytest.mark.parametrize("note", ["[1] From the <b>well</b>.", "1. From the <b>well</b>.", "(1) From the <b>well</b>."])
def test_numbers_and_notes_become_footnotes(target: str, link: str, note: str) -> None:
    text = body(pages.p(f"Water{ref(link)}, clay."), pages.p(note, "n1"), target=target)
    assert text == "Water[^1], clay.\n\n[^1]: From the **well**.\n"


def test_a_link_back_is_left_out() -> None:
    text = body(pages.p(f"Water{ref('[1]')}.", "r1"), pages.p(f"{ref('[1]', 'r1')} From the well.", "n1"))
    assert text == "Water[^1].\n\n[^1]: From the well.\n"


def test_note_can_have_two_references() -> None:
    text = body(pages.p(f"Water{ref('[2]')}, and again{ref('[2]')}."), pages.p("[2] From the well.", "n1"))
    assert text == "Water[^2], and again[^2].\n\n[^2]: From the well.\n"


@pytest.mark.parametrize(
    "blocks",
    [
        (pages.p(f"See {ref('the note')}."), pages.p("[1] From the well.", "n1")),
        (pages.p(f"See {ref('[1]')} and {ref('the note')}."), pages.p("[1] From the well.", "n1")),
        (pages.p(f"See {ref('[1]')}."), pages.p("From the well.", "n1")),
        (pages.p(f"See {ref('[1]')}."), pages.p("[2] From the well.", "n1")),
        (pages.p(f"See {ref('[1]')}."), pages.p("[1]", "n1")),
        (pages.p(f"See {ref('[1]')}, {ref('[1]', 'n2')}."), pages.p("[1] One.", "n1"), pages.p("[1] Other.", "n2")),
        (pages.p(f"See {ref('[1]')}."), pages.p("[1] With \ue000 in it.", "n1")),
    ],
    ids=["words", "words too", "no number", "other number", "nothing else", "twice", "private signs"],
)
def test_links_that_are_not_footnotes_stay(blocks: tuple[str, ...]) -> None:
    assert body(*blocks) == body(*blocks, chosen=False)


def test_targets_without_footnotes_keep_the_links() -> None:
    blocks = (pages.p(f"Water{ref('[1]')}."), pages.p("[1] From the well.", "n1"))
    assert "[^1]" not in body(*blocks, target="mkdocs")
    assert set(TARGETS) >= TARGETS_WITH_FOOTNOTES
