"""Read what WordPress's export format (WXR) adds to a feed: tools that export Wix blogs to WordPress write it."""

from __future__ import annotations

from collections import Counter

from ..model.article import Element
from ..model.problems import Problem

#: The namespaces of all versions: `http://wordpress.org/export/1.2/`.
_NAMESPACE = "{http://wordpress.org/export/"
EXCERPT_OF_WORDPRESS = f"{_NAMESPACE}1.2/excerpt/}}encoded"
_DRAFTS = frozenset({"draft", "pending", "auto-draft", "private", "future"})


def without_other_items(items: list[Element]) -> tuple[list[Element], list[Problem]]:
    """Return the items that are posts, and a note if pages, attachments and menu entries are left out."""
    kinds = [_field(item, "post_type") or "post" for item in items]
    others = Counter(kind for kind in kinds if kind != "post")
    if not others:
        return items, []
    named = ", ".join(f"{number} × {kind}" for kind, number in others.items())
    detail = f"{others.total()} of {len(items)} items are not posts and are left out: {named}"
    return [item for item, kind in zip(items, kinds, strict=True) if kind == "post"], [
        Problem("texts-skipped", "file", detail)
    ]


def is_draft(item: Element) -> bool:
    """Return True for an item that is not published."""
    return _field(item, "status") in _DRAFTS


def is_tag(category: Element) -> bool:
    """Return True for a `category` element that is a tag of WordPress."""
    return category.get("domain") == "post_tag"


def slug_in(item: Element) -> str | None:
    """Return the slug of an item, or None if it states none."""
    return _field(item, "post_name")


def _field(item: Element, name: str) -> str | None:
    for node in item:
        if isinstance(node.tag, str) and node.tag.startswith(_NAMESPACE) and node.tag.endswith(f"}}{name}"):
            return (node.text or "").strip() or None
    return None
