"""Convert any HTML, however hostile, to a flat series of plain blocks that can be compared and shown.

Wrappers are unwrapped, scripts and the viewer's SVG images dropped, players shown as links. The module deliberately
knows almost nothing about Wix: its view of a source must not repeat a fault of the reader.
"""

from __future__ import annotations

import re

from lxml import etree
from msgspec import Struct

from ..model.article import HEADINGS, Element, append, element, remove_element, text_with_breaks
from ..web.tags import (
    CELLS,
    FORM_FIELDS,
    IMAGES,
    LISTS,
    MARK_TAGS,
    NO_TEXT,
    PHRASING,
    PLAYERS,
    TABLE_PARTS,
    TEXT_BLOCKS,
)
from ..wix.media_urls import MEDIA_URL, background_url, image_data, video_page_url
from ..wix.url_keys import image_key

#: The maximum depth of elements; anything deeper is shown as text.
MAX_DEPTH = 60
_SILENT = NO_TEXT | FORM_FIELDS - {"input"} | {"head", "title", "object"}
_INLINE = {"a": "a", **MARK_TAGS}
#: Styles of a span that mark text, in pages of 2022 to 2024, and those that remove a mark (`<strong style=…400>`).
_STYLED = {
    "strong": re.compile(r"font-weight:\s*(?:bold|[6-9]00)"),
    "em": re.compile(r"font-style:\s*(?:italic|oblique)"),
}
_UNMARKED = {"strong": re.compile(r"font-weight:\s*(?:normal|[1-5]00)"), "em": re.compile(r"font-style:\s*normal")}
_HOLDERS = LISTS | CELLS | TABLE_PARTS | {"li", "blockquote", "table"}
_STARTS_BLOCK = _HOLDERS | TEXT_BLOCKS | {"hr", "figure", "details", "div", "section", "article", "main", "center"}
#: The comment that the Markdown writer leaves for missing content.
_MISSING = re.compile(r"\s*unwix:\s*(.*?)\s*\Z", re.S)


class _Builder(Struct):
    image: Element | None = None
    """The last line break, while no word follows it."""

    def say(self, into: Element, text: str | None) -> None:
        """Add text at the end of an element."""
        if text and not text.isspace():
            self.image = None
        append(into, [text])

    def flow(self, node: Element, into: Element, depth: int = 0) -> None:
        """Add the content of an element as blocks; loose text becomes paragraphs."""
        line: Element | None = None

        def in_line() -> Element:
            nonlocal line
            if line is None:
                line = element("p")
                into.append(line)
            return line

        if node.text and node.text.strip():
            self.say(in_line(), node.text)
        for child in node:
            if (placeholder := _placeholder(child)) is not None:
                line = None
                into.append(placeholder)
            elif isinstance(child.tag, str) and child.tag not in _SILENT:
                if child.tag in _STARTS_BLOCK or _holds_blocks(child):
                    line = None
                    self._block(child, str(child.tag), into, depth)
                else:
                    self._inline(child, in_line(), depth)
            if child.tail and (line is not None or child.tail.strip()):
                self.say(in_line(), child.tail)

    def _block(self, node: Element, tag: str, into: Element, depth: int) -> None:
        if depth > MAX_DEPTH:
            self.say(into if into.tag in TEXT_BLOCKS else _new(into, "p"), "".join(map(str, node.itertext())))
        elif tag == "hr":
            _new(into, "hr")
        elif tag in TEXT_BLOCKS:
            node_copy = _new(into, "p" if tag in ("figcaption", "summary") else tag)
            if tag in ("figcaption", "summary"):
                node_copy.set("class", "caption" if tag == "figcaption" else "summary")
            _keep_id(node, node_copy)
            if tag == "pre":
                self.say(node_copy, text_with_breaks(node, _SILENT).strip("\n"))
            elif _holds_blocks(node):
                into.remove(node_copy)
                self.flow(node, into, depth + 1)
            else:
                self._line(node, node_copy, depth + 1)
        elif tag in _HOLDERS:
            node_copy = _new(into, tag)
            _keep_numbers_and_alignment(node, node_copy)
            self.flow(node, node_copy, depth + 1)
        else:  # unwrap a wrapper, but keep its ids as link targets
            before = len(into)
            self.flow(node, into, depth + 1)
            if len(into) > before and into[before].get("id") is None:
                _keep_id(node, into[before])

    def _line(self, node: Element, into: Element, depth: int) -> None:
        """Add the content of an element as one line."""
        self.say(into, node.text)
        for child in node:
            if isinstance(child.tag, str) and child.tag not in _SILENT:
                self._inline(child, into, depth)
            self.say(into, child.tail)

    def _inline(self, node: Element, into: Element, depth: int) -> None:
        tag = str(node.tag)
        if tag in IMAGES:
            self._image(node, into)
        elif tag in PLAYERS:
            _player(node, into)
        elif tag == "br":
            _new(into, "br")
        elif tag == "input":
            self.say(into, _checkbox(node))
        elif depth > MAX_DEPTH:
            self.say(into, "".join(map(str, node.itertext())))
        elif (name := _mark_of(node, tag)) and not (name == "a" and _within(into, "a")):
            node_copy = _new(into, name)
            _keep_id(node, node_copy)
            if name == "a" and (href := node.get("href")):
                node_copy.set("href", href.strip())
            self._line(node, node_copy, depth + 1)
            if not len(node_copy) and not (node_copy.text or "").strip():
                self.say(into, node_copy.text)
                tail = node_copy.tail
                into.remove(node_copy)
                self.say(into, tail)
        else:
            # Text that the site marks with a hook of its own is separate, whatever its tag.
            opened = tag in PHRASING and tag != "a"
            apart = None if opened and not node.get("data-hook") else " "
            self.say(into, apart)
            self._line(node, into, depth + 1)
            self.say(into, apart)

    def _image(self, node: Element, into: Element) -> None:
        inner = node if node.tag != "wow-image" else next(node.iter("img"), node)
        url = (inner.get("data-pin-media") or inner.get("src") or "").strip()
        if not url or url.startswith("data:"):
            infos = (image_data(n.get("data-image-info")) for n in (node, *node.iterancestors("wow-image")))
            uri = next((info["uri"] for info in infos if info.get("uri")), None)
            url = MEDIA_URL + uri if isinstance(uri, str) else ""
        if not url:
            return
        alt, same = inner.get("alt"), image_key(url)
        if self.image is None or image_key(self.image.get("src") or "") != same:
            self.image = _new(into, "img")
            self.image.set("src", url)
        # Galleries contain each image twice: a small, blurred preview, and the image that replaces it.
        if alt and not self.image.get("alt"):
            self.image.set("alt", alt)


def normalize_html(node: Element) -> Element:
    """Return the content of an element as a `<div>` of plain blocks."""
    root = element("div")
    _Builder().flow(node, root)
    _drop_empty(root)
    return root


def _placeholder(node: Element) -> Element | None:
    """Return what the Markdown writer's comment for missing content is in the review; None for any other node."""
    match = _MISSING.match(node.text or "") if isinstance(node, etree._Comment) else None
    return element("p", match[1] or "?", class_="missing") if match else None


def _checkbox(node: Element) -> str:
    if node.get("type") != "checkbox":
        return ""
    return "\N{BALLOT BOX WITH CHECK} " if node.get("checked") is not None else "\N{BALLOT BOX} "


def _new(parent: Element, tag: str) -> Element:
    child = element(tag)
    parent.append(child)
    return child


def _mark_of(node: Element, tag: str) -> str | None:
    """Return the element of the vocabulary that formats words like an inline element."""
    name, style = _INLINE.get(tag), node.get("style") or ""
    if name is None:
        return next((mark for mark, styled in _STYLED.items() if tag == "span" and styled.search(style)), None)
    return None if name in _UNMARKED and _UNMARKED[name].search(style) else name


def _within(node: Element, tag: str) -> bool:
    return node.tag == tag or any(True for _ in node.iterancestors(tag))


def _keep_id(node: Element, node_copy: Element) -> None:
    name = node.get("id") or node.get("name") if node.tag == "a" else node.get("id")
    if name and len(name) < 200:
        node_copy.set("id", name)


def _holds_blocks(node: Element) -> bool:
    return any(n.tag in _STARTS_BLOCK and n.tag not in ("div", "figure") for n in node.iterdescendants()) or (
        node.tag not in _INLINE and any(n.tag in ("div", "figure") for n in node)
    )


def _player(node: Element, into: Element) -> None:
    url = node.get("src") or next((str(s.get("src")) for s in node.iter("source") if s.get("src")), "")
    url = (video_page_url(url) or url).strip()
    if url.startswith("//"):
        url = "https:" + url
    poster = node.get("poster") or background_url(node.get("style"))
    node_copy = _new(into, "a" if url else "em")
    node_copy.set("class", "player")
    if url:
        node_copy.set("href", url)
    node_copy.text = f"\N{BLACK RIGHT-POINTING TRIANGLE} {url or poster or node.tag!s}"[:300]


def _drop_empty(root: Element) -> None:
    """Remove paragraphs, lists and wrappers of cells that have neither text nor images."""
    for node in reversed(list(root.iterdescendants("p", "ul", "ol", "li", "blockquote", *HEADINGS))):
        if (
            node.get("id") is None
            and all(child.tag == "br" for child in node)
            and not "".join(map(str, node.itertext())).strip()
        ):
            remove_element(node)


def _keep_numbers_and_alignment(node: Element, node_copy: Element) -> None:
    for name in ("start", "colspan", "rowspan"):
        if (value := node.get(name)) and value.isascii() and value.isdigit() and len(value) < 6:
            node_copy.set(name, value)
    if (align := node.get("align")) in ("left", "center", "right"):
        node_copy.set("align", align)
