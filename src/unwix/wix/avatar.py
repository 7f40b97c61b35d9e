"""Avatar: the picture of a post's author, where the source shows one."""

from __future__ import annotations

from ..model.article import Element
from ..web.json_path import Json, first_line, obj
from .media_urls import background, image_file, original


def avatar_in(post: Json) -> str | None:
    """The image of the author in a post's own data (docs/wix/pages.md#the-postpage-object)."""
    owner = obj(post, "owner")
    named = first_line(owner, ("image", "url"), ("image", "id"), ("image",), ("imageUrl",), ("photo", "url"))
    return _address(image_file(named)) if named else None


def avatar_on(root: Element, body: Element) -> str | None:
    """The picture that a page shows of the author: the first one before the body; those behind are of commenters."""
    for node in root.iter():
        if node is body:
            return None
        if isinstance(node.tag, str) and node.get("data-hook") == "avatar-image":
            for piece in node.iter():
                named = piece.get("src") or background(piece.get("style")) if isinstance(piece.tag, str) else None
                if named and (found := _address(original(named))):
                    return found
    return None


def _address(found: str | None) -> str | None:
    return found if found and found.startswith(("https://", "http://")) else None
