"""Collect what a source states about an image besides the URL of its original.

The author's file name, smaller renditions, and files that were saved next to the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from ...model.post import MediaNote
from ...wix.media_urls import media_id

#: `wix:image://v1/<id>/<name>#…`: the name is the author's (docs/wix/media-urls.md#references).
_WIX_NAME = re.compile(r"wix:(?:image|video|audio|document|vector)://v1/(?:ugd/)?[^/#?]+/([^/#?]+)")
#: `…/media/<id>/v1/<operation>/<parameters>/<name>`: the name is the author's, the id or `file`.
_RENDITION = re.compile(r"/v1/(?:[a-z]+/[^/]+/)+([^/?#]+)(?:[?#].*)?\Z")
_FILE_NAME = re.compile(
    r"[^/\\]{1,150}\.(?:jpe?g|jfif|png|gif|webp|svg|bmp|tiff?|heic|avif|mp4|mov|mp3|m4a|wav|pdf)", re.I
)
#: The maximum number of URLs per image from `src`, `srcset` and other attributes.
_MOST = 8


def author_file_name(text: str) -> str | None:
    """Return the author's file name in a URL, a `wix:` reference or an alternative text; None if there is none.

    Wix's editor uses the name of an uploaded file as its first alternative text.
    """
    match = _WIX_NAME.search(text) or _RENDITION.search(text)
    name = unquote(match[1]) if match else text.strip() if "://" not in text else ""
    if not _FILE_NAME.fullmatch(name) or media_id(name) or name.lower().startswith("file."):
        return None
    return name


def srcset_urls(srcset: str) -> Iterator[str]:
    """Yield the URLs of a `srcset`. Wix's URLs contain commas, so only a comma with a space separates two of them."""
    for candidate in re.split(r",\s+", srcset.strip()[:20_000]):
        if parts := candidate.split():
            yield parts[0].rstrip(",")


def media_note(candidates: Iterable[str], name: str | None = None) -> MediaNote | None:
    """Return what these URLs of one image state about it; None if they state nothing."""
    copies: list[str] = []
    for candidate in dict.fromkeys(candidates):
        name = name or (author_file_name(candidate) if "/v1/" in candidate or "wix:" in candidate else None)
        local = "://" not in candidate and "/" in candidate and not candidate.startswith(("//", "/", "data:", "wix:"))
        rendition = candidate.startswith(("https://", "http://")) and "/v1/" in candidate
        if (local or rendition) and len(copies) < _MOST:
            copies.append(candidate)
    return MediaNote(name, tuple(copies)) if name or copies else None
