"""Find the image of a post's author in a source."""

from __future__ import annotations

from ..model.article import Element
from ..web.json_path import Json, first_line, obj
from .media_urls import background_url, image_url, original_url

AVATAR_HOOK = "avatar-image"


def avatar_in_data(post: Json) -> str | None:
    """Return the image of the author in a post's own data (docs/wix/pages.md#the-postpage-object)."""
    owner = obj(post, "owner")
    if not owner:
        return None
    named = first_line(owner, ("image", "url"), ("image", "id"), ("image",), ("imageUrl",), ("photo", "url"))
    return _address(image_url(named)) if named else None


def avatar_on_page(root: Element, body: Element) -> str | None:
    """Return the author's image on a page: the first one before the body; later ones belong to commenters."""
    for node in root.iter():
        if node is body:
            return None
        if isinstance(node.tag, str) and node.get("data-hook") == AVATAR_HOOK:
            for piece in node.iter():
                named = piece.get("src") or background_url(piece.get("style")) if isinstance(piece.tag, str) else None
                if named and (url := _address(original_url(named))):
                    return url
    return None


def _address(url: str | None) -> str | None:
    return url if url and url.startswith(("https://", "http://")) else None
