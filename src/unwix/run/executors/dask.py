"""Do the work on a Dask cluster (the extra `unwix[cluster]`).

Each worker of the cluster runs its chunks in a process of its own, like `Pool`, so that a page that hangs or crashes
costs only itself. A chunk that the cluster loses is done in a process on this computer.
"""

from __future__ import annotations

import multiprocessing
import pickle
import threading
import uuid
from asyncio import CancelledError
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from ...model.errors import UnwixError
from ...model.page import Page
from ...sources.slices import Slice
from ...version import __version__
from .chunks import chunked
from .executor import Item, Result
from .pool import AHEAD, Pool

if TYPE_CHECKING:
    from distributed import Client

SCHEME = "dask://"
_SECONDS_TO_CONNECT = 10
#: After this many lost workers a chunk leaves the cluster, because it may be what kills them.
_RETRIES = 3


class _Failed(Struct, frozen=True):
    """Stands for the result of an item that failed in a worker."""

    reason: str


class Dask:
    """The executor with the workers of a Dask cluster."""

    def __init__(self, address: str, seconds: float) -> None:
        """`address` is `dask://HOST:PORT` of the scheduler. Raises UnwixError if it does not answer."""
        self._seconds = seconds
        self._client = _connect(address)
        self._run = uuid.uuid4().hex
        self._here: Pool | None = None
        self._can_read_files: bool | None = None

    def map(
        self, work: Callable[[Item], Result], items: Iterable[Item], failed: Callable[[Item, str], Result]
    ) -> Iterator[Result]:
        """Yield the result of each item."""
        packed = pickle.dumps(work, pickle.HIGHEST_PROTOCOL)
        threads = self._threads()
        in_progress: deque[tuple[list[Item], Any]] = deque()
        try:
            for chunk in chunked(items, threads):
                in_progress.append((chunk, self._start(packed, chunk)))
                if len(in_progress) >= threads * AHEAD:
                    yield from self._results(work, *in_progress.popleft(), failed)
            while in_progress:
                yield from self._results(work, *in_progress.popleft(), failed)
        finally:
            with suppress(Exception):
                self._client.cancel([future for _, future in in_progress], force=True)

    def portable(self, page: Page) -> Iterator[Page]:
        """Yield the page in a form that workers can read: with its absolute path, or with its bytes."""
        if page.path is None or not isinstance(page.path, Path):
            yield page
        elif self._can_read(page.path):
            yield replace(page, path=page.path.absolute())
        elif isinstance(page, Slice):
            yield from page.pages()
        else:
            yield _with_bytes(page)

    def close(self, stopped: bool) -> None:
        """End the processes of this run, and close the connection to the cluster."""
        if self._here is not None:
            self._here.close(stopped)
        with suppress(Exception):  # the cluster may be gone
            self._client.run(end_pools, self._run)
        self._client.close()

    def _can_read(self, path: Path) -> bool:
        """Return True if the workers can read the files of this computer, tested with the first file."""
        if self._can_read_files is None:
            try:
                size = path.stat().st_size
            except OSError:
                return True  # the page will fail wherever it is read
            sizes = self._client.run(_size_of, str(path.absolute()))
            self._can_read_files = all(one == size for one in sizes.values())
        return self._can_read_files

    def _threads(self) -> int:
        """Return the number of chunks that the cluster processes at once."""
        try:
            return max(1, int(sum(self._client.nthreads().values())))
        except Exception:
            return 1

    def _start(self, packed: bytes, chunk: list[Any]) -> Any:
        """Return the future of a chunk, or None if the cluster is gone."""
        try:
            return self._client.submit(work_on, self._run, packed, chunk, self._seconds, pure=False, retries=_RETRIES)
        except Exception:
            return None

    def _results(
        self,
        work: Callable[[Item], Result],
        chunk: list[Item],
        future: Any,
        failed: Callable[[Item, str], Result],
    ) -> Iterator[Result]:
        try:
            results: list[Any] = future.result()
        except (Exception, CancelledError):  # lost with its workers, or with the scheduler
            if self._here is None:
                self._here = Pool(1, self._seconds)
            yield from self._here.map(work, chunk, failed)
            return
        for item, result in zip(chunk, results, strict=True):
            yield failed(item, result.reason) if isinstance(result, _Failed) else result


def _connect(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError:
        raise UnwixError("Dask is not installed. Install it: pip install 'unwix[cluster]'") from None
    url = "tcp://" + address.removeprefix(SCHEME).rstrip("/")
    try:
        client = Client(url, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError):
        raise UnwixError(
            f"No Dask scheduler answers at {address}. Start one with `dask scheduler`, and workers with `dask worker`."
        ) from None
    if not client.nthreads():
        client.close()
        raise UnwixError(f"The Dask cluster at {address} has no workers. Start some: dask worker {url}")
    for worker, version in client.run(_version).items():
        if version != __version__:
            client.close()
            raise UnwixError(
                f"The worker {worker} has unwix {version}, not {__version__}. Install the same version there."
            )
    return client


# ---- in the workers -------------------------------------------------------------------------------------------------

#: The pools of each run, one per thread of the worker.
_POOLS: dict[str, dict[int, Pool]] = {}
#: The latest runs that have ended: a chunk that begins late must not start processes for them.
_ENDED: deque[str] = deque(maxlen=1000)


def work_on(run: str, packed: bytes, chunk: list[Any], seconds: float) -> list[Any]:
    """Return the results of a chunk, with a `_Failed` for each item that took too long or killed its process."""
    if run in _ENDED:
        raise CancelledError
    pools = _POOLS.setdefault(run, {})
    thread = threading.get_ident()
    if thread not in pools:
        # Dask's workers are daemon processes, which may not have children.
        multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
        pools[thread] = Pool(1, seconds, method="spawn")
    work: Callable[[Any], Any] = pickle.loads(packed)
    return list(pools[thread].map(work, chunk, _failed))


def end_pools(run: str) -> None:
    """End the processes of a run, also those that are at work."""
    _ENDED.append(run)
    for pool in _POOLS.pop(run, {}).values():
        pool.close(stopped=True)


def _failed(_item: object, reason: str) -> Any:
    return _Failed(reason)


def _size_of(path: str) -> int | None:
    try:
        return Path(path).stat().st_size
    except OSError:
        return None


def _version() -> str:
    return __version__


def _with_bytes(page: Page) -> Page:
    try:
        return replace(page, path=None, data=page.read())
    except UnwixError as error:
        return replace(page, path=None, error=error)
