"""Read a page below front matter: tools that save a page as Markdown can leave its body in HTML."""

from __future__ import annotations

import re

from ..model.page import Page
from ..model.post import Post
from ..web.encoding import decode
from .saved_page.reader import read_saved_page
from .text_dump.containers.heads import peel
from .text_dump.containers.part import Part, Stated
from .text_dump.page import fill_metadata
from .text_dump.tool_formats.forms import numbered

#: YAML or TOML between two fences.
_FRONT_MATTER = re.compile(rb"\s*(?:\xef\xbb\xbf)?(---|\+\+\+)[ \t]*\r?\n.{0,20000}?\r?\n\1[ \t]*\r?\n", re.S)


def read_page_below_head(page: Page, raw: bytes) -> list[Post]:
    """Return the posts of a page; front matter above it fills the fields that the page does not state.

    Raises Skipped and UnreadablePage as `read_saved_page` does.
    """
    match = _FRONT_MATTER.match(raw)
    stated = _stated(match[0]) if match is not None else Stated()
    if match is None or stated.is_empty():
        return read_saved_page(page.source, raw, page.url, page.captured)
    posts = read_saved_page(page.source, raw[match.end() :], page.url or stated.url, page.captured or stated.saved)
    if len(posts) == 1:
        fill_metadata(posts[0].metadata, posts[0].provenance, stated)
    return posts


def _stated(head: bytes) -> Stated:
    return peel(Part(numbered(decode(head)[0]))).stated
