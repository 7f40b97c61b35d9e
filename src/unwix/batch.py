"""Batch: a map over pages, in this process or in a pool of processes, in a stable order and with bounded memory.

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

from .page import Page
from .pipeline import Options, Outcome, convert_page
from .readers.split import split

#: How long one page may take, in seconds. The slowest real page takes a tenth of a second.
PAGE_SECONDS = 60
#: So many pages are under way for each worker: enough that none waits, few enough that results do not pile up.
_AHEAD = 4
Work = Callable[[Page], Outcome]


def convert_pages(
    pages: Iterable[Page], jobs: int | None = None, seconds: float = PAGE_SECONDS, options: Options | None = None
) -> Iterator[Outcome]:
    """The outcome of each page, in the order of the pages, whatever the number of jobs.

    A large file of rows or lines has an outcome for each of its parts, one behind the other.

    `jobs` is the number of worker processes (None: one for each core); 0 works in this process, where a page that
    hangs or crashes the interpreter is not held back. A single page is converted in this process too.
    """
    jobs = (os.cpu_count() or 1) if jobs is None else jobs
    work = partial(convert_page, options=options or Options())
    waiting = (part for page in pages for part in split(page))
    first = list(islice(waiting, 2))
    if jobs == 0 or len(first) < 2:
        yield from map(work, chain(first, waiting))
    else:
        yield from _in_pool(chain(first, waiting), work, jobs, seconds)


def _in_pool(pages: Iterable[Page], work: Work, jobs: int, seconds: float) -> Iterator[Outcome]:
    from pebble import ProcessPool  # imported late: a single page needs no pool

    under_way: deque[tuple[Page, Future[Outcome]]] = deque()
    pool = ProcessPool(max_workers=jobs, initializer=_leave_interrupts_alone)
    try:
        for page in pages:
            under_way.append((page, pool.schedule(work, args=(page,), timeout=seconds)))
            if len(under_way) >= jobs * _AHEAD:
                yield _outcome(*under_way.popleft(), seconds)
        while under_way:
            yield _outcome(*under_way.popleft(), seconds)
        pool.close()  # type: ignore[no-untyped-call]
    except BaseException:
        pool.stop()  # type: ignore[no-untyped-call]
        raise
    finally:
        pool.join()


def _leave_interrupts_alone() -> None:
    """In a worker: Ctrl-C is for the process that waits, which then stops its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _outcome(page: Page, future: Future[Outcome], seconds: float) -> Outcome:
    from pebble import ProcessExpired

    try:
        return future.result()
    except (FutureTimeout, TimeoutError):
        return Outcome(page.source, failed=page.told(f"the page took longer than {seconds:g} seconds and was given up"))
    except (ProcessExpired, SystemExit):
        return Outcome(
            page.source,
            failed=page.told("the process that read the page died; the page may need more memory than there is"),
        )
