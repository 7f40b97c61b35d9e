"""Read property lists: Safari's web archives (`.webarchive`) and shortcuts (`.webloc`), binary or XML.

A web archive has the page in `WebMainResource`, its images and the like in `WebSubresources`, and its frames as web
archives in `WebSubframeArchives`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import Any

from ...model.errors import UnreadablePage
from ...model.skipped import Skipped
from ...web.json_path import dig, objects
from .member import Member, is_web_url, printable_name
from .shortcut import shortcut_to
from .streams import Budget

#: The size limit, for a page with all of its images.
_MAX_BYTES = 200_000_000
_MAX_DEPTH = 5


def is_plist(head: bytes) -> bool:
    """Return True if a file is a property list of Safari, by its first bytes."""
    if head.startswith(b"bplist0"):
        return True
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return text[:1] == b"<" and b"<plist" in text and (b"<key>Web" in text or b"<key>URL<" in text)


def members(stream: io.BufferedReader, _budget: Budget) -> Iterator[Member]:
    """Yield the page under the name of the file itself, then its resources.

    Raises Skipped for a shortcut or another kind of list, UnreadablePage for a damaged one.
    """
    raw = stream.read(_MAX_BYTES + 1)
    if len(raw) > _MAX_BYTES:
        raise UnreadablePage("the saved page has more than 200 MB; save it as HTML only")
    import plistlib

    try:
        content = plistlib.loads(raw.lstrip(b"\xef\xbb\xbf \t\r\n") if raw[:1] != b"b" else raw)
    except Exception:  # for damaged bytes, plistlib raises many kinds of errors
        raise UnreadablePage("the property list is damaged; save the page again") from None
    page = dig(content, "WebMainResource")
    if not isinstance(page, dict):
        url = dig(content, "URL")
        raise shortcut_to(url) if isinstance(url, str) else Skipped("binary-file", "a property list without a page")
    data = page.get("WebResourceData")
    if not isinstance(data, bytes | str):
        raise UnreadablePage("the web archive does not contain its page; save the page again")
    encoding = page.get("WebResourceTextEncodingName")
    yield Member(
        "",
        partial(BytesIO, data if isinstance(data, bytes) else data.encode("utf-8", "replace")),
        url=_url(page),
        charset=str(encoding).lower() if encoding and str(encoding).lower() not in ("utf-8", "utf8") else None,
        whole=True,
    )
    yield from _resources(content, 0)


def _resources(archive: Any, depth: int) -> Iterator[Member]:
    for resource in objects(archive, "WebSubresources") if depth <= _MAX_DEPTH else ():
        data, url = resource.get("WebResourceData"), _url(resource)
        if isinstance(data, bytes) and url is not None:
            yield Member(printable_name(url), partial(BytesIO, data), url=url, whole=True, aside=True)
    for frame in objects(archive, "WebSubframeArchives") if depth < _MAX_DEPTH else ():
        yield from _resources(frame, depth + 1)


def _url(resource: dict[str, Any]) -> str | None:
    url = resource.get("WebResourceURL")
    return url if isinstance(url, str) and is_web_url(url) else None
