"""Prepare plain blocks for the review page, and sanitize them once more before they go into it."""

from __future__ import annotations

import re
from collections.abc import Iterable

import nh3
from lxml import etree

from ..model.article import HEADINGS, Element, append, element
from ..web.tags import LISTS
from .image_files import Place

_TAGS = {
    *"p ul ol li blockquote pre hr table thead tbody tfoot tr th td div".split(),
    *"span a strong em s u sup sub code br img del ins bdi".split(),
}
_ATTRIBUTES = {
    "*": {"id", "class"},
    "a": {"href", "target"},
    "img": {"src", "alt", "loading", "referrerpolicy"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan"},
    "div": {"tabindex", "role", "aria-label"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_NOT_IN_ID = re.compile(r"[^\w.-]")


def sanitize(blocks: Iterable[Element], place: Place, side: str) -> str:
    """Return plain blocks as HTML that is safe in a page; `side` keeps the ids of the two sides apart.

    The trees are changed. The sanitizer runs last, and its output is not changed any more.
    """
    root = element("div")
    root.extend([_dressed(block, place, side) for block in blocks])
    html = etree.tostring(root, method="html", encoding="unicode")
    return nh3.clean(
        html.removeprefix("<div>").removesuffix("</div>"),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )


def _dressed(block: Element, place: Place, side: str) -> Element:
    for node in list(block.iter()):
        tag = str(node.tag)
        if (name := node.get("id")) is not None:
            node.set("id", _id(name, side))
        if tag == "a":
            _link(node, place, side)
        elif tag == "img":
            _image(node, place)
        elif tag in HEADINGS:
            _heading(node, tag)
        elif tag == "th" and not "".join(map(str, node.itertext())).strip():
            node.tag = "td"
        elif tag in LISTS:
            _only_items(node)
        elif tag == "li" and ((parent := node.getparent()) is None or parent.tag not in LISTS):
            node.tag = "div"
    return _framed(block) if block.tag == "table" else block


def _id(name: str, side: str) -> str:
    return f"{side}-{_NOT_IN_ID.sub('_', name)}"


def _link(node: Element, place: Place, side: str) -> None:
    href = str(node.attrib.pop("href", ""))
    if href.startswith("#") and len(href) > 1:
        node.set("href", "#" + _id(href[1:], side))
    elif (leads := place.link(href)) is not None:
        node.set("href", leads)
        node.set("target", "_blank")
    if not "".join(map(str, node.itertext())).strip() and node.find(".//img") is None:
        node.text = href or "?"  # screen readers need a name for a link


def _image(node: Element, place: Place) -> None:
    """Show an image with its alternative text below it, or a link if it is not to be loaded."""
    url, alt = node.get("src") or "", node.get("alt")
    copy = node.attrib.pop("copy", "")
    shown_url = (place.image_url(str(copy)) if copy else None) or place.image_url(url)
    tail, mark = node.tail, node.get("class")
    node.tail = None
    note = element("span", None if alt else "no alt text", class_="alt" if alt else "alt absent")
    if alt:  # separate elements: in right-to-left text, the colon would precede its label
        append(note, [element("bdi", "alt:"), " ", element("bdi", alt)])
    if shown_url is not None:
        node.set("src", shown_url)
        node.set("alt", alt or "Image without alternative text")
        node.set("loading", "lazy")
        node.set("referrerpolicy", "no-referrer")
        what: Element = element("img", **{str(k): str(v) for k, v in node.attrib.items() if k != "class"})
    else:
        leads = place.link(url)
        within = any(True for _ in node.iterancestors("a"))
        what = element("span" if within or leads is None else "a", f"image: {url}", class_="unloaded")
        if what.tag == "a":
            what.set("href", leads or "")
            what.set("target", "_blank")
    node.tag = "span"
    node.attrib.clear()
    node.set("class", f"image {mark}" if mark else "image")
    node.text = None
    node[:] = [what, note]
    node.tail = tail


def _heading(node: Element, tag: str) -> None:
    """Show a heading with its level; it is not part of the page's own outline."""
    node.tag = "p"
    node.set("class", f"h {tag}")
    badge = element("bdi", tag.upper(), class_="level")
    badge.tail = (" " if node.text else "") + (node.text or "")
    node.text = None
    node.insert(0, badge)


def _only_items(node: Element) -> None:
    """Wrap anything else in a list, which browsers allow, in an item."""
    for child in list(node):
        if child.tag != "li":
            place = node.index(child)
            tail, child.tail = child.tail, None
            item = element("li")
            node.remove(child)
            item.append(child)
            item.tail = tail
            node.insert(place, item)
    if node.text and node.text.strip():
        node.insert(0, element("li", node.text))
        node.text = None


def _framed(table: Element) -> Element:
    """Wrap a wide table in an element that scrolls and can be focused by keyboard."""
    return element("div", table, class_="table", tabindex="0", role="group", **{"aria-label": "Table"})
