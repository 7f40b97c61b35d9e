"""Jekyll: kramdown with GFM, run through Liquid first.

Works with Jekyll 4 and the 3.10 of GitHub Pages. `{{` and `{%` of the author's text are inside `{% raw %}`. Each post
sets its URL (`permalink`), whatever `_config.yml` says. `redirect_from` is read by the plugin jekyll-redirect-from.
Drafts are `published: false`. A post without a date cannot be in `_posts` and becomes a page. Jekyll publishes every
file of the directory: put `exclude: [report.json, media.json]` into `_config.yml`.
"""

from __future__ import annotations

from ...model.article import Element
from ...web.github_ids import github_id
from ..markdown.blocks import HtmlBlocks
from ..markdown.flavor import MarkdownFlavor
from ..markdown.interfaces import ArticleWriter
from ..markdown.read_back import Reading
from ..markdown.reserved_syntax import (
    DEFINITION,
    HEADING_ID,
    LINE_START,
    LINK_NOTE,
    LOOSE_UNDERSCORE,
    NOTE_LABEL,
    REFERENCE,
    liquid_raw,
    reserve,
    without_liquid_raw,
)
from ..target import USUAL_NAMES, FrontMatter, SitePages, Target
from .hugo import WITHOUT_HEADING_ID

_IN_HEADINGS = (
    r"[\\`*<|~]",
    LOOSE_UNDERSCORE,
    r"\{(?=:)",
    r"\[(?=\^)",
    LINK_NOTE,
    NOTE_LABEL,
    r"\$(?=\$)",
    r"(?<=\$)\$",
    r">(?=>)",
    r"(?<=>)>",
)
#: Characters that begin a block at the beginning of a line, which the text of a heading never does.
BEGINS_BLOCK = (DEFINITION, rf"{LINE_START}\d+\.(?=\s)", REFERENCE)
_IN_LINES = (*_IN_HEADINGS, *BEGINS_BLOCK, rf"{LINE_START}[-+>^]", rf"{LINE_START}#(?=#*\s)")
_ESCAPED = "\\.*_+`<>()[]{}#!:|\"'$=-"
#: kramdown's attribute lists, and the attribute with which it reads Markdown in HTML.
WITHOUT_CLASSES: Reading = (r"(?m)^[ >]*\{: ?(?:\.button|start=\"\d+\") ?\}\n?|(?<=\))\{: ?\.button ?\}", "")
#: kramdown's two backslashes at a line's end.
HARD_BREAK: Reading = (r"\\\\\n(?=[ >]*[^\s>])", "\\\\\n")
WITHOUT_MARKDOWN_ATTRIBUTE: Reading = (r'<(details|summary) markdown="[01]">', r"<\1>")


class JekyllBlocks(HtmlBlocks):
    """HTML, and kramdown's attributes."""

    def details_opening(self, title: str) -> str:
        """Return the beginning of a collapsible section: kramdown reads Markdown in HTML only with this attribute."""
        return f'<details markdown="1">\n<summary markdown="0">{title}</summary>'

    def button(self, writer: ArticleWriter, el: Element, position: str) -> str:
        """Return a link with kramdown's class."""
        line = writer.line(writer.inline_of(el), position)
        return line + "{: .button}" if line.endswith(")") and el.find("a") is not None else line


TARGET = Target(
    "jekyll",
    path="_posts/{lang}/{date}-{slug}.md",
    shows_title=True,
    draws_cover=True,
    undated="post/{lang}/{slug}.md",
    base="_posts",
    dated=True,
    front=FrontMatter(
        names={
            **USUAL_NAMES,
            "updated": "last_modified_at",
            "authors": "author",
            "cover": "image.path",
            "cover_alt": "image.alt",
            "language": "lang",
            "translation_id": "page_id",
        },
        draft=("published", False),
        fixed={"layout": "post"},
        url="permalink",
        aliases="redirect_from",
        one_author=True,
    ),
    flavor=MarkdownFlavor(
        "jekyll",
        JekyllBlocks(),
        slug=github_id,
        heading_id=True,
        reserved=reserve(*_IN_LINES, backslash=_ESCAPED),
        reserved_in_headings=reserve(*_IN_HEADINGS, HEADING_ID, backslash=_ESCAPED),
        finish=liquid_raw,
        hard_break="\\\\\n",
        strict_marks=True,
        list_end="<!-- -->",
        start="attribute",
        header_only_tables=False,
        html_code_with_bar=True,
        auto_links="https?:",
        readings=(HARD_BREAK, WITHOUT_HEADING_ID, WITHOUT_CLASSES, WITHOUT_MARKDOWN_ATTRIBUTE, *HtmlBlocks.readings),
        unfinish=without_liquid_raw,
    ),
    url="/post/{place}/",
    # jekyllrb.com: minima, jekyll-feed
    pages=SitePages({"home": "/", "feed": "/feed.xml"}),
    media="assets/media",
    media_url="/assets/media/{name}",
)
