"""Get each media file: from OUTPUT, from the sources of the run, or from the network."""

from __future__ import annotations

import posixpath
import queue
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from msgspec.structs import replace

from ...model.report_rows import MediaRow
from ...wix.media_urls import media_id
from .download import Downloader
from .download_errors import DownloadFailed, DownloadStopped
from .index_file import FileInfo, examine_file
from .item import MediaItem, MediaResult
from .local_files import LocalFile, LocalFiles
from .urls import Candidate, candidates, is_remote, width_of
from .validate import validation_error

#: Why a file could not be downloaded with `--offline`.
OFFLINE = "it was not asked for, as --offline says"
#: States that the next run tries to improve, if they have a reason.
_MAKESHIFT = frozenset({"local", "archive"})


class MediaResolver:
    """Gets the files of a plan, several at a time. Files that are in OUTPUT already are not requested again."""

    def __init__(
        self, folder: Path, downloader: Downloader, local_files: LocalFiles, jobs: int = 8, offline: bool = False
    ) -> None:
        """Set the cache and the mode: with `offline` only files of the sources are used, and nothing is requested."""
        self._folder = folder
        self._downloader = downloader
        self._local_files = local_files
        self._jobs = jobs
        self._offline = offline

    def unfinished(self, items: Mapping[str, MediaItem]) -> Iterator[Path]:
        """Return the cache paths of files that could not be downloaded completely."""
        for item in items.values():
            if item.got is not None and item.got.file is None:
                yield from (self._downloader.whole(c.url) for c in candidates(item.url, item.renditions))

    def fetch(self, items: Mapping[str, MediaItem], before: Mapping[str, MediaRow]) -> Iterator[MediaItem]:
        """Get every item (`item.got`); yield each when it is done, in any order.

        `before` are the rows of an earlier media.json by the keys of the items. Raises OSError if a file cannot be
        written.
        """
        self._local_files.collect({key: item for key, item in items.items() if not self._is_settled(before.get(key))})
        waiting: queue.SimpleQueue[tuple[str, MediaItem]] = queue.SimpleQueue()
        for key_and_item in items.items():
            waiting.put(key_and_item)
        finished: queue.SimpleQueue[MediaItem | BaseException] = queue.SimpleQueue()
        # Daemons: Ctrl-C does not wait for a server that sends nothing. They leave a partial download in the cache.
        for _ in range(min(self._jobs, len(items))):
            threading.Thread(target=self._work, args=(waiting, finished, before), daemon=True).start()
        try:
            for _ in range(len(items)):
                result = finished.get()
                if isinstance(result, BaseException):
                    raise result
                yield result
        except BaseException:
            self._downloader.stop()
            raise

    def _work(
        self,
        waiting: queue.SimpleQueue[tuple[str, MediaItem]],
        finished: queue.SimpleQueue[MediaItem | BaseException],
        before: Mapping[str, MediaRow],
    ) -> None:
        try:
            while True:
                key, item = waiting.get_nowait()
                item.got = self._obtain(key, item, before.get(key))
                finished.put(item)
        except (queue.Empty, DownloadStopped):
            pass
        except BaseException as error:
            finished.put(error)

    def _obtain(self, key: str, item: MediaItem, row: MediaRow | None) -> MediaResult:
        earlier_result = self._stored_result(row) if row is not None else None
        if earlier_result is not None and not (earlier_result.state in _MAKESHIFT and earlier_result.reason):
            return earlier_result
        copy = best_local_file(key, item, self._local_files)
        if copy is not None and copy.is_as_large(item):
            return _used(copy, None)
        if earlier_result is not None and earlier_result.file is not None:
            # The archive of an earlier run may be missing now: the existing file is as good as any copy.
            placed = LocalFile(earlier_result.file, str(earlier_result.source), earlier_result.state)
            copy = max(copy or placed, placed, key=lambda one: one.rank(item))
        downloaded, reason = (None, OFFLINE) if self._offline and is_remote(item.url) else self._download(item, copy)
        if downloaded is not None and (copy is None or _is_better(downloaded, copy, item)):
            return downloaded
        if earlier_result is not None and copy is not None and copy.file is earlier_result.file:
            return replace(earlier_result, reason=reason or earlier_result.reason)
        if copy is not None:
            return _used(copy, reason)
        return MediaResult("failed", reason=reason or "the file is not where the saved page says")

    def _download(self, item: MediaItem, copy: LocalFile | None) -> tuple[MediaResult | None, str | None]:
        """Download a file. Return it (None if that failed), and the reason if it is not the original."""
        reason = None
        for candidate in candidates(item.url, item.renditions):
            if candidate.smaller and copy is not None and _is_no_wider(candidate, copy, item):
                continue
            try:
                path = self._downloader.get(candidate.url, lambda head: validation_error(item.kind, item.url, head))
            except DownloadFailed as error:
                reason = reason or str(error)
                continue
            return _downloaded(candidate, item.url, examine_file(path), reason), reason
        return None, reason

    def _stored_result(self, row: MediaRow) -> MediaResult | None:
        """Return the file that an earlier run stored, or None if it is gone."""
        path = next((path for name in row.paths if (path := self._folder / name).is_file()), None)
        if path is None:
            return None
        file = examine_file(path)
        state = row.state if file.sha256 == row.sha256 else "edited"
        return MediaResult(state, file, row.from_ or None, row.problem or None, is_placed=True)

    def _is_settled(self, row: MediaRow | None) -> bool:
        """Return True if a row's file exists and no better version is looked for."""
        if row is None or not any((self._folder / name).is_file() for name in row.paths):
            return False
        return not (row.state in _MAKESHIFT and row.problem)


def best_local_file(key: str, item: MediaItem, local_files: LocalFiles) -> LocalFile | None:
    """Return the best copy in the sources, next to a page or elsewhere."""
    copies = [
        LocalFile(file, file.path.as_posix())
        for source, path in item.saved_files
        if (file := local_file_result(source, path, item.url)) is not None
    ]
    if (elsewhere := local_files.best(key)) is not None:
        copies.append(elsewhere)
    return max(copies, key=lambda copy: copy.rank(item), default=None)


def first_urls(items: Mapping[str, MediaItem], local_files: LocalFiles) -> list[MediaItem]:
    """Return the URLs that a run would request for these items: those without a full-size copy in the sources."""
    local_files.collect(items)
    copies = ((item, best_local_file(key, item, local_files)) for key, item in items.items())
    return [item for item, copy in copies if is_remote(item.url) and (copy is None or not copy.is_as_large(item))]


def _used(copy: LocalFile, reason: str | None) -> MediaResult:
    return MediaResult(copy.state, copy.file, copy.source, reason, is_cached=copy.is_cached)


def _is_no_wider(candidate: Candidate, copy: LocalFile, item: MediaItem) -> bool:
    """Return True if a rendition is not worth a request because the local copy is as wide."""
    return copy.keeps_shape(item) and width_of(candidate.url) <= (copy.file.width or -1)


def _is_better(result: MediaResult, copy: LocalFile, item: MediaItem) -> bool:
    """Return True if the downloaded file is better than the local copy."""
    return result.state == "original" or not copy.keeps_shape(item) or _extent(result.file) > _extent(copy.file)


def _extent(file: FileInfo | None) -> tuple[int, int]:
    return (file.area, file.size) if file is not None else (0, 0)


def _downloaded(candidate: Candidate, url: str, file: FileInfo, reason: str | None) -> MediaResult:
    source = candidate.url if candidate.url != url else None
    if candidate.smaller:
        return MediaResult("rendition", file, source, reason, is_cached=True)
    return MediaResult("original", file, source, is_cached=True)


def local_file_result(source: str, path: str, url: str) -> FileInfo | None:
    """Return an image that was saved with a page, or None if it is missing.

    A page can name any file of the disk, so only files in a directory next to the page, or with the image's id, count.
    """
    page = Path(source if Path(source).exists() else source.partition("#")[0])
    shown_file = Path(posixpath.normpath((page.parent / unquote(path.partition("?")[0])).as_posix()))
    try:
        real = shown_file.resolve(strict=True)
        near = real.is_relative_to(page.parent.resolve()) and ".." not in unquote(path).split("/")
        named = (identity := media_id(url)) is not None and media_id(real.as_posix()) == identity
        if not real.is_file() or not (near or named):
            return None
        file = examine_file(shown_file)
    except (OSError, ValueError, RuntimeError):
        return None
    return file if _is_media(file) else None


def _is_media(file: FileInfo) -> bool:
    return file.format is not None and file.format.group in ("image", "video", "audio")
