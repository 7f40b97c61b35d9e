"""Read the URLs in a feed, for finding posts; its items are read by `readers/feed.py`."""

from __future__ import annotations

from lxml import etree
from msgspec import Struct, field

from ...model.article import Element


class FeedLinks(Struct):
    """The URLs in a feed."""

    blog: str | None = None
    """The page with the list of all posts."""
    items: list[str] = field(default_factory=list)


def is_feed(data: bytes) -> bool:
    """Return whether bytes are a feed: RSS or Atom."""
    head = data[:4000].lower()
    return b"<rss" in head or b"<feed" in head or b"<rdf:rdf" in head


def read_links(data: bytes) -> FeedLinks:
    """Return the URLs in a feed, unchanged; of a damaged feed, those before the damage."""
    # Entities are not resolved, so that a small file cannot become a huge one.
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    links = FeedLinks()
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return links
    if root is None:
        return links
    channel = next(root.iter("{*}channel"), root)
    links.blog = _link(channel)
    links.items = [link for item in root.iter("{*}item", "{*}entry") if (link := _link(item))]
    return links


def _link(parent: Element) -> str | None:
    """Return the URL of a feed or an item: RSS has it as text, Atom in `href`, next to links of other kinds."""
    for node in parent.iterchildren("{*}link"):
        if node.text and node.text.strip():
            return node.text.strip()
        if node.get("href") and node.get("rel", "alternate") == "alternate":
            return node.get("href")
    return None
