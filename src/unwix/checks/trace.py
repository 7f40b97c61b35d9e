"""Trace: what is remembered of a post until all posts are read. An output may have 100,000, so it is small."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .addresses import climbs, place_of
from .document import Document, Reference
from .folder import OutputFolder

#: Where the targets keep a post's older addresses.
_ALIASES = ("aliases", "redirect_from", "alias")
#: The hosts of Wix's media and files (shared/wix/ricos.md).
WIX = re.compile(
    r"https?://(?:[\w.-]+\.)?(?:wixstatic\.com|filesusr\.com|usrfiles\.com|wixmp\.com)/[^\s)>\"'\]]*", re.I
)


@dataclass(frozen=True, slots=True)
class Trace:
    """What the rules about all posts ask of one."""

    name: str
    slug: tuple[str, int | None] | None
    """The slug and the line that it stands in."""
    url: tuple[str, int | None] | None
    aliases: list[tuple[str, int | None]] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    """Those that lead to a place of the output or the built site."""
    off: frozenset[str] = frozenset()
    """The rules that a comment in the post switches off."""


def trace_of(document: Document) -> Trace:
    """What to remember of a post."""
    front = document.front
    aliases = []
    for name in _ALIASES:
        found = front.fields.get(name)
        said = found if isinstance(found, list) else [found]
        aliases += [(alias, front.line(name)) for alias in said if isinstance(alias, str) and alias]
    slug, url = (
        (str(value), front.line(name)) if (value := front.fields.get(name)) is not None else None
        for name in ("slug", "canonical_url")
    )
    local = [r for r in document.references if place_of(r.address, document.name).kind in ("file", "site")]
    return Trace(document.name, slug, url, aliases, local, frozenset(document.off))


def local_path(address: str, document: str, folder: OutputFolder) -> str | None:
    """The path below the output that an address in a post means; None where it means none."""
    place = place_of(address, document)
    path = folder.file_of_site(place.path) if place.kind == "site" else place.path
    return path if place.kind in ("file", "site") and path is not None and not climbs(path) else None
