"""Do all work in this process. An item that crashes the interpreter ends the run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ...model.page import Page
from ...sources.slices import Slice
from .executor import Item, Result, too_slow
from .time_limit import TimeLimitExceeded, time_limit


class InProcess:
    """The executor without other processes: one item after another, each within the time limit."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def map(
        self, work: Callable[[Item], Result], items: Iterable[Item], failed: Callable[[Item, str], Result]
    ) -> Iterator[Result]:
        """Yield the result of each item."""
        for item in items:
            try:
                with time_limit(self._seconds):
                    result = work(item)
            except TimeLimitExceeded:
                result = failed(item, too_slow(self._seconds))
            yield result
        flush(work)

    def portable(self, page: Page) -> Iterator[Page]:
        """Yield the page, or the pages of a slice, because each page has a time limit here."""
        yield from page.pages() if isinstance(page, Slice) else (page,)

    def close(self, stopped: bool) -> None:
        """Do nothing."""


def flush(work: Callable[[Item], Result]) -> None:
    """Write pending results of the cache."""
    if (method := getattr(work, "flush", None)) is not None:
        method()
