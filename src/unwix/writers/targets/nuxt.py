"""Nuxt Content: Markdown of the collection in `content/`, in its dialect MDC.

Components (`:name`, `::name`), attributes and bindings (`{{ }}`) in the author's text are escaped. Fields beyond those
of Nuxt Content (`title`, `description`) are in `meta`, or where the schema in `content.config.ts` names them. Drafts
are in `drafts/`, outside of `content/`. Nuxt's parser shows the paragraphs of a list item as lines of one paragraph.
"""

from __future__ import annotations

import re

from ...web.github_ids import github_id
from ..markdown.blocks import HtmlBlocks
from ..markdown.flavor import MarkdownFlavor
from ..markdown.reserved_syntax import COMMENT, reserve
from ..target import CAMEL_CASE_NAMES, FrontMatter, SitePages, Target
from .astro import MICROMARK
from .hexo import PLAIN_URLS, PlainAltBlocks

#: Components, emoji, attributes, bindings and spans (content.nuxt.com/docs/files/markdown).
_MARKS = "\x01-\x06\x0e-\x11"
_RESERVED = (
    r"[{}\[]",
    rf":(?=[{_MARKS}]*[\w+:-])",
    # A bare URL followed by one of these would end elsewhere.
    r"https?:(?=//\S{0,2000}[{}\[:])",
    r"www\.(?=\S{0,2000}[{}\[:])",
)
#: `remark-emoji` and `remark-gfm` replace names and URLs in parsed text, which only a tag in them prevents.
_BY_NAME = re.compile(r"&#58;(?=[\w+-]+(?::|&#58;)|//)")


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
        auto_links=PLAIN_URLS,
        finish=lambda text: _BY_NAME.sub("&#58;<!-- -->", text),
        readings=HtmlBlocks.readings,
    ),
    url="/{place}",
    pages=SitePages({"home": "/posts"}, static="public"),
    media="public/media",
    media_url="/media/{name}",
)
