"""Pelican 4: Python-Markdown with `extra`, fields as `Key: value` lines.

HTML in titles is escaped, as themes print titles as HTML. Pelican has one category for each post: the first; all of
them are in `Categories`. Each post sets its file and URL. A post without a date becomes a page. Translations have the
slug of the post that they translate, and their `Lang`. A draft has the status `skip`, because Pelican publishes a
`draft` at a URL that nothing links to.
"""

from __future__ import annotations

import html
import re
from typing import Any

from ...model.article import Element
from ..markdown.blocks import HtmlBlocks
from ..markdown.flavor import MarkdownFlavor
from ..markdown.interfaces import ArticleWriter
from ..markdown.reserved_syntax import LINE_START, LINK_NOTE, LOOSE_UNDERSCORE, NOTE_LABEL, reserve
from ..target import USUAL_NAMES, FrontMatter, SitePages, Target
from .hugo import WITHOUT_HEADING_ID
from .jekyll import BEGINS_BLOCK, WITHOUT_CLASSES, WITHOUT_MARKDOWN_ATTRIBUTE, JekyllBlocks

_IN_HEADINGS = (
    r"[\\`*<{~]",
    LOOSE_UNDERSCORE,
    r"\[(?=\^|TOC\])",
    LINK_NOTE,
    NOTE_LABEL,
    r"&(?=#?\w+;)",
    r"(?<=\S)\s*#+$",
)
_IN_LINES = (*_IN_HEADINGS, *BEGINS_BLOCK, rf"{LINE_START}[-+>#=|]")
_ESCAPED = "\\`*_{}[]()>#+-.!"
#: The syntax of Python-Markdown; MkDocs uses it too.
PYTHON_MARKDOWN: dict[str, Any] = {
    "reserved": reserve(*_IN_LINES, backslash=_ESCAPED),
    "reserved_in_headings": reserve(*_IN_HEADINGS, backslash=_ESCAPED),
    "hard_break": "  \n",
    "strict_marks": True,
    "strike": False,
    "tasks": False,
    "indent": 4,
    "list_end": "<!-- -->",
    "simple_lists": True,
    "start": "html",
    "header_only_tables": False,  # Python-Markdown adds an empty row
    "html_code_with_bar": True,
    "fence_language": "text",
    "auto_links": "https?:",
}


class PelicanBlocks(JekyllBlocks):
    """HTML, and the attributes of Python-Markdown's `extra`, which Pelican turns on.

    Pelican warns of each `alt=""`; an `alt` without a value means the same.
    """

    def raw(self, markup: str) -> str:
        """Return HTML with such an `alt`."""
        return re.sub(r'(<img [^>]*?alt)=""', r"\1", super().raw(markup))

    def image(self, writer: ArticleWriter, el: Element, alt: str) -> str:
        """Return an image as Markdown if it has an alternative text, else as HTML."""
        if alt:
            return super().image(writer, el, alt)
        return self.raw(f'<img src="{html.escape(el.get("src") or "")}" alt="">')

    def details_opening(self, title: str) -> str:
        """Return the beginning of a collapsible section: `md_in_html` ignores elements without the attribute."""
        return f'<details markdown="1">\n<summary>{title}</summary>'


TARGET = Target(
    "pelican",
    path="content/{lang}/{slug}.md",
    shows_title=True,
    undated="content/pages/{lang}/{slug}.md",
    base="content",
    front=FrontMatter(
        format="meta",
        names={**USUAL_NAMES, "updated": "modified", "description": "summary", "language": "lang"},
        draft=("status", "skip"),  # Pelican publishes a `draft` below `/drafts/`
        url="url",
        file="save_as",
        html=frozenset({"title", "categories", "tags", "authors", "category"}),
        markdown=frozenset({"description"}),
        one_category=True,
        needs_title=True,
        shared_slugs=True,
        draft_url="none",
    ),
    flavor=MarkdownFlavor(
        "pelican",
        PelicanBlocks(),
        heading_id=True,
        own_urls=re.compile(r"\{(?:static|filename|attach)\}"),
        readings=(WITHOUT_HEADING_ID, WITHOUT_CLASSES, WITHOUT_MARKDOWN_ATTRIBUTE, *HtmlBlocks.readings),
        **PYTHON_MARKDOWN,
    ),
    url="/post/{place}/",
    # docs.getpelican.com/settings
    pages=SitePages(
        {
            "category": "/category/{name}.html",
            "tag": "/tag/{name}.html",
            "author": "/author/{name}.html",
            "home": "/",
            "feed": "/feeds/all.atom.xml",
        },
        static="content/extra",
    ),
    media="content/images",
    media_url="{{static}}/images/{name}",
)
