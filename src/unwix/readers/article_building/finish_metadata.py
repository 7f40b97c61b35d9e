"""Complete metadata that depends on the text: hashtags, and descriptions that repeat the text."""

from __future__ import annotations

from ...model.article import Element, text_of
from ...model.post import Metadata
from ...wix.post_urls import on_site
from .teaser import drop_teasers, space_teasers


def finish_from_text(metadata: Metadata, provenance: dict[str, str], article: Element) -> None:
    """Remove or correct descriptions that repeat the text, and set its hashtags."""
    drop_teasers(metadata, provenance, article)
    space_teasers(metadata, article)
    add_hashtags(metadata, provenance, article)


def add_hashtags(metadata: Metadata, provenance: dict[str, str], article: Element) -> None:
    """Set the hashtags of the text if the source itself states none."""
    if metadata.hashtags:
        return
    names = [
        name
        for link in article.iter("a")
        if "/hashtags/" in (link.get("href") or "")
        and (url := on_site(link.get("href") or "")) is not None
        and url.kind == "tag"
        and (name := text_of(link).strip().lstrip("#").strip() or url.name)
    ]
    if names:
        metadata.hashtags = list(dict.fromkeys(names))
        provenance["hashtags"] = "links of the text"
