"""Flavor: one way of writing Markdown, as data, and what its blocks and the writer ask of each other."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from bs4 import Tag

from ...model.article import Element
from . import heading_ids as headings
from . import reserved_syntax as guards
from .read_back import Reading, read_back
from .reserved_syntax import Quote, ReservedSyntax


class InlineWriter(Protocol):
    """What a writer's inline half offers to the blocks of a flavor."""

    def link(self, text: str, href: str, title: str | None = None) -> str:
        """Return a link around text that may contain marks."""
        ...

    def atom(self, markdown: str) -> str:
        """Return a mark for finished Markdown that is not escaped again."""
        ...

    def write(self, raw: str, where: str) -> str:
        """Return a raw line as Markdown for the given kind of position."""
        ...


class LineWriter(Protocol):
    """What the blocks of a flavor may ask of the writer."""

    @property
    def inline(self) -> InlineWriter:
        """Return the inline half of the writer."""
        ...

    def line(self, text: str, where: str) -> str:
        """Return a line of raw text and marks as Markdown for the given kind of position."""
        ...

    def said_in(self, el: Tag, but: Tag | None = None) -> str:
        """Return the text of all children of an element except one, as a raw line."""
        ...

    def html_of(self, el: Tag) -> str:
        """Return an element as HTML in this flavor."""
        ...

    def address(self, href: str) -> str:
        """Return a URL as it is written in a link destination."""
        ...

    def braces(self, href: str) -> str:
        """Return a URL in which no generator recognises a template."""
        ...


class BlockWriter(Protocol):
    """How a flavor writes blocks for which Markdown has no syntax."""

    def raw(self, markup: str) -> str:
        """Return HTML that is passed through."""
        ...

    def anchor(self, identity: str) -> str:
        """Return a link target."""
        ...

    def anchored(self, text: str, identity: str, inside: bool) -> str:
        """Return a block with a link target in it (`inside`) or before it."""
        ...

    def place(self, identity: str) -> str:
        """Return the fragment that links to such a target."""
        ...

    def figure(self, writer: LineWriter, el: Tag, caption: Tag | None) -> str:
        """Return an image or a player with its caption."""
        ...

    def gallery(self, writer: LineWriter, el: Tag, text: str) -> str:
        """Return a group of images."""
        ...

    def details(self, writer: LineWriter, el: Tag, summary: Tag | None, text: str) -> str:
        """Return a collapsible section."""
        ...

    def button(self, writer: LineWriter, el: Tag, text: str, where: str) -> str:
        """Return a link that looks like a button."""
        ...

    def missing(self, text: str) -> str:
        """Return the placeholder of missing content."""
        ...

    def image(self, writer: LineWriter, el: Tag, alt: str) -> str:
        """Return an inline image; `alt` is its text as Markdown."""
        ...

    def link(self, writer: LineWriter, el: Tag, href: str, text: str) -> str:
        """Return an inline link."""
        ...

    def task(self, done: bool) -> str:
        """Return a checkbox where `[x]` is not read as one."""
        ...


@dataclass(frozen=True, slots=True)
class MarkdownFlavor:
    """One way of writing Markdown. The defaults are CommonMark with GFM's tables and HTML let through."""

    name: str
    forms: BlockWriter
    """Pictures with captions, galleries, players, collapsibles, buttons, marks of what is missing."""
    heading_id: bool = False
    """Whether a heading may end in `{#id}`."""
    slug: headings.Slug | None = None
    """How the generator makes the id of a heading; None when it makes none."""
    github_ids: bool = False
    """Every heading's address is GitHub's, whatever is in it (target `markdown`)."""
    text_ids: bool = False
    """Every heading's address is its text (Obsidian)."""
    guard: ReservedSyntax | None = None
    """What must be escaped in every line, beside what CommonMark would read."""
    heading_guard: ReservedSyntax | None = None
    """The same in a heading, instead of `guard`."""
    quote: Quote = guards.same
    """How code is kept from the generator's templates."""
    finish: Callable[[str], str] | None = None
    """What is done to the whole body at the end."""
    strict_marks: bool = False
    """`**` and `_` only where any parser reads them: beside blanks. Elsewhere they are HTML."""
    html: bool = True
    """Whether HTML in the text comes through; where it does not, `forms.raw` carries it."""
    strike: bool = True
    tasks: bool = True
    """`[x]` in a list is a box."""
    indent: int | None = None
    """How far a list item's content stands in; None: under its first letter."""
    list_end: str = ""
    """What parts two lists of one kind, where another sign does not."""
    simple_lists: bool = False
    """Lists and quotes hold lines and lists alone; with anything else in them they are HTML."""
    start: str = "sign"
    """How a numbered list says its first number: `sign`, `attribute` (`{: start="3"}`) or `html`."""
    head_alone: bool = True
    """A table may have a head and nothing else."""
    html_code_with_bar: bool = False
    """Code with a `|` in a table's cell is HTML."""
    fence_language: str = ""
    """What stands behind the fence of code whose language nobody told."""
    auto_links: str = r"(https?|mailto|tel|ftp):"
    """Addresses that may stand as `<address>`."""
    safe_address: re.Pattern[str] | None = None
    """Beginnings of addresses whose braces are the generator's own."""
    reads: tuple[Reading, ...] = field(default=())
    """What turns the dialect's own forms back into what CommonMark reads: pairs of pattern and replacement."""
    unquote: Callable[[str], str] | None = None
    """The inverse of `finish` and of `quote`, over the whole text."""

    @property
    def is_plain(self) -> bool:
        """Whether it is CommonMark as it stands: nothing escaped or said beyond it."""
        return self.guard is None and self.finish is None and self.html

    def anchors(self, article: Element) -> headings.HeadingIds:
        """The ids of an article's headings, and which of them must be written: the generator makes none, or others."""
        if self.github_ids:
            return headings.github_anchors(article)
        return headings.obsidian_anchors(article) if self.text_ids else headings.anchors_of(article, self.slug)

    def read_back(self, text: str) -> str:
        """A text in this dialect as plain Markdown and HTML that cmark-gfm reads, for fidelity."""
        return read_back(text, self.reads, self.unquote)
