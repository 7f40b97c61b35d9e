"""Define the protocols between the Markdown writer and the blocks of a flavor."""

from __future__ import annotations

from typing import Protocol

from ...model.article import Element
from ..article_html import ArticleHtml


class InlineWriter(Protocol):
    """The part of a writer that writes lines."""

    def link(self, text: str, href: str, title: str | None = None) -> str:
        """Return a link around text that may contain marks."""
        ...

    def raw(self, markdown: str) -> str:
        """Return a mark for finished Markdown, which is not escaped again."""
        ...

    def write(self, line: str, position: str) -> str:
        """Return a raw line as Markdown for a position."""
        ...


class ArticleWriter(Protocol):
    """The methods of the writer that the blocks of a flavor may use."""

    @property
    def inline(self) -> InlineWriter:
        """Return the part that writes lines."""
        ...

    @property
    def html(self) -> ArticleHtml:
        """Return the serializer for HTML inside this article."""
        ...

    def line(self, raw: str, position: str) -> str:
        """Return a raw line as Markdown for a position."""
        ...

    def inline_of(self, el: Element, skip: Element | None = None) -> str:
        """Return the content of an element as a raw line, without one of its children."""
        ...

    def blocks_of(self, el: Element, skip: Element | None = None) -> str:
        """Return the blocks in an element as Markdown, without one of its children."""
        ...

    def html_of(self, el: Element) -> str:
        """Return an element as HTML that the flavor passes through."""
        ...

    def destination(self, href: str) -> str:
        """Return a URL in the form of a link destination."""
        ...

    def without_braces(self, href: str) -> str:
        """Return a URL in which no generator finds a template."""
        ...


class BlockSyntax(Protocol):
    """Writes the blocks for which Markdown has no syntax."""

    def html_writer(self, ids: dict[str, str]) -> ArticleHtml:
        """Return the serializer of elements that are written as HTML."""
        ...

    def raw(self, markup: str) -> str:
        """Return HTML that is passed through."""
        ...

    def anchor(self, identity: str) -> str:
        """Return a link target."""
        ...

    def anchored(self, text: str, identity: str, inside: bool) -> str:
        """Return a block with a link target in it (`inside`) or before it."""
        ...

    def fragment(self, identity: str) -> str:
        """Return the fragment of a link to such a target."""
        ...

    def figure(self, writer: ArticleWriter, el: Element, caption: Element | None) -> str:
        """Return an image or a player with its caption."""
        ...

    def gallery(self, writer: ArticleWriter, el: Element) -> str:
        """Return a group of images."""
        ...

    def details(self, writer: ArticleWriter, el: Element, summary: Element | None) -> str:
        """Return a collapsible section."""
        ...

    def button(self, writer: ArticleWriter, el: Element, position: str) -> str:
        """Return a link that looks like a button."""
        ...

    def missing(self, text: str, inline: bool = False) -> str:
        """Return the placeholder of missing content."""
        ...

    def image(self, writer: ArticleWriter, el: Element, alt: str) -> str:
        """Return an inline image; `alt` is its text as Markdown."""
        ...

    def link(self, writer: ArticleWriter, el: Element, href: str, text: str) -> str:
        """Return an inline link."""
        ...

    def task(self, is_done: bool) -> str:
        """Return a checkbox for positions in which `[x]` is not read as one."""
        ...
