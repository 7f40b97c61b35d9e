"""Site pages: where the pages of a built site are, by target: posts, and the lists that a generator makes of them.

A kind of list that a target has no page for is missing from its row: links to it stay, redirects to it are not made.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from ...model.article import element
from ...model.post import Metadata
from .import_targets import target_of
from .table import Target, address_of

KINDS = ("post", "category", "tag", "author", "home", "feed")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_FIELD = re.compile(r"\{(\w+)\}")
_HUGO_KEEPS = frozenset("._#+~-@/")


def hugo_slug(name: str) -> str | None:
    """A term as Hugo puts it into an address: letters of any script, lower case, a hyphen for blanks."""
    kept = "".join(c if _hugo_keeps(c) else " " * c.isspace() for c in name)
    return re.sub(r"-?\s+-?", "-", kept.strip()).lower() or None


def _hugo_keeps(char: str) -> bool:
    return char.isalnum() or char in _HUGO_KEEPS or unicodedata.category(char)[0] == "M"


def ascii_slug(name: str) -> str | None:
    """A term as Pelican, Eleventy and Zola write it: Latin letters without accents; None for other scripts.

    These spell other scripts in Latin letters by tables of their own.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()
    if not plain.isascii():
        return None
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip()).strip("-_") or None


@dataclass(frozen=True, slots=True)
class ListPages:
    """What a site has beside posts, as the generator's own starter or default configuration makes it."""

    patterns: Mapping[str, str] = field(default_factory=dict)
    """By kind of list its address from the site's root; `{name}` is the term as the generator spells it."""
    slug: Callable[[str], str | None] = ascii_slug
    static: str = ""
    """The folder below OUTPUT whose files are copied to the site as they are."""


#: Sources: gohugo.io/content-management/taxonomies; jekyllrb.com (minima, jekyll-feed); docs.astro.build (its starter
#: of blogs); eleventy-base-blog; docs.getpelican.com/settings; getzola.org/documentation (taxonomies of config.toml).
LISTS: dict[str, ListPages] = {
    "hugo": ListPages(
        {"category": "/categories/{name}/", "tag": "/tags/{name}/", "home": "/post/", "feed": "/index.xml"},
        hugo_slug,
        "static",
    ),
    "jekyll": ListPages({"home": "/", "feed": "/feed.xml"}),
    "astro": ListPages({"home": "/blog/", "feed": "/rss.xml"}, static="public"),
    "eleventy": ListPages({"tag": "/tags/{name}/", "home": "/blog/", "feed": "/feed/feed.xml"}, static="public"),
    "pelican": ListPages(
        {
            "category": "/category/{name}.html",
            "tag": "/tag/{name}.html",
            "author": "/author/{name}.html",
            "home": "/",
            "feed": "/feeds/all.atom.xml",
        },
        static="content/extra",
    ),
    "mkdocs": ListPages({"home": "/"}, static="docs"),
    "zola": ListPages(
        {"category": "/categories/{name}/", "tag": "/tags/{name}/", "home": "/post/", "feed": "/atom.xml"},
        static="static",
    ),
    "obsidian": ListPages(),
    "markdown": ListPages(),
}
#: A new installation of WordPress, which takes posts by import: its own addresses, whatever OUTPUT was written for.
WORDPRESS = ListPages(
    {
        "post": "/{year}/{month}/{day}/{slug}/",
        "category": "/category/{name}/",
        "tag": "/tag/{name}/",
        "author": "/author/{name}/",
        "home": "/",
        "feed": "/feed/",
    },
    static="redirects",
)


LISTS["wordpress"] = WORDPRESS
#: Ghost's own routes (routes.yaml); categories are tags there.
LISTS["ghost"] = ListPages(
    {
        "post": "/{slug}/",
        "category": "/tag/{name}/",
        "tag": "/tag/{name}/",
        "author": "/author/{name}/",
        "home": "/",
        "feed": "/rss/",
    },
    static="redirects",
)


@dataclass(frozen=True, slots=True)
class Permalinks:
    """The addresses of a built site, percent-encoded, from the site's root."""

    target: Target
    lists: ListPages
    post_pattern: str | None = None
    """The user's own pattern for posts: `{slug}`, `{year}`, `{month}`, `{day}`, `{lang}`; None: the target's own."""

    @property
    def is_site(self) -> bool:
        """Whether a generator builds pages of the posts, drafts left out; notes and files stay what they are."""
        return bool(self.lists.patterns)

    def post(self, output: str, metadata: Metadata) -> str:
        """The address of the post in the file `output`."""
        if self.post_pattern is None:
            return _encoded(address_of(self.target, output))
        day = _DATE.match(metadata.date or "")
        name = output.removesuffix(".md").removesuffix("/index").rpartition("/")[2]
        dated = dict(zip(("year", "month", "day"), day.groups() if day else ("", "", ""), strict=True))
        slug = re.sub(r"^\d{4}-\d\d-\d\d-(?=.)", "", name) if self.target.dated else name
        return _filled(self.post_pattern, {**dated, "slug": slug, "lang": metadata.language or ""})

    def list_page(self, kind: str, name: str) -> str | None:
        """The address of a list: `home` and `feed` have no name. None where the target has none."""
        pattern = self.lists.patterns.get(kind)
        if pattern is None or "{" not in pattern:
            return pattern
        slug = self.lists.slug(name)
        return _filled(pattern, {"name": slug}) if slug else None

    def anchors(self, headings: Sequence[tuple[str, str]], wanted: Collection[str]) -> dict[str, str]:
        """The ids that the built page gives to headings with a wanted key; `headings` are all, as (key, text)."""
        article = element("article")
        for key, text in headings:
            article.append(element("h2", text, id=key if key and key in wanted else None))
        return self.target.dialect.anchors(article).slugs


def permalinks_of(target: str, patterns: Mapping[str, str] | None = None, lists: ListPages | None = None) -> Permalinks:
    """The pages of a target's site; `patterns` say where the owner's site has others, by kind."""
    known = lists or LISTS[target]
    merged = {**known.patterns, **(patterns or {})}
    return Permalinks(target_of(target), replace(known, patterns=merged), merged.get("post"))


def _filled(pattern: str, fields: Mapping[str, str]) -> str:
    return re.sub(r"/{2,}", "/", _FIELD.sub(lambda found: _encoded(fields.get(found[1], "")), pattern))


def _encoded(path: str) -> str:
    return quote(path, safe="/-._~+,@", errors="replace")
