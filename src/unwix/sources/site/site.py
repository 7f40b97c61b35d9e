"""Site: the live site of a Wix blog → Pages, one by one as they are fetched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...model.errors import UnreadablePage
from ...model.page import Page
from ...model.skipped import Skipped
from ..http.errors import FetchError
from ..http.fetch import Fetcher, FetchSettings, Response
from ..progress import NullProgress, ProgressListener
from ..urls import parse_user_url
from . import page_signs
from .crawl import crawl
from .findings import CrawlResult
from .post_index import PostIndex

#: After this many failed posts in a row the rest of a site is not requested: it refuses, or it is down.
_FAILURES = 5
#: Causes that are one post's own; all others are the site's.
_OWN = frozenset({"gone", "robots", "too-large", "redirects", "not-cached"})


@dataclass(slots=True)
class Site:
    """A Wix site as a source: its posts, the AMP copies that can fill their gaps, and its feeds.

    Nothing grows with the number of pages but the index of their URLs.
    """

    url: str
    settings: FetchSettings = field(default_factory=FetchSettings)
    watch: ProgressListener = field(default_factory=NullProgress)
    _fetcher: Fetcher | None = None
    _found: CrawlResult | None = None
    _troubles: list[str] = field(default_factory=list)
    _walked: bool = False

    @property
    def fetcher(self) -> Fetcher:
        """What fetches; it is opened when it is first needed. Raises UnwixError when the cache cannot be used."""
        if self._fetcher is None:
            self._fetcher = Fetcher(parse_user_url(self.url), self.settings)
            if self._fetcher.resumed:
                self.watch.note("What an earlier run has fetched is not fetched again.")
        return self._fetcher

    @property
    def found(self) -> CrawlResult:
        """The posts of the site; they are looked for once. Raises FetchError when there are none to be had."""
        if self._found is None:
            self.fetcher.searching = True
            try:
                self._found = crawl(parse_user_url(self.url), self.fetcher, self.watch)
            finally:
                self.fetcher.searching = False
        return self._found

    def count(self) -> int:
        """How many pages it has, as far as is known before they are fetched."""
        return len(self.found.index) + len(self.found.feeds)

    def pages(self) -> Iterator[Page]:
        """Its pages: each post once, in the order they were found, then its feeds.

        Posts that only other posts link to are found on the way. Raises FetchError when no post can be found.
        """
        found = self.found
        self.watch.phase("fetching", self.count())
        if found.kind != "post":
            yield from self._posts(found.index)
            yield from self._feeds(found)
        else:
            for url in list(found.index.urls()):
                yield from self._post(url, found.index, follow=False)
        self._walked = True

    def fetch(self, url: str) -> list[Page]:
        """The pages of one post of the site: its own, and its AMP copy where that may have more."""
        return list(self._post(url, self.found.index, follow=False))

    def _posts(self, index: PostIndex) -> Iterator[Page]:
        failed = 0
        for url in index.urls():
            if failed >= _FAILURES:
                text = f"not requested: {failed} posts in a row could not be downloaded; repeat the command to resume"
                yield Page(url, error=UnreadablePage(text))
                continue
            pages = list(self._post(url, index, follow=self.found.kind == "site"))
            failed = failed + 1 if pages and isinstance(pages[0].error, _SiteFailed) else 0
            yield from pages

    def _post(self, url: str, index: PostIndex, follow: bool) -> Iterator[Page]:
        """A post's page, and its AMP copy where that may have what the page lacks."""
        try:
            answer = self.fetcher.page(url)
        except FetchError as error:
            yield Page(url, error=_as_page_error(error))
        else:
            known = index.same(url, answer.url)
            if known is not None:
                yield Page(url, error=Skipped("redirect", f"it redirects to {known}, which is a post of its own"))
            elif page_signs.is_not_found(answer.data):
                yield Page(url, error=Skipped("not-found-page", "a “post not found” page"))
            else:
                links = page_signs.links(answer.url, answer.data)
                if follow:
                    self._follow(links, index)
                yield Page(url, data=answer.data, url=answer.url)
                yield from self._amp(links, answer)
        self.watch.step(url, self.count())

    def _follow(self, links: page_signs.PageLinks, index: PostIndex) -> None:
        """Take what the page of one post knows of others: links to them, and itself in other languages."""
        for other in links.alternates:
            if index.is_post(other):
                index.add(other, "language")
        for other in [*links.listed, *links.others]:
            if index.is_post(other):
                index.add(other, "link")

    def _amp(self, links: page_signs.PageLinks, answer: Response) -> Iterator[Page]:
        """The AMP copy, until about 2024: of use where the page does not carry the post's own data."""
        if links.amp is None or b"richContent" in answer.data or self.found.index.place(links.amp) is None:
            return
        try:
            copy = self.fetcher.page(links.amp)
        except FetchError:
            return  # it is only a second witness
        if not page_signs.is_not_found(copy.data):
            yield Page(links.amp, data=copy.data, url=copy.url)

    def _feeds(self, found: CrawlResult) -> Iterator[Page]:
        for url in found.feeds:
            try:
                yield Page(url, data=self.fetcher.page(url).data, url=url)
            except FetchError as error:
                yield Page(url, error=_as_page_error(error))
            self.watch.step(url, self.count())

    def keep(self, url: str, file: Path, kind: str) -> None:
        """Put a file that its posts show into the archive, where one is kept. Raises UnwixError."""
        self.fetcher.keep(url, file, kind)

    def close(self, finished: bool = True) -> None:
        """The run is over; one that is not finished goes on where it stopped, when it is started again."""
        if self._fetcher is not None:
            self._fetcher.close(finished and self._walked)
            self._fetcher = None

    def report(self) -> dict[str, Any]:
        """What the report says of the way to the posts; empty when they were not looked for."""
        return {} if self._found is None else self._found.as_dict()


class _SiteFailed(UnreadablePage):
    """A page that could not be downloaded for a reason that other pages may have, too."""


def _as_page_error(error: FetchError) -> UnreadablePage | Skipped:
    """What a report says of one page that could not be fetched."""
    if error.cause == "gone":
        return Skipped("gone", f"the site has no such page any more ({error.more})")
    return (UnreadablePage if error.cause in _OWN else _SiteFailed)(error.reason)
