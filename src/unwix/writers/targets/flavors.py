"""Dialects: how each kind of site generator reads Markdown, and what it says where Markdown has no word.

A `Dialect` is data: what its parser does otherwise than CommonMark, what must be escaped there, what it makes of
headings, and which `Forms` (forms.py, generator_forms.py) say pictures, films and the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ...model.article import Element
from ...web.github_ids import github_id
from ..markdown import heading_ids as headings
from ..markdown import reserved_syntax as guards
from ..markdown.html_blocks import Forms, HtmlForms
from ..markdown.read_back import Reading, read_back
from ..markdown.reserved_syntax import Guard, Quote, guard
from .generator_blocks import HugoForms, JekyllForms, MkDocsForms, ObsidianForms, PelicanForms

_CLASSES = (r"(?m)^[ >]*\{: ?(?:\.button|start=\"\d+\") ?\}\n?|(?<=\))\{: ?\.button ?\}", "")
_HEADING_ID = (r"(?m)^(#{1,6} .*?) \{#[\w-]+\}$", r"\1")
_MARKDOWN_INSIDE = (r'<(details|summary) markdown="[01]">', r"<\1>")


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way of writing Markdown. The defaults are CommonMark with GFM's tables and HTML let through."""

    name: str
    forms: Forms
    """Pictures with captions, galleries, players, collapsibles, buttons, marks of what is missing."""
    heading_id: bool = False
    """Whether a heading may end in `{#id}`."""
    slug: headings.Slug | None = None
    """How the generator makes the id of a heading; None when it makes none."""
    github_ids: bool = False
    """Every heading's address is GitHub's, whatever is in it (target `markdown`)."""
    text_ids: bool = False
    """Every heading's address is its text (Obsidian)."""
    guard: Guard | None = None
    """What must be escaped in every line, beside what CommonMark would read."""
    heading_guard: Guard | None = None
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

    def anchors(self, article: Element) -> headings.Anchors:
        """The ids of an article's headings, and which of them must be written: the generator makes none, or others."""
        if self.github_ids:
            return headings.github_anchors(article)
        return headings.obsidian_anchors(article) if self.text_ids else headings.anchors_of(article, self.slug)

    def read_back(self, text: str) -> str:
        """A text in this dialect as plain Markdown and HTML that cmark-gfm reads, for fidelity."""
        return read_back(text, self.reads, self.unquote)


PLAIN = Dialect("markdown", Forms(), github_ids=True)

_KRAMDOWN = guard(guards.KRAMDOWN, "\\.*_+`<>()[]{}#!:|\"'$=-")
_PYTHON_MARKDOWN = guard(guards.PYTHON_MARKDOWN, "\\`*_{}[]()>#+-.!")
#: A backslash before a brace does not keep it from those that look for `{{` before Markdown is read.
_NO_BRACES = r"\`*_[]()#+-.!<>|~$=%^"
_PLAYERS = HtmlForms.reads


def _unquote_hugo(text: str) -> str:
    return re.sub(r"\{\{([<%])/\*(.*?)\*/([>%])\}\}", r"{{\1\2\3}}", text, flags=re.S)


DIALECTS: dict[str, Dialect] = {
    dialect.name: dialect
    for dialect in (
        PLAIN,
        Dialect(
            "hugo",
            HugoForms(),
            slug=headings.hugo,
            heading_id=True,
            guard=guard(guards.HUGO, _NO_BRACES),
            heading_guard=guard(f"{guards.HUGO}|{guards.HEADING}", _NO_BRACES),
            quote=guards.hugo_quote,
            html=False,
            reads=(_HEADING_ID, *HugoForms.reads, *_PLAYERS),
            unquote=_unquote_hugo,
        ),
        Dialect(
            "jekyll",
            JekyllForms(),
            slug=github_id,
            heading_id=True,
            guard=_KRAMDOWN,
            heading_guard=guard(f"{guards.KRAMDOWN_HEADING}|{guards.HEADING}", _KRAMDOWN.backslash),
            finish=guards.liquid_raw,
            strict_marks=True,
            list_end="<!-- -->",
            start="attribute",
            head_alone=False,
            html_code_with_bar=True,
            auto_links="https?:",
            reads=(_HEADING_ID, _CLASSES, _MARKDOWN_INSIDE, *_PLAYERS),
            unquote=guards.liquid_read,
        ),
        Dialect(
            "astro",
            HtmlForms(),
            slug=github_id,
            reads=_PLAYERS,
            guard=guard(guards.ASTRO),
        ),
        Dialect(
            "eleventy",
            HtmlForms(),
            finish=lambda text: guards.liquid_raw(text, "{%#"),
            guard=guard(guards.COMMENT),
            tasks=False,
            auto_links="(https?|mailto|tel|ftp):[^%]*$",  # markdown-it shows `%C3%BC` decoded
            reads=_PLAYERS,
            unquote=guards.liquid_read,
        ),
        Dialect(
            "obsidian",
            ObsidianForms(),
            text_ids=True,
            guard=guard(guards.OBSIDIAN),
            reads=(*ObsidianForms.reads, *_PLAYERS),
        ),
        Dialect(
            "pelican",
            PelicanForms(),
            heading_id=True,
            guard=_PYTHON_MARKDOWN,
            heading_guard=guard(guards.PYTHON_MARKDOWN_HEADING, _PYTHON_MARKDOWN.backslash),
            strict_marks=True,
            strike=False,
            tasks=False,
            indent=4,
            list_end="<!-- -->",
            simple_lists=True,
            start="html",
            html_code_with_bar=True,
            fence_language="text",
            auto_links="https?:",
            safe_address=re.compile(r"\{(?:static|filename|attach)\}"),
            reads=(_HEADING_ID, _CLASSES, _MARKDOWN_INSIDE, *_PLAYERS),
        ),
        Dialect(
            "mkdocs",
            MkDocsForms(),
            slug=headings.python_markdown,
            guard=_PYTHON_MARKDOWN,
            heading_guard=guard(guards.PYTHON_MARKDOWN_HEADING, _PYTHON_MARKDOWN.backslash),
            strict_marks=True,
            strike=False,
            tasks=False,
            indent=4,
            list_end="<!-- -->",
            simple_lists=True,
            start="html",
            html_code_with_bar=True,
            fence_language="text",
            auto_links="https?:",
            reads=_PLAYERS,
        ),
        Dialect("import", HtmlForms()),  # HTML all through; it says how headings get their ids: by us
        Dialect(
            "zola",
            HtmlForms(),
            slug=headings.zola,
            heading_id=True,
            guard=guard(guards.ZOLA, _NO_BRACES),
            heading_guard=guard(f"{guards.ZOLA}|{guards.HEADING}", _NO_BRACES),
            quote=guards.zola_quote,
            reads=(_HEADING_ID, *_PLAYERS),
        ),
    )
}
