"""The small cover images in the list of posts."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec.structs import replace

from ..wix.media_urls import media_id, original_url
from ..writers.target import Target
from .image_files import WIX_HOSTS, Place, scheme_and_host

#: The size requested from Wix's servers; the list shows covers at half this size.
_RESIZED = re.compile(r"\.(?:jpe?g|png|webp)\Z", re.IGNORECASE)
_SIZE = "v1/fill/w_128,h_96,al_c,q_80,enc_auto"


def list_cover(
    fields: list[tuple[str, str, str | None]], target: Target, place: Place, folder: Path
) -> tuple[str, set[str]]:
    """Return the URL of a post's cover for a page in `folder` (empty if none), and the hosts that it is loaded from.

    `fields` are those of the post's front matter, as the review shows them.
    """
    name, _, key = target.front.names.get("cover", "cover").lower().partition(".")
    value = next((value for field, value, _ in fields if field.lower() == name.removesuffix("[]")), "")
    # Objects and lists are shown as `path: /a.jpg; alt: A kiln` and `/a.jpg, /b.jpg`.
    match = re.search(rf"(?:\A|; ){re.escape(key)}: ([^;,\s]+)" if key else r"\A([^;,\s]+)", value)
    if not name or match is None:
        return "", set()
    here = replace(place, page=folder, hosts=set())
    url = here.image_url(match[1])
    return (_small(url), here.hosts) if url else ("", set())


def _small(url: str) -> str:
    """Return the URL of a small version of an image at Wix; any other URL as it is."""
    parts = scheme_and_host(url)
    if parts is None or not WIX_HOSTS.fullmatch(parts[1]) or (name := media_id(url)) is None:
        return url
    return f"{original_url(url)}/{_SIZE}/{name}" if _RESIZED.search(name) else url
