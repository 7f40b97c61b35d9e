"""Recognize feed items that contain only a part of their post: excerpts, and headings whose block is missing."""

from __future__ import annotations

import re
from itertools import zip_longest

from ..model.article import HEADINGS, Element, text_of
from ..model.facts import text_key
from ..wix.url_keys import url_key

EXCERPT = "the feed contains only an excerpt of this post; convert the saved page, or use the API"
#: The longest excerpt that Wix writes has 500 characters (docs/wix/feeds.md#old-blog-feed); bodies are longer.
_LONGEST = 1000
#: The longest description that Wix cuts from a body; a body of this length is its own description.
_AUTOMATIC = 160
_ELLIPSIS = re.compile(r"(?:\.\.\.|…|\[(?:\.\.\.|…)\])\s*\Z")
#: The maximum number of characters between an ellipsis and a link to the post, in a text of any length.
_LINK_TEXT = 60


def is_cut(text: str) -> bool:
    """Return True if a text ends in an ellipsis."""
    return _ELLIPSIS.search(text) is not None


def is_excerpt(article: Element, excerpt: str | None, url: str | None) -> bool:
    """Return True if the article of a feed item is only the beginning of its post.

    A short text that ends in an ellipsis, that repeats the author's excerpt, or that ends in a link to the post (`Read
    more`); a long text is cut only if such a link follows an ellipsis.
    """
    text = text_of(article).strip()
    if not text:
        return False
    is_short = len(text) <= _LONGEST
    link = _last_link(article)
    if link is not None and url and url_key(link.get("href") or "") == url_key(url):
        before = text.removesuffix(text_of(link).strip()).strip()
        if is_short or (is_cut(before) and len(text) - len(before) <= _LINK_TEXT):
            return True
    if is_short and is_cut(text):
        return True
    same = excerpt is not None and text_key(excerpt) == text_key(text)
    return is_short and same and len(text) > _AUTOMATIC


def _last_link(article: Element) -> Element | None:
    """Return the link at the end of the article, or None if text or an image follows the last link."""
    node = article
    while len(node) and not (node[-1].tail or "").strip():
        node = node[-1]
        if node.tag == "a":
            return node
    return None


def empty_section(article: Element) -> str | None:
    """Return the text of a heading with nothing below it: the last block, or one before a heading of a higher level."""
    blocks = list(article)
    for block, following in zip_longest(blocks, blocks[1:]):
        if block.tag in HEADINGS and (
            following is None or (following.tag in HEADINGS and str(following.tag) < str(block.tag))
        ):
            return " ".join(text_of(block).split())[:80]
    return None
