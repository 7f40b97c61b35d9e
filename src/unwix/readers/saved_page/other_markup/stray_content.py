"""Restore content of a post that stray end tags moved out of its body.

AMP pages, the old blog and other apps have no block ids that identify the elements of a post. In a page with too many
end tags, text blocks that directly follow the body belong to it; parts of a template have ids, hooks or classes.
"""

from __future__ import annotations

import re
from collections import Counter

from ....model.article import Element, text_of
from ....web.tags import LANDMARKS
from ..cut_scripts import cut_scripts
from ..parse import HtmlPage

_TAGS = re.compile(rb"<(/?)(div|section|article|main)\b", re.I)
_WRAPPERS = frozenset({"div", "section", "article", "main", "span"})


def has_stray_ends(page: HtmlPage) -> bool:
    """Return True if a page has more end tags than start tags, and record it."""
    tags = Counter((tag[2].lower(), tag[1]) for tag in _TAGS.finditer(cut_scripts(page.raw).html))
    page.stray_ends = any(tags[name, b"/"] > tags[name, b""] for name, _ in tags)
    return page.stray_ends


def take_stray_content(page: HtmlPage, body: Element) -> None:
    """Move text blocks into the body that follow it because the page has too many end tags."""
    if not has_stray_ends(page):
        return
    around: Element | None = body
    while around is not None and around.tag not in ("body", "html"):
        _append_text(body, around)
        for sibling in list(around.itersiblings()):
            if _is_part_of_template(sibling):
                return
            body.append(sibling)
        around = around.getparent()


def _append_text(body: Element, around: Element) -> None:
    """Move the text that follows an element into the body."""
    text, around.tail = around.tail or "", None
    if not text.strip():
        return
    if len(body):
        body[-1].tail = (body[-1].tail or "") + text
    else:
        body.text = (body.text or "") + text


def _is_part_of_template(node: Element) -> bool:
    if not isinstance(node.tag, str):
        return False
    if node.tag in LANDMARKS or node.get("id") or node.get("data-hook"):
        return True
    linked = sum(len(text_of(link).split()) for link in node.iter("a"))
    return node.tag in _WRAPPERS and (node.get("class") is not None or 0 < len(text_of(node).split()) <= linked)
