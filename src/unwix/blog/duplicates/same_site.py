"""Decide which URLs belong to the old site, and which hosts are one site.

A site is known by the URLs of its posts and by `--site`. Another host is the same site if a post was read from both
(`find.py`), or if links name enough of its posts there: posts mix the free URL and the site's own domain
(docs/wix/discovery.md#free-and-premium-sites). A run can contain several blogs; a link to one never leads to another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

#: A host belongs to the site if links name so many of its posts there, each by a slug of so many words.
PROOFS, WORDS = 2, 3
_MOST_PROOFS = 100_000
#: The base of posts whose source states no URL.
UNKNOWN = ""


class SameSites:
    """The base URLs (`post_urls.base`) of one run, grouped by site."""

    def __init__(self, extra: Iterable[str] = ()) -> None:
        """`extra` are base URLs of the old site that the user names; they match any site of the run."""
        self._any = frozenset(extra)
        self.learned: dict[str, str] = dict.fromkeys(sorted(self._any), "--site")
        """Each base URL, with how it became known."""
        self.suggested: list[str] = []
        """Base URLs where a link names a post of the run: weak evidence."""
        self._root: dict[str, str] = {}
        self._named: dict[str, set[str]] = {}
        self._count = 0

    def learn(self, base: str) -> None:
        """Register a base URL at which the run has a post."""
        self.learned.setdefault(base, "the posts' own URLs")

    def unite(self, base: str, other: str) -> None:
        """Register that a post at `base` was also found at another base URL: both are one site."""
        self.learned.setdefault(other, "another URL of posts of this run")
        self._join(other, base)

    def note(self, base: str, slug: str) -> None:
        """Register that a link names a post by its slug at this base URL."""
        if slug.count("-") >= WORDS - 1 and self._count < _MOST_PROOFS:
            named = self._named.setdefault(base, set())
            self._count += slug not in named
            named.add(slug)

    def finalize(self, bases_of: Callable[[str], Iterable[str]]) -> None:
        """Decide which base URLs are one site; `bases_of` returns the base URLs of the posts with a slug."""
        own = [base for base in self.learned if base not in self._any]
        if len({self._site(base) for base in own}) == 1:
            self._join(UNKNOWN, own[0])
        for base, slugs in self._named.items():
            counts = Counter(self._site(site_base) for slug in slugs for site_base in set(bases_of(slug)))
            for site, number in counts.most_common():
                if site == self._site(base) or base in self._any:
                    continue
                if number >= PROOFS:
                    self.learned.setdefault(base, f"links that name {number} posts of this run there")
                    self._join(base, site)
                elif base not in self.learned:
                    self.suggested.append(base)
        self._named.clear()

    def is_old(self, base: str) -> bool:
        """Return True if a URL at this base belongs to the old site."""
        return base in self.learned

    def is_same_site(self, base: str, other: str) -> bool:
        """Return True if two base URLs are one site."""
        return base in self._any or self._site(base) == self._site(other)

    def _site(self, base: str) -> str:
        while (up := self._root.get(base, base)) != base:
            base = up
        return base

    def _join(self, base: str, other: str) -> None:
        first, second = self._site(base), self._site(other)
        if first != second:
            self._root[first] = second
