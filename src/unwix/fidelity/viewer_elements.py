"""Recognize single elements of a rendered page, for the facts of the page."""

from __future__ import annotations

from lxml import etree

from ..model.article import Element
from ..web.saved_links import LOCAL_FILE
from ..web.tags import IMAGES
from ..wix.hooks import SPOILER_BUTTONS
from ..wix.media_urls import image_data

#: Hooks of elements with one image and its caption.
_IMAGE_HOOKS = ("imageViewer", "image-viewer", "figure-IMAGE")
#: The hook of a gallery's blurred image ends so.
_PREVIEW = "-preload"
_NAMED_BY_URL = ("iframe", "embed", "object", "video", "audio", "link[@rel='canonical']", "meta[@property='og:url']")


def shown_in(frame: Element) -> Element | None:
    """Return the page that a browser saved inside a frame without a URL."""
    code = frame.get("srcdoc")
    if not code or (frame.get("src") or "").startswith(("http:", "https:", "//")):
        return None
    try:
        page = etree.fromstring(code, etree.HTMLParser(remove_comments=True))
    except (etree.XMLSyntaxError, ValueError):
        return None
    if page is None or any(page.find(f".//{tag}") is not None for tag in _NAMED_BY_URL):
        return None  # it is written as a link
    return page.find("body")


def image_source(node: Element, tag: str) -> str | None:
    """Return the URL or id of an image of the post; None if it states none, or is not one of its own."""
    if tag == "wow-image":
        uri = image_data(node.get("data-image-info")).get("uri") or node.get("id")
        return uri if isinstance(uri, str) and "{" not in uri else None
    if tag == "img" and (node.getparent() is None or next(node.iterancestors("wow-image"), None) is not None):
        return None
    source = node.get("data-pin-media") or node.get("src") or ""
    other = (node.get("srcset") or "").strip().partition(" ")[0]
    if other.startswith("https://") and LOCAL_FILE.match(source):
        source = other
    is_empty = not source or source.startswith("data:") or source.endswith("/media/")
    return None if is_empty or _is_preview(node) else source


def _is_preview(image: Element) -> bool:
    """Return True for the preview of another image of its gallery item; a page saved early has only the preview."""
    if not (image.get("data-hook") or "").endswith(_PREVIEW):
        return False
    item = next((node for node in image.iterancestors() if (node.get("data-hook") or "").startswith("item-")), None)
    others = () if item is None else item.iter("img")
    return any(other.get("src") and not (other.get("data-hook") or "").endswith(_PREVIEW) for other in others)


def is_line_button(node: Element, tag: str) -> bool:
    """Return True for a button that contains only text: it is part of its line unless a hook marks it as a block."""
    return tag == "button" and not node.get("data-hook") and len(node) == 0


def is_in_row(cell: Element) -> bool:
    """Return True for a cell that a browser shows as one; elsewhere, browsers ignore the tags."""
    parent = cell.getparent()
    return parent is not None and parent.tag == "tr"


def has_spoiler_button(node: Element) -> bool:
    """Return True for the element around the button that reveals a spoiler."""
    return any((child.get("data-hook") or "") in SPOILER_BUTTONS for child in node)


def is_image_with_text(figure: Element) -> bool:
    """Return True for a figure without hooks that contains an image: the text next to the image is its caption."""
    parts = list(figure.iter("img", "wow-image", "amp-img", "div", "video", "iframe"))
    return any(part.tag in IMAGES for part in parts) and not any(part.get("data-hook") for part in parts)


def is_in_figure(node: Element, tag: str) -> bool:
    """Return True for an image of a figure: its caption begins a line."""
    return tag in IMAGES and any(
        parent.tag == "figure" or (parent.get("data-hook") or "").startswith(_IMAGE_HOOKS)
        for parent in node.iterancestors()
    )


def is_divider(hook: str) -> bool:
    """Return True for the hook of a divider."""
    name = hook.split(" ", 1)[0]
    return name == "divider" or name.startswith("divider-")


def is_in_title(node: Element) -> bool:
    """Return True inside the title of a collapsible item: a summary is one line, which cannot be a quote."""
    return any(
        (a.get("data-hook") or "") == "collapsible-list-item-title" or _is_old_title(a) for a in node.iterancestors()
    )


def _is_old_title(node: Element) -> bool:
    """Return True for the first child of a collapsible item until 2022, which contains a button and the title."""
    parent = node.getparent()
    return parent is not None and parent[0] is node and is_old_item(parent)


def is_old_item(node: Element) -> bool:
    """Return True for a collapsible item until 2022."""
    if node.get("index") is None or not len(node):
        return False
    return any((n.get("data-hook") or "").startswith("ExpandCollapseButton") for n in node[0])


def collapsible_title(item: Element) -> Element | None:
    """Return the title of a collapsible item."""
    return next((n for n in item.iter() if n.get("data-hook") == "collapsible-list-item-title"), None)
