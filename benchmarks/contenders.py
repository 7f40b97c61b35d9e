"""The programs timed on each page, all in this process: the parse alone, unwix, and what people would use instead."""

from __future__ import annotations

from collections.abc import Callable

import html_to_markdown
import trafilatura
from bs4 import BeautifulSoup
from lxml import etree
from markdownify import MarkdownConverter

from unwix.model.page import Page
from unwix.run.steps import convert_page


def parse_alone(raw: bytes) -> object:
    """Parse the saved page with lxml: the unit of all other figures."""
    return etree.fromstring(raw, etree.HTMLParser(huge_tree=True))


def unwix(raw: bytes) -> object:
    """Run all of unwix: read, write, front matter, and the comparison of the Markdown with the page."""
    return convert_page(Page("page", data=raw))


def by_trafilatura(raw: bytes) -> object:
    """Run the best-known extractor with everything that it can keep."""
    text = raw.decode("utf-8", "replace")
    return trafilatura.extract(
        text, output_format="markdown", with_metadata=True, include_links=True, include_images=True, include_tables=True
    )


def by_html_to_markdown(raw: bytes) -> object:
    """Convert the whole page with html-to-markdown, which is written in Rust and selects no post."""
    return html_to_markdown.convert(raw.decode("utf-8", "replace"))


def by_script(raw: bytes) -> object:
    """Run the usual script: BeautifulSoup, the element that contains the post, markdownify."""
    body = BeautifulSoup(raw, "lxml").select_one("[data-hook=post-description]")
    return MarkdownConverter(heading_style="ATX").convert_soup(body) if body else None


#: The first one is the unit of the others.
CONTENDERS: dict[str, Callable[[bytes], object]] = {
    "lxml, the parse alone": parse_alone,
    "unwix, all of it": unwix,
    "trafilatura": by_trafilatura,
    "html-to-markdown, the whole page": by_html_to_markdown,
    "bs4 + markdownify": by_script,
}
