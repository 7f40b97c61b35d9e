"""Shown: what a source itself shows of its posts, for people to hold next to what was read.

It is not clean and not the article: of a page it is the body's element as it was saved, of a text dump its lines. Only
the post's own document, which nobody ever saw, is shown as it was read.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import islice

from ..model.article import Element, element
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

#: So many texts round a post are stated at most, and so many characters of each.
MOST_TEXTS, LONGEST_TEXT = 400, 300
_SILENT = NO_TEXT | {"head", "title", "iframe"}


@dataclass(slots=True)
class SourceView:
    """What a source shows of one post."""

    form: str
    """`page`: the body as it was saved; `lines`: of a text dump; `document`: the article, for want of anything seen."""
    body: Element
    around: list[str] = field(default_factory=list)
    """Of a page, the texts that stand round the body, in order."""


def source_view(page: Page, posts: list[Post]) -> list[SourceView]:
    """Return what the page shows of each of the posts that were read from it.

    Raises UnreadablePage when it cannot be read.
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
    """Yield the bodies in a page, or in the rendered HTML that a JSON file holds."""
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
    # Among several posts of a page nothing states whose the texts between them are.
    around = list(islice(_texts(page.tree, set(bodies)), MOST_TEXTS)) if len(bodies) == 1 else []
    for body in bodies:
        copy = deepcopy(body)
        copy.tail = None
        yield SourceView("page", copy, around)


def _texts(tree: Element, bodies: set[Element]) -> Iterator[str]:
    """Yield the texts of a page outside of its posts, block by block. Without recursion: pages may be nested deeply."""
    line: list[str] = []
    last = ""

    def end() -> Iterator[str]:
        nonlocal last
        text = " ".join("".join(line).split())
        line.clear()
        if text and text != last:
            last = text
            yield text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"

    stack: list[tuple[Element, bool]] = [(tree, True)]
    while stack:
        node, opening = stack.pop()
        if not opening:
            if node.tag not in PHRASING:
                yield from end()
            line.append(node.tail or "")
            continue
        stack.append((node, False))
        if not isinstance(node.tag, str) or node.tag in _SILENT or node in bodies:
            continue
        if node.tag not in PHRASING:
            yield from end()
        line.append(node.text or "")
        stack.extend((child, True) for child in reversed(node))
    yield from end()


def _lines_of(raw: bytes) -> list[str]:
    return decode(raw)[0].replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _dump(post: Post, lines: list[str]) -> SourceView:
    """Return the lines of a dump that lie in the post's body and were not cut away."""
    first, last = post.source_info.body_lines or (1, len(lines))
    cut = {number for number, _what, _line in post.removed_lines}
    own = ((n, line) for n, line in enumerate(lines[first - 1 : last], first) if line.strip() and n not in cut)
    return SourceView("lines", element("article", *(element("p", _sayable(line)) for _n, line in own)))


def _sayable(text: str) -> str:
    """Return the text without the control characters that no tree takes."""
    return "".join(
        c for c in text if c == "\t" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
