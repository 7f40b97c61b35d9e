"""Describe a flavor of Markdown as data. The defaults are CommonMark with the tables of GFM."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct, field

from ...model.article import Element
from . import heading_ids as headings
from .blocks import MarkdownBlocks
from .interfaces import BlockSyntax
from .read_back import Reading, to_plain_markdown
from .reserved_syntax import ProtectCode, ReservedSyntax, unchanged


class MarkdownFlavor(Struct, frozen=True):
    """A flavor of Markdown: how its parser differs from CommonMark, and what must be escaped for it."""

    name: str
    blocks: BlockSyntax = field(default_factory=MarkdownBlocks)
    """The class that writes images with captions, galleries, players, collapsible sections, buttons and placeholders.
    """
    heading_id: bool = False
    """Whether a heading may end in `{#id}`."""
    slug: headings.Slug | None = None
    """The function by which the generator makes the id of a heading; None if it makes no ids."""
    github_ids: bool = False
    """The fragment of every heading is GitHub's, whatever the heading contains (target `markdown`)."""
    text_ids: bool = False
    """The fragment of every heading is its text (Obsidian)."""
    reserved: ReservedSyntax | None = None
    """Syntax that must be escaped in every line, in addition to that of CommonMark."""
    reserved_in_headings: ReservedSyntax | None = None
    """Syntax that must be escaped in a heading, instead of `reserved`."""
    reserved_in_items: ReservedSyntax | None = None
    """Syntax that must be escaped in the first line of a list item, instead of `reserved`."""
    protect_code: ProtectCode = unchanged
    """Protects code from the templates of the generator."""
    finish: Callable[[str], str] | None = None
    """A last change of the whole body."""
    strict_marks: bool = False
    """`**` and `_` only where any parser reads them: next to spaces. Elsewhere marks are HTML."""
    html: bool = True
    """Whether the parser passes HTML through; if not, `blocks.raw` wraps it."""
    strike: bool = True
    tasks: bool = True
    """`[x]` in a list item is a checkbox."""
    indent: int | None = None
    """The indentation of a list item's content; None: up to its first character."""
    list_end: str = ""
    """The separator of two adjacent lists of one kind, if another bullet does not separate them."""
    simple_lists: bool = False
    """Lists and quotes contain only lines and lists; those with other content are HTML."""
    start: str = "number"
    """How a numbered list states its first number: `number`, `attribute` (`{: start="3"}`) or `html`."""
    header_only_tables: bool = True
    """A table may consist of a header row."""
    html_code_with_bar: bool = False
    """Code with a `|` in a table cell is HTML."""
    fence_language: str = ""
    """The info string of code in an unknown language."""
    hard_break: str = "\\\n"
    """A line break inside a paragraph. Unlike spaces, a backslash survives editors that trim the ends of lines."""
    auto_links: str = r"(https?|mailto|tel|ftp):"
    """URLs that may be written as `<URL>`."""
    own_urls: re.Pattern[str] | None = None
    """Beginnings of URLs in which the generator itself uses braces."""
    readings: tuple[Reading, ...] = ()
    """Pairs of pattern and replacement that turn the flavor's own syntax into CommonMark or HTML."""
    unfinish: Callable[[str], str] | None = None
    """The inverse of `finish` and of `protect_code`, for the whole text."""

    @property
    def is_plain(self) -> bool:
        """Whether the flavor is CommonMark without further escapes and syntax."""
        return self.reserved is None and self.finish is None and self.html

    def heading_ids(self, article: Element) -> headings.HeadingIds:
        """Return the ids of an article's headings, and those that must be written."""
        if self.github_ids:
            return headings.github_heading_ids(article)
        return headings.obsidian_heading_ids(article) if self.text_ids else headings.heading_ids(article, self.slug)

    def to_plain_markdown(self, text: str) -> str:
        """Return a text of this flavor as Markdown and HTML for cmark-gfm, for the fidelity check."""
        return to_plain_markdown(text, self.readings, self.unfinish)


PLAIN = MarkdownFlavor("markdown", github_ids=True)
"""The flavor of target `markdown`."""
