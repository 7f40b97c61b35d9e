"""Show what a source contains for each post, for people who compare it with what was read.

It is the raw content rather than the article: the body's element of a saved page, or the lines of a text dump. Only a
post's own document, which is never visible, is shown as it was read.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from itertools import groupby, islice

from lxml import etree
from msgspec import Struct, field

from ..model.article import Element, element, text_nodes
from ..model.errors import UnreadablePage
from ..model.page import Page
from ..model.post import Post
from ..model.skipped import Skipped
from ..web.encoding import decode
from ..web.tags import NO_TEXT, PHRASING
from .data_files.read_json import json_values
from .data_files.rendered_html import rendered_strings
from .saved_page import parse as html_page
from .saved_page.find_body import body_elements
from .saved_page.page_data import PageData
from .saved_page.page_url import page_url
from .saved_page.parse import HtmlPage, JsonLd
from .sniff import Kind, sniff, unzip

#: The maximum number of texts around a post, and of characters of each.
MOST_TEXTS, LONGEST_TEXT = 400, 300
_SILENT = NO_TEXT | {"head", "title", "iframe"}
_IN_LINES = PHRASING | {etree.Comment, etree.ProcessingInstruction}


class SourceView(Struct):
    """What a source shows for one post."""

    form: str
    """`page`: the body as saved; `lines`: of a text dump; `document`: the article, if the source shows nothing itself.
    """
    body: Element
    around: list[str] = field(default_factory=list)
    """For a page, the texts around the body, in order."""


def source_view(page: Page, posts: list[Post]) -> list[SourceView]:
    """Return what the page shows of each post that was read from it.

    Raises UnreadablePage if it cannot be read.
    """
    raw = unzip(page.read())
    kind = sniff(raw)
    if page.first_row is None and kind is Kind.TEXT:
        lines = _lines_of(raw)
        return [_dump(post, lines) for post in posts]
    result = list(_bodies(raw, kind))
    if len(result) == len(posts):
        return result
    return [SourceView("document", post.article) for post in posts]


def _bodies(raw: bytes, kind: Kind) -> Iterator[SourceView]:
    """Yield the bodies in a page, or in the rendered HTML inside a JSON file."""
    if kind is Kind.HTML:
        yield from _bodies_of(html_page.parse(raw))
    elif kind is Kind.JSON:
        for value in json_values(decode(raw)[0]):
            for _owner, _path, html in rendered_strings(value):
                try:
                    yield from _bodies_of(html_page.parse(html.encode("utf-8", "replace")))
                except (Skipped, UnreadablePage):
                    continue


def _bodies_of(page: HtmlPage) -> Iterator[SourceView]:
    ld = JsonLd.of(page)
    bodies = body_elements(page, ld, page_url(page, ld, PageData()))
    # With several posts on a page, it is unknown to which the texts between them belong.
    around = list(islice(_texts_around(page.tree, set(bodies)), MOST_TEXTS)) if len(bodies) == 1 else []
    for body in bodies:
        copy = deepcopy(body)
        copy.tail = None
        yield SourceView("page", copy, around)


def _texts_around(tree: Element, bodies: set[Element]) -> Iterator[str]:
    """Yield the texts of a page outside of its posts, block by block."""
    nodes = text_nodes(tree, lambda node: node.tag in _SILENT or node in bodies)
    page_text = "".join(text if node.tag in _IN_LINES else f"\0{text}" for node, _is_tail, text in nodes)
    for text, _equal in groupby(filter(None, (" ".join(block.split()) for block in page_text.split("\0")))):
        yield text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def _lines_of(raw: bytes) -> list[str]:
    return decode(raw)[0].replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _dump(post: Post, lines: list[str]) -> SourceView:
    """Return the lines of a dump that are in the post's body and were not removed."""
    first, last = post.source_info.body_lines or (1, len(lines))
    cut = {number for number, _what, _line in post.removed_lines}
    own = ((n, line) for n, line in enumerate(lines[first - 1 : last], first) if line.strip() and n not in cut)
    return SourceView(
        "lines", element("article", *(element("p", _without_invalid_characters(line)) for _n, line in own))
    )


def _without_invalid_characters(text: str) -> str:
    """Return the text without control characters that no XML tree can contain."""
    return "".join(
        c for c in text if c == "\t" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
