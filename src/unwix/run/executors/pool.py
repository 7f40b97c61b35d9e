"""Do the work in a pool of processes on this computer.

Items are sent in chunks. A chunk whose process dies or hangs is repeated item by item, so that only the item at fault
fails.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from ...model.page import Page
from .chunks import chunked
from .executor import DIED, Item, Result, too_slow
from .in_process import InProcess, flush
from .preload import load_readers
from .stop_signals import leave_stop_signals_to_parent

if TYPE_CHECKING:
    from concurrent.futures import Future

    from pebble import ProcessPool

#: Chunks in progress per worker: enough that no worker waits, few enough that results do not accumulate.
AHEAD = 2


class Pool:
    """The executor with processes on this computer, which start on first use.

    If the system cannot start processes with shared semaphores (no /dev/shm), the work is done in this process.
    """

    def __init__(self, jobs: int, seconds: float, start_method: str | None = None) -> None:
        """`start_method` is passed to `multiprocessing.get_context`; None is the system's default."""
        self._jobs, self.seconds = jobs, seconds
        self._start_method = start_method
        self._pool: ProcessPool | None = None
        self._is_impossible = False

    def map(
        self, work: Callable[[Item], Result], items: Iterable[Item], failed: Callable[[Item, str], Result]
    ) -> Iterator[Result]:
        """Yield the result of each item."""
        packed = pickle.dumps(work, pickle.HIGHEST_PROTOCOL)
        in_progress: deque[tuple[list[Item], Future[list[Result]]]] = deque()
        chunks = chunked(items, self._jobs)
        try:
            for chunk in chunks:
                if not self._has_started():
                    yield from InProcess(self.seconds).map(work, chain(chunk, *chunks), failed)
                    return
                in_progress.append((chunk, self._start(packed, chunk)))
                if len(in_progress) >= self._jobs * AHEAD:
                    yield from self._results(packed, *in_progress.popleft(), failed)
            while in_progress:
                yield from self._results(packed, *in_progress.popleft(), failed)
        except BaseException:
            self.close(stopped=True)
            raise

    def portable(self, page: Page) -> Iterator[Page]:
        """Yield the page: all processes read the same files."""
        yield page

    def close(self, stopped: bool) -> None:
        """End all processes."""
        if self._pool is not None:
            (self._pool.stop if stopped else self._pool.close)()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None

    def _has_started(self) -> bool:
        if self._pool is None and not self._is_impossible:
            from multiprocessing import get_context

            from pebble import ProcessPool  # imported late: a single page needs no pool

            if self._start_method is None:
                load_readers()
            pool = ProcessPool(self._jobs, initializer=_prepare, context=get_context(self._start_method))
            try:
                pool.schedule(_nothing)
            except (OSError, ImportError):  # no semaphores, processes or file descriptors left
                self._is_impossible = True
            else:
                self._pool = pool
        return self._pool is not None

    def _start(self, packed: bytes, chunk: list[Item]) -> Future[list[Any]]:
        assert self._pool is not None
        future: Future[list[Any]] = self._pool.schedule(_work_on, args=(packed, chunk), timeout=self.seconds)
        return future

    def _results(
        self,
        packed: bytes,
        chunk: list[Item],
        future: Future[list[Result]],
        failed: Callable[[Item, str], Result],
    ) -> Iterator[Result]:
        from concurrent.futures import TimeoutError as FutureTimeout

        from pebble import ProcessExpired

        try:
            yield from future.result()
            return
        except (FutureTimeout, TimeoutError):
            reason = too_slow(self.seconds)
        except (ProcessExpired, SystemExit):
            reason = DIED
        if len(chunk) == 1:
            yield failed(chunk[0], reason)
            return
        for item in chunk:
            yield from self._results(packed, [item], self._start(packed, [item]), failed)


def _prepare() -> None:
    """Initialize a new worker process."""
    leave_stop_signals_to_parent()
    load_readers()


def _nothing() -> None:
    """Start the workers."""


def _work_on(packed: bytes, chunk: list[Any]) -> list[Any]:
    """Return the results of a chunk. Runs in a worker."""
    work = _unpacked(packed)
    results = [work(item) for item in chunk]
    flush(work)
    return results


@lru_cache(maxsize=4)
def _unpacked(packed: bytes) -> Callable[[Any], Any]:
    work: Callable[[Any], Any] = pickle.loads(packed)
    return work
