"""Copies: which of the posts that were read are the same post, met again in another file, form or address.

An address that two posts share is proof, and so is one of Wix's ids of a post, or the site's id with the post's slug:
a site has a slug once. Where a source tells none of these, slug and title must do, with more beside them. Ids that
differ say that two posts are two, whatever else they have in common.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from ...model.facts import url_key
from ...model.post import Metadata
from ...model.post_summary import PostSummary
from ...wix.ids import is_id
from ...wix.post_urls import is_free_site, parse_url
from .hash_index import hashed

_GUID, _DAY = 36, len("2024-09-27")
#: Of the words of two forms of one post so many are the same: a feed leaves out captions, a page's form its tables.
_ALIKE = 0.9
#: So many posts of one key, and so many copies of one, are looked at: an agency's sites may all have the same post.
_MOST = 20


class FirstNumberByHash:
    """For each hash the first number that it came with: a dictionary of numbers in a third of a dictionary's memory.

    Open addressing with linear probing: a hash stands in the first free place from where its last bits point to.
    """

    def __init__(self) -> None:
        self._hashes = array("Q", bytes(8 * 1024))
        """0 where the place is free."""
        self._numbers = array("I", bytes(4 * 1024))
        self._count = 0

    def get(self, key: int) -> int | None:
        """The first number of a hash."""
        place = self._place(key)
        return self._numbers[place] if self._hashes[place] else None

    def setdefault(self, key: int, number: int) -> int:
        """The first number of a hash, which is this one when there is none yet."""
        place = self._place(key)
        if self._hashes[place]:
            return self._numbers[place]
        self._hashes[place], self._numbers[place] = key or 1, number
        self._count += 1
        if 3 * self._count > 2 * len(self._hashes):
            self._grow()
        return number

    def _place(self, key: int) -> int:
        """Where a hash stands, or would stand."""
        key, last = key or 1, len(self._hashes) - 1
        place = key & last
        while self._hashes[place] not in (0, key):
            place = (place + 1) & last
        return place

    def _grow(self) -> None:
        hashes, numbers = self._hashes, self._numbers
        self._hashes, self._numbers = (
            array("Q", bytes(16 * len(self._hashes))),
            array("I", bytes(8 * len(self._numbers))),
        )
        for key, number in zip(hashes, numbers, strict=True):
            if key:
                place = self._place(key)
                self._hashes[place], self._numbers[place] = key, number


@dataclass(slots=True)
class DuplicateFinder:
    """The posts of a run by what tells them. A run may have 100,000, so numbers and hashes are all that is kept."""

    entry_of: Callable[[int], PostSummary]
    """The entry of a post that was met, by its number."""
    words_of: Callable[[int], list[str]]
    """The words of a post, in order."""
    groups: dict[int, list[int]] = field(default_factory=dict)
    """Where a post was met more than once: the number of its first copy, and those of all."""
    _known: FirstNumberByHash = field(default_factory=FirstNumberByHash)
    """For each key of a post (hashed), the number of the first copy with it."""
    _more: dict[int, list[int]] = field(default_factory=dict)
    """Where several posts have one key, the numbers of the later ones."""
    _joined: dict[int, int] = field(default_factory=dict)
    """Posts that turned out to be one that was met before them, when a later copy had the keys of both."""

    def is_new(self, number: int, entry: PostSummary) -> bool:
        """Take in a post under its number; whether it is one that was not met before."""
        keys = [(told[0], hashed("\n".join(told))) for told in _told(entry)]
        found = self._met(number, entry, keys)
        first = number if found is None else found
        if found is not None:
            self.groups.setdefault(first, [first]).append(number)
        for _, key in keys:
            if self._known.setdefault(key, first) != first:
                later = self._more.setdefault(key, [])
                if first not in later and len(later) < _MOST:
                    later.append(first)
        return found is None

    def is_first(self, number: int) -> bool:
        """Whether a post that was new when it was met is so now that all are known."""
        return number not in self._joined

    def forget_keys(self) -> None:
        """All posts are known: only the groups are needed from now on."""
        self._known = FirstNumberByHash()
        self._more.clear()

    def _met(self, number: int, entry: PostSummary, keys: list[tuple[str, int]]) -> int | None:
        """The first copy of the post that this one is again, None when it is new."""
        found: list[int] = []
        for kind, key in keys:
            if kind == "title" and found:
                break  # what is proved needs no likelihood
            found += [first for first in self._posts(key) if self._is_same(kind, number, entry, first)]
            if kind == "title":
                return next(iter(found), None)
        for other in sorted({*found})[1:]:
            self._join(min(found), other)
        return min(found, default=None)

    def _posts(self, key: int) -> list[int]:
        """The posts with a key, by their first copies."""
        first = self._known.get(key)
        found = [] if first is None else [first, *self._more.get(key, ())][:_MOST]
        return [self._joined.get(one, one) for one in found]

    def _copies(self, first: int) -> list[PostSummary]:
        return [self.entry_of(copy) for copy in self.groups.get(first, [first])[:_MOST]]

    def _is_same(self, kind: str, number: int, entry: PostSummary, first: int) -> bool:
        """Whether a post that has a key of this kind in common with another is that one again."""
        if kind == "address":
            return True
        copies = self._copies(first)
        if any(_differ(entry, copy) for copy in copies):
            return False
        if kind != "title":
            return any(_PROOFS[kind](entry.metadata, copy.metadata) for copy in copies)
        if entry.is_amp or all(copy.is_amp for copy in copies):
            return True
        if not any(_same_day(entry.metadata, copy.metadata) for copy in copies):
            return False
        addresses = [copy.metadata.canonical_url for copy in copies if copy.metadata.canonical_url]
        return not entry.metadata.canonical_url or not addresses or self._at_two_addresses(number, entry, first)

    def _at_two_addresses(self, number: int, entry: PostSummary, first: int) -> bool:
        """Whether two posts of one slug and title are one at the site's free address and its own domain."""
        other = self.entry_of(first).metadata
        bases = [parse_url(metadata.canonical_url or "") for metadata in (entry.metadata, other)]
        if None in bases or sum(base is not None and is_free_site(base.base) for base in bases) != 1:
            return False
        return _same_moment(entry.metadata.date, other.date) and _alike(self.words_of(number), self.words_of(first))

    def _join(self, first: int, other: int) -> None:
        """Two posts that were met as new are one; not when anything says that they are two."""
        if any(_differ(one, two) for one in self._copies(first) for two in self._copies(other)):
            return
        self.groups[first] = sorted([*self.groups.get(first, [first]), *self.groups.pop(other, [other])])
        self._joined |= {one: first for one, there in self._joined.items() if there == other}
        self._joined[other] = first


def _told(entry: PostSummary) -> Iterator[tuple[str, ...]]:
    """What may tell that two pages are one post, surest first, each behind its kind."""
    metadata = entry.metadata
    if metadata.canonical_url:
        yield "address", url_key(metadata.canonical_url.split("#")[0])
    if not metadata.draft:  # an unpublished change of a post has the post's ids
        yield from (("id", one) for one in dict.fromkeys(one.lower() for one in entry.ids if is_id(one)))
        if entry.site and metadata.slug:
            yield "site", entry.site, metadata.slug
    if metadata.slug and metadata.title:
        yield "title", metadata.slug, metadata.title


def _same_day(one: Metadata, other: Metadata) -> bool:
    return bool(one.date and other.date) and str(one.date)[:_DAY] == str(other.date)[:_DAY]


def _same_name(one: Metadata, other: Metadata) -> bool:
    return bool((one.slug and one.slug == other.slug) or (one.title and one.title == other.title))


def _same_place(one: Metadata, other: Metadata) -> bool:
    """Whether two posts of one slug on one site are one: translations may share a slug."""
    if _language(one) != _language(other):
        return False
    return bool(one.title and one.title == other.title) or _same_day(one, other)


#: What two posts must have in common beside a key of that kind. (Examples that people copy have one id for all posts.)
_PROOFS: dict[str, Callable[[Metadata, Metadata], bool]] = {"id": _same_name, "site": _same_place}


def _language(metadata: Metadata) -> tuple[str | None, str]:
    """In which of a site's languages a page stands: as its address says, and as it does itself."""
    found = parse_url(metadata.canonical_url or "")
    return found.language if found is not None else None, (metadata.language or "").lower()


def _differ(one: PostSummary, other: PostSummary) -> bool:
    """Whether the sites' ids or the posts' GUIDs say that these are two posts. Ids of another form say nothing."""
    if one.site and other.site and one.site != other.site:
        return True
    mine, theirs = ({i.lower() for i in entry.ids if len(i) == _GUID and is_id(i)} for entry in (one, other))
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _same_moment(one: str | None, other: str | None) -> bool:
    """Whether two posts of one day were published in one second; a day alone says no more than the day."""
    if not one or not other or min(len(one), len(other)) <= _DAY:
        return bool(one and other)
    try:
        mine, theirs = (datetime.fromisoformat(text) for text in (one, other))
    except ValueError:
        return False
    mine, theirs = (moment if moment.tzinfo else moment.replace(tzinfo=UTC) for moment in (mine, theirs))
    return mine.astimezone(UTC).replace(microsecond=0) == theirs.astimezone(UTC).replace(microsecond=0)


def _alike(one: list[str], other: list[str]) -> bool:
    """Whether two texts have nearly the same words."""
    longer = max(len(one), len(other))
    return longer > 0 and (Counter(one) & Counter(other)).total() >= _ALIKE * longer
