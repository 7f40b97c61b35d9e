"""Copies: which of the posts that were read are the same post, met again in another file or another form."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b

from .entry import Entry
from .facts import address_key


@dataclass(slots=True)
class Copies:
    """The posts of a run by what tells them. A run may have 100,000, so numbers and hashes are all that is kept."""

    groups: dict[int, list[int]] = field(default_factory=dict)
    """Where a post was met more than once: the number of its first copy, and those of all."""
    _known: dict[int, int] = field(default_factory=dict)
    """For each key of a post (hashed), the number of the first copy with it."""
    _by_title: set[int] = field(default_factory=set)
    """AMP copies, which may be told by slug and title alone."""
    _by_day: set[int] = field(default_factory=set)
    """Posts whose source tells no address (an API's answer may not): told by slug, title and day together."""

    def is_new(self, number: int, entry: Entry) -> bool:
        """Take in a post under its number; whether it is one that was not met before."""
        keys = _keys(entry)
        found = self._met(entry, keys)
        first = number if found is None else found
        if found is not None:
            self.groups.setdefault(first, [first]).append(number)
        if entry.is_copy:
            self._by_title.add(first)
        if "address" not in keys:
            self._by_day.add(first)
        for key in keys.values():
            self._known.setdefault(key, first)
        return found is None

    def _met(self, entry: Entry, keys: dict[str, int]) -> int | None:
        """The first copy of the post that this one is again, None when it is new."""
        for kind, key in keys.items():
            first = self._known.get(key)
            if first is not None and (
                kind == "address"
                or (kind == "title" and (entry.is_copy or first in self._by_title))
                or (kind == "day" and ("address" not in keys or first in self._by_day))
            ):
                return first
        return None

    def forget_keys(self) -> None:
        """All posts are known: only the groups are needed from now on."""
        for keys in (self._known, self._by_title, self._by_day):
            keys.clear()


def _keys(entry: Entry) -> dict[str, int]:
    """What may tell that two pages are one post, surest first: `address`; slug and title, with or without the day.

    All hashed.
    """
    metadata = entry.metadata
    keys = {"address": address_key(metadata.canonical_url.split("#")[0])} if metadata.canonical_url else {}
    if metadata.slug and metadata.title:
        if metadata.date:
            keys["day"] = f"{metadata.slug}\n{metadata.title}\n{metadata.date[:10]}"
        if entry.is_copy or keys:
            keys["title"] = f"{metadata.slug}\n{metadata.title}"
    return {
        kind: int.from_bytes(blake2b(f"{kind}\n{key}".encode("utf-8", "replace"), digest_size=12).digest())
        for kind, key in keys.items()
    }
