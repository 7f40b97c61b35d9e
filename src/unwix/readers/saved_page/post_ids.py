"""Identity: by which ids Wix knows a post, told by its object, or by the page that shows it."""

from __future__ import annotations

import json

from ...web.json_path import Json, line
from ..documents.metadata import is_id
from .page_data import BLOG_APP
from .parse import HtmlPage

#: Where an object has its ids, the one that comments name first (shared/wix/api.md section 4).
_IDS = ("referenceId", "internalId", "contentId", "id", "_id")
_APP = f'"{BLOG_APP}"'.encode()
_DECODER = json.JSONDecoder()
#: So many bytes of ids are looked at; real pages have one id.
_MOST = 20_000


def ids_of(post: Json) -> list[str]:
    """The ids that the object of a post tells."""
    return [found for name in _IDS if (found := line(post, name))]


def id_on(page: HtmlPage, slug: str | None) -> str | None:
    """The post's id, from pages since 2025, which carry no more than `{"<slug>": "<id>"}` (shared/wix/pages.md 1).

    A page that a browser saved after somebody had gone on to another post still carries the first one's: only the id
    of this slug counts.
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
