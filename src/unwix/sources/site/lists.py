"""Walk the lists of posts of a site: the blog page, its pages 2, 3, …, and the lists of categories and tags."""

from __future__ import annotations

import re
from collections import deque
from urllib.parse import urlunsplit

from ...web.urls import split_url
from ...wix.post_counts import stated_total
from ..urls import split_page_number
from . import page_signs
from .prober import Prober

#: Limits for endless sites: pages of one list, and lists.
_PAGES, _LISTS = 3000, 300
#: How many pages of the site are requested to look for lists, where nothing else finds all posts.
_GUESSES = 30
#: The name of a blog page: Wix adds a number to the second one, and owners add words of their own.
_BLOG_PAGE = re.compile(r"(?:.*-)?blog(?:-.*)?", re.I)
#: Parts of a path below which there is a list of posts of a category or tag (docs/wix/discovery.md#url-shapes).
_FILTERS = re.compile(r"/(?:categor(?:y|ies)|tags?|hashtags)/[^/]+$", re.I)


class ListWalk:
    """The lists of one site; `queue` has those that are still to be walked."""

    def __init__(self, prober: Prober) -> None:
        self._prober = prober
        self.queue: deque[str] = deque()
        self._filters: dict[str, None] = {}
        """URLs of lists of categories and tags."""

    def walk_queue(self) -> None:
        """Walk all lists of the queue; a list can add others."""
        while self.queue and self._prober.count("list") < _LISTS:
            self.walk(self.queue.popleft(), "list")

    def note(self, url: str) -> bool:
        """Keep the URL of a list of a category or tag. Return whether it is one."""
        place = self._prober.result.index.place(split_page_number(url)[0])
        if place is None or not _FILTERS.search(place):
            return False
        self._filters.setdefault(split_page_number(url)[0])
        return True

    def walk_filters(self) -> None:
        """Walk the lists of categories, then those of tags, until all posts that the site states are found."""
        ordered = sorted(self._filters, key=lambda url: "/categor" not in url.lower())
        for url in ordered[:_LISTS]:
            if self._is_complete():
                return
            self.walk(url, "category")

    def guess(self, urls: list[str]) -> None:
        """Look for lists among the pages of the site, as a blog page can have any name."""
        index = self._prober.result.index
        top = [url for url in dict.fromkeys(urls) if (place := index.place(url)) and place.count("/") == 1]
        for url in [url for url in top if not index.has(url)][:_GUESSES]:
            if self._is_complete():
                return
            self.walk(url, "list")

    def _is_complete(self) -> bool:
        index = self._prober.result.index
        return index.advertised_count is not None and index.advertised_count <= len(index)

    def walk(self, url: str, way: str) -> None:
        """Walk a list, page by page, until a page shows nothing that the list has not shown before."""
        prober, crawl = self._prober, self._prober.result
        first, number = split_page_number(url)
        listed_posts: set[str] = set()
        is_linked = False
        while number <= _PAGES:
            if not prober.is_first_time(url):
                return
            answer = prober.get(way, url, must_be=is_linked)
            if answer is None or page_signs.is_not_found(answer.data) or page_signs.is_post(answer.data):
                return
            before = len(listed_posts)
            links = page_signs.links(answer.url, answer.data)
            following = self._read(links, way, listed_posts, first)
            prober.record(way, url, len(listed_posts) - before)
            total = stated_total(answer.data)
            if way == "list" and crawl.kind == "site" and total is not None and links.listed:
                crawl.index.state_count("list", total)
            if len(listed_posts) == before:
                return
            later = sorted(n for n in following if n > number)
            if not later and (total is None or total <= len(listed_posts)):
                return
            is_linked = bool(later)
            number = later[0] if later else number + 1
            url = following.get(number) or below(first, f"page/{number}")

    def _read(self, links: page_signs.PageLinks, way: str, listed_posts: set[str], first: str) -> dict[int, str]:
        """Add the posts of one page of a list. Return its other pages by number."""
        index = self._prober.result.index
        following: dict[int, str] = {}
        for link in [*links.listed, *links.others]:
            start, number = split_page_number(link)
            if number > 1:
                if index.key(start) == index.key(first):
                    following[number] = link
            elif self.note(link):
                continue
            elif (link in links.listed or index.is_post(link)) and self._prober.add(link, way):
                listed_posts.add(index.key(link))
        if way == "list" and self._prober.result.kind == "site":
            self.queue.extend(a for a in links.alternates if index.place(a) is not None)
        return following


def is_blog_page(url: str) -> bool:
    """Return whether the name of a page is that of a blog page: `blog`, `blog-1`, `our-blog`."""
    path = split_url(split_page_number(url)[0]).path.rstrip("/")
    return _BLOG_PAGE.fullmatch(path.rpartition("/")[2]) is not None and path.count("/") <= 2


def below(root: str, name: str) -> str:
    """Return the URL of something below another; its query (`?lang=fr`) stays."""
    parts = split_url(root)
    return urlunsplit((parts.scheme, parts.netloc, f"{parts.path.rstrip('/')}/{name}", parts.query, ""))
