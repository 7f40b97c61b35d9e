"""HTML inside Markdown: tables with merged cells, titles of collapsibles, captions."""

from __future__ import annotations

from typing import ClassVar

from ..article_html import ArticleHtml


class MarkdownHtml(ArticleHtml):
    """HTML without the blank lines that would end it in Markdown: line ends of code are character references."""

    code_line_end: ClassVar[str] = "&#10;"
    row_end: ClassVar[str] = "\n"
