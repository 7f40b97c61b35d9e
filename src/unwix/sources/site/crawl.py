"""Find the URLs of all posts, given one URL of a Wix site.

No single method finds all posts: a feed has the newest 20, a sitemap index can omit the child with the posts, a list
shows one page at a time (docs/wix/discovery.md). So all methods are used, and the index of posts records what each one
found.
"""

from __future__ import annotations

from ...web.urls import split_url
from ..http.errors import FetchError
from ..http.fetch import Fetcher, Response
from ..progress import ProgressListener
from ..urls import SiteBase, is_list, normalize_url
from . import page_signs, sitemaps
from .feeds import is_feed, read_links
from .findings import CrawlResult, no_posts_error
from .listed_posts import add_listed_posts
from .lists import ListWalk, below, is_blog_page
from .post_index import PostIndex
from .prober import Prober
from .visitor_api import VisitorApi

FEED = "blog-feed.xml"
#: Limits for endless sites.
_SITEMAPS, _LANGUAGES = 500, 40


def crawl(start: str, fetcher: Fetcher, watch: ProgressListener) -> CrawlResult:
    """Find the posts of the site, list, sitemap, feed or post at a URL.

    Raises FetchError if the URL cannot be downloaded or leads to no post.
    """
    watch.phase("finding posts")
    first = fetcher.page(start)
    base = SiteBase.of(first.url)
    search = _Crawl(CrawlResult(first.url, PostIndex([base])), fetcher, watch)
    search.run(first)
    if search.result.api is None:
        search.result.api = VisitorApi(search.result.index.bases[0].root, fetcher)
    if not len(search.result.index):
        raise no_posts_error(search.result, first)
    return search.result


class _Crawl:
    def __init__(self, result: CrawlResult, fetcher: Fetcher, watch: ProgressListener) -> None:
        self.result, self.fetcher, self.watch = result, fetcher, watch
        self._prober = Prober(result, fetcher, watch)
        self._walk = ListWalk(self._prober)
        self._blogs: list[str] = []
        """Pages with all posts, as the feeds name them."""
        self._site_pages: list[str] = []
        """Other pages of the site that sitemaps list."""
        self._has_posts_sitemap = False

    def run(self, first: Response) -> None:
        index, data = self.result.index, first.data
        place = index.place(first.url) or "/"
        if sitemaps.is_sitemap(sitemaps.decompressed(data)):
            self.result.kind = "sitemap"
            self._sitemap(first.url, first, everything=True)
        elif is_feed(data):
            self.result.kind = "feed"
            self._feed(first.url, first)
        elif page_signs.is_not_found(data):
            return
        elif page_signs.is_post(data) and place != "/" and not is_list(place):
            self.result.kind = "post"
            self.result.model = page_signs.model(data)
            index.add(first.url, "given")
        elif is_list(place) and not place.endswith("/blog") and place != "/":
            self.result.kind = "list"
            self._walk.walk(first.url, "list")
        else:
            self._site(first)

    # ---- a whole site -------------------------------------------------------------------------------------------

    def _site(self, first: Response) -> None:
        home = self._home(first)
        base = self.result.index.bases[0]
        links = page_signs.links(home.url, home.data)
        self.result.languages = self._languages(home, links)
        self._all_sitemaps(base)
        roots = [base.root, *self.result.languages]
        for url in dict.fromkeys([*links.feeds, *(below(root, FEED) for root in roots)]):
            self._feed(url)
        self._walk.queue.extend(self._likely_lists(first, home, links, base))
        self._walk.walk_queue()
        if len(self.result.index) or page_signs.is_wix(first.data) or page_signs.is_wix(home.data):
            self._visitor_api(base.root)
        advertised = self.result.index.advertised_count
        if not self._has_posts_sitemap or (advertised is not None and advertised > len(self.result.index)):
            self._walk.walk_filters()
            self._walk.guess([*links.others, *self._site_pages])
            self._walk.walk_queue()

    def _home(self, first: Response) -> Response:
        """Return the home page, which states the URL of the site, or the given page if there is no other."""
        model = self.result.model = page_signs.model(first.data)
        self.result.name = model.name
        index = self.result.index
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
            self._prober.record("page", root, None, error.reason)
            return first
        self.watch.step(root)
        if self.result.model.base is None:
            self.result.model = page_signs.model(home.data)
            self.result.name = self.result.model.name
        return home

    def _languages(self, home: Response, links: page_signs.PageLinks) -> list[str]:
        """Return the URLs of the site in other languages: below its URL, on other hosts, or with a query."""
        here = {url.rstrip("/") for url in (home.url, self.result.index.bases[0].root)}
        named = [*page_signs.model(home.data).languages, *links.alternates]
        result = list(dict.fromkeys(url for url in named if url.rstrip("/") not in here))[:_LANGUAGES]
        for url in result:
            if self.result.index.place(url) is None:
                self.result.index.others.append(SiteBase.of(url))
        return result

    def _likely_lists(self, first: Response, home: Response, links: page_signs.PageLinks, base: SiteBase) -> list[str]:
        """Return pages that probably list posts: the blog page of the feeds, `/blog`, the given page, the home page."""
        linked = [url for url in [*links.others, *self._site_pages] if is_blog_page(url)]
        pages = [*self._blogs, f"{base.root}/blog", *linked, first.url, home.url]
        return [url for url in dict.fromkeys(pages) if self.result.index.place(url) is not None]

    # ---- sitemaps -----------------------------------------------------------------------------------------------

    def _all_sitemaps(self, base: SiteBase) -> None:
        try:
            named = [url for text in self.fetcher.robots(base.root).sitemaps if (url := normalize_url(text, base.root))]
        except FetchError:
            named = []
        own = [url for url in named if self.result.index.place(url) is not None]
        for url in own:
            self._sitemap(url)
        for usual in (sitemaps.INDEX, sitemaps.POSTS, sitemaps.CATEGORIES):
            self._sitemap(f"{base.root}/{usual}", must_be=False)

    def _sitemap(
        self, url: str, answer: Response | None = None, everything: bool = False, must_be: bool = True
    ) -> None:
        """Read a sitemap and its children. With `everything`, all that it lists are posts, as the user gave it."""
        if not self._prober.is_first_time(url) or self._prober.count("sitemap") >= _SITEMAPS:
            return
        if answer is None and (answer := self._prober.get("sitemap", url, must_be)) is None:
            return
        read = sitemaps.read(answer.data)
        if not sitemaps.is_sitemap(sitemaps.decompressed(answer.data)):
            self._prober.record("sitemap", url, None, f"{url} is not a sitemap" if must_be else None)
            return
        kind = sitemaps.KINDS.get(split_url(url).path.rsplit("/", 1)[-1])
        index = self.result.index
        pages = [page for text in read.pages if (page := normalize_url(text, url))]
        posts = self._pages_of_sitemap(pages, "posts" if everything else kind)
        for other in filter(None, (normalize_url(other, url) for other in read.alternates)):
            if index.is_post(other):
                self._prober.add(other, "language")
        self._has_posts_sitemap |= kind == "posts" and posts > 0
        if not read.children:
            self._prober.record("sitemap", url, posts)
        for child in filter(None, (normalize_url(child, url) for child in read.children)):
            if index.place(child) is not None:
                self._sitemap(child)

    def _pages_of_sitemap(self, pages: list[str], kind: str | None) -> int:
        """Take the pages that a sitemap lists; return how many of them are posts."""
        index = self.result.index
        posts = 0
        for page in pages:
            if self._walk.note(page) or kind == "categories":
                continue
            if kind == "posts" or index.is_post(page):
                posts += self._prober.add(page, "sitemap")
            elif index.place(page) is not None:
                self._site_pages.append(page)
        return posts

    # ---- feeds --------------------------------------------------------------------------------------------------

    def _feed(self, url: str, answer: Response | None = None) -> None:
        if not self._prober.is_first_time(url):
            return
        if answer is None and (answer := self._prober.get("feed", url, must_be=False)) is None:
            return
        if not is_feed(answer.data):
            self._prober.record("feed", url, None)
            return
        advertised = read_links(answer.data)
        posts = sum(self._prober.add(item, "feed") for item in advertised.items)
        if advertised.blog and (blog := normalize_url(advertised.blog, url)):
            self._blogs.append(blog)
        self.result.feeds.append(answer.url)
        self._prober.record("feed", url, posts)

    # ---- the visitor API ----------------------------------------------------------------------------------------

    def _visitor_api(self, root: str) -> None:
        """Take the list of all posts, and the lists of categories and tags."""
        api = self.result.api = VisitorApi(root, self.fetcher)
        if not api.is_on:
            return
        number, index = add_listed_posts(api, self.result.index), self.result.index
        for url in api.lists():
            self._walk.note(url)
        if api.total is not None or number:
            self._prober.record("visitor-api", root, number)
        if api.total is not None:
            index.state_count("visitor-api", api.total)
