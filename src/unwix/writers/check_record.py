"""Verify the HTML and the plain text that a record contains in addition to the Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from ..fidelity.compare import compare
from ..fidelity.ledger.html_ledger import article_text
from ..fidelity.markdown import html_facts
from ..model.article import Element
from ..model.post import Post
from ..model.problems import Problem
from .import_files.import_html import import_html
from .plain_text import plain_text
from .target import RecordForm

#: The number of characters quoted from missing text.
_QUOTED = 60


def record_problems(post: Post, form: RecordForm) -> Iterator[Problem]:
    """Yield a problem for each difference between the HTML and plain text of a record and the source of the post."""
    if form.html:
        html = form.html.read_back(import_html(post.article, form.html))
        for problem in compare(post.facts, html_facts(html)).problems:
            yield Problem(problem.kind, "html", problem.detail)
    if lost := _lost_text(post.article, plain_text(post.article)):
        yield Problem(
            "words-lost", "text", f"the plain text lacks the text from “{lost}” on, or has it in another order"
        )


def _lost_text(article: Element, text: str) -> str:
    """Return the beginning of the article's text that is missing in a plain text, which may contain more (URLs)."""
    characters = iter("".join(text.split()))
    expected = "".join(article_text(article).split())
    at = next((at for at, character in enumerate(expected) if character not in characters), None)
    return expected[at : at + _QUOTED] if at is not None else next(_lost_urls(article, text), "")


def _lost_urls(article: Element, text: str) -> Iterator[str]:
    """Yield the URLs of players that are missing in a plain text."""
    links = (link for figure in article.iter("figure") if figure.get("class") for link in figure.iterchildren("a"))
    urls = (link.get("href") or "" for link in links if link.find(".//img") is None)
    return (url[:_QUOTED] for url in urls if url not in text)
