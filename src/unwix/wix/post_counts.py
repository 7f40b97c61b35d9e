"""The number of posts that a page of a blog states for the whole blog."""

from __future__ import annotations

import re

#: From the data next to a list of posts, in pages of 2023 and 2024 (docs/wix/discovery.md#listing-pages).
_TOTAL = re.compile(rb"pagingMetaData\\?\":\s*\{[^{}]{0,200}?\\?\"total\\?\":\s*(\d{1,7})")


def stated_total(data: bytes) -> int | None:
    """Return how many posts the blog has in all, if the data of a list states it."""
    match = _TOTAL.search(data)
    return int(match[1]) if match else None
