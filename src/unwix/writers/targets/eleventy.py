"""Eleventy 3 as its base blog has it, with Liquid or Nunjucks run over Markdown first.

`{{`, `{%` and `{#` of the author's text are inside `{% raw %}`. The input directory is `content`, as in Eleventy's
base blog. Its pages list posts that have its layout and tag: `--theme eleventy-base-blog` writes both into
`content/post/post.11tydata.json`. It also writes `content/tag-pages.11tydata.js`, without which a tag of another script
stops the build, and puts copied images into `content/media/`, where the starter's image plugin finds them. Drafts have
`permalink: false` and are not built. For other sites: `eleventyConfig.addPassthroughCopy({ "public": "/" })` copies the
media.
"""

from __future__ import annotations

from typing import ClassVar

from ..markdown.blocks import HtmlBlocks
from ..markdown.flavor import MarkdownFlavor
from ..markdown.reserved_syntax import COMMENT, liquid_raw, reserve, without_liquid_raw
from ..target import USUAL_NAMES, FrontMatter, SitePages, Target


class EleventyBlocks(HtmlBlocks):
    """HTML, also for images whose text needs escapes: markdown-it 14 drops the escaped characters."""

    escapes_in_alt: ClassVar[bool] = False


TARGET = Target(
    "eleventy",
    path="content/{lang}/post/{slug}.md",
    shows_title=True,
    base="content",
    front=FrontMatter(
        names={**USUAL_NAMES, "slug": "", "language": "lang", "translation_id": "translationKey"},
        url="permalink",
        draft_url="false",
    ),
    flavor=MarkdownFlavor(
        "eleventy",
        EleventyBlocks(),
        finish=lambda text: liquid_raw(text, "{%#"),
        reserved=reserve(COMMENT),
        tasks=False,
        auto_links="(https?|mailto|tel|ftp):[^%]*$",  # markdown-it shows `%C3%BC` decoded
        readings=EleventyBlocks.readings,
        unfinish=without_liquid_raw,
    ),
    url="/{place}/",
    # eleventy-base-blog
    pages=SitePages({"tag": "/tags/{name}/", "home": "/blog/", "feed": "/feed/feed.xml"}, static="public"),
    media="public/media",
    media_url="/media/{name}",
)
