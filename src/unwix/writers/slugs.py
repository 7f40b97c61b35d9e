"""Make slugs of posts, categories, tags and authors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

#: Latin letters that Unicode does not decompose into a letter and an accent.
_LATIN = str.maketrans(
    dict(zip("ßẞæÆœŒøØłŁđĐðÐþÞıħĦŋŊ", "ss ss ae ae oe oe o o l l d d d d th th i h h n n".split(), strict=True))
)


def without_accents(text: str) -> str:
    """Return text with Latin letters as ASCII; letters of other scripts are unchanged."""
    parts = (unicodedata.normalize("NFD", char) for char in unicodedata.normalize("NFC", text).translate(_LATIN))
    transliterated = "".join(part[0] if part[0].isascii() else part for part in parts)
    return unicodedata.normalize("NFC", transliterated)


def _hyphenated(text: str) -> str:
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", text.lower()).strip()).strip("-_")


def ascii_slug(name: str) -> str | None:
    """Return a term as Pelican, Eleventy and Zola write it in URLs, or None for scripts other than Latin.

    Accents are dropped. These generators transliterate other scripts with tables of their own.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()
    return (_hyphenated(plain) or None) if plain.isascii() else None


def latin_slug(name: str) -> str | None:
    """Return a slug without accents; other scripts are unchanged, because WordPress keeps them."""
    return _hyphenated(without_accents(unicodedata.normalize("NFKC", name))) or None


def transliterated_slug(name: str) -> str | None:
    """Return a slug in ASCII, with other scripts transliterated; None if it would be empty."""
    from anyascii import anyascii  # noqa: PLC0415  # only Ghost's posts need it

    spaced = "".join(f" {char} " if _is_ideograph(char) else char for char in without_accents(name))
    return _hyphenated(anyascii(spaced)) or None


def _is_ideograph(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"


class Slugs:
    """The slugs of categories, tags or authors, each of which belongs to one name only."""

    def __init__(self, usual: str, slug: Callable[[str], str | None] = ascii_slug) -> None:
        """`usual` is the beginning of the slugs of names for which `slug` returns None."""
        self._usual, self._slug = usual, slug
        self._by_name: dict[str, str] = {}
        self._used: set[str] = set()

    def of(self, name: str) -> str:
        """Return the slug of a name; the same slug for the same name."""
        if name not in self._by_name:
            plain = self._slug(name) or f"{self._usual}-{len(self._by_name) + 1}"
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
