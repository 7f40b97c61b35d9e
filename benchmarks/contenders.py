"""Contenders: what is timed on each page, all in this process: the parse alone, unwix, and what people would use instead."""

from __future__ import annotations

from collections.abc import Callable

import trafilatura
from bs4 import BeautifulSoup
from lxml import etree
from markdownify import MarkdownConverter

from unwix.model.page import Page
from unwix.run.steps import convert_page


def parse_alone(raw: bytes) -> object:
    """The yardstick: lxml makes a tree of the page as it was saved, and nothing else happens."""
    return etree.fromstring(raw, etree.HTMLParser(huge_tree=True))


def unwix(raw: bytes) -> object:
    """The whole pipeline: read, write, front matter, and the Markdown held against the page."""
    return convert_page(Page("page", data=raw))


def by_trafilatura(raw: bytes) -> object:
    """The best-known extractor, with all that it can keep."""
    text = raw.decode("utf-8", "replace")
    return trafilatura.extract(
        text, output_format="markdown", with_metadata=True, include_links=True, include_images=True, include_tables=True
    )


def by_script(raw: bytes) -> object:
    """The usual home-made script: BeautifulSoup, the element that holds the post, markdownify."""
    body = BeautifulSoup(raw, "lxml").select_one("[data-hook=post-description]")
    return MarkdownConverter(heading_style="ATX").convert_soup(body) if body else None


#: The first one is what the others are measured by.
CONTENDERS: dict[str, Callable[[bytes], object]] = {
    "lxml, the parse alone": parse_alone,
    "unwix, all of it": unwix,
    "trafilatura": by_trafilatura,
    "bs4 + markdownify": by_script,
}
