"""Astro: a content collection with the fields of Astro's blog template.

The posts are `.md`, not `.mdx`: Markdown needs no escapes for braces and `<`, and no integration. The template's
`src/content.config.ts` requires a `description`, and a `heroImage` that is a file of the project. With
`--theme astro-blog` a post without description has an empty one, and a copied cover is named by its path; otherwise
write `description: z.string().optional()` and `heroImage: z.string().optional()`. Drafts are in `drafts/`, outside the
collection.
"""

from __future__ import annotations

from ...web.github_ids import github_id
from ..markdown.blocks import HtmlBlocks
from ..markdown.flavor import MarkdownFlavor
from ..markdown.reserved_syntax import AUTOLINK, COMMENT, reserve
from ..target import USUAL_NAMES, FrontMatter, SitePages, Target

#: micromark reads the characters next to `~~` differently than cmark, and links bare URLs.
MICROMARK = (AUTOLINK, r"[*~](?=[^\s*~])", r"(?<=[^\s*~])[*~]")

TARGET = Target(
    "astro",
    path="src/content/blog/{lang}/{slug}.md",
    shows_title=True,
    draws_cover=True,
    drafts="drafts/{lang}/{slug}.md",
    base="src/content/blog",
    front=FrontMatter(
        names={
            **USUAL_NAMES,
            "slug": "",
            "date": "pubDate",
            "updated": "updatedDate",
            "cover": "heroImage",
            "cover_alt": "heroImageAlt",
            "language": "lang",
            "translation_id": "translationKey",
        },
        needs_title=True,
    ),
    flavor=MarkdownFlavor(
        "astro", HtmlBlocks(), slug=github_id, readings=HtmlBlocks.readings, reserved=reserve(COMMENT, *MICROMARK)
    ),
    url="/blog/{place}/",
    # docs.astro.build: the blog template
    pages=SitePages({"home": "/blog/", "feed": "/rss.xml"}, static="public"),
    media="public/media",
    media_url="/media/{name}",
)
