"""Map over pages or posts, in this process or in others, in order and with bounded memory.

A page that fails, hangs or kills its worker costs only that page.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, islice
from pathlib import Path
from types import TracebackType

from msgspec import Struct
from msgspec.structs import replace

from ..model.page import Page
from ..readers.data_files.chunks import split
from ..sources.slices import Slice
from .executors.executor import Executor, Item, Result
from .executors.in_process import InProcess, flush
from .executors.pool import Pool
from .steps import (
    PreparedPost,
    PrepareFile,
    ReadResult,
    WriteTask,
    merge_duplicates,
    read_page,
    without_merging,
    write_task,
)
from .write_post import Options, WrittenPost

#: The time limit for one page, in seconds. The slowest real page takes a tenth of a second.
PAGE_SECONDS = 60


class Workers:
    """The processes of a run, as a context manager.

    `jobs` is the number of worker processes (None: one per core). With 0, and for a list of one item, the work is done
    in this process. `cache` is the directory of stored results, or None. `cluster` is the URL of a Dask scheduler,
    `dask://HOST:PORT`, whose workers do the work instead.
    """

    def __init__(
        self,
        jobs: int | None = None,
        seconds: float = PAGE_SECONDS,
        cache: Path | None = None,
        cluster: str | None = None,
    ) -> None:
        jobs = (os.cpu_count() or 1) if jobs is None else jobs
        self.cache = cache
        self.see_output = cluster is None
        """The workers can write to the directories of this computer."""
        self._alone = InProcess(seconds)
        if cluster is not None:
            from .executors.dask import Dask

            self.executor: Executor = Dask(cluster, seconds)
        else:
            self.executor = Pool(jobs, seconds) if jobs else self._alone

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.executor.close(stopped=kind is not None)
        if self.cache is not None:
            from .cache.store import forget_stores, store_of

            store_of(self.cache).close()
            forget_stores()

    def map(
        self, work: Callable[[Item], Result], items: Iterable[Item], failed: Callable[[Item, str], Result]
    ) -> Iterator[Result]:
        """Yield the result of each item, in the order of the items (`Executor.map`)."""
        waiting = iter(items)
        first = list(islice(waiting, 2))
        executor = self._alone if len(first) < 2 else self.executor
        return executor.map(work, chain(first, waiting), failed)


def read_pages(workers: Workers, pages: Iterable[Page], options: Options) -> Iterator[ReadResult]:
    """Read each page, in order. A large file of rows or lines has a result for each of its parts.

    A slice of an archive is one task. If it takes too long or kills its worker, its pages are read one by one.
    """
    parts = (part for page in pages for part in split(page))
    work: Callable[[Page], ReadResult] = partial(read_page, options=options)
    if workers.cache is not None:
        from .cache.cached_steps import CachedRead

        work = CachedRead.of(workers.cache, options)
    portable = (one for part in parts for one in workers.executor.portable(part))
    for results in workers.map(ReadAll(work), portable, _failed_input):
        if isinstance(results, Slice):
            yield from workers.map(work, results.pages(), _failed_page)
        else:
            yield from results


class ReadAll(Struct, frozen=True):
    """Reads a page, or all pages of a slice."""

    read: Callable[[Page], ReadResult]

    def __call__(self, page: Page) -> list[ReadResult] | Slice:
        """Return the result of each page."""
        return [self.read(one) for one in (page.pages() if isinstance(page, Slice) else (page,))]

    def flush(self) -> None:
        """Write pending results of the cache."""
        flush(self.read)


def merge_posts(workers: Workers, groups: Iterable[list[bytes]]) -> Iterator[tuple[bytes, bytes]]:
    """Merge the duplicates of each post that was found several times (`steps.merge_duplicates`), in order."""
    work: Callable[[list[bytes]], tuple[bytes, bytes]] = merge_duplicates
    if workers.cache is not None:
        from .cache.cached_steps import CachedMerge

        work = CachedMerge.of(workers.cache)
    return workers.map(work, groups, without_merging)


def write_posts(workers: Workers, tasks: Iterable[WriteTask], options: Options) -> Iterator[WrittenPost | str]:
    """Write each post, in order; a sentence in place of one that failed."""
    return workers.map(_writing(workers, options), tasks, _failed_post)


def prepare_posts(
    workers: Workers, tasks: Iterable[WriteTask], options: Options, folder: Path
) -> Iterator[PreparedPost | str]:
    """Write each post and prepare its file in the directory, in order; a sentence in place of one that failed."""
    return workers.map(PrepareFile(_writing(workers, options), folder), tasks, _failed_post)


def _writing(workers: Workers, options: Options) -> Callable[[WriteTask], WrittenPost | str]:
    bare = replace(options, names=None, site_lines=None)  # only readers need them
    work: Callable[[WriteTask], WrittenPost | str] = partial(write_task, options=bare)
    if workers.cache is not None:
        from .cache.cached_steps import CachedWrite

        work = CachedWrite.of(workers.cache, bare)
    return work


def _failed_input(page: Page, reason: str) -> list[ReadResult] | Slice:
    return page if isinstance(page, Slice) else [_failed_page(page, reason)]


def _failed_page(page: Page, reason: str) -> ReadResult:
    return ReadResult(page.source, failed=page.located(reason))


def _failed_post(_task: WriteTask, reason: str) -> str:
    return reason
