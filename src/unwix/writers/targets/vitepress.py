"""VitePress: pages of a VitePress site in `docs/`, which is built with `vitepress build docs`.

VitePress has no blog of its own: its `createContentLoader('posts/*.md')` lists the posts for a page that you write. Its
theme shows no title of a page, so the title is the first heading of the text; it shows no date and no author either. A
post with `{{` in its text is inside `<div v-pre>`, so that Vue does not run it. Drafts are in `drafts/`, outside of
`docs/`.
"""

from __future__ import annotations

import re

from ..markdown.blocks import HtmlBlocks
from ..markdown.flavor import MarkdownFlavor
from ..markdown.reserved_syntax import AUTOLINK, COMMENT, LINE_START, reserve
from ..target import CAMEL_CASE_NAMES, FrontMatter, SitePages, Target
from .hexo import PlainAltBlocks
from .hugo import WITHOUT_HEADING_ID

#: Attributes, emoji and their short forms, containers, alerts, tables of contents, files
#: (vitepress.dev/guide/markdown).
_RESERVED = (
    COMMENT,
    AUTOLINK,
    r"\{",
    r":(?=[\w+-]+:)",
    r"(?<!\w)[:;](?=[-'\",]{0,2}[()DPpoOszSZ$@*|/])",
    r"(?<!\w)[8BxX](?=-\))",
    r"(?<!\w)[oO](?=:-?\))",
    r"<(?=/?3|\\3)",
    r"\](?=:-?[()])",
    rf"{LINE_START}:(?=::)",
    rf"{LINE_START}<(?=<<)",
    r"\[(?=\[|!\w)",
)
_PRE = "<div v-pre>\n\n{}\n</div>\n"
_IN_PRE = re.compile(r"\A\s*<div v-pre>\n\n(.*)\n</div>\n\Z", re.S)


def _without_templates(text: str) -> str:
    """Return a body in which Vue finds no template."""
    return _PRE.format(text) if re.search(r"\{\s*\\?\{", text) else text


TARGET = Target(
    "vitepress",
    path="docs/{lang}/posts/{slug}.md",
    drafts="drafts/{lang}/{slug}.md",
    shows_title=True,
    title_heading=True,
    base="docs",
    front=FrontMatter(
        names=CAMEL_CASE_NAMES,
        html=frozenset(),
    ),
    flavor=MarkdownFlavor(
        "vitepress",
        PlainAltBlocks(),
        heading_id=True,
        reserved=reserve(*_RESERVED),
        finish=_without_templates,
        tasks=False,
        auto_links="(https?|mailto|tel|ftp):[^%]*$",  # markdown-it shows `%C3%BC` decoded
        readings=(WITHOUT_HEADING_ID, *HtmlBlocks.readings),
        unfinish=lambda text: _IN_PRE.sub(r"\1", text),
    ),
    url="/{place}.html",
    pages=SitePages({"home": "/"}, static="docs/public"),
    media="docs/public/media",
    media_url="/media/{name}",
)
