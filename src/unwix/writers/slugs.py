"""Slugs of categories, tags and authors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator


def ascii_slug(name: str) -> str | None:
    """Return a term as Pelican, Eleventy and Zola write it in URLs, or None for scripts other than Latin.

    Accents are dropped. These generators transliterate other scripts by tables of their own.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()
    if not plain.isascii():
        return None
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip()).strip("-_") or None


class Slugs:
    """The slugs of categories, tags or authors: no two names share one."""

    def __init__(self, usual: str) -> None:
        """`usual` begins the slugs of names in scripts other than Latin."""
        self._usual = usual
        self._by_name: dict[str, str] = {}
        self._used: set[str] = set()

    def of(self, name: str) -> str:
        """Return the slug of a name, the same each time."""
        if name not in self._by_name:
            plain = ascii_slug(name) or f"{self._usual}-{len(self._by_name) + 1}"
            unused, number = plain, 1
            while unused in self._used:
                number += 1
                unused = f"{plain}-{number}"
            self._by_name[name] = unused
            self._used.add(unused)
        return self._by_name[name]

    def items(self) -> Iterator[tuple[str, str]]:
        """Yield all names so far with their slugs."""
        yield from self._by_name.items()
