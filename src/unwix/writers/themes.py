"""Describe themes and starters of site generators: the fields that they read and the small files that they need.

A theme changes only names of fields, some settings of its target and, for some, the directory of the posts. Its files
are written if they do not exist; files of the user stay.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from .excerpts import with_excerpt
from .markdown.flavor import MarkdownFlavor
from .markdown.interfaces import BlockSyntax
from .slugs import Slugs, ascii_slug, transliterated_slug
from .target import Target
from .targets import TARGETS


class SiteFacts(Struct, frozen=True):
    """The facts about a blog that the files of a theme state."""

    title: str
    """The host of the old site, or `Blog`; the user replaces it."""
    language: str
    authors: tuple[str, ...]
    tags: tuple[str, ...] = ()


ThemeFile = Callable[[SiteFacts], str]
"""A function that returns the text of a file."""


class Theme(Struct, frozen=True):
    """One theme or starter."""

    target: str
    fields: tuple[str, ...]
    """Changes of the front matter, as `--field` takes them."""
    path: str | None = None
    """The pattern of `--path`."""
    permalinks: tuple[str, ...] = ()
    """The URLs of the built site where they differ from the target's, as `--permalink` takes them."""
    files: Mapping[str, ThemeFile] = field(default_factory=dict)
    """The theme's files by their path below OUTPUT."""
    draws_cover: bool | None = None
    """Whether the theme shows the cover above a post; None: like the target's usual themes."""
    with_local_cover: Mapping[str, Any] = field(default_factory=dict)
    """`FrontMatter.with_local_cover`."""
    html: frozenset[str] | None = None
    """`FrontMatter.html`; None: like the target."""
    cover_as_path: bool = False
    """`Target.cover_as_path`."""
    images: str | None = None
    """`Target.images`."""
    static: str | None = None
    """The directory whose files are copied to the site unchanged; it contains the media."""
    has_excerpts: bool = False
    """Lists show a post up to its truncation marker, which is written below the first paragraph."""
    title_heading: bool | None = None
    """`Target.title_heading`; None: like the target."""
    blocks: Callable[[], BlockSyntax] | None = None
    """The syntax of blocks, if the theme has more than the target."""

    def of(self, target: Target) -> Target:
        """Return the target with the changes of this theme."""
        return replace(
            target,
            front=replace(
                target.front,
                with_local_cover=self.with_local_cover,
                html=target.front.html if self.html is None else self.html,
            ),
            draws_cover=target.draws_cover if self.draws_cover is None else self.draws_cover,
            cover_as_path=self.cover_as_path,
            images=self.images,
            media=f"{self.static}/media" if self.static else target.media,
            pages=replace(target.pages, static=self.static) if self.static else target.pages,
            title_heading=target.title_heading if self.title_heading is None else self.title_heading,
            flavor=self._flavor_of(target.flavor),
        )

    def _flavor_of(self, flavor: MarkdownFlavor) -> MarkdownFlavor:
        if self.blocks is not None:
            flavor = replace(flavor, blocks=self.blocks())
        if self.has_excerpts:
            finish = flavor.finish
            flavor = replace(flavor, finish=lambda text: with_excerpt(finish(text) if finish else text))
        return flavor


def _hugo(name: str, params: str) -> ThemeFile:
    def text(site: SiteFacts) -> str:
        title, language = json.dumps(site.title, ensure_ascii=False), json.dumps(site.language)
        return (
            f'baseURL = "https://www.example.com/"\ntitle = {title}\nlanguageCode = {language}\n'
            f'defaultContentLanguage = {language}\ntheme = "{name}"\ncapitalizeListTitles = false\n\n'
            f'[params]\n  mainSections = ["post"]\n{params}\n'
            # Images next to a post are then found on lists and in feeds, too.
            '[markup.goldmark.renderHooks.image]\n  useEmbedded = "fallback"\n'
        )

    return text


def _jekyll(theme: str) -> ThemeFile:
    def text(site: SiteFacts) -> str:
        title = json.dumps(site.title, ensure_ascii=False)
        return (
            f"title: {title}\nlang: {site.language}\nurl: https://www.example.com\ntheme: {theme}\n"
            "plugins: [jekyll-feed]\nexclude: [report.json, media.json, unwix.toml]\n"
        )

    return text


def _yaml(data: object) -> str:
    import yaml  # noqa: PLC0415  # `unwix --help` lists the themes

    return str(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120))


def _authors(site: SiteFacts) -> str:
    return _yaml({name: {"name": name} for name in site.authors})


def _tags(site: SiteFacts) -> str:
    """Return Docusaurus's file of tags: without it, a tag without letters has the URL of the list of all tags."""
    slugs = Slugs("tag", lambda name: ascii_slug(name) or transliterated_slug(name))
    return _yaml({name: {"label": name, "permalink": f"/{slugs.of(name)}"} for name in site.tags})


#: Material requires an image of each author.
_AVATAR = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/%3E"


def _material_authors(site: SiteFacts) -> str:
    authors = {
        html.escape(name, quote=False): {"name": name, "description": "Author", "avatar": _AVATAR}
        for name in site.authors
    }
    return _yaml({"authors": authors})


def _material_config(site: SiteFacts) -> str:
    extensions = ["attr_list", "md_in_html", "tables", "fenced_code", "footnotes", "def_list"]
    blog = {"blog": {"post_url_format": "{slug}", "authors": bool(site.authors)}}
    return _yaml(
        {
            "site_name": site.title,
            "site_url": "https://www.example.com/",
            "theme": {"name": "material", "language": site.language.partition("-")[0]},
            "plugins": ["search", blog],
            "markdown_extensions": extensions,
        }
    )


def _material_blocks() -> BlockSyntax:
    from .targets.mkdocs import MaterialBlocks  # noqa: PLC0415  # a target is imported when it is asked for

    return MaterialBlocks()


def _eleventy_data(_site: SiteFacts) -> str:
    return json.dumps({"layout": "layouts/post.njk", "tags": ["posts"]}, indent="\t") + "\n"


#: The starter writes a page for each tag at its slug: a tag without a slug, or two tags with one slug, stop the build.
_TAG_PAGES = """import slugify from "@sindresorhus/slugify";

// One page per slug; none for a tag without a slug.
export default {
	pagination: {
		before: (tags) => {
			const seen = new Set([""]);
			return tags.filter((tag) => !seen.has(slugify(tag)) && seen.add(slugify(tag)));
		},
	},
};
"""

THEMES: dict[str, Theme] = {
    # github.com/adityatelange/hugo-PaperMod/wiki/Variables
    "papermod": Theme(
        "hugo",
        ("cover:cover.image,cover_alt:cover.alt,authors:author",),
        files={"hugo.toml": _hugo("PaperMod", "  ShowReadingTime = true\n")},
        draws_cover=True,
        with_local_cover={"cover.relative": True},  # the file is next to the post
    ),
    # github.com/theNewDynamic/gohugo-theme-ananke
    "ananke": Theme(
        "hugo",
        ("cover:featured_image,authors:author",),
        files={"hugo.toml": _hugo("ananke", "")},
        draws_cover=True,
    ),
    # github.com/jekyll/minima
    "minima": Theme("jekyll", ("updated:modified_date",), files={"_config.yml": _jekyll("minima")}, draws_cover=False),
    # chirpy.cotes.page/posts/write-a-new-post
    "chirpy": Theme(
        "jekyll",
        ("pinned:pin,authors:authors",),
        files={"_data/authors.yml": _authors},  # the starter has a `_config.yml` with all that the theme needs
        html=frozenset({"title"}),
    ),
    # github.com/11ty/eleventy-base-blog
    "eleventy-base-blog": Theme(
        "eleventy",
        (),
        files={
            "content/post/post.11tydata.json": _eleventy_data,
            "content/tag-pages.11tydata.js": lambda _site: _TAG_PAGES,
        },
        images="content/media",  # its image plugin looks for `/media/…` below the input directory
    ),
    # github.com/withastro/astro/tree/main/examples/blog: `heroImage` is an image of the project
    "astro-blog": Theme("astro", ("description?=''",), cover_as_path=True),
    # docusaurus.io/docs/blog: an author that is not in the file stops the build
    "docusaurus": Theme(
        "mdx",
        (),
        path="blog/{slug}",
        permalinks=("home=/blog", "tag=/blog/tags/{name}", "feed=/blog/rss.xml"),
        files={"blog/authors.yml": _authors, "blog/tags.yml": _tags},
        static="static",
        has_excerpts=True,
    ),
    # squidfunk.github.io/mkdocs-material/plugins/blog
    "material": Theme(
        "mkdocs",
        ("pinned:pin,slug:slug",),
        path="blog/posts/{slug}",
        permalinks=("post=/blog/{slug}/", "home=/blog/"),
        title_heading=False,
        blocks=_material_blocks,
        files={
            "mkdocs.yml": _material_config,
            "docs/blog/.authors.yml": _material_authors,
            "docs/blog/index.md": lambda site: f"# {site.title}\n",
        },
    ),
}
"""By name, in lower case."""


def themed_target(name: str, theme: str | None) -> Target:
    """Return a target with the changes of a theme; None and themes of other targets change nothing."""
    target = TARGETS[name]
    chosen = THEMES.get(theme or "")
    return target if chosen is None or chosen.target != name else chosen.of(target)
