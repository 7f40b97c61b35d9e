"""Edit links: turn dead links to the old site into text, and remove tracking parameters."""

from __future__ import annotations

from collections.abc import Collection

from lxml import etree

from ...model.article import Element
from ...model.results import counted
from ...wix.tracking import without_tracking


def unlink(article: Element, urls: Collection[str]) -> str | None:
    """Replace the links with these URLs by their text."""
    links = [a for a in article.iter("a") if a.get("href") in urls]
    for link in links:
        link.tag = "unlinked"
    etree.strip_tags(article, "unlinked")
    if not links:
        return None
    return f"{counted(len(links), 'link')} to tags of the old site that have no page on the new one: the text stays"


def strip_tracking(article: Element) -> str | None:
    """Remove tracking parameters from the URLs of links."""
    changed = 0
    for link in article.iter("a"):
        href = link.get("href") or ""
        if "?" in href and (clean := without_tracking(href)) != href:
            if link.text == href and not len(link):
                link.text = clean
            link.set("href", clean)
            changed += 1
    return f"tracking parameters were removed from {counted(changed, 'link')}" if changed else None
