"""MkDocs: pages for its default theme or Material.

MkDocs resolves URLs in Markdown only, so images stay Markdown, and galleries are images. Collapsibles are HTML.
Drafts are in `drafts/`, outside `docs/`. For Material's blog plugin use `--theme material`, which writes `.authors.yml`
with the authors.
"""

from __future__ import annotations

import re

from ...model.article import Element
from ..markdown.blocks import HtmlBlocks, MarkdownBlocks
from ..markdown.flavor import MarkdownFlavor
from ..markdown.heading_ids import ascii_heading_id
from ..markdown.interfaces import ArticleWriter
from ..target import USUAL_NAMES, FrontMatter, SitePages, Target
from .pelican import PYTHON_MARKDOWN


class MkDocsBlocks(HtmlBlocks):
    """HTML only where nothing in it is a URL of the site: MkDocs resolves those in Markdown alone."""

    def figure(self, writer: ArticleWriter, el: Element, caption: Element | None) -> str:
        """Return images as Markdown, with the caption in italics below them; players as HTML."""
        caption_html = f"<figcaption>{writer.html.inline(caption)}</figcaption>" if caption is not None else ""
        link = el.find(".//a")
        outside = link is not None and re.match(r"https?://", link.get("href") or "")
        return (self.player(el, caption_html) if outside else None) or MarkdownBlocks.figure(self, writer, el, caption)

    def gallery(self, writer: ArticleWriter, el: Element) -> str:
        """Return the images of a gallery, one after another."""
        return MarkdownBlocks.gallery(self, writer, el)

    def details(self, writer: ArticleWriter, el: Element, summary: Element | None) -> str:
        """Return a collapsible as HTML: MkDocs reads Markdown in it only with `markdown="1"`."""
        return writer.html_of(el)

    def button(self, writer: ArticleWriter, el: Element, position: str) -> str:
        """Return a button as a link."""
        return MarkdownBlocks.button(self, writer, el, position)


TARGET = Target(
    "mkdocs",
    path="docs/{lang}/post/{slug}.md",
    drafts="drafts/{lang}/{slug}.md",
    base="docs",
    front=FrontMatter(
        names={**USUAL_NAMES, "language": "lang"},
        html=frozenset({"title", "description", "authors", "categories", "tags"}),
    ),
    flavor=MarkdownFlavor(
        "mkdocs", MkDocsBlocks(), slug=ascii_heading_id, readings=HtmlBlocks.readings, **PYTHON_MARKDOWN
    ),
    url="/{place}/",
    pages=SitePages({"home": "/"}, static="docs"),
    media="docs/media",
    links="relative",
    links_between="files",
)
