"""The description of one way of writing Markdown, as data. The defaults are CommonMark with GFM's tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ...model.article import Element
from . import heading_ids as headings
from .blocks import MarkdownBlocks
from .interfaces import BlockSyntax
from .read_back import Reading, to_plain_markdown
from .reserved_syntax import ProtectCode, ReservedSyntax, unchanged


@dataclass(frozen=True, slots=True)
class MarkdownFlavor:
    """One way of writing Markdown: what its parser does otherwise than CommonMark, and what must be escaped there."""

    name: str
    blocks: BlockSyntax = field(default_factory=MarkdownBlocks)
    """How images with captions, galleries, players, collapsibles, buttons and placeholders are written."""
    heading_id: bool = False
    """Whether a heading may end in `{#id}`."""
    slug: headings.Slug | None = None
    """How the generator makes the id of a heading; None when it makes none."""
    github_ids: bool = False
    """Every heading's fragment is GitHub's, whatever is in it (target `markdown`)."""
    text_ids: bool = False
    """Every heading's fragment is its text (Obsidian)."""
    reserved: ReservedSyntax | None = None
    """What must be escaped in every line, in addition to what CommonMark would read."""
    reserved_in_headings: ReservedSyntax | None = None
    """The same in a heading, instead of `reserved`."""
    reserved_in_items: ReservedSyntax | None = None
    """The same in the first line of a list item, instead of `reserved`."""
    protect_code: ProtectCode = unchanged
    """How code is kept from the generator's templates."""
    finish: Callable[[str], str] | None = None
    """A last change to the whole body."""
    strict_marks: bool = False
    """`**` and `_` only where any parser reads them: next to spaces. Elsewhere they are HTML."""
    html: bool = True
    """Whether HTML in the text is let through; where it is not, `blocks.raw` wraps it."""
    strike: bool = True
    tasks: bool = True
    """`[x]` in a list item is a checkbox."""
    indent: int | None = None
    """How far a list item's content is indented; None: as far as its first character."""
    list_end: str = ""
    """What separates two lists of one kind, where another bullet does not."""
    simple_lists: bool = False
    """Lists and quotes contain only lines and lists; with anything else in them they are HTML."""
    start: str = "number"
    """How a numbered list sets its first number: `number`, `attribute` (`{: start="3"}`) or `html`."""
    header_only_tables: bool = True
    """A table may have a header row and nothing else."""
    html_code_with_bar: bool = False
    """Code with a `|` in a table cell is HTML."""
    fence_language: str = ""
    """The info string of code whose language is unknown."""
    hard_break: str = "\\\n"
    """A line break inside a paragraph. A backslash survives editors that trim spaces at line ends."""
    auto_links: str = r"(https?|mailto|tel|ftp):"
    """URLs that may be written as `<URL>`."""
    own_urls: re.Pattern[str] | None = None
    """Beginnings of URLs whose braces are the generator's own."""
    readings: tuple[Reading, ...] = ()
    """What turns the flavor's own syntax back into what CommonMark reads: pairs of pattern and replacement."""
    unfinish: Callable[[str], str] | None = None
    """The inverse of `finish` and of `protect_code`, over the whole text."""

    @property
    def is_plain(self) -> bool:
        """Whether nothing is escaped or written beyond CommonMark."""
        return self.reserved is None and self.finish is None and self.html

    def heading_ids(self, article: Element) -> headings.HeadingIds:
        """Return the ids of an article's headings, and which of them must be written."""
        if self.github_ids:
            return headings.github_heading_ids(article)
        return headings.obsidian_heading_ids(article) if self.text_ids else headings.heading_ids(article, self.slug)

    def to_plain_markdown(self, text: str) -> str:
        """Return a text of this flavor as plain Markdown and HTML that cmark-gfm reads, for fidelity."""
        return to_plain_markdown(text, self.readings, self.unfinish)


PLAIN = MarkdownFlavor("markdown", github_ids=True)
"""The flavor of target `markdown`."""
