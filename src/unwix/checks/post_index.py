"""Trace: what is remembered of a post until all posts are read. An output may have 100,000, so it is small."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..writers.target import url_path
from .link_targets import place_of
from .markdown_file import Document, Reference

#: Where the targets keep a post's older addresses.
_ALIASES = ("aliases", "redirect_from", "alias")
#: The hosts of Wix's media and files (docs/wix/media-urls.md#hosts).
WIX = re.compile(
    r"https?://(?:[\w.-]+\.)?(?:wixstatic\.com|filesusr\.com|usrfiles\.com|wixmp\.com)/[^\s)>\"'\]]*", re.I
)


@dataclass(frozen=True, slots=True)
class PostIndexEntry:
    """What the rules about all posts ask of one."""

    name: str
    slug: tuple[str, int | None] | None
    """The slug and the line that it stands in; None where posts say their own address."""
    language: str
    address: tuple[str, int | None]
    """The post's address on the built site."""
    url: tuple[str, int | None] | None
    aliases: list[tuple[str, int | None]] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    """Those that lead to a place of the output or the built site."""
    off: frozenset[str] = frozenset()
    """The rules that a comment in the post switches off."""


def post_index_entry(document: Document) -> PostIndexEntry:
    """What to remember of a post."""
    front = document.front
    aliases: list[tuple[str, int | None]] = []
    for name in _ALIASES:
        found = front.fields.get(name)
        listed = found if isinstance(found, list) else [found]
        aliases += [(alias, front.line(name)) for alias in listed if isinstance(alias, str) and alias]
    target = document.writing.target
    slug, url = (
        (str(value), front.line(name)) if (value := front.fields.get(name)) is not None else None
        for name in ("slug", "canonical_url")
    )
    said = front.fields.get(target.front.url or "")
    address = str(said) if isinstance(said, str) and said else url_path(target, document.name)
    line = front.line(target.front.url) if target.front.url and said else None
    local = [r for r in document.references if place_of(r.address, document.name).kind in ("file", "site")]
    language = str(front.fields.get("language", ""))
    if target.front.url is not None:
        slug = None
    places = (document.name, slug, language, (address, line), url)
    return PostIndexEntry(*places, aliases, local, frozenset(document.off))
