"""Test with Wix's own viewer: a document that it renders into a page gives the same Markdown as the document itself."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from support.post_pages import post_text
from support.programs import NODE, node_package, program
from support.random_documents import RandomDocument
from support.ricos_documents import Json
from unwix import readers
from unwix.model.page import Page
from unwix.run.write_post import WrittenPost, write

pytestmark = pytest.mark.tools
DOCUMENTS, BLOCKS = 40, 8
VIEWER = NODE / "wix-viewer"
#: The viewer loads its video player in the browser, so that the page has no URL of it, only a placeholder.
VIDEO = re.compile(r"<https://www\.youtube\.com/watch\?v=\w+>")
VIDEO_MISSING = re.compile(r"<!-- unwix: missing video: .*?-->")


def rendered(documents: list[Json]) -> list[str]:
    """Return the HTML of the documents as Wix's viewer renders them."""
    node_package("@wix/ricos", VIEWER)
    lines = "".join(json.dumps(document) + "\n" for document in documents)
    result = subprocess.run(
        [program("node"), VIEWER / "render.cjs"], input=lines, capture_output=True, text=True, timeout=300, check=False
    )
    data = [json.loads(line) for line in result.stdout.splitlines() if line.startswith('"')]
    assert len(data) == len(documents), result.stderr[-2000:]
    return data


def page_of(html: str) -> bytes:
    """Return a post page with a rendered body."""
    body = f'<section data-hook="post-description"><article><div data-rce-version="10.179.0">{html}</div></article></section>'
    before, _, rest = post_text("@").partition('<section data-hook="post-description">')
    return (before + body + rest.partition("</section>")[2]).encode()


def convert(name: str, data: bytes) -> WrittenPost:
    (post,) = readers.read(Page(name, data=data))
    return write(post)


def test_rendered_document_converts_like_the_document() -> None:
    documents = [RandomDocument(seed).make(BLOCKS) for seed in range(DOCUMENTS)]
    for seed, (document, html) in enumerate(zip(documents, rendered(documents), strict=True)):
        page = convert("page.html", page_of(html))
        own = convert("post.json", json.dumps({"title": "A pot", "slug": "a-pot", "richContent": document}).encode())
        assert own.result == "complete", (seed, own.problems)
        assert page.result != "lossy", (seed, page.problems)
        kinds = {problem.kind for problem in page.problems if problem.severity != "note"}
        assert kinds <= {"video-url-missing", "link-without-text"}, (seed, page.problems)
        assert VIDEO_MISSING.sub("[video]", page.body) == VIDEO.sub("[video]", own.body), seed
