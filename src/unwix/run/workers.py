"""Batch: a map over pages or posts, in this process or in a pool of processes, in order and with bounded memory.

A page that fails, hangs or kills its worker costs that page alone.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from functools import partial
from itertools import chain, islice
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from ..model.page import Page
from ..readers.data_files.chunks import split
from .steps import (
    ConversionResult,
    ReadResult,
    WriteTask,
    convert_page,
    merge_duplicates,
    read_page,
    without_merging,
    write_task,
)
from .write_post import Options, WrittenPost

if TYPE_CHECKING:
    from pebble import ProcessPool

#: How long one page may take, in seconds. The slowest real page takes a tenth of a second.
PAGE_SECONDS = 60
#: So many pages are under way for each worker: enough that none waits, few enough that results do not pile up.
_AHEAD = 4
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


class Workers:
    """Processes that work through lists of things; a context manager, at whose end they are gone.

    `jobs` is their number (None: one for each core); 0 works in this process, where a page that hangs or crashes the
    interpreter is not held back. A single thing is worked on in this process too. They are started when they are
    first needed.
    """

    def __init__(self, jobs: int | None = None, seconds: float = PAGE_SECONDS) -> None:
        self._jobs = (os.cpu_count() or 1) if jobs is None else jobs
        self._seconds = seconds
        self._pool: ProcessPool | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        if self._pool is not None:
            (self._pool.close if kind is None else self._pool.stop)()  # type: ignore[no-untyped-call]
            self._pool.join()

    def map(
        self,
        work: Callable[[_Item], _Result],
        items: Iterable[_Item],
        failed: Callable[[_Item, str], _Result],
    ) -> Iterator[_Result]:
        """The result of each thing, in the order of the things.

        `failed` makes the result of a thing that took too long or killed its worker, from a sentence that says so.
        """
        waiting = iter(items)
        first = list(islice(waiting, 2))
        if self._jobs == 0 or len(first) < 2:
            yield from map(work, chain(first, waiting))
            return
        under_way: deque[tuple[_Item, Future[_Result]]] = deque()
        try:
            for item in chain(first, waiting):
                under_way.append((item, self._start(work, item)))
                if len(under_way) >= self._jobs * _AHEAD:
                    yield self._result(*under_way.popleft(), failed)
            while under_way:
                yield self._result(*under_way.popleft(), failed)
        except BaseException:
            if self._pool is not None:
                self._pool.stop()  # type: ignore[no-untyped-call]
                self._pool.join()
                self._pool = None
            raise

    def _start(self, work: Callable[[_Item], _Result], item: _Item) -> Future[_Result]:
        from pebble import ProcessPool  # imported late: a single page needs no pool

        if self._pool is None:
            self._pool = ProcessPool(max_workers=self._jobs, initializer=_leave_interrupts_alone)
        future: Future[_Result] = self._pool.schedule(work, args=(item,), timeout=self._seconds)
        return future

    def _result(self, item: _Item, future: Future[_Result], failed: Callable[[_Item, str], _Result]) -> _Result:
        from pebble import ProcessExpired

        try:
            return future.result()
        except (FutureTimeout, TimeoutError):
            return failed(item, f"the page took longer than {self._seconds:g} seconds and was given up")
        except (ProcessExpired, SystemExit):
            return failed(item, "the process that read the page died; the page may need more memory than there is")


def _leave_interrupts_alone() -> None:
    """In a worker: Ctrl-C is for the process that waits, which then stops its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def read_pages(workers: Workers, pages: Iterable[Page], options: Options) -> Iterator[ReadResult]:
    """What was read of each page, in order; a large file of rows or lines has a reading for each of its parts."""
    parts = (part for page in pages for part in split(page))
    return workers.map(partial(read_page, options=options), parts, _failed_page)


def merge_posts(workers: Workers, groups: Iterable[list[bytes]]) -> Iterator[tuple[bytes, bytes]]:
    """For each post that was met more than once, what `pipeline.merge_duplicates` makes of its copies, in order."""
    return workers.map(merge_duplicates, groups, without_merging)


def look_at(workers: Workers, pages: Iterable[Page]) -> Iterator[ConversionResult]:
    """What would become of each page by itself, in order; nothing is kept."""
    parts = (part for page in pages for part in split(page))
    return workers.map(
        convert_page, parts, lambda page, reason: ConversionResult(page.source, failed=page.located(reason))
    )


def write_posts(workers: Workers, jobs: Iterable[WriteTask], options: Options) -> Iterator[WrittenPost | str]:
    """Each post written, in order; a sentence in the place of one that failed."""
    return workers.map(partial(write_task, options=options), jobs, _failed_post)


def _failed_page(page: Page, reason: str) -> ReadResult:
    return ReadResult(page.source, failed=page.located(reason))


def _failed_post(_job: Any, reason: str) -> str:
    return reason
