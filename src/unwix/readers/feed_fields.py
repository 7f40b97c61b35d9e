"""Find the fields of a feed's item that the reader of feeds does not read."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ..model.article import Element

#: Elements that are read in other ways, or that have no text of the author.
_WITHOUT_TEXT = frozenset({"link", "category", "enclosure", "comments", "commentRss", "thumbnail", "guid", "id"})
#: The namespace of data about images and videos: `media:title` is not the title of the post.
MEDIA = "{http://search.yahoo.com/mrss/}"
#: The element of a field of a JSON feed that RSS does not have; its attribute `name` is the name of the field.
FIELD = "field"


def unread_fields(item: Element, elements: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Yield name and text of each element of an item that is not read.

    `elements` are the elements that may contain a field, best first: the first one with a text is read.
    """
    read = [node for names in elements.values() if (node := _first(item, names)) is not None]
    for node in item:
        if not isinstance(node.tag, str) or any(node is other for other in read):
            continue
        name = node.tag.rpartition("}")[2].rpartition(":")[2]  # broken feeds have undeclared prefixes
        if node.tag == FIELD:
            yield node.get("name") or FIELD, node.text or ""
        elif name not in _WITHOUT_TEXT or node.tag.startswith(MEDIA):
            yield name, _markup(node)


def _first(item: Element, names: tuple[str, ...]) -> Element | None:
    """Return the child of an item in which the first element with a text is."""
    for name in names:
        node = item.find(name)
        if node is not None and _markup(node).strip():
            return node if node.getparent() is item else node.getparent()
    return None


def _markup(node: Element) -> str:
    """Return the text of an element; HTML in Atom may be child elements."""
    return "".join([node.text or "", *(etree.tostring(child, encoding="unicode") for child in node)])
