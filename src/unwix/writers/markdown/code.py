"""Code: between backquotes and fences, where nothing can be escaped, or as HTML where these cannot say it."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from .escaping import escape_all

if TYPE_CHECKING:
    from .flavor import MarkdownFlavor

#: Signs that in HTML inside of a line are still Markdown, as character references.
SIGNS = {ord(sign): f"&#{ord(sign)};" for sign in "|{}[]*_`\\~^$#="}


def code_span(text: str, dialect: MarkdownFlavor, in_cell: bool, in_link: bool) -> str:
    """Code in a line of text."""
    text = re.sub(r"[\t\r\n]+", " ", text)
    quoted = dialect.quote(text)
    # No code span can say a backslash before a bar in a table's cell, nor `]:` in a link that begins a paragraph.
    bar = "|" if dialect.html_code_with_bar else "\\|"
    if quoted is None or (in_cell and bar in text) or (in_link and "]" in text):
        return _in_html(text, dialect)
    fence = "`" * (_longest_run(quoted) + 1)
    pad = " " if quoted[0] in "` " or quoted[-1] in "` " else ""
    return f"{fence}{pad}{quoted}{pad}{fence}"


def _in_html(text: str, dialect: MarkdownFlavor) -> str:
    if dialect.is_plain:
        said = escape_all(text).replace("\\|", "&#124;")
        return f"<code>{said}</code>"
    return dialect.forms.raw(f"<code>{html.escape(text, quote=False).translate(SIGNS)}</code>")


def code_block(text: str, dialect: MarkdownFlavor) -> str:
    """Lines of code."""
    quoted = dialect.quote(text)
    if quoted is None:
        lines = html.escape(text, quote=False).replace("\n", "&#10;")
        return dialect.forms.raw(f"<pre><code>{lines}</code></pre>")
    fence = "`" * max(3, _longest_run(quoted) + 1)
    return f"{fence}{dialect.fence_language}\n{quoted}\n{fence}"


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)
