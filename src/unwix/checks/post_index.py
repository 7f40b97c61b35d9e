"""What the rules about all posts need to know about each; small, since an output may have 100,000 posts."""

from __future__ import annotations

import re

from msgspec import Struct, field

from ..writers.target import url_path
from .link_targets import place_of
from .markdown_file import Document, Reference

#: The fields in which targets keep older URLs of a post.
_ALIASES = ("aliases", "redirect_from", "alias")
#: The hosts of Wix's media and files (docs/wix/media-urls.md#hosts).
WIX = re.compile(
    r"https?://(?:[\w.-]+\.)?(?:wixstatic\.com|filesusr\.com|usrfiles\.com|wixmp\.com)/[^\s)>\"'\]]*", re.I
)


class PostIndexEntry(Struct, frozen=True):
    """One post in the index."""

    name: str
    slug: tuple[str, int | None] | None
    """The slug and its line; None for targets whose posts state their URL."""
    language: str
    new_url: tuple[str, int | None]
    """The URL of the post on the built site, and its line."""
    url: tuple[str, int | None] | None
    aliases: list[tuple[str, int | None]] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    """References to files of the output or pages of the built site."""
    off: frozenset[str] = frozenset()
    """The rules that a comment in the post switches off."""


def post_index_entry(document: Document) -> PostIndexEntry:
    """Return the index entry of a post."""
    front = document.front
    aliases: list[tuple[str, int | None]] = []
    for name in _ALIASES:
        value = front.fields.get(name)
        listed = value if isinstance(value, list) else [value]
        aliases += [(alias, front.line(name)) for alias in listed if isinstance(alias, str) and alias]
    target = document.writing.target
    slug, url = (
        (str(value), front.line(name)) if (value := front.fields.get(name)) is not None else None
        for name in ("slug", "canonical_url")
    )
    stated_url = front.fields.get(target.front.url or "")
    new_url = str(stated_url) if isinstance(stated_url, str) and stated_url else url_path(target, document.name)
    line = front.line(target.front.url) if target.front.url and stated_url else None
    local = [r for r in document.references if place_of(r.url, document.name).kind in ("file", "site")]
    language = str(front.fields.get("language", ""))
    if target.front.url is not None:
        slug = None
    places = (document.name, slug, language, (new_url, line), url)
    return PostIndexEntry(*places, aliases, local, frozenset(document.off))
