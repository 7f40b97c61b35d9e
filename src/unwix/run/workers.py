"""Workers: a map over pages or posts, in this process or in a pool of processes, in order and with bounded memory.

A page that fails, hangs or kills its worker costs that page only.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from functools import partial
from itertools import chain, islice
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from ..model.page import Page
from ..readers.data_files.chunks import split
from .executors.time_limit import TimeLimitExceeded, time_limit
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
from .stop_signals import leave_stop_signals_to_parent
from .write_post import Options, WrittenPost

if TYPE_CHECKING:
    from pebble import ProcessPool

#: The time limit for one page, in seconds. The slowest real page takes a tenth of a second.
PAGE_SECONDS = 60
#: So many pages are in progress for each worker: enough that none waits, few enough that results do not pile up.
_AHEAD = 4
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


class Workers:
    """A pool of processes that work through lists of items. A context manager, at whose end they are gone.

    `jobs` is the number of processes (None: one per core). With 0, and for a list of one item, the work is done in this
    process, where an item that crashes the interpreter ends the run. The processes start when they are first needed.
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
        """Yield the result of each item, in the order of the items.

        `failed` makes the result of an item that exceeded the time limit or killed its worker, from a sentence.
        """
        waiting = iter(items)
        first = list(islice(waiting, 2))
        if self._jobs == 0 or len(first) < 2:
            for item in chain(first, waiting):
                yield self._work_here(work, item, failed)
            return
        in_progress: deque[tuple[_Item, Future[_Result]]] = deque()
        try:
            for item in chain(first, waiting):
                in_progress.append((item, self._start(work, item)))
                if len(in_progress) >= self._jobs * _AHEAD:
                    yield self._result(*in_progress.popleft(), failed)
            while in_progress:
                yield self._result(*in_progress.popleft(), failed)
        except BaseException:
            if self._pool is not None:
                self._pool.stop()  # type: ignore[no-untyped-call]
                self._pool.join()
                self._pool = None
            raise

    def _work_here(
        self, work: Callable[[_Item], _Result], item: _Item, failed: Callable[[_Item, str], _Result]
    ) -> _Result:
        try:
            with time_limit(self._seconds):
                return work(item)
        except TimeLimitExceeded:
            return failed(item, self._too_slow())

    def _start(self, work: Callable[[_Item], _Result], item: _Item) -> Future[_Result]:
        from pebble import ProcessPool  # imported late: a single page needs no pool

        if self._pool is None:
            self._pool = ProcessPool(max_workers=self._jobs, initializer=leave_stop_signals_to_parent)
        future: Future[_Result] = self._pool.schedule(work, args=(item,), timeout=self._seconds)
        return future

    def _result(self, item: _Item, future: Future[_Result], failed: Callable[[_Item, str], _Result]) -> _Result:
        from pebble import ProcessExpired

        try:
            return future.result()
        except (FutureTimeout, TimeoutError):
            return failed(item, self._too_slow())
        except (ProcessExpired, SystemExit):
            return failed(item, "the process that read the page died; the page may need more memory than there is")

    def _too_slow(self) -> str:
        return f"the page took longer than {self._seconds:g} seconds and was given up"


def read_pages(workers: Workers, pages: Iterable[Page], options: Options) -> Iterator[ReadResult]:
    """Read each page, in order. A large file of rows or lines has a result for each of its parts."""
    parts = (part for page in pages for part in split(page))
    return workers.map(partial(read_page, options=options), parts, _failed_page)


def merge_posts(workers: Workers, groups: Iterable[list[bytes]]) -> Iterator[tuple[bytes, bytes]]:
    """Merge the duplicates of each post that was found several times (`steps.merge_duplicates`), in order."""
    return workers.map(merge_duplicates, groups, without_merging)


def convert_pages(workers: Workers, pages: Iterable[Page]) -> Iterator[ConversionResult]:
    """Convert each page by itself, in order; nothing is kept."""
    parts = (part for page in pages for part in split(page))
    return workers.map(
        convert_page, parts, lambda page, reason: ConversionResult(page.source, failed=page.located(reason))
    )


def write_posts(workers: Workers, tasks: Iterable[WriteTask], options: Options) -> Iterator[WrittenPost | str]:
    """Write each post, in order; a sentence in the place of one that failed."""
    return workers.map(partial(write_task, options=options), tasks, _failed_post)


def _failed_page(page: Page, reason: str) -> ReadResult:
    return ReadResult(page.source, failed=page.located(reason))


def _failed_post(_task: WriteTask, reason: str) -> str:
    return reason
