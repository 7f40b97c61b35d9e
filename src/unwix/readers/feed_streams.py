"""Read the streams of reading services: Feedly, and those with the interface of Google Reader (Inoreader, FreshRSS)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

#: The id of a stream, and fields that only the items of a stream have.
_STREAM_ID = re.compile(rb'"(?:id|streamId)"\s*:\s*"(?:feed\\?/http|user\\?/)')
_ITEM_FIELD = re.compile(rb'"(?:originId|crawled|crawlTimeMsec|timestampUsec)"\s*:')
_ITEMS = re.compile(rb'"items"\s*:\s*\[')
#: Feedly writes milliseconds, the others seconds; no second of this century is larger.
_LARGEST_SECOND = 10**10


def is_stream(start: bytes) -> bool:
    """Return True if a JSON object begins as a stream does."""
    return _ITEMS.search(start) is not None and bool(_STREAM_ID.search(start) or _ITEM_FIELD.search(start))


def as_json_feed_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item of a stream with the fields of a JSON Feed; an item of a JSON Feed is returned unchanged.

    The other fields of a stream are the service's: its ids, its counts, its topics.
    """
    content, summary = _html(item, "content"), _html(item, "summary")
    if content is None and summary is None:
        return dict(item)
    visual = item.get("visual")
    fields = {
        "id": item.get("originId") or item.get("id"),
        "url": _url(item),
        "title": item.get("title"),
        "content_html": content or summary,
        "summary": summary if content else None,
        "date_published": _instant(item.get("published")),
        "author": {"name": item.get("author")},
        "tags": item.get("keywords") or [],
        "image": visual.get("url") if isinstance(visual, Mapping) else None,
    }
    return {name: value for name, value in fields.items() if value}


def _html(item: Mapping[str, Any], name: str) -> str | None:
    """Return the HTML of `{"content": "<p>…", "direction": "ltr"}`."""
    value = item.get(name)
    content = value.get("content") if isinstance(value, Mapping) else None
    return content if isinstance(content, str) and content.strip() else None


def _url(item: Mapping[str, Any]) -> str | None:
    """Return the URL of the post: `canonical` before `alternate`, each a list of links."""
    for name in ("canonicalUrl", "canonical", "alternate"):
        value = item.get(name)
        links = value if isinstance(value, list) else [{"href": value}]
        for link in links:
            href = link.get("href") if isinstance(link, Mapping) else None
            if isinstance(href, str) and href.startswith(("http://", "https://")):
                return href
    return None


def _instant(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    seconds = value / 1000 if value > _LARGEST_SECOND else value
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, OSError, ValueError):
        return None
