"""The cover as the first image of the body: Wix draws no cover above a post, themes of other systems do."""

from __future__ import annotations

from ...model.article import Element
from ...model.post import Metadata
from ...wix.url_keys import image_key


def _first_cover(article: Element, metadata: Metadata) -> Element | None:
    """Return the image with which the body begins, if it is the cover and has neither caption nor link."""
    first = article[0] if len(article) else None
    if first is None or not metadata.cover or first.tag != "figure" or first.get("class") or len(first) != 1:
        return None
    image = first[0]
    same = image.tag == "img" and image_key(image.get("src") or "") == image_key(metadata.cover)
    return image if same else None


def cover_in_body(article: Element, metadata: Metadata) -> bool:
    """Return True if the body begins with the cover."""
    return _first_cover(article, metadata) is not None


def remove_cover(article: Element, metadata: Metadata) -> str | None:
    """Remove the cover from the beginning of the body; its alternative text goes to `cover_alt`."""
    image = _first_cover(article, metadata)
    if image is None or len(article) == 1:
        return None
    metadata.cover_alt = metadata.cover_alt or image.get("alt") or None
    article.remove(article[0])
    return "the first image of the body is the cover, which the theme shows above the post; it is left out of the body"
