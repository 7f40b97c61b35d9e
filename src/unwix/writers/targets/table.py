"""Targets: the site generators that posts are written for, one row each: where a post goes, its fields, its dialect.

`path`, `undated` and `drafts` are patterns of `blog/paths.py`: `{slug}`, `{title}`, `{year}`, `{date}`, `{lang}` and
so on; `{lang}` is empty for the blog's main language, and a part of a path that is empty falls out.
What each row means for the owner of a site is docs/targets.md; a test holds the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ..markdown.flavor import MarkdownFlavor
from .flavors import DIALECTS


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """How a generator wants the fields of a post."""

    form: Literal["yaml", "toml", "meta"] = "yaml"
    """`yaml` between `---`, `toml` between `+++`, `meta`: `Key: value` lines as Python-Markdown reads them."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Our field → theirs. `a.b` nests, `a[]` makes a list of one value, "" drops the field. Others keep their name."""
    dates: Literal["iso", "local"] = "iso"
    """`local`: without zone and fractions, which Obsidian's date fields do not take."""
    draft: tuple[str, Any] = ("draft", True)
    """The field and the value that keep a post from being published."""
    fixed: Mapping[str, Any] = field(default_factory=dict)
    """Fields that every post has."""
    address: str | None = None
    """The field in which a post says its own address, where the generator has one."""
    file: str | None = None
    """The field that names the file the page is built into (Pelican, whose themes put a `/` before addresses)."""
    aliases: str | None = None
    """The field of old addresses that the generator itself redirects from."""
    html: frozenset[str] = frozenset()
    """Fields that themes print as HTML, so that `<` and `&` must be said as such."""
    markdown: frozenset[str] = frozenset()
    """Fields that the generator reads as Markdown."""
    tag_words: bool = False
    """Tags are single words (Obsidian)."""
    asks_title: bool = False
    """The generator refuses a post without a title: one that has none is called by its slug."""
    shared_slugs: bool = False
    """Translations say the slug of the post that they translate (Pelican)."""
    draft_address: Literal["same", "none", "false"] = "same"
    """What a draft says for `address`: nothing, or `false`, which keeps it from being built."""
    one_category: bool = False
    """The generator takes one category; all of them stand in `categories` (Pelican)."""


@dataclass(frozen=True, slots=True)
class Target:
    """One site generator."""

    name: str
    path: str
    """A post's file below OUTPUT; default of `--path`."""
    front: FrontMatter
    dialect: MarkdownFlavor
    url: str
    """A post's address on the built site: `{place}` is its file's path below `base`, without date and ending."""
    undated: str | None = None
    """The file of a post that has no date, where `path` asks for one, or the generator does."""
    drafts: str | None = None
    """The file of a post that is not published, where the generator knows no mark for it: it does not look there."""
    media: str = "media"
    """Folder of the media below OUTPUT; "" with media_in="bundle"."""
    media_in: Literal["folder", "bundle"] = "folder"
    """`bundle`: beside the post, in its own folder."""
    media_address: str = "{relative}"
    """How a post refers to a file there: a path, `{relative}` (from the post's file), `{name}` (in its bundle); both
    are percent-encoded, `{file}` is the name as it stands."""
    links: Literal["relative", "absolute", "wiki", "keep"] = "absolute"
    """Default of `--links`."""
    links_between: Literal["urls", "files"] = "urls"
    """What a link to another post names: its address, or its file, which the generator sets right."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Files that posts need: path below OUTPUT → name in `writers/support/`. Written when a post uses them."""
    needs: str = ""
    """What in a post's text tells that it needs `files`."""
    base: str = ""
    """The folder below OUTPUT that a user's `--path` is put under, unless it names that folder itself."""
    dated: bool = False
    """A post's file must begin with its date (Jekyll)."""
    shared_bundles: bool = False
    """Translations of a post are files in one folder, and only by that they are known as such (Zola)."""
    file: str | None = None
    """The one file that all posts are in, which a blog system imports; a post's own path begins with it."""
    names: Literal["address", "file"] = "address"
    """`file`: a slug is kept as it is, as far as a file can be named so; `address`: as far as an address can."""


_COUNTS = {"comments": "comment_count", "canonical_url": "original_url"}
"""`comments: 0` would turn comments on in some themes, and a `canonical_url` of the old site keeps the new one out of
search engines, so both have other names everywhere but in target `markdown`."""

TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        Target(
            "markdown",
            path="{slug}.md",
            names="file",
            front=FrontMatter(),
            dialect=DIALECTS["markdown"],
            url="/{place}/",
            links="keep",
            links_between="files",
        ),
        Target(
            "hugo",
            path="content/post/{slug}/index.md",
            base="content",
            front=FrontMatter(
                names={**_COUNTS, "updated": "lastmod", "cover": "images[]", "translation_id": "translationKey"},
                aliases="aliases",
            ),
            dialect=DIALECTS["hugo"],
            url="/{place}/",
            media="",
            media_in="bundle",
            media_address="{name}",
            files={"layouts/shortcodes/rawhtml.html": "hugo/rawhtml.html"},
            needs="{{< rawhtml >}}",
        ),
        Target(
            "jekyll",
            path="_posts/{lang}/{date}-{slug}.md",
            undated="post/{lang}/{slug}.md",
            base="_posts",
            dated=True,
            front=FrontMatter(
                names={
                    **_COUNTS,
                    "updated": "last_modified_at",
                    "authors": "author",
                    "cover": "image.path",
                    "cover_alt": "image.alt",
                    "language": "lang",
                    "translation_id": "page_id",
                },
                draft=("published", False),
                fixed={"layout": "post"},
                address="permalink",
                aliases="redirect_from",
            ),
            dialect=DIALECTS["jekyll"],
            url="/post/{place}/",
            media="assets/media",
            media_address="/assets/media/{name}",
        ),
        Target(
            "astro",
            path="src/content/blog/{lang}/{slug}.md",
            drafts="drafts/{lang}/{slug}.md",
            base="src/content/blog",
            front=FrontMatter(
                names={
                    **_COUNTS,
                    "slug": "",
                    "date": "pubDate",
                    "updated": "updatedDate",
                    "cover": "heroImage",
                    "cover_alt": "heroImageAlt",
                    "language": "lang",
                    "translation_id": "translationKey",
                },
                asks_title=True,
            ),
            dialect=DIALECTS["astro"],
            url="/blog/{place}/",
            media="public/media",
            media_address="/media/{name}",
        ),
        Target(
            "eleventy",
            path="content/{lang}/post/{slug}.md",
            base="content",
            front=FrontMatter(
                names={**_COUNTS, "slug": "", "language": "lang", "translation_id": "translationKey"},
                address="permalink",
                draft_address="false",
            ),
            dialect=DIALECTS["eleventy"],
            url="/{place}/",
            media="public/media",
            media_address="/media/{name}",
        ),
        Target(
            "obsidian",
            path="{title}.md",
            front=FrontMatter(
                names={"comments": "comment_count", "date": "created", "canonical_url": "source"},
                dates="local",
                tag_words=True,
            ),
            dialect=DIALECTS["obsidian"],
            url="{place}",
            media="attachments",
            links="wiki",
            links_between="files",
        ),
        Target(
            "pelican",
            path="content/{lang}/{slug}.md",
            undated="content/pages/{lang}/{slug}.md",
            base="content",
            front=FrontMatter(
                form="meta",
                names={
                    **_COUNTS,
                    "updated": "modified",
                    "description": "summary",
                    "language": "lang",
                },
                draft=("status", "draft"),
                address="url",
                file="save_as",
                html=frozenset({"title", "categories", "tags", "authors", "category"}),
                markdown=frozenset({"description"}),
                one_category=True,
                asks_title=True,
                shared_slugs=True,
                draft_address="none",
            ),
            dialect=DIALECTS["pelican"],
            url="/post/{place}/",
            media="content/images",
            media_address="{{static}}/images/{name}",
        ),
        Target(
            "mkdocs",
            path="docs/{lang}/post/{slug}.md",
            drafts="drafts/{lang}/{slug}.md",
            base="docs",
            front=FrontMatter(
                names={**_COUNTS, "language": "lang"},
                html=frozenset({"title", "description", "authors", "categories", "tags"}),
            ),
            dialect=DIALECTS["mkdocs"],
            url="/{place}/",
            media="docs/media",
            links="relative",
            links_between="files",
        ),
        Target(
            "zola",
            path="content/post/{slug}/index.md",
            base="content",
            shared_bundles=True,
            front=FrontMatter(
                form="toml",
                names={
                    **{
                        name: f"extra.{name}"
                        for name in (
                            "cover cover_alt reading_minutes views likes commenting hashtags featured pinned scheduled"
                            " unlisted author_id translation_id seo_title seo_description pricing_plans language"
                        ).split()
                    },
                    "slug": "",
                    "categories": "taxonomies.categories",
                    "tags": "taxonomies.tags",
                    "comments": "extra.comment_count",
                    "canonical_url": "extra.original_url",
                },
                address="path",
                aliases="aliases",
            ),
            dialect=DIALECTS["zola"],
            url="/{place}/",
            media="",
            media_in="bundle",
            media_address="{name}",
        ),
    )
}


def address_of(target: Target, output: str) -> str:
    """The address, from the site's root, of the post in the file `output`: the file alone tells it."""
    pattern = target.url
    place = output.removesuffix(".md")
    if target.base:
        inside = place.removeprefix(target.base + "/")
        pattern, place = (pattern, inside) if inside != place else ("/{place}/", place)
    folder, _, name = place.rpartition("/")
    if target.dated:
        name = re.sub(r"^\d{4}-\d\d-\d\d-", "", name)
    index, _, language = name.partition(".")
    parts = [language, folder] if index == "index" and target.media_in == "bundle" else [folder, name]
    return pattern.format(place="/".join(part for part in parts if part))
