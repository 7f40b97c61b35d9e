"""Zola: page bundles with front matter in TOML.

`content/post/_index.md` makes the directory a section, which templates list (`get_section(path="post/_index.md")`), the
newest post first; the home page lists its posts, too. For a blog in several languages, copy the file as
`_index.LANGUAGE.md`. Zola leaves posts without a date out of such a list. It refuses a taxonomy that `config.toml` does
not name: add `taxonomies = [{name = "categories"}, {name = "tags"}]`, or convert with
`--field categories:extra.categories,tags:extra.tags`. Fields that Zola does not have are in `[extra]`. Translations are
`index.LANGUAGE.md` in the directory of the post that they translate; `config.toml` must name the languages.
"""

from __future__ import annotations

import re

from ..markdown.blocks import HtmlBlocks
from ..markdown.flavor import MarkdownFlavor
from ..markdown.reserved_syntax import COMMENT, HEADING_ID, NO_BRACES, reserve
from ..target import FrontMatter, SitePages, SupportFile, Target
from .hugo import WITHOUT_HEADING_ID

_RESERVED = (COMMENT, r"\{(?=[{%])")
#: Fields that are not in Zola's schema; they are in the table `extra`.
_EXTRA = (
    "cover cover_alt cover_in_body reading_minutes views likes commenting hashtags featured pinned scheduled unlisted"
    " author_id translation_id seo_title seo_description pricing_plans language"
).split()


def heading_slug(text: str) -> str:
    """Return the `slug` crate's id for ASCII: everything but letters and digits is one `-`."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") if text.isascii() else ""


def _protect_code(code: str) -> str | None:
    """Return code without shortcodes. Zola can only show whole calls, so code with other ones is HTML."""
    return None if re.search(r"\{[{%]|<!-- *more *-->", code) else code


#: Without this file no template can list the posts (getzola.org/documentation/content/section).
_SECTION = """+++
title = "Posts"
sort_by = "date"
transparent = true
+++
"""

TARGET = Target(
    "zola",
    path="content/post/{slug}/index.md",
    shows_title=True,
    base="content",
    shared_bundles=True,
    front=FrontMatter(
        format="toml",
        names={
            **{name: f"extra.{name}" for name in _EXTRA},
            "slug": "",
            "categories": "taxonomies.categories",
            "tags": "taxonomies.tags",
            "comments": "extra.comment_count",
            "canonical_url": "extra.original_url",
        },
        url="path",
        aliases="aliases",
    ),
    flavor=MarkdownFlavor(
        "zola",
        HtmlBlocks(),
        slug=heading_slug,
        heading_id=True,
        reserved=reserve(*_RESERVED, backslash=NO_BRACES),
        reserved_in_headings=reserve(*_RESERVED, HEADING_ID, backslash=NO_BRACES),
        protect_code=_protect_code,
        readings=(WITHOUT_HEADING_ID, *HtmlBlocks.readings),
    ),
    url="/{place}/",
    # getzola.org/documentation: the taxonomies of config.toml
    pages=SitePages(
        {"category": "/categories/{name}/", "tag": "/tags/{name}/", "home": "/post/", "feed": "/atom.xml"},
        static="static",
    ),
    support_files=(SupportFile("content/post/_index.md", _SECTION),),
    media="",
    media_in="bundle",
    media_url="{name}",
)
