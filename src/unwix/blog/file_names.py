"""Naming: the file that a post is written to: inside the output folder.

One for each post, fit for every file system.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from ..model.post import Metadata

#: Names that Windows keeps for devices, with any ending.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)", re.I)
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f<>:\"/\\|?*%#\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+")
_NOT_IN_SLUG = re.compile(r"[^\w]+")
#: Most file systems take 255 bytes; `.md`, a number for doubles and a temporary ending need some.
_MOST_BYTES = 200


def file_stem(metadata: Metadata, source: str) -> str:
    """A name for a post's file, without its ending: its slug, else its title, else the name of its source."""
    for candidate in (metadata.slug, _slugified(metadata.title), PurePosixPath(source.partition("#")[0]).stem, "post"):
        if candidate and (name := safe_name(candidate)):
            return name
    return "post"


def _slugified(title: str | None) -> str:
    return _NOT_IN_SLUG.sub("-", unicodedata.normalize("NFC", title or "").lower()).strip("-_")


def safe_name(name: str) -> str:
    """The name without what a path could be made of, at most 200 bytes long; empty when nothing is left."""
    name = _FORBIDDEN.sub("-", unicodedata.normalize("NFC", name)).strip(" .-")
    encoded = name.encode("utf-8", "replace")
    if len(encoded) > _MOST_BYTES:
        name = encoded[:_MOST_BYTES].decode("utf-8", "ignore").rstrip(" .-")
    if _RESERVED.match(name):
        name = "_" + name
    return name


class UniqueNames:
    """Hands out names so that no two posts get one; letter case and Unicode form do not tell two names apart."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._last: dict[str, int] = {}

    def take(self, stem: str) -> str:
        """The stem, or the stem with the first free number."""
        name, number = stem, self._last.get(stem, 1)
        if number > 1:
            name = f"{stem}-{number}"
        while (key := unicodedata.normalize("NFKC", name).casefold()) in self._taken:
            number += 1
            name = f"{stem}-{number}"
        self._taken.add(key)
        if number > 1:
            self._last[stem] = number
        return name
