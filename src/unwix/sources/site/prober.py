"""Request the places where posts of a site may be listed, each once, and record what each of them named."""

from __future__ import annotations

from ...model.report_rows import ProbeRow
from ..http.errors import FetchError
from ..http.fetch import Fetcher, Response
from ..progress import ProgressListener
from ..urls import is_list
from .findings import CrawlResult


class Prober:
    """The posts that were found so far, and the places that were requested."""

    def __init__(self, result: CrawlResult, fetcher: Fetcher, watch: ProgressListener) -> None:
        self.result, self.fetcher, self.watch = result, fetcher, watch
        self._requested: set[str] = set()

    def add(self, url: str, way: str) -> bool:
        """Add a post to the index. Return whether its URL is one that a post can have."""
        self.result.index.add(url, way)
        place = self.result.index.place(url)
        return place is not None and place != "/" and not is_list(place)

    def is_first_time(self, url: str) -> bool:
        """Return True the first time that a URL is asked about."""
        key = self.result.index.key(url)
        if key in self._requested:
            return False
        self._requested.add(key)
        return True

    def get(self, kind: str, url: str, must_be: bool = True) -> Response | None:
        """Return the answer of a URL, or None with an error in the report if it must exist."""
        try:
            answer = self.fetcher.page(url)
        except FetchError as error:
            self.record(kind, url, None, None if error.cause == "gone" and not must_be else error.reason)
            return None
        self.watch.step(url)
        return answer

    def record(self, kind: str, url: str, posts: int | None, error: str | None = None) -> None:
        """Record how many posts a place named, or why it could not be read."""
        self.result.probes.append(ProbeRow(kind, url, posts, error))

    def count(self, kind: str) -> int:
        """Return how many places of a kind were requested."""
        return sum(probe.kind == kind for probe in self.result.probes)
