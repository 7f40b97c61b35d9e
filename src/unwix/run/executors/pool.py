"""Do the work in a pool of processes on this computer.

Items are sent in chunks. A chunk whose process dies or hangs is repeated item by item, so that only the item at fault
fails.
"""

from __future__ import annotations

import pickle
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ...model.errors import UnwixError
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
#: If no worker has begun a waiting chunk after this many seconds, none ever will.
_START_SECONDS = 60


class _Task(Struct, eq=False):
    """A chunk in progress."""

    packed: bytes
    """The work, pickled."""
    chunk: list[Any]
    future: Future[list[Any]]


class Pool:
    """The executor with processes on this computer, which start on first use.

    If the system cannot start processes with shared semaphores (no /dev/shm), the work is done in this process.
    """

    def __init__(self, jobs: int, seconds: float, method: str | None = None) -> None:
        """`method` starts processes (`multiprocessing.get_context`); None chooses one that is safe."""
        self._jobs, self.seconds = jobs, seconds
        self._method = method
        self._pool: ProcessPool | None = None
        self._is_impossible = False
        self._unfinished: dict[_Task, None] = {}  # a set that keeps the order

    def map(
        self, work: Callable[[Item], Result], items: Iterable[Item], failed: Callable[[Item, str], Result]
    ) -> Iterator[Result]:
        """Yield the result of each item. Raises UnwixError if the processes start, but never begin to work."""
        packed = pickle.dumps(work, pickle.HIGHEST_PROTOCOL)
        in_progress: deque[_Task] = deque()
        chunks = chunked(items, self._jobs)
        try:
            for chunk in chunks:
                if not self._has_started():
                    yield from InProcess(self.seconds).map(work, chain(chunk, *chunks), failed)
                    return
                in_progress.append(self._task(packed, chunk))
                if len(in_progress) >= self._jobs * AHEAD:
                    yield from self._results(in_progress.popleft(), failed)
            while in_progress:
                yield from self._results(in_progress.popleft(), failed)
        except BaseException:
            self.close(stopped=True)
            raise

    def portable(self, page: Page) -> Iterator[Page]:
        """Yield the page: all processes read the same files."""
        yield page

    def close(self, stopped: bool) -> None:
        """End all processes. A thread that waits for their results gets a CancelledError."""
        if self._pool is not None:
            (self._pool.stop if stopped else self._pool.close)()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None
        for task in self._unfinished:
            task.future.cancel()
        self._unfinished.clear()

    def _has_started(self) -> bool:
        if self._pool is None and not self._is_impossible:
            try:
                self._start()
            except (OSError, ImportError):  # no semaphores, processes or file descriptors left
                self._is_impossible = True
        return self._pool is not None

    def _start(self) -> None:
        from multiprocessing import get_context

        from pebble import ProcessPool  # imported late: a single page needs no pool

        context = get_context(self._method or start_method())
        self._method = context.get_start_method()
        if self._method == "fork":
            load_readers()
        pool = ProcessPool(self._jobs, initializer=_prepare, context=context)
        pool.schedule(_nothing)
        self._pool = pool

    def _task(self, packed: bytes, chunk: list[Any]) -> _Task:
        task = _Task(packed, chunk, self._scheduled(packed, chunk))
        self._unfinished[task] = None
        return task

    def _scheduled(self, packed: bytes, chunk: list[Any]) -> Future[list[Any]]:
        assert self._pool is not None
        future: Future[list[Any]] = self._pool.schedule(_work_on, args=(packed, chunk), timeout=self.seconds)
        return future

    def _results(self, task: _Task, failed: Callable[[Item, str], Result]) -> Iterator[Result]:
        from pebble import ProcessExpired

        try:
            yield from self._wait(task)
            return
        except TimeoutError:
            reason = too_slow(self.seconds)
        except (ProcessExpired, SystemExit):
            reason = DIED
        finally:
            self._unfinished.pop(task, None)
        if len(task.chunk) == 1:
            yield failed(task.chunk[0], reason)
            return
        for item in task.chunk:
            yield from self._results(self._task(task.packed, [item]), failed)

    def _wait(self, task: _Task) -> list[Any]:
        """Return the results of a chunk. Raises what its process raised, and TimeoutError if it took too long.

        The time limit of a chunk starts with its work, so workers that never begin need a limit of their own.
        """
        while True:
            try:
                return task.future.result(timeout=_START_SECONDS)
            except TimeoutError:
                if task.future.done():
                    raise
            if not any(one.future.running() for one in self._unfinished):
                self._start_again()

    def _start_again(self) -> None:
        """Replace all processes and repeat the chunks in progress. Raises UnwixError if these do not work either."""
        if self._method == "spawn":
            raise UnwixError(f"No process began its work within {_START_SECONDS} seconds. Run again with --jobs 0.")
        unfinished = self._unfinished.copy()
        self.close(stopped=True)
        self._method, self._unfinished = "spawn", unfinished
        self._start()
        for task in unfinished:
            task.future = self._scheduled(task.packed, task.chunk)


def start_method() -> str | None:
    """Return the method to start processes with, or None for the system's default.

    A process that is forked while other threads run could wait forever for a lock that one of them held.
    """
    from multiprocessing import get_start_method

    return "spawn" if threading.active_count() > 1 and get_start_method() == "fork" else None


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
