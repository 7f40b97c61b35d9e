"""MkDocs: pages for its default theme or Material.

The themes of MkDocs show no title, so each post begins with it as a heading. MkDocs resolves URLs in Markdown only, so
images stay Markdown, and galleries are images. Collapsibles are HTML. Drafts are in `drafts/`, outside `docs/`.
For Material's blog plugin use `--theme material`: it shows the titles, collapsibles contain Markdown (extension
`md_in_html`), and `.authors.yml` has the authors.
"""

from __future__ import annotations

import re

from ...model.article import Element
from ..markdown.blocks import HtmlBlocks, MarkdownBlocks
from ..markdown.flavor import MarkdownFlavor
from ..markdown.heading_ids import ascii_heading_id
from ..markdown.interfaces import ArticleWriter
from ..target import USUAL_NAMES, FrontMatter, SitePages, Target
from .jekyll import WITHOUT_MARKDOWN_ATTRIBUTE
from .pelican import PYTHON_MARKDOWN


class MkDocsBlocks(HtmlBlocks):
    """HTML only if it contains no URL of the site: MkDocs resolves those in Markdown only."""

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
        """Return a collapsible section as HTML: MkDocs reads Markdown in it only with `markdown="1"`."""
        return writer.html_of(el)

    def button(self, writer: ArticleWriter, el: Element, position: str) -> str:
        """Return a button as a link."""
        return MarkdownBlocks.button(self, writer, el, position)


class MaterialBlocks(MkDocsBlocks):
    """The extension `md_in_html`, which `--theme material` turns on: collapsible sections contain Markdown."""

    def details(self, writer: ArticleWriter, el: Element, summary: Element | None) -> str:
        """Return a collapsible section: its title in HTML, the rest in Markdown. One inside another block is HTML."""
        parent = el.getparent()
        if parent is None or parent.tag != "article":
            return super().details(writer, el, summary)
        return MarkdownBlocks.details(self, writer, el, summary)

    def details_opening(self, title: str) -> str:
        """Return the beginning of a collapsible section: Markdown is read in it only with this attribute."""
        return f'<details markdown="1">\n<summary>{title}</summary>'


TARGET = Target(
    "mkdocs",
    path="docs/{lang}/post/{slug}.md",
    drafts="drafts/{lang}/{slug}.md",
    shows_title=True,
    title_heading=True,
    base="docs",
    front=FrontMatter(
        names={**USUAL_NAMES, "language": "lang"},
        html=frozenset({"title", "description", "authors", "categories", "tags"}),
    ),
    flavor=MarkdownFlavor(
        "mkdocs",
        MkDocsBlocks(),
        slug=ascii_heading_id,
        readings=(WITHOUT_MARKDOWN_ATTRIBUTE, *HtmlBlocks.readings),
        **PYTHON_MARKDOWN,
    ),
    url="/{place}/",
    pages=SitePages({"home": "/"}, static="docs"),
    media="docs/media",
    links="relative",
    links_between="files",
)
