"""Read HTML below front matter: tools that save a page as Markdown, or a feed as a site, can leave its body in HTML."""

from __future__ import annotations

import re

from ..model.page import Page
from ..model.post import Post
from ..model.skipped import Skipped
from ..web.encoding import decode
from .html_records import html_post, is_of_wix
from .saved_page.reader import read_saved_page
from .text_dump.containers.heads import peel
from .text_dump.containers.part import Part, Stated
from .text_dump.stated_metadata import fill_metadata
from .text_dump.tool_formats.forms import numbered

#: YAML or TOML between two fences.
_FRONT_MATTER = re.compile(rb"\s*(?:\xef\xbb\xbf)?(---|\+\+\+)[ \t]*\r?\n.{0,20000}?\r?\n\1[ \t]*\r?\n", re.S)
_TAG = re.compile(rb"\s*</?[a-zA-Z!]")
_END_TAG = re.compile(rb"</(?:p|div|h[1-6]|li|section|article)\s*>|<br\b", re.I)


def begins_with_head(raw: bytes) -> bool:
    """Return True if HTML, and not Markdown with some HTML in it, follows front matter."""
    match = _FRONT_MATTER.match(raw)
    below = raw[match.end() :] if match is not None else b""
    if not _TAG.match(below) or not _END_TAG.search(below):
        return False
    lines = [line for line in below[:20_000].splitlines() if line.strip()]
    return 2 * sum(bool(_TAG.match(line)) for line in lines) > len(lines)


def read_page_below_head(page: Page, raw: bytes) -> list[Post]:
    """Return the posts of a page; front matter above it fills the fields that the page does not state.

    Raises Skipped and UnreadablePage as `read_saved_page` does.
    """
    match = _FRONT_MATTER.match(raw)
    stated = _stated(match[0]) if match is not None else Stated()
    if match is None or stated.is_empty():
        return read_saved_page(page.source, raw, page.url, page.captured)
    below = raw[match.end() :]
    try:
        posts = read_saved_page(page.source, below, page.url or stated.url, page.captured or stated.saved)
    except Skipped:
        html = decode(below)[0]
        if stated.title is None or not is_of_wix(stated, html):
            raise
        return [html_post(page.source, stated, html)]
    if len(posts) == 1:
        fill_metadata(posts[0].metadata, posts[0].provenance, stated)
    return posts


def _stated(head: bytes) -> Stated:
    return peel(Part(numbered(decode(head)[0]))).stated
