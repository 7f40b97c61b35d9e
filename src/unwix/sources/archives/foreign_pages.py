"""Detect pages of other sites in a crawl by the absence of any sign of Wix in their bytes.

A crawl of the web has ten thousand of them for each post of a Wix blog. They are left out before they are parsed.
"""

from __future__ import annotations

import re

#: HTML as a server sent it; feeds and data files are small, and can belong to a blog without mentioning Wix.
_PAGE = re.compile(rb"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)
#: Every page of a Wix site loads its viewer, styles and images from hosts of Wix (docs/wix/pages.md); the other signs
#: are for pages in which a crawler has replaced these URLs.
_SIGNS = (b"wix", b"Wix", b"data-hook", b"viewer-", b"data-rce-version")


def is_foreign_page(raw: bytes) -> bool:
    """Return True for an HTML page without any sign of Wix."""
    if not _PAGE.match(raw.removeprefix(b"\xef\xbb\xbf")) or b"\0" in raw[:1000]:
        return False
    return not any(sign in raw for sign in _SIGNS)
