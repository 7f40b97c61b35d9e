"""Parse the HTML in the items of a feed."""

from __future__ import annotations

import re

from lxml import etree

from ..model.article import Element
from ..web.text_cleaning import markup_without_controls
from .saved_page.injected_markup import take_out
from .saved_page.parse import empty_embeds

#: Self-closing XML elements: an HTML parser would leave them open, so that they contain all that follows.
_SELF_CLOSED = re.compile(r"<((?:iframe|video|audio|span|div|p|a)\b[^<>]*)/>", re.I)
#: A width or a height of at most one pixel, in an attribute or a style.
_ONE = re.compile(r"\s*[01](?:\.0*)?(?:px)?\s*\Z")
_ONE_IN_STYLE = {
    side: re.compile(rf"(?:\A|;)\s*{side}\s*:\s*[01](?:px)?\s*(?:!important)?\s*(?:;|\Z)")
    for side in ("width", "height")
}


def parse_html(text: str | None) -> Element | None:
    """Return the body of a piece of HTML, None if it is empty."""
    if text is None:
        return None
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    page = b"<html><body>" + closed(text) + b"</body></html>"
    page = markup_without_controls(page)
    try:
        tree = etree.fromstring(page, parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    take_out(tree, page)
    empty_embeds(tree)
    _drop_pixels(tree)
    body = tree.find("body")
    return body if body is not None and (len(body) or (body.text or "").strip()) else None


def closed(text: str) -> bytes:
    """Return a piece of XHTML as HTML: self-closing elements get an end tag."""
    return _SELF_CLOSED.sub(lambda match: f"<{match[1]}></{match[1].split()[0]}>", text).encode("utf-8", "replace")


def _drop_pixels(tree: Element) -> None:
    """Remove images of one pixel, by which newsletters and services count their readers."""
    for image in list(tree.iter("img")):
        style = (image.get("style") or "").lower()
        if all(_ONE.match(image.get(side) or "") or pattern.search(style) for side, pattern in _ONE_IN_STYLE.items()):
            _drop(image)


def _drop(image: Element) -> None:
    parent = image.getparent()
    if parent is None:
        return
    tail, above = image.tail or "", image.getprevious()
    if above is not None:
        above.tail = (above.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(image)
