"""The index of posts that were found on a site, with the ways that found each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct, field

from ..urls import SiteBase, is_list, is_post_by_shape, language_of, normalize_url, parent_path

#: The ways to a post, in the order in which their URLs are trusted.
DISCOVERY_METHODS: dict[str, str] = {
    "given": "the given URL",
    "sitemap": "the sitemaps",
    "feed": "the feeds",
    "visitor-api": "the visitor API",
    "list": "the blog's list pages",
    "category": "the lists of categories and tags",
    "language": "translations of other posts",
    "link": "links in other posts",
}
#: Ways that list posts only: what they list is a post, at whatever host and in whatever directory it is.
_TEACHING = frozenset({"sitemap", "feed", "visitor-api"})
#: The largest number of posts in a blog (docs/wix/api.md#post-object): a list with more is endless.
MAX_POSTS = 100_000
_BIT = {way: 1 << number for number, way in enumerate(DISCOVERY_METHODS)}


class _Known(Struct):
    url: str
    ways: int


class PostIndex(Struct):
    """Posts by their decoded path, whichever host of the site it is on."""

    bases: list[SiteBase]
    """The URLs of the site: its own domain, its free URL."""
    others: list[SiteBase] = field(default_factory=list)
    """The URLs of the site in other languages, if they have other hosts."""
    stated: dict[str, int] = field(default_factory=dict)
    """For each way that states how many posts the site has, the number."""
    _posts: dict[str, _Known] = field(default_factory=dict)
    _order: list[_Known] = field(default_factory=list)
    _folders: set[str] = field(default_factory=set)
    """Paths below which there are posts, to recognize a renamed post page (`/stories/…`) in links too."""

    def __len__(self) -> int:
        return len(self._order)

    @property
    def advertised_count(self) -> int | None:
        """Return how many posts the site states that it has, None if it does not."""
        return max(self.stated.values(), default=None)

    def state_count(self, way: str, number: int) -> None:
        """Record how many posts a way states; of several numbers, as each list states its own, the largest counts."""
        self.stated[way] = max(number, self.stated.get(way, 0))

    def live_at(self, base: SiteBase) -> None:
        """Add a URL of the site."""
        if not any(base.host == known.host and base.prefix == known.prefix for known in self.bases):
            self.bases.append(base)

    def place(self, url: str) -> str | None:
        """Return the path of a URL on this site, whichever host it is on; None for a URL of another site."""
        places = [place for base in [*self.bases, *self.others] if (place := base.place(url)) is not None]
        return min(places, key=len) if places else None

    def key(self, url: str) -> str:
        """Return the key that all URLs of a post share."""
        own = [place for base in self.bases if (place := base.place(url)) is not None]
        if own:
            return f"{min(own, key=len)}?{language_of(url)}"
        site_base = SiteBase.of(url)
        return f"{site_base.host}{site_base.prefix}{site_base.place(url)}?{language_of(url)}"

    def has(self, url: str) -> bool:
        """Return whether the post at a URL was found."""
        return self.key(url) in self._posts

    def is_post(self, url: str) -> bool:
        """Return whether a URL is that of a post, by its form or because other posts are next to it."""
        place = self.place(url)
        if place is None or is_list(place):
            return False
        return is_post_by_shape(place) or parent_path(place) in self._folders

    def add(self, url: str, way: str) -> bool:
        """Add a post that a way found. Return whether it is new."""
        url = normalize_url(url) or ""
        if not url:
            return False
        place = self.place(url)
        if place is None and way in _TEACHING:
            # The free URL lists posts under the domain that was bought later, or the other way round.
            self.live_at(SiteBase.of(url))
            place = self.place(url)
        if place is None or place == "/" or is_list(place):
            return False
        if way in _TEACHING and (above := parent_path(place)) != "/":
            self._folders.add(above)
        key = self.key(url)
        known = self._posts.get(key)
        if known is None and len(self._order) >= MAX_POSTS:
            return False
        if known is None:
            known = self._posts[key] = _Known(url, 0)
            self._order.append(known)
        is_new = known.ways == 0
        known.ways |= _BIT[way]
        return is_new

    def same(self, url: str, final: str) -> str | None:
        """Return the URL of the known post that `url` redirects to, None if it is not another post."""
        key, behind = self.key(url), self.key(final)
        known = self._posts.get(behind)
        return known.url if key != behind and known is not None else None

    def urls(self) -> Iterator[str]:
        """Yield the URLs of the posts in the order in which they were found, also posts that are added meanwhile."""
        number = 0
        while number < len(self._order):
            yield self._order[number].url
            number += 1

    def counts_by_method(self) -> Counter[str]:
        """Return how many posts each way found."""
        return Counter(way for known in self._order for way in _ways(known))

    def found_only_by(self) -> dict[str, list[str]]:
        """Return the posts that only one way found, by way; nothing if there is only one way."""
        ways = {way for known in self._order for way in _ways(known)}
        urls_by_method: dict[str, list[str]] = {}
        for known in self._order if len(ways) > 1 else ():
            if len(of := _ways(known)) == 1:
                urls_by_method.setdefault(of[0], []).append(known.url)
        return {way: urls_by_method[way] for way in DISCOVERY_METHODS if way in urls_by_method}

    def methods(self) -> list[tuple[str, list[str]]]:
        """Return the URL of each post and the ways that found it."""
        return [(known.url, _ways(known)) for known in self._order]


def _ways(known: _Known) -> list[str]:
    return [way for way, bit in _BIT.items() if known.ways & bit]
