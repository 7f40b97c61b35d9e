"""One text of a container: its lines, and the metadata that the container states about it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from ....wix.post_urls import parse_url
from ..tool_formats.line import Line


class Stated(Struct):
    """Metadata that a container states about a text. The text's own lines have precedence."""

    title: str | None = None
    url: str | None = None
    slug: str | None = None
    cover: str | None = None
    authors: list[str] = field(default_factory=list)
    date: str | None = None
    unclear_date: str | None = None
    """The stated date, if it can mean several days."""
    updated: str | None = None
    description: str | None = None
    categories: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    language: str | None = None
    site_name: str | None = None
    saved: str | None = None
    """When the text was saved, in ISO 8601: the reference for dates such as `5 days ago` and `Feb 4`."""
    where: str = "the head of the file"
    """The name of its place in provenance."""

    def fill(self, other: Stated) -> None:
        """Fill empty fields from another head or record."""
        if self.is_empty():
            self.where = other.where
        for name in self.__struct_fields__:
            if name != "where" and not getattr(self, name):
                setattr(self, name, getattr(other, name))

    def is_empty(self) -> bool:
        """Return True if it has no values."""
        return not any(getattr(self, name) for name in self.__struct_fields__ if name not in ("where", "unclear_date"))


class Part(Struct):
    """The lines of one text and its metadata."""

    lines: list[Line]
    stated: Stated = field(default_factory=Stated)
    removed: list[tuple[int, str, str]] = field(default_factory=list)
    """Number, rule and text of each line of the container."""
    name: str | None = None
    """The name of the part in the source, such as the number of a record."""
    is_markdown: bool = False
    """The container declares the text to be Markdown; otherwise its links and marks decide."""
    is_article: bool = False
    """A reading app has saved it as an article, without its URL."""
    is_sure: bool = True
    """The container marks it as the text of a page; otherwise, only Wix's own lines make it a post."""
    is_among_posts: bool = False
    """Other texts of the container have URLs of posts of the same site, and this one has the URL of another page."""


def mark_other_pages(parts: Sequence[Part]) -> None:
    """Set `is_among_posts` of the parts whose URLs are not those of posts, next to posts of the same site."""
    urls = [parse_url(part.stated.url) if part.stated.url else None for part in parts]
    sites = {url.base for url in urls if url is not None and url.kind == "post"}
    for part, url in zip(parts, urls, strict=True):
        part.is_among_posts = url is not None and url.kind == "page" and url.base in sites
