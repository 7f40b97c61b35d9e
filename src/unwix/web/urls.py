"""Split and join URLs of pages, which can be malformed."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urljoin, urlsplit

#: The beginning of an absolute URL, or of one without a scheme (`//host/path`).
ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.I)
#: The end that mirroring programs add to the path of a page.
SAVED_PAGE = re.compile(r"(?:/index)?\.html?$", re.I)
_NOTHING = SplitResult("", "", "", "", "")


def split_url(url: str) -> SplitResult:
    """Return the parts of a URL; empty parts for one without a valid host, such as `https://[example.org/`.

    `urlsplit` raises ValueError for these. Damaged pages have them, and authors type them.
    """
    try:
        return urlsplit(url)
    except ValueError:
        return _NOTHING


def join_url(base: str, url: str) -> str:
    """Return the absolute URL of a link on the page `base`; the link unchanged if one of them is malformed."""
    try:
        return urljoin(base, url)
    except ValueError:
        return url
