"""Real documents of the shared corpus: every one is read without loss, and agrees with its rendered form where there is one.

The corpus is other people's writing and no part of the project; without it these tests are skipped.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from unwix import readers
from unwix.article import validate
from unwix.errors import NotAPost
from unwix.facts import Facts
from unwix.fidelity import compare, markdown_facts
from unwix.page import Page
from unwix.pipeline import convert_page
from unwix.post import Post
from unwix.readers import html_page
from unwix.readers.document_metadata import Names
from unwix.readers.document_post import body_of, make_post
from unwix.readers.embedded import embedded
from unwix.writers.markdown import write_markdown

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"the shared corpus is not here ({CORPUS})")

DOCUMENTS = [*sorted((CORPUS / "ricos").rglob("*.json")), *sorted((CORPUS / "csv").rglob("*.csv"))]


def _page(path: Path) -> Page:
    return Page(path.relative_to(CORPUS).as_posix(), path=path)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_document_is_read_without_loss(path: Path) -> None:
    outcome = convert_page(_page(path))
    if outcome.skipped:
        assert "comments" in outcome.skipped
        return
    assert outcome.failed is None
    for post in outcome.posts:
        assert post.fidelity.problems == []
        assert '"nodes":' not in post.text
    for read in readers.read(_page(path)):
        assert validate(read.article) == []


def _without_the_viewers_own(facts: Facts) -> Facts:
    """The facts of a rendered page less what the viewer adds: links of hashtags and bare hosts, names of downloads, one form of video addresses."""
    added = ("?query=#", "?dn=", "youtube.com/watch", "static.wixstatic.com/media")
    for counter in (facts.links, facts.embeds, facts.images):
        for address in [a for a in counter if "/" not in a or any(mark in a for mark in added)]:
            del counter[address]
    facts.quotes.clear()  # a quote in a title is a line of text in `<summary>`
    return facts


def _agree(page: Post, document: Post) -> list[str]:
    found = compare(_without_the_viewers_own(page.facts), markdown_facts(write_markdown(document.article)))
    return [f"{problem.kind}: {problem.detail}" for problem in found.problems if problem.kind != "words-added"]


def _rendered() -> list[tuple[str, str]]:
    manifest = CORPUS / "rendered" / "MANIFEST.tsv"
    if not manifest.is_file():
        return []
    with manifest.open(encoding="utf-8", newline="") as lines:
        return [(row["file"], row["document"]) for row in csv.DictReader(lines, delimiter="\t")]


@pytest.mark.parametrize(("page", "document"), _rendered())
def test_a_rendered_page_says_nothing_that_its_document_lacks(page: str, document: str) -> None:
    assert _agree(readers.read(_page(CORPUS / page))[0], readers.read(_page(CORPUS / document))[0]) == []


def test_pages_and_the_documents_that_they_embed_agree() -> None:
    compared = 0
    for path in sorted((CORPUS / "pages").rglob("*.html")):
        post = embedded(html_page.parse(path.read_bytes())).post
        body = body_of(post) if post else None
        if body is None:
            continue
        compared += 1
        try:
            page = readers.read(_page(path))[0]
        except NotAPost:
            continue
        assert _agree(page, make_post(path.name, post, body, Names())) == [], path.name
    assert compared > 10
