"""Dialects: how each kind of site generator reads Markdown, and what it says where Markdown has no word.

A `Dialect` is data: what its parser does otherwise than CommonMark, what must be escaped there, what it makes of
headings, and which `Forms` (forms.py, generator_forms.py) say pictures, films and the rest.
"""

from __future__ import annotations

import re

from ...web.github_ids import github_id
from ..markdown import heading_ids as headings
from ..markdown import reserved_syntax as guards
from ..markdown.flavor import MarkdownFlavor
from ..markdown.html_blocks import HtmlBlocks
from ..markdown.plain import PLAIN
from ..markdown.reserved_syntax import guard
from .generator_blocks import HugoBlocks, JekyllBlocks, MkDocsBlocks, ObsidianBlocks, PelicanBlocks

_CLASSES = (r"(?m)^[ >]*\{: ?(?:\.button|start=\"\d+\") ?\}\n?|(?<=\))\{: ?\.button ?\}", "")
_HEADING_ID = (r"(?m)^(#{1,6} .*?) \{#[\w-]+\}$", r"\1")
_MARKDOWN_INSIDE = (r'<(details|summary) markdown="[01]">', r"<\1>")


_KRAMDOWN = guard(guards.KRAMDOWN, "\\.*_+`<>()[]{}#!:|\"'$=-")
_PYTHON_MARKDOWN = guard(guards.PYTHON_MARKDOWN, "\\`*_{}[]()>#+-.!")
#: A backslash before a brace does not keep it from those that look for `{{` before Markdown is read.
_NO_BRACES = r"\`*_[]()#+-.!<>|~$=%^"
_PLAYERS = HtmlBlocks.reads


def _unquote_hugo(text: str) -> str:
    return re.sub(r"\{\{([<%])/\*(.*?)\*/([>%])\}\}", r"{{\1\2\3}}", text, flags=re.S)


DIALECTS: dict[str, MarkdownFlavor] = {
    dialect.name: dialect
    for dialect in (
        PLAIN,
        MarkdownFlavor(
            "hugo",
            HugoBlocks(),
            slug=headings.hugo,
            heading_id=True,
            guard=guard(guards.HUGO, _NO_BRACES),
            heading_guard=guard(f"{guards.HUGO}|{guards.HEADING}", _NO_BRACES),
            quote=guards.hugo_quote,
            html=False,
            reads=(_HEADING_ID, *HugoBlocks.reads, *_PLAYERS),
            unquote=_unquote_hugo,
        ),
        MarkdownFlavor(
            "jekyll",
            JekyllBlocks(),
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
        MarkdownFlavor(
            "astro",
            HtmlBlocks(),
            slug=github_id,
            reads=_PLAYERS,
            guard=guard(guards.ASTRO),
        ),
        MarkdownFlavor(
            "eleventy",
            HtmlBlocks(),
            finish=lambda text: guards.liquid_raw(text, "{%#"),
            guard=guard(guards.COMMENT),
            tasks=False,
            auto_links="(https?|mailto|tel|ftp):[^%]*$",  # markdown-it shows `%C3%BC` decoded
            reads=_PLAYERS,
            unquote=guards.liquid_read,
        ),
        MarkdownFlavor(
            "obsidian",
            ObsidianBlocks(),
            text_ids=True,
            guard=guard(guards.OBSIDIAN),
            reads=(*ObsidianBlocks.reads, *_PLAYERS),
        ),
        MarkdownFlavor(
            "pelican",
            PelicanBlocks(),
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
        MarkdownFlavor(
            "mkdocs",
            MkDocsBlocks(),
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
        MarkdownFlavor("import", HtmlBlocks()),  # HTML all through; it says how headings get their ids: by us
        MarkdownFlavor(
            "zola",
            HtmlBlocks(),
            slug=headings.zola,
            heading_id=True,
            guard=guard(guards.ZOLA, _NO_BRACES),
            heading_guard=guard(f"{guards.ZOLA}|{guards.HEADING}", _NO_BRACES),
            quote=guards.zola_quote,
            reads=(_HEADING_ID, *_PLAYERS),
        ),
    )
}
