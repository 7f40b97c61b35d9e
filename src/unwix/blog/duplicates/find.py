"""Find duplicates: posts read more than once, from several files, formats or URLs.

Two posts are duplicates if they share their URL, one of Wix's post ids, or site id and slug (slugs are unique on a
site). If a source states none of these, slug and title must match, plus further evidence, or title and text if only one
of the two states its URL. Different ids prove that two posts differ. So do different words at one URL, since slugs are
reused and mirrors can give all pages one canonical URL; both posts are kept then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct, field

from ...model.post import Metadata
from ...model.post_summary import PostSummary
from ...wix.ids import is_id
from .hash_index import FirstNumberByHash, hashed
from .same_post import (
    are_revisions,
    at_free_and_own_domain,
    differ_in_language_only,
    have_different_ids,
    nearly_equal,
    normalized_url,
    other_day,
    same_day,
    same_moment,
    same_name,
    same_on_site,
    sketch,
)

#: Limits for the posts compared per key and per duplicate group: all sites of an agency can contain the same post.
_MAX_COMPARED = 20
#: What two posts must share besides a key of this kind. (Wix's example posts have the same id on all sites.)
_PROOFS: dict[str, Callable[[Metadata, Metadata], bool]] = {"id": same_name, "site": same_on_site}


class DuplicateFinder(Struct):
    """Groups the posts of a run. It stores numbers and hashes only, because a run can have 100,000 posts."""

    entry_of: Callable[[int], PostSummary]
    """Returns the summary of a post, given its number."""
    words_of: Callable[[int], list[str]]
    """Returns the words of a post in order, given its number."""
    groups: dict[int, list[int]] = field(default_factory=dict)
    """Groups of duplicates: the number of the first post → the numbers of all, including the first."""
    _known: FirstNumberByHash = field(default_factory=FirstNumberByHash)
    """For each hashed key, the number of the first post with it."""
    _more: dict[int, list[int]] = field(default_factory=dict)
    """For keys that several posts share, the numbers of the later posts."""
    _joined: dict[int, int] = field(default_factory=dict)
    """Posts that turned out to be duplicates of an earlier one when a later post had the keys of both."""
    _same_url: dict[int, set[int]] = field(default_factory=dict)
    """Different posts that share a URL, in both directions."""

    def is_new(self, number: int, entry: PostSummary) -> bool:
        """Register a post under its number. Return True unless it is a duplicate of an earlier post."""
        keys = [(parts[0], hashed("\n".join(parts))) for parts in _keys(entry)]
        if any(kind == "url" and self._is_crowded(key) for kind, key in keys):
            keys = [*self._text_keys(number, entry), *keys]
        earlier = self._find(number, entry, keys)
        first = number if earlier is None else earlier
        if earlier is not None:
            self.groups.setdefault(first, [first]).append(number)
        for _, key in keys:
            if self._known.setdefault(key, first) != first:
                later = self._more.setdefault(key, [])
                if first not in later and not self._is_crowded(key):
                    later.append(first)
        return earlier is None

    def is_first(self, number: int) -> bool:
        """Return True if a post is still the first of its group, now that all posts are registered."""
        return number not in self._joined

    def others_at_url(self, first: int) -> list[int]:
        """Return the other posts with the URL of a post, by the number of the first post of each group."""
        others = {self._joined.get(other, other) for other in self._same_url.get(first, ())}
        return sorted(others - {first})

    def clear_keys(self) -> None:
        """Free the memory that only registering needs."""
        self._known = FirstNumberByHash()
        self._more.clear()

    def _is_crowded(self, key: int) -> bool:
        """Return True if a key has so many posts that no more are stored under it."""
        return len(self._more.get(key, ())) >= _MAX_COMPARED - 1

    def _text_keys(self, number: int, entry: PostSummary) -> Iterator[tuple[str, int]]:
        """Yield keys that posts with nearly the same words share, for a URL with more posts than can be compared."""
        url = normalized_url(entry.metadata.canonical_url)
        yield "url", hashed(f"{url}\n{entry.digest}")
        for value in sketch(self.words_of(number)):
            yield "url", hashed(f"{url}\n{value}")

    def _find(self, number: int, entry: PostSummary, keys: list[tuple[str, int]]) -> int | None:
        """Return the first duplicate of a post, or None if the post is new."""
        duplicates, others = self._compare(number, entry, keys)
        first = min(duplicates, default=number)
        for other in others:
            self._same_url.setdefault(first, set()).add(other)
            self._same_url.setdefault(other, set()).add(first)
        for other in sorted(duplicates - {first}):
            self._join(first, other)
        return first if duplicates else None

    def _compare(self, number: int, entry: PostSummary, keys: list[tuple[str, int]]) -> tuple[set[int], set[int]]:
        """Return the posts with a key of this one that are duplicates of it, and those that are other posts."""
        duplicates: set[int] = set()
        others: set[int] = set()
        for kind, key in keys:
            for first in dict.fromkeys(self._posts(key)):
                if kind in ("title", "text") and duplicates:
                    break  # ids prove it, or one equal text was found; no further evidence needed
                if first in others or first in duplicates:
                    continue
                if self._is_other_post(number, entry, first):
                    others.add(first)
                elif self._is_same(kind, number, entry, first):
                    duplicates.add(first)
        return duplicates, others

    def _posts(self, key: int) -> list[int]:
        """Return the posts with a key, by the number of the first post of each group."""
        first = self._known.get(key)
        numbers = [] if first is None else [first, *self._more.get(key, ())]
        return [self._joined.get(one, one) for one in numbers]

    def _numbers(self, first: int) -> list[int]:
        return self.groups.get(first, [first])[:_MAX_COMPARED]

    def _duplicates(self, first: int) -> list[PostSummary]:
        return [self.entry_of(one) for one in self._numbers(first)]

    def _is_language_copy(self, entry: PostSummary, one: int) -> bool:
        return differ_in_language_only(entry.metadata, self.entry_of(one).metadata)

    def _is_other_post(self, number: int, entry: PostSummary, first: int) -> bool:
        """Return True if two posts at one URL differ so much that they are different posts."""
        url = normalized_url(entry.metadata.canonical_url)
        if url is None or entry.metadata.draft:
            return False
        for one in self._numbers(first):
            other = self.entry_of(one)
            if other.metadata.draft or (entry.digest and entry.digest == other.digest):
                return False  # a draft is a changed version of its post, however large the change
            if normalized_url(other.metadata.canonical_url) == url:
                return not are_revisions(entry.metadata, other.metadata, self.words_of(number), self.words_of(one))
        return False

    def _is_same(self, kind: str, number: int, entry: PostSummary, first: int) -> bool:
        """Return True if two posts that share a key of this kind are duplicates."""
        if kind == "url":
            return True
        duplicates = self._duplicates(first)
        if any(have_different_ids(entry, other) for other in duplicates):
            return False
        if kind == "text":
            urls = {normalized_url(other.metadata.canonical_url) for other in duplicates} - {None}
            only_one_states_url = (entry.metadata.canonical_url is None) is bool(urls)
            return only_one_states_url and not any(other_day(entry.metadata, other.metadata) for other in duplicates)
        if kind != "title":
            return any(_PROOFS[kind](entry.metadata, other.metadata) for other in duplicates)
        if entry.is_amp or all(other.is_amp for other in duplicates):
            return True
        if copies := [one for one in self._numbers(first) if self._is_language_copy(entry, one)]:
            return any(nearly_equal(self.words_of(number), self.words_of(one)) for one in copies)
        if not any(same_day(entry.metadata, other.metadata) for other in duplicates):
            return False
        urls = {normalized_url(other.metadata.canonical_url) for other in duplicates} - {None}
        url = normalized_url(entry.metadata.canonical_url)
        return url is None or not urls or url in urls or self._moved(number, entry, first)

    def _moved(self, number: int, entry: PostSummary, first: int) -> bool:
        """Return True if two posts with one slug and title are the same, at the site's free URL and its own domain."""
        other = self.entry_of(first).metadata
        return (
            at_free_and_own_domain(entry.metadata, other)
            and same_moment(entry.metadata.date, other.date)
            and nearly_equal(self.words_of(number), self.words_of(first))
        )

    def _join(self, first: int, other: int) -> None:
        """Merge two groups, unless ids prove that the posts differ."""
        if other in self._same_url.get(first, ()) or any(
            have_different_ids(one, two) for one in self._duplicates(first) for two in self._duplicates(other)
        ):
            return
        self.groups[first] = sorted([*self.groups.get(first, [first]), *self.groups.pop(other, [other])])
        self._joined |= {one: first for one, target in self._joined.items() if target == other}
        self._joined[other] = first
        for one in self._same_url.pop(other, set()):
            self._same_url.setdefault(first, set()).add(one)


def _keys(entry: PostSummary) -> Iterator[tuple[str, ...]]:
    """Return the keys that can identify duplicates, the most certain first, each after its kind."""
    metadata = entry.metadata
    if (url := normalized_url(metadata.canonical_url)) is not None:
        if metadata.title:
            yield "url", url, metadata.title  # only needed if very many posts share a URL
        yield "url", url
    if not metadata.draft:  # an unpublished revision has the ids of its post
        yield from (("id", one) for one in dict.fromkeys(one.lower() for one in entry.ids if is_id(one)))
        if entry.site and metadata.slug:
            yield "site", entry.site, metadata.slug
    if metadata.slug and metadata.title:
        yield "title", metadata.slug, metadata.title
    if entry.text_digest and not metadata.draft:
        yield "text", entry.text_digest
