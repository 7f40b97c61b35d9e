"""Write code between backquotes and fences, in which nothing can be escaped, or as HTML."""

from __future__ import annotations

import html
import re

from .backslashes import escape_all
from .flavor import MarkdownFlavor

#: Characters that have a meaning in inline HTML within Markdown, as character references.
REFERENCES = {ord(char): f"&#{ord(char)};" for char in "|{}[]*_`\\~^$#="}


def code_span(text: str, flavor: MarkdownFlavor, in_cell: bool, in_link: bool) -> str:
    """Return code in a line of text."""
    text = re.sub(r"[\t\r\n]+", " ", text)
    protected = flavor.protect_code(text)
    # No code span can contain a backslash before a bar in a table cell, or `]:` in a link that begins a paragraph.
    bar = "|" if flavor.html_code_with_bar else "\\|"
    if protected is None or (in_cell and bar in text) or (in_link and "]" in text):
        return _in_html(text, flavor)
    fence = "`" * (_longest_run(protected) + 1)
    pad = " " if protected[0] in "` " or protected[-1] in "` " else ""
    return f"{fence}{pad}{protected}{pad}{fence}"


def _in_html(text: str, flavor: MarkdownFlavor) -> str:
    if flavor.is_plain:
        return "<code>" + escape_all(text).replace("\\|", "&#124;") + "</code>"
    return flavor.blocks.raw(f"<code>{html.escape(text, quote=False).translate(REFERENCES)}</code>")


def code_block(text: str, flavor: MarkdownFlavor) -> str:
    """Return lines of code."""
    protected = flavor.protect_code(text)
    if protected is None:
        lines = html.escape(text, quote=False).replace("\n", "&#10;")
        return flavor.blocks.raw(f"<pre><code>{lines}</code></pre>")
    fence = "`" * max(3, _longest_run(protected) + 1)
    return f"{fence}{flavor.fence_language}\n{protected}\n{fence}"


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)
