"""Compute the URLs of a built site: those of its posts, and of the lists that a generator builds.

If a target has no page for a kind of list, links to such lists stay unchanged and get no redirects.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ..model.article import element
from ..model.post import Metadata
from ..wix.post_urls import encode_path
from .target import SitePages, Target, url_path
from .targets import TARGETS

KINDS = ("post", "category", "tag", "author", "home", "feed")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_FIELD = re.compile(r"\{(\w+)\}")


class Permalinks(Struct, frozen=True):
    """URL paths from the site's root, percent-encoded."""

    target: Target
    pages: SitePages
    post_pattern: str | None = None
    """The user's pattern for posts: `{slug}`, `{year}`, `{month}`, `{day}`, `{lang}`; None: the target's pattern."""

    @property
    def is_site(self) -> bool:
        """Return whether the target's files become pages of a site; notes and import files do not."""
        return bool(self.pages.patterns)

    def post(self, output: str, metadata: Metadata) -> str:
        """Return the URL path of the post in the file `output`."""
        if self.post_pattern is None:
            return encode_path(url_path(self.target, output))
        day = _DATE.match(metadata.date or "")
        name = output.removesuffix(self.target.suffix).removesuffix("/index").rpartition("/")[2]
        dated = dict(zip(("year", "month", "day"), day.groups() if day else ("", "", ""), strict=True))
        slug = re.sub(r"^\d{4}-\d\d-\d\d-(?=.)", "", name) if self.target.dated else name
        return _filled(self.post_pattern, {**dated, "slug": slug, "lang": metadata.language or ""})

    def list_page(self, kind: str, name: str) -> str | None:
        """Return the URL path of a list, or None if the target has none; `home` and `feed` have no name."""
        pattern = self.pages.patterns.get(kind)
        if pattern is None or "{" not in pattern:
            return pattern
        slug_of = self.pages.author_slug if kind == "author" and self.pages.author_slug else self.pages.slug
        slug = slug_of(name)
        return _filled(pattern, {"name": slug}) if slug else None

    def is_partial(self, kind: str) -> bool:
        """Return whether only the first of a post's names of this kind gets a page (Pelican's categories)."""
        return kind == "category" and self.target.front.one_category

    def listed(self, kind: str, names: Sequence[str]) -> Sequence[str]:
        """Return those of a post's names that get a page."""
        return names[:1] if self.is_partial(kind) else names

    def heading_ids(self, headings: Sequence[tuple[str, str]], keys: Collection[str]) -> dict[str, str]:
        """Return the ids on the built page of the headings with these keys; `headings` are all, as (key, text)."""
        article = element("article")
        for key, text in headings:
            article.append(element("h2", text, id=key if key and key in keys else None))
        return self.target.flavor.heading_ids(article).slugs


def permalinks_of(target: str, patterns: Mapping[str, str] | None = None, pages: SitePages | None = None) -> Permalinks:
    """Return the URLs of a target's site; `patterns` are the user's patterns by kind of page."""
    known = pages or TARGETS[target].pages
    merged = {**known.patterns, **(patterns or {})}
    return Permalinks(TARGETS[target], replace(known, patterns=merged), merged.get("post"))


def _filled(pattern: str, fields: Mapping[str, str]) -> str:
    return re.sub(r"/{2,}", "/", _FIELD.sub(lambda match: encode_path(fields.get(match[1], "")), pattern))
