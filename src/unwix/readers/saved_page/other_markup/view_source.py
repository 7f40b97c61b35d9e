"""Read the source of a page from a page that shows it: Firefox and Chrome display `view-source:` as HTML."""

from __future__ import annotations

from lxml import etree

from ....model.article import text_of

#: Firefox's body, and the cells of Chrome's table, near the beginning of the page.
_SIGNS, _HEAD = (b'id="viewsource"', b'"line-content"'), 10_000


def undo_view_source(raw: bytes) -> bytes:
    """Return the page whose source a page shows; any other page unchanged."""
    if not any(raw.find(sign, 0, _HEAD) >= 0 for sign in _SIGNS):
        return raw
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
    try:
        tree = etree.fromstring(raw, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return raw
    if tree is None:
        return raw
    lines = [text_of(cell) for cell in tree.iter("td") if cell.get("class") == "line-content"]
    blocks = [text_of(block) for body in tree.iter("body") if body.get("id") == "viewsource" for block in body]
    shown = "\n".join(lines) if lines else "".join(blocks)
    return shown.encode("utf-8", "replace") if "<html" in shown.lower() else raw
