"""Yield the pages of a live Wix site one by one as they are downloaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct, field

from ...model.errors import UnreadablePage
from ...model.page import DOCUMENT, Page
from ...model.report_rows import SiteRow
from ...model.skipped import Skipped
from ..http.errors import FetchError
from ..http.fetch import Fetcher, FetchSettings, Response
from ..progress import NullProgress, ProgressListener
from ..urls import parse_user_url
from . import page_signs
from .crawl import crawl
from .findings import CrawlResult
from .listed_posts import slug_of
from .outcomes import Outcomes
from .post_index import PostIndex
from .visitor_api import VisitorApi
from .visitor_requests import ListedPost, parse, posts_in

#: After this many failed posts in a row the rest of a site is not requested: it refuses, or it is down.
_FAILURES = 5
#: Causes that are one post's own; all others are the site's.
_OWN = frozenset({"gone", "robots", "too-large", "redirects", "not-cached"})


class Site(Struct):
    """A Wix site as a source: the pages of its posts, their documents, AMP pages that may have more, and its feeds.

    Only the index of URLs grows with the number of posts.
    """

    url: str
    settings: FetchSettings = field(default_factory=FetchSettings)
    watch: ProgressListener = field(default_factory=NullProgress)
    _fetcher: Fetcher | None = None
    _crawl_result: CrawlResult | None = None
    _walked: bool = False
    _by_slug: dict[str, str] = field(default_factory=dict)
    """For the slug of each post whose document is in a list, the URL of the post."""
    _refused: int = 0
    """The number of pages in a row that the site refused."""

    @property
    def fetcher(self) -> Fetcher:
        """Return the fetcher; it is opened when it is first needed. Raises UnwixError if the cache cannot be used."""
        if self._fetcher is None:
            self._fetcher = Fetcher(parse_user_url(self.url), self.settings)
            if self._fetcher.resumed:
                self.watch.note("What an earlier run has fetched is not fetched again.")
        return self._fetcher

    @property
    def crawl_result(self) -> CrawlResult:
        """Return the posts of the site, searched once. Raises FetchError if none is found."""
        if self._crawl_result is None:
            self.fetcher.searching = True
            try:
                self._crawl_result = crawl(parse_user_url(self.url), self.fetcher, self.watch)
            finally:
                self.fetcher.searching = False
        return self._crawl_result

    def count(self) -> int:
        """Return the number of pages as far as it is known before they are downloaded."""
        return len(self.crawl_result.index) + len(self.crawl_result.feeds)

    def pages(self) -> Iterator[Page]:
        """Yield the pages: each post once, in the order in which they were found, then the feeds.

        Posts that only other posts link to are found on the way. Raises FetchError if none is found.
        """
        result = self.crawl_result
        self.watch.phase("fetching", self.count())
        if result.kind != "post":
            yield from self._posts(result.index)
            yield from self._feeds(result.feeds)
        else:
            for url in list(result.index.urls()):
                yield from self._post(url, result.index, follow=False)
        self._walked = True

    def fetch(self, url: str) -> list[Page]:
        """Return the pages of one post: its page, its document, its AMP page where that may have more."""
        return list(self._post(url, self.crawl_result.index, follow=False))

    def name_pages(self) -> Iterator[Page]:
        """Yield the answers with the names of categories and tags, which the documents of posts name by id."""
        for answer in self._api.kept_answers() if self._api is not None else ():
            yield Page(answer.url, data=answer.data)

    @property
    def _api(self) -> VisitorApi | None:
        api = self.crawl_result.api
        return api if api is not None and api.is_on else None

    def _posts(self, index: PostIndex) -> Iterator[Page]:
        for answer in self._api.kept_answers() if self._api is not None else ():
            if any(post.has_document for post in posts_in(parse(answer.data) or {}, answer.url)):
                yield Page(answer.url, data=answer.data, url=answer.url)
        for url in index.urls():
            yield from self._post(url, index, follow=self.crawl_result.kind == "site")

    def _post(self, url: str, index: PostIndex, follow: bool) -> Iterator[Page]:
        """Yield a post's page, and next to it its document, or its AMP page where that may have what the page lacks."""
        answer, page = self._request(url)
        if answer is not None:
            known = index.same(url, answer.url)
            if known is not None:
                yield Page(url, error=Skipped("redirect", f"it redirects to {known}, which is a post of its own"))
                self.watch.step(url, self.count())
                return
            if page_signs.is_not_found(answer.data):
                page, answer = Page(url, error=Skipped("not-found-page", "a “post not found” page")), None
        documents = self._document(url, index, answer)
        if page is not None and (documents or self._is_in_list(url, index)):
            self.crawl_result.without_page.append((url, str(page.error)))
        elif page is not None:
            yield page
        elif answer is not None:
            links = page_signs.links(answer.url, answer.data)
            if follow:
                self._follow(links, index)
            yield Page(url, data=answer.data, url=answer.url)
            if not documents:
                yield from self._amp(links, answer)
        yield from documents
        self.watch.step(url, self.count())

    def _is_in_list(self, url: str, index: PostIndex) -> bool:
        """Return whether the document of a post is in the list of all posts."""
        post = self._api.listed.get(index.key(url)) if self._api is not None else None
        return post is not None and post.has_document

    def _request(self, url: str) -> tuple[Response | None, Page | None]:
        """Return the answer to the request for a post's page, or the page with the reason why there is none."""
        if self._refused >= _FAILURES:
            text = f"not requested: {_FAILURES} posts in a row could not be downloaded; repeat the command to resume"
            return None, Page(url, error=UnreadablePage(text))
        try:
            answer = self.fetcher.page(url)
        except FetchError as error:
            reason = _as_page_error(error)
            self._refused = self._refused + 1 if isinstance(reason, _SiteFailed) else 0
            return None, Page(url, error=reason)
        self._refused = 0
        return answer, None

    def _document(self, url: str, index: PostIndex, answer: Response | None) -> list[Page]:
        """Return the answers of the visitor API about a post: its document, and its comments.

        A page that contains the document of its post needs no other; of a post without a page it is the only source.
        """
        api, is_with_comments = self._api, self.settings.comments
        if api is None or (answer is not None and page_signs.has_document(answer.data) and not is_with_comments):
            return []
        post = api.listed.get(index.key(url))
        if post is None and answer is None:
            return []  # nothing says that there is such a post
        if post is not None and post.has_document:
            self._by_slug[post.slug] = url
            if not is_with_comments:
                return []  # `_posts` has yielded it
        answer_and_post = api.document(post or ListedPost(slug_of(url), url), is_listed=post is not None)
        if answer_and_post is None:
            return []
        document, value = answer_and_post
        comments = api.comments_on(value) if is_with_comments else ()
        return [
            Page(f"{url}{DOCUMENT}", data=document.data, url=document.url),
            *(Page(answer.url, data=answer.data, url=answer.url) for answer in comments),
        ]

    def _follow(self, links: page_signs.PageLinks, index: PostIndex) -> None:
        """Add the posts that the page of a post links to, and its translations."""
        for other in links.alternates:
            if index.is_post(other):
                index.add(other, "language")
        for other in [*links.listed, *links.others]:
            if index.is_post(other):
                index.add(other, "link")

    def _amp(self, links: page_signs.PageLinks, answer: Response) -> Iterator[Page]:
        """Yield the AMP page (until about 2024), which may have what a page without the document of its post lacks."""
        if links.amp is None or b"richContent" in answer.data or self.crawl_result.index.place(links.amp) is None:
            return
        try:
            copy = self.fetcher.page(links.amp)
        except FetchError:
            return  # it is only a second source
        if not page_signs.is_not_found(copy.data):
            yield Page(links.amp, data=copy.data, url=copy.url)

    def _feeds(self, urls: Iterable[str]) -> Iterator[Page]:
        for url in urls:
            try:
                yield Page(url, data=self.fetcher.page(url).data, url=url)
            except FetchError as error:
                yield Page(url, error=_as_page_error(error))
            self.watch.step(url, self.count())

    def keep(self, url: str, file: Path, kind: str) -> None:
        """Put a file of the posts into the archive, if there is one. Raises UnwixError."""
        self.fetcher.keep(url, file, kind)

    def close(self, finished: bool = True) -> None:
        """End the run; one that is not finished resumes when it is started again."""
        if self._fetcher is not None:
            self._fetcher.close(finished and self._walked)
            self._fetcher = None

    def take_outcomes(self, outcomes: Iterable[tuple[list[str], str]]) -> None:
        """Take the results of the posts and pages of the run, each by its URLs and sources."""
        if self._crawl_result is None:
            return
        run_outcomes = self._crawl_result.outcomes = Outcomes(self._crawl_result.index)
        for sources, state in outcomes:
            run_outcomes.take((self._post_of(source) for source in sources), state)

    def _post_of(self, source: str) -> str:
        """Return the URL of the post that a source is about: a document, a post in a list of posts, or a page."""
        url, _, name = source.partition("#")
        return self._by_slug.get(name, url)

    def report(self) -> SiteRow | None:
        """Return the row of the site in report.json; None if no post was searched."""
        return None if self._crawl_result is None else self._crawl_result.report()


class _SiteFailed(UnreadablePage):
    """A page that could not be downloaded for a reason that other pages may share."""


def _as_page_error(error: FetchError) -> UnreadablePage | Skipped:
    """Return the error or the reason for skipping a page that could not be downloaded."""
    if error.cause == "gone":
        return Skipped("gone", f"the site has no such page any more ({error.more})")
    return (UnreadablePage if error.cause in _OWN else _SiteFailed)(error.reason)
