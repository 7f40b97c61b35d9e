"""Name the file of a post, valid on every file system and unique in a run."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from ..model.post import Metadata

#: Names that Windows reserves for devices, with any extension.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)", re.I)
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f<>:\"/\\|?*%#\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+")
_NOT_IN_SLUG = re.compile(r"[^\w]+")
#: The longest name, in bytes of UTF-8. Most file systems allow 255; `.md` and a temporary extension need some of them.
MAX_BYTES = 200


def file_stem(metadata: Metadata, source: str) -> str:
    """Return a name for a post's file without extension: its slug, else its title, else the name of its source."""
    for candidate in (metadata.slug, _slugified(metadata.title), PurePosixPath(source.partition("#")[0]).stem, "post"):
        if candidate and (name := safe_name(candidate)):
            return name
    return "post"


def _slugified(title: str | None) -> str:
    return _NOT_IN_SLUG.sub("-", unicodedata.normalize("NFC", title or "").lower()).strip("-_")


def safe_name(name: str) -> str:
    """Return the name without characters that a path or a file system gives a meaning, at most `MAX_BYTES` long.

    The result can be empty.
    """
    name = shorten(_FORBIDDEN.sub("-", unicodedata.normalize("NFC", name)).strip(" .-"), MAX_BYTES)
    return f"_{name}" if _RESERVED.match(name) else name


def shorten(name: str, size: int) -> str:
    """Return the longest beginning of a name that has at most `size` bytes of UTF-8 and no separator at its end."""
    encoded = name.encode("utf-8", "replace")
    if len(encoded) <= size:
        return name
    return encoded[:size].decode("utf-8", "ignore").rstrip(" .-")


class UniqueNames:
    """Assigns names so that no two are equal, also where letter case and Unicode form are ignored."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._last: dict[str, int] = {}

    def take(self, stem: str) -> str:
        """Return the stem, or the stem with the first free number."""
        name, number = stem, self._last.get(stem, 1)
        if number > 1:
            name = f"{stem}-{number}"
        # The number is never cut off, so that each turn tries another name.
        while (key := unicodedata.normalize("NFKC", name).casefold()) in self._taken:
            number += 1
            name = f"{stem}-{number}"
        self._taken.add(key)
        if number > 1:
            self._last[stem] = number
        return name
