"""Identity: by which ids Wix knows a post, told by its object, or by the page that shows it."""

from __future__ import annotations

import json

from ...web.json_path import line
from ...wix.ids import is_id
from .page_data import BLOG_APP
from .parse import HtmlPage

_APP = f'"{BLOG_APP}"'.encode()
_DECODER = json.JSONDecoder()
#: So many bytes of ids are looked at; real pages have one id.
_MOST = 20_000


def id_on(page: HtmlPage, slug: str | None) -> str | None:
    """Return the post's id that pages since 2025 state as `{"<slug>": "<id>"}`, or None.

    A page that a browser saved after a visit to another post still contains the first post's id, so only the id under
    the page's own slug counts. Source: docs/wix/pages.md#post-id-only.
    """
    for opening, content in page.scripts if slug else ():
        place = content.find(_APP) if b"wix-warmup-data" in opening else -1
        start = content.find(b"{", place) if place >= 0 else -1
        if start < 0:
            continue
        try:
            told, _ = _DECODER.raw_decode(content[start : start + _MOST].decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            continue
        if is_id(found := line(told, str(slug))):
            return found
    return None
