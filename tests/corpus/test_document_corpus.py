"""Test real documents of the shared corpus: each is read without loss, and agrees with its rendered form, if any.

The corpus is not part of the project; without it these tests are skipped.
"""

from __future__ import annotations

import copy
import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from support.paths import SHARED_DIR, TESTS_DIR
from support.post_pages import split
from support.scorer import scorer
from unwix import readers
from unwix.fidelity.compare import compare
from unwix.fidelity.markdown import markdown_facts
from unwix.model.article import validate
from unwix.model.facts import Facts
from unwix.model.page import Page
from unwix.model.post import Post
from unwix.readers.saved_page import parse as html_page
from unwix.readers.saved_page.page_data import PageData, page_data
from unwix.readers.saved_page.page_document import page_document
from unwix.run.steps import convert_page
from unwix.run.write_post import write
from unwix.web.saved_links import LinkRestorer
from unwix.writers.markdown.writer import write_markdown

CORPUS = SHARED_DIR / "corpus"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"the shared corpus is not here ({CORPUS})")

FLOOR = json.loads((TESTS_DIR / "corpus" / "floor.json").read_text(encoding="utf-8"))["documents"]
#: The URL of the plain page around each rendered body in the corpus.
PLAIN = "https://www.example.com/post"
DOCUMENTS = [*sorted((CORPUS / "ricos").rglob("*.json")), *sorted((CORPUS / "csv").rglob("*.csv"))]


def _page(path: Path) -> Page:
    return Page(path.relative_to(CORPUS).as_posix(), path=path)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_document_is_read_without_loss(path: Path) -> None:
    outcome = convert_page(_page(path))
    if outcome.skipped:
        assert "comments" in str(outcome.skipped)
        return
    assert outcome.failed is None
    for post in outcome.posts:
        assert post.fidelity.problems == []
        assert '"nodes":' not in post.text
    for read in readers.read(_page(path)):
        assert validate(read.article) == []


def test_documents_become_clean_markdown() -> None:
    """The scorer's rules, but with code as a paragraph: the scorer removes code and then counts the gap as a flaw.

    The one exception is a document with two paragraphs in bold, `**a**` and `**_b_**`, which the scorer reads as
    emphasis.
    """
    flaws = scorer().flaws
    bodies = [
        [_FENCED.sub("code", split(post.text)[1]) for post in convert_page(_page(path)).posts] for path in DOCUMENTS
    ]
    written = ["\n\n".join(body.strip("\n") for body in found) for found in bodies if found]
    clean = sum(not flaws(text) for text in written)
    assert clean / len(written) >= FLOOR["clean"]


_FENCED = re.compile(r"^( *)(`{3,}|~~~+).*?^\1\2$", re.S | re.M)


def _without_the_viewers_own(facts: Facts) -> Facts:
    """Return the facts of a rendered page without additions of the viewer, such as links of hashtags and bare hosts."""
    added = ("?query=#", "?dn=", "youtube.com/watch", "static.wixstatic.com/media")
    for counter in (facts.links, facts.embeds, facts.images):
        for address in [a for a in counter if "/" not in a or any(mark in a for mark in added)]:
            del counter[address]
    facts.quotes.clear()  # a quote in a title is a line of text in `<summary>`
    return facts


def _agree(page: Post, document: Post) -> list[str]:
    """Return the words and blocks of the page that are missing in the document's Markdown.

    Structure is not compared: the viewer writes its own markup for hashtags, polls, quotes in titles and old lists.
    """
    comparison = compare(_without_the_viewers_own(page.facts), markdown_facts(write_markdown(document.article)))
    kinds = ("words-lost", "blocks-lost")
    return [f"{problem.kind}: {problem.detail}" for problem in comparison.problems if problem.kind in kinds]


def _rendered() -> list[tuple[str, str]]:
    manifest = CORPUS / "rendered" / "MANIFEST.tsv"
    if not manifest.is_file():
        return []
    with manifest.open(encoding="utf-8", newline="") as lines:
        return [(row["file"], row["document"]) for row in csv.DictReader(lines, delimiter="\t")]


@pytest.mark.parametrize(("page", "document"), _rendered())
def test_rendered_page_has_no_words_missing_in_its_document(page: str, document: str) -> None:
    assert _agree(readers.read(_page(CORPUS / page))[0], readers.read(_page(CORPUS / document))[0]) == []


def _differing_lines(page: Post, document: Post) -> list[str]:
    """Return the lines of text that only one form has, without additions of the viewer and without polls."""
    sides = [Counter(_prose(post)) for post in (page, document)]
    return [*(sides[0] - sides[1]), *(sides[1] - sides[0])]


def _prose(post: Post) -> list[str]:
    """Return the lines of a post's text without those of elements, for the comparison of facts."""
    article = copy.deepcopy(post.article)
    for thing in article.xpath("//figure | //table[.//figure] | //div | //p[@class]"):  # type: ignore[union-attr]
        thing.getparent().remove(thing)  # type: ignore[union-attr]
    lines = write_markdown(article).splitlines()
    lines = [_VIEWERS_TAG.sub(r"\1", _VIEWERS_LINK.sub(r"\1", line)) for line in lines]
    return [line for line in lines if line.strip() and not line.startswith("<a id=")]


#: Links that the viewer creates and that no document has: of hashtags, of bare hosts, to missing anchors.
_VIEWERS_LINK = re.compile(r"\[(#?[^\]\n]*)\]\((?:https://www\.example\.com/search[^)]*|http://\1|#\w{5})\)")
_VIEWERS_TAG = re.compile(r"<a href=\"https://www\.example\.com/search[^>]*>([^<]*)</a>")


def test_both_forms_have_the_same_lines() -> None:
    """Differences are gaps of the HTML, and are counted in floor.json.

    The old viewer splits a list of two kinds into three, the current one does not know a renamed type of list, and one
    document has text outside of paragraphs.
    """
    pairs = [(readers.read(_page(CORPUS / page))[0], readers.read(_page(CORPUS / of))[0]) for page, of in _rendered()]
    differing = [page.source for page, document in pairs if _differing_lines(page, document)]
    assert len(differing) <= FLOOR["text differs"], differing


@pytest.mark.parametrize(("page", "document"), _rendered())
def test_page_with_document_reports_only_content_missing_in_html(page: str, document: str) -> None:
    """The pair as one saved page: the document is written and compared with the body."""
    shown, post = readers.read(_page(CORPUS / page))[0], readers.read(_page(CORPUS / document))[0]
    assert post.document is not None
    form, value = post.document
    own = page_document(PageData({"content": value}), shown.facts, None, LinkRestorer(PLAIN))
    assert own is not None
    says_something = bool(own.facts.words or own.facts.images or own.facts.embeds)
    assert (own.body.form, own.is_source) == (form, says_something)
    post.other_facts.append(own.source_facts(shown.facts) or ("", Facts()))
    messages = [problem.detail for problem in write(post).problems if problem.kind == "sources-disagree"]
    # Wix keeps the thumbnail of a replaced video: the page shows that of another one. The current viewer does not know
    # the first name of bulleted lists, and leaves the list out.
    missing_pattern = r"\d video\(s\) more" + (
        r"|body has \d+ words fewer" if "BULLET_LIST" in json.dumps(value) else ""
    )
    assert [detail for detail in messages if not re.search(missing_pattern, detail)] == []


def _embedding() -> list[Path]:
    """Return the saved pages that embed their post's document."""
    found = sorted((CORPUS / "pages").rglob("*.html"))
    return [path for path in found if page_data(html_page.parse(path.read_bytes())).post]


def test_pages_and_the_documents_that_they_embed_agree() -> None:
    paths = _embedding()
    assert len(paths) > 10
    for path in paths:
        page = readers.read(_page(path))[0]
        assert page.reader == "ricos", path.name
        written = write(page)
        assert written.fidelity.lossless, path.name
        assert [p.detail for p in written.problems if p.kind == "sources-disagree"] == [], path.name
        # The page's body gives the same text if it is read without the document.
        bare = readers.read(Page(path.name, data=path.read_bytes().replace(b"OldPostPageWarmupData", b"Nothing")))[0]
        assert bare.reader == "viewer"
        assert _differing_lines(bare, page) == [], path.name


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"the shared corpus is not here ({CORPUS})")
def test_there_are_rendered_pages_with_their_documents() -> None:
    """Parametrized tests would be skipped silently without pairs."""
    assert len(_rendered()) >= 35
