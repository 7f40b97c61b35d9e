"""Themes and starters of site generators: the fields that they read, and the small files that they need.

A theme changes nothing that its target writes but names of fields and, for some, the directory of the posts. Its files
are written where there are none; files of the owner stay.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What a theme's files state about the blog."""

    title: str
    """The host of the old site, or `Blog`: the owner replaces it."""
    language: str
    authors: tuple[str, ...]


ThemeFile = Callable[[SiteFacts], str]
"""Returns the text of a file."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme or starter."""

    target: str
    fields: tuple[str, ...]
    """Changes of the front matter, as `--field` takes them."""
    path: str | None = None
    """The pattern of `--path`."""
    addresses: tuple[str, ...] = ()
    """The URLs of the built site where they differ from the target's, as `--address` takes them."""
    files: Mapping[str, ThemeFile] = field(default_factory=dict)
    """By path below OUTPUT."""


def _hugo(name: str, params: str) -> ThemeFile:
    def text(site: SiteFacts) -> str:
        title, language = json.dumps(site.title, ensure_ascii=False), json.dumps(site.language)
        return (
            f'baseURL = "https://www.example.com/"\ntitle = {title}\nlanguageCode = {language}\n'
            f'defaultContentLanguage = {language}\ntheme = "{name}"\n\n[params]\n  mainSections = ["post"]\n{params}'
        )

    return text


def _jekyll(theme: str, more: str = "") -> ThemeFile:
    def text(site: SiteFacts) -> str:
        title = json.dumps(site.title, ensure_ascii=False)
        return (
            f"title: {title}\nlang: {site.language}\nurl: https://www.example.com\ntheme: {theme}\n{more}"
            "plugins: [jekyll-feed]\nexclude: [report.json, media.json, unwix.toml]\n"
        )

    return text


def _yaml(data: object) -> str:
    import yaml  # noqa: PLC0415  # `unwix --help` lists the themes

    return str(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120))


def _authors(site: SiteFacts) -> str:
    return _yaml({name: {"name": name} for name in site.authors})


#: Material asks for an image of each author.
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


def _eleventy_data(_site: SiteFacts) -> str:
    return json.dumps({"layout": "layouts/post.njk", "tags": ["posts"]}, indent="\t") + "\n"


THEMES: dict[str, Theme] = {
    # github.com/adityatelange/hugo-PaperMod/wiki/Variables
    "papermod": Theme(
        "hugo",
        ("cover:cover.image,cover_alt:cover.alt,authors:author",),
        files={"hugo.toml": _hugo("PaperMod", "  ShowReadingTime = true\n")},
    ),
    # github.com/theNewDynamic/gohugo-theme-ananke
    "ananke": Theme(
        "hugo",
        ("cover:featured_image,authors:author",),
        files={"hugo.toml": _hugo("ananke", "")},
    ),
    # github.com/jekyll/minima
    "minima": Theme("jekyll", ("updated:modified_date",), files={"_config.yml": _jekyll("minima")}),
    # chirpy.cotes.page/posts/write-a-new-post
    "chirpy": Theme(
        "jekyll",
        ("pinned:pin,authors:authors",),
        files={
            "_config.yml": _jekyll("jekyll-theme-chirpy"),
            "_data/authors.yml": _authors,
        },
    ),
    # github.com/11ty/eleventy-base-blog
    "eleventy-base-blog": Theme("eleventy", (), files={"content/post/post.11tydata.json": _eleventy_data}),
    # github.com/withastro/astro/tree/main/examples/blog: `heroImage` must be a file in `src/`
    "astro-blog": Theme("astro", ("cover:cover,cover_alt:coverAlt,description?=''",)),
    # docusaurus.io/docs/blog: an author that is not in the file stops the build
    "docusaurus": Theme("mdx", (), path="blog/{slug}", addresses=("home=/blog",), files={"blog/authors.yml": _authors}),
    # squidfunk.github.io/mkdocs-material/plugins/blog
    "material": Theme(
        "mkdocs",
        ("pinned:pin,slug:slug",),
        path="blog/posts/{slug}",
        addresses=("post=/blog/{slug}/", "home=/blog/"),
        files={
            "mkdocs.yml": _material_config,
            "docs/blog/.authors.yml": _material_authors,
            "docs/blog/index.md": lambda site: f"# {site.title}\n",
        },
    ),
}
"""By name, in lower case."""
