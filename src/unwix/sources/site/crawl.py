"""Search: from one URL of a Wix site to the URLs of all its posts.

No single way finds all posts: a feed has the newest 20, a sitemap index can omit the child with the posts, a list shows
one page at a time (docs/wix/discovery.md). So all ways are used, and the index of posts records what each one found.
"""

from __future__ import annotations

from collections import deque
from urllib.parse import urlsplit, urlunsplit

from ..http.errors import FetchError
from ..http.fetch import Fetcher, Response
from ..progress import ProgressListener
from ..urls import SiteBase, is_list, normalize_url, split_page_number
from . import page_signs, sitemaps
from .feeds import is_feed, read_links
from .findings import CrawlResult, Probe, no_posts_error
from .listed_posts import add_listed_posts
from .post_index import PostIndex
from .visitor_api import VisitorApi

FEED = "blog-feed.xml"
#: Bounds against a site that has no end: sitemaps, pages of one list, lists and languages.
_SITEMAPS, _PAGES, _LISTS, _LANGUAGES = 500, 3000, 300, 40


def crawl(start: str, fetcher: Fetcher, watch: ProgressListener) -> CrawlResult:
    """Find the posts of the site, list, sitemap, feed or post at a URL.

    Raises FetchError when the URL gives nothing, or leads to no post.
    """
    watch.phase("finding posts")
    first = fetcher.page(start)
    base = SiteBase.of(first.url)
    search = _Crawl(CrawlResult(first.url, PostIndex([base])), fetcher, watch)
    search.run(first)
    if search.found.api is None:
        search.found.api = VisitorApi(search.found.index.bases[0].root, fetcher)
    if not len(search.found.index):
        raise no_posts_error(search.found, first)
    return search.found


class _Crawl:
    def __init__(self, found: CrawlResult, fetcher: Fetcher, watch: ProgressListener) -> None:
        self.found, self.fetcher, self.watch = found, fetcher, watch
        self._seen: set[str] = set()
        """What was looked at."""
        self._blogs: list[str] = []
        """Pages with all posts, as the feeds name them."""
        self._category_pages: list[str] = []
        self._lists: deque[str] = deque()
        self._has_posts_sitemap = False

    def run(self, first: Response) -> None:
        index, data = self.found.index, first.data
        place = index.place(first.url) or "/"
        if sitemaps.is_sitemap(sitemaps.decompressed(data)):
            self.found.kind = "sitemap"
            self._sitemap(first.url, first, everything=True)
        elif is_feed(data):
            self.found.kind = "feed"
            self._feed(first.url, first)
        elif page_signs.is_not_found(data):
            return
        elif page_signs.is_post(data) and place != "/" and not is_list(place):
            self.found.kind = "post"
            self.found.model = page_signs.model(data)
            index.add(first.url, "given")
        elif is_list(place) and not place.endswith("/blog") and place != "/":
            self.found.kind = "list"
            self._list(first.url, "list")
        else:
            self._site(first)

    # ---- a whole site -------------------------------------------------------------------------------------------

    def _site(self, first: Response) -> None:
        home = self._home(first)
        base = self.found.index.bases[0]
        links = page_signs.links(home.url, home.data)
        self.found.languages = self._languages(home, links)
        self._all_sitemaps(base)
        roots = [base.root, *self.found.languages]
        for url in dict.fromkeys([*links.feeds, *(_below(root, FEED) for root in roots)]):
            self._feed(url)
        self._lists.extend(self._likely_lists(first, home, links, base))
        while self._lists and sum(look.kind == "list" for look in self.found.probes) < _LISTS:
            self._list(self._lists.popleft(), "list")
        self._visitor_api(base.root)
        advertised = self.found.index.advertised_count
        if not self._has_posts_sitemap or (advertised is not None and advertised > len(self.found.index)):
            self._categories()

    def _home(self, first: Response) -> Response:
        """The site's first page, which names the URL it goes by; the page that was given when there is no other."""
        model = self.found.model = page_signs.model(first.data)
        self.found.name = model.name
        index = self.found.index
        if model.base is not None:
            named = SiteBase.at(model.base)
            if named.place(first.url) is not None:
                index.bases[:] = [named]
            else:
                index.live_at(named)
        root = normalize_url(index.bases[0].root) or first.url
        if root.rstrip("/") == first.url.rstrip("/"):
            return first
        try:
            home = self.fetcher.page(root)
        except FetchError as error:
            self._record("page", root, None, error.reason)
            return first
        self.watch.step(root)
        if self.found.model.base is None:
            self.found.model = page_signs.model(home.data)
            self.found.name = self.found.model.name
        return home

    def _languages(self, home: Response, links: page_signs.PageLinks) -> list[str]:
        """The URLs of the site in its other languages: below its own, on a host of their own, or by a query."""
        here = {url.rstrip("/") for url in (home.url, self.found.index.bases[0].root)}
        named = [*page_signs.model(home.data).languages, *links.alternates]
        found = list(dict.fromkeys(url for url in named if url.rstrip("/") not in here))[:_LANGUAGES]
        for url in found:
            if self.found.index.place(url) is None:
                self.found.index.others.append(SiteBase.of(url))
        return found

    def _likely_lists(self, first: Response, home: Response, links: page_signs.PageLinks, base: SiteBase) -> list[str]:
        """Pages with lists of posts: the blog as the feeds name it, `/blog`, the page that was given, the first."""
        linked = [a for a in links.others if split_page_number(a)[0].rstrip("/").endswith("/blog")]
        pages = [*self._blogs, f"{base.root}/blog", *linked, first.url, home.url]
        return [url for url in dict.fromkeys(pages) if self.found.index.place(url) is not None]

    # ---- sitemaps -----------------------------------------------------------------------------------------------

    def _all_sitemaps(self, base: SiteBase) -> None:
        try:
            named = [url for text in self.fetcher.robots(base.root).sitemaps if (url := normalize_url(text, base.root))]
        except FetchError:
            named = []
        own = [url for url in named if self.found.index.place(url) is not None]
        for url in own:
            self._sitemap(url)
        for usual in (sitemaps.INDEX, sitemaps.POSTS, sitemaps.CATEGORIES):
            self._sitemap(f"{base.root}/{usual}", must_be=False)

    def _sitemap(
        self, url: str, answer: Response | None = None, everything: bool = False, must_be: bool = True
    ) -> None:
        """Read a sitemap and its children; `everything` in it is a post when the user gave it."""
        if not self._first_time(url) or sum(look.kind == "sitemap" for look in self.found.probes) >= _SITEMAPS:
            return
        if answer is None and (answer := self._get("sitemap", url, must_be)) is None:
            return
        read = sitemaps.read(answer.data)
        if not sitemaps.is_sitemap(sitemaps.decompressed(answer.data)):
            self._record("sitemap", url, None, f"{url} is not a sitemap" if must_be else None)
            return
        kind = sitemaps.KINDS.get(urlsplit(url).path.rsplit("/", 1)[-1])
        index = self.found.index
        posts = 0
        for page in filter(None, (normalize_url(page, url) for page in read.pages)):
            if kind == "categories":
                self._category_pages.append(page)
            elif kind == "posts" or everything or index.is_post(page):
                posts += self._add(page, "sitemap")
        for other in filter(None, (normalize_url(other, url) for other in read.alternates)):
            if index.is_post(other):
                self._add(other, "language")
        self._has_posts_sitemap |= kind == "posts" and posts > 0
        if not read.children:
            self._record("sitemap", url, posts)
        for child in filter(None, (normalize_url(child, url) for child in read.children)):
            if index.place(child) is not None:
                self._sitemap(child)

    # ---- feeds --------------------------------------------------------------------------------------------------

    def _feed(self, url: str, answer: Response | None = None) -> None:
        if not self._first_time(url):
            return
        if answer is None and (answer := self._get("feed", url, must_be=False)) is None:
            return
        if not is_feed(answer.data):
            self._record("feed", url, None)
            return
        advertised = read_links(answer.data)
        posts = sum(self._add(item, "feed") for item in advertised.items)
        if advertised.blog and (blog := normalize_url(advertised.blog, url)):
            self._blogs.append(blog)
        self.found.feeds.append(answer.url)
        self._record("feed", url, posts)

    # ---- the visitor API ----------------------------------------------------------------------------------------

    def _visitor_api(self, root: str) -> None:
        """Take the list of all posts, and the lists of categories and tags."""
        api = self.found.api = VisitorApi(root, self.fetcher)
        if not api.is_on:
            return
        number, index = add_listed_posts(api, self.found.index), self.found.index
        self._category_pages += [url for url in api.lists() if index.place(url) is not None]
        if api.total is not None or number:
            self._record("visitor-api", root, number)
        if api.total is not None:
            index.advertised_count = max(api.total, index.advertised_count or 0)

    # ---- lists --------------------------------------------------------------------------------------------------

    def _categories(self) -> None:
        for url in self._category_pages[:_LISTS]:
            if "/categor" in url and self.found.index.place(url) is not None:
                self._list(url, "category")

    def _list(self, url: str, way: str) -> None:
        """Walk a list of posts, page by page, until one shows nothing that the list has not shown before."""
        first, number = split_page_number(url)
        shown: set[str] = set()
        is_linked = False
        while number <= _PAGES:
            if not self._first_time(url):
                return
            answer = self._get(way, url, must_be=is_linked)
            if answer is None or page_signs.is_not_found(answer.data) or page_signs.is_post(answer.data):
                return
            before = len(shown)
            links = page_signs.links(answer.url, answer.data)
            following = self._read_list(answer, links, way, shown, first)
            self._record(way, url, len(shown) - before)
            total = page_signs.total(answer.data)
            if way == "list" and self.found.kind == "site" and total is not None and links.listed:
                self.found.index.advertised_count = max(total, self.found.index.advertised_count or 0)
            if len(shown) == before:
                return
            later = sorted(n for n in following if n > number)
            if not later and (total is None or total <= len(shown)):
                return
            is_linked = bool(later)
            number = later[0] if later else number + 1
            url = following.get(number) or _below(first, f"page/{number}")

    def _read_list(
        self, answer: Response, links: page_signs.PageLinks, way: str, shown: set[str], first: str
    ) -> dict[int, str]:
        """Take the posts of one page of a list; returns its other pages by number."""
        index = self.found.index
        following: dict[int, str] = {}
        for link in [*links.listed, *links.others]:
            start, number = split_page_number(link)
            if number > 1:
                if index.key(start) == index.key(first):
                    following[number] = link
            elif (link in links.listed or index.is_post(link)) and self._add(link, way):
                shown.add(index.key(link))
        if way == "list" and self.found.kind == "site":
            self._lists.extend(a for a in links.alternates if index.place(a) is not None)
        return following

    # ---- all of them --------------------------------------------------------------------------------------------

    def _add(self, url: str, way: str) -> bool:
        """Put a post into the index; whether it is one that can be fetched."""
        self.found.index.add(url, way)
        place = self.found.index.place(url)
        return place is not None and place != "/" and not is_list(place)

    def _first_time(self, url: str) -> bool:
        key = self.found.index.key(url)
        if key in self._seen:
            return False
        self._seen.add(key)
        return True

    def _get(self, kind: str, url: str, must_be: bool = True) -> Response | None:
        """What is at a URL, or None, with a line of what was the matter where it must be there."""
        try:
            answer = self.fetcher.page(url)
        except FetchError as error:
            self._record(kind, url, None, None if error.cause == "gone" and not must_be else error.reason)
            return None
        self.watch.step(url)
        return answer

    def _record(self, kind: str, url: str, posts: int | None, error: str | None = None) -> None:
        self.found.probes.append(Probe(kind, url, posts, error))


def _below(root: str, name: str) -> str:
    """The URL of something below another, whose query (`?lang=fr`) stays."""
    parts = urlsplit(root)
    return urlunsplit((parts.scheme, parts.netloc, f"{parts.path.rstrip('/')}/{name}", parts.query, ""))
