"""Nuxt Content: Markdown of the collection in `content/`, in its dialect MDC.

Components (`:name`, `::name`), attributes and bindings (`{{ }}`) in the author's text are escaped. Fields beyond those
of Nuxt Content (`title`, `description`) are in `meta`, or where the schema in `content.config.ts` names them. Drafts
are in `drafts/`, outside of `content/`.
"""

from __future__ import annotations

import re

from ...web.github_ids import github_id
from ..markdown.blocks import HtmlBlocks
from ..markdown.flavor import MarkdownFlavor
from ..markdown.reserved_syntax import COMMENT, reserve
from ..target import CAMEL_CASE_NAMES, FrontMatter, SitePages, Target
from .astro import MICROMARK
from .hexo import PlainAltBlocks

#: Components, emoji, attributes, bindings and spans (content.nuxt.com/docs/files/markdown).
_RESERVED = (r"[{}\[]", r":(?=[\w+:-])")
#: `remark-emoji` replaces names in the text as it is read, so that only a tag in the name keeps it.
_EMOJI = re.compile(r"&#58;(?=[\w+-]+:)")


TARGET = Target(
    "nuxt",
    path="content/{lang}/posts/{slug}.md",
    drafts="drafts/{lang}/{slug}.md",
    base="content",
    front=FrontMatter(
        names=CAMEL_CASE_NAMES,
    ),
    flavor=MarkdownFlavor(
        "nuxt",
        PlainAltBlocks(),
        slug=github_id,
        reserved=reserve(COMMENT, *MICROMARK, *_RESERVED),
        finish=lambda text: _EMOJI.sub("&#58;<!-- -->", text),
        readings=HtmlBlocks.readings,
    ),
    url="/{place}",
    pages=SitePages({"home": "/posts"}, static="public"),
    media="public/media",
    media_url="/media/{name}",
)
