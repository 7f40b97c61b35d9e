"""HTML: article elements as HTML text.

For what Markdown cannot say (tables with lists in cells, titles of `<details>`).
"""

from __future__ import annotations

import html
import re
from typing import Any

from bs4 import Tag
from bs4.element import NavigableString

_VOID = frozenset({"br", "img", "hr", "input"})
_KEPT = frozenset({"href", "src", "alt", "title", "colspan", "rowspan", "start", "id", "type", "checked", "disabled"})


def missing(text: str) -> str:
    """The mark of what the source did not carry: a comment, which its text cannot end."""
    said = re.sub(r"-{2,}", "–", " ".join(text.split())).replace(">", "›").replace("<", "‹")
    return f"<!-- unwix: {said} -->"


def inner_html(node: Tag, outer: bool = False) -> str:
    """The HTML inside an element (or of it, with `outer`), on one line.

    A blank line would end an HTML block in Markdown.
    """
    inside = "".join(_html(child) for child in node.children)
    return _wrap(node, inside) if outer else inside


def _html(node: Any) -> str:
    if isinstance(node, NavigableString):
        return html.escape(str(node).replace("\n", " "), quote=False)
    if node.name == "pre":
        return f"<pre>{html.escape(node.get_text(), quote=False).replace(chr(10), '&#10;')}</pre>"
    if node.get("class") == "missing":
        return missing(node.get_text())
    if node.name == "a" and not node.get_text(strip=True) and node.find("img") is None:
        address = html.escape(str(node.get("href") or ""))
        return f'<a href="{address}">{address}</a>'
    return _wrap(node, "".join(_html(child) for child in node.children))


def _wrap(node: Tag, inside: str) -> str:
    attributes = "".join(f' {name}="{html.escape(str(value))}"' for name, value in node.attrs.items() if name in _KEPT)
    if node.name in _VOID:
        return f"<{node.name}{attributes}>"
    return f"<{node.name}{attributes}>{inside}</{node.name}>"
