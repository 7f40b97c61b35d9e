"""Feed links: the addresses in a feed, which finding posts needs; what its items say is read elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO

import feedparser


@dataclass(slots=True)
class FeedLinks:
    """Where a feed leads."""

    blog: str | None = None
    """The page with the list of all posts."""
    items: list[str] = field(default_factory=list)


def is_feed(data: bytes) -> bool:
    """Whether bytes are a feed: RSS or Atom."""
    head = data[:4000].lower()
    return b"<rss" in head or b"<feed" in head or b"<rdf:rdf" in head


def read_links(data: bytes) -> FeedLinks:
    """The addresses in a feed, as they stand; of a damaged one, those that can be read."""
    # A stream, as bytes alone are taken for the name of a file first.
    parsed = feedparser.parse(BytesIO(data))
    blog = parsed.feed.get("link")
    items = [str(entry.get("link")) for entry in parsed.entries if entry.get("link")]
    return FeedLinks(str(blog) if blog else None, items)
