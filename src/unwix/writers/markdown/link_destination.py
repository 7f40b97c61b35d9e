"""Write URLs in Markdown, in parentheses or bare."""

from __future__ import annotations

import html
import re

_ENTITY = re.compile(r"&#?\w+;")


def destination(href: str, title: str | None = None) -> str:
    """Return a link's URL and title for use in `(…)`: spaces encoded, parentheses balanced or encoded."""
    href = re.sub(r"[\s<>\x00-\x1f\x7f\\`]", lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), href)
    href = re.sub(r"&(?=#?\w+;)", "&amp;", href)
    if not _balanced(href):
        href = href.replace("(", "%28").replace(")", "%29")
    return href + (f' "{html.escape(title, quote=True)}"' if title else "")


def may_be_bare(href: str) -> bool:
    """Return whether a URL can be written as `<URL>`, which a backquote, a backslash or an entity prevents."""
    return re.match(r"(https?|mailto|tel|ftp):[^\s<>\\`\x00-\x1f\x7f]+$", href) is not None and not _ENTITY.search(href)


def _balanced(text: str) -> bool:
    depth = 0
    for c in text:
        depth += (c == "(") - (c == ")")
        if depth < 0:
            return False
    return depth == 0
