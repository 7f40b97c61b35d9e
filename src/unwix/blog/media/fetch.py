"""Media fetch: how each file is had: it is there already, lies beside a saved page, or is downloaded."""

from __future__ import annotations

import posixpath
import queue
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from ...formats import Format, format_of
from ...readers.media import media_id
from .addresses import Candidate, candidates, is_remote
from .download import Downloader, Failed, Stopped
from .files import CACHE, Examined, Row, examine, paths_of
from .item import Item, Obtained, word_of
from .zipped import Zipped

#: What the bytes of a kind of media may be (`Format.group`); of a picture, `image`.
_WANTED = {
    "video": frozenset({"video"}),
    "audio": frozenset({"audio", "video"}),
    "gif": frozenset({"image", "video"}),
}
_PICTURE = frozenset({"image"})


class Fetcher:
    """Gets the files of a plan, several at a time. What is there already is not asked for again."""

    def __init__(self, folder: Path, downloader: Downloader, jobs: int = 8) -> None:
        self._folder = folder
        self._downloader = downloader
        self._jobs = jobs
        self._zipped = Zipped(folder / CACHE)

    def unfinished(self, items: Mapping[str, Item]) -> Iterator[Path]:
        """Where the cache keeps, or would keep, the files of items that could not be had."""
        for item in items.values():
            if item.got is not None and item.got.file is None:
                yield from (self._downloader.whole(c.address) for c in candidates(item.address, item.renditions))

    def fetch(self, items: Mapping[str, Item], before: Mapping[str, Row]) -> Iterator[Item]:
        """Get every item (`item.got`); yields each when that is done, in any order.

        `before` are the rows of an earlier media.json by the keys of the items. Raises OSError when the disk does not
        take the files.
        """
        waiting = iter(items.items())
        lock = threading.Lock()
        done: queue.SimpleQueue[Item | BaseException] = queue.SimpleQueue()

        def work() -> None:
            try:
                while True:
                    with lock:
                        found = next(waiting, None)
                    if found is None:
                        return
                    key, item = found
                    item.got = self._obtain(item, before.get(key))
                    done.put(item)
            except Stopped:
                pass
            except BaseException as error:
                done.put(error)

        # Daemons: a Ctrl-C does not wait for a server that sends nothing. What they leave is a part in the cache.
        for _ in range(min(self._jobs, len(items))):
            threading.Thread(target=work, daemon=True).start()
        try:
            for _ in range(len(items)):
                result = done.get()
                if isinstance(result, BaseException):
                    raise result
                yield result
        except BaseException:
            self._downloader.stop()
            raise

    def _obtain(self, item: Item, row: Row | None) -> Obtained:
        there = self._there(row) if row is not None else None
        if there is not None and not (there.state == "saved" and there.reason):
            return there
        beside = self._beside(item)
        if beside is not None and beside.file is not None and _is_as_large(beside.file, item):
            return beside
        reason = None
        offered = candidates(item.address, item.renditions)
        for candidate in offered:
            try:
                path = self._downloader.get(candidate.address, lambda head: complaint(item.kind, item.address, head))
            except Failed as error:
                reason = reason or str(error)
                continue
            return _downloaded(candidate, item.address, examine(path), reason)
        if beside is not None:
            return replace(beside, reason=reason)
        return there or Obtained("failed", reason=reason or "the file is not where the saved page says")

    def _there(self, row: Row) -> Obtained | None:
        """The file that an earlier run has put there; None when it is gone."""
        path = next((path for name in paths_of(row) if (path := self._folder / name).is_file()), None)
        if path is None:
            return None
        file = examine(path)
        state = str(row.get("state")) if file.sha256 == row.get("sha256") else "kept"
        source, reason = row.get("from"), row.get("problem")
        return Obtained(state, file, str(source) if source else None, str(reason) if reason else None, is_placed=True)

    def _beside(self, item: Item) -> Obtained | None:
        """The largest copy that was saved with a page."""
        found: list[Obtained] = []
        for source, path in item.beside:
            if (file := saved_copy(source, path, item.address)) is not None:
                found.append(Obtained("saved", file, file.path.as_posix()))
            elif "!/" in source and (zipped := self._zipped.beside(source, path)) is not None and _is_media(zipped[0]):
                found.append(Obtained("saved", *zipped, is_cached=True))
        return max(found, key=lambda copy: copy.file.area if copy.file is not None else 0, default=None)


def _downloaded(candidate: Candidate, address: str, file: Examined, reason: str | None) -> Obtained:
    source = candidate.address if candidate.address != address else None
    if candidate.smaller:
        return Obtained("rendition", file, source, reason, is_cached=True)
    return Obtained("original", file, source, is_cached=True)


def complaint(kind: str, address: str, head: bytes) -> str | None:
    """What is wrong with a file of that kind by its first bytes: a server may send a page that says sorry."""
    found = format_of(head)
    if kind == "file":
        is_page = found is not None and found.group == "page"
        wanted = address.partition("?")[0].lower().endswith((".html", ".htm"))
        return "the server sends a page instead of the file" if is_page and not wanted else None
    if found is not None and found.group in _WANTED.get(kind, _PICTURE):
        return None
    return f"the server sends {_called(found)} instead of the {word_of(kind)}"


def _called(found: Format | None) -> str:
    if found is None:
        return "something else"
    return "a page" if found.group == "page" else f"a file of the kind {found.ending}"


def _is_as_large(file: Examined, item: Item) -> bool:
    """Whether a saved copy is as large as the original, whichever way round a camera held it."""
    if not (item.width and item.height and file.width and file.height):
        return not is_remote(item.address)
    there, whole = sorted((file.width, file.height)), sorted((item.width, item.height))
    return there[0] >= whole[0] and there[1] >= whole[1]


def saved_copy(source: str, path: str, address: str) -> Examined | None:
    """A picture that was saved with a page, None when it is not there.

    A page may name any file of the disk: only what lies in a folder beside the page counts, or has the picture's id.
    """
    page = Path(source if Path(source).exists() else source.partition("#")[0])
    shown = Path(posixpath.normpath((page.parent / unquote(path.partition("?")[0])).as_posix()))
    try:
        real = shown.resolve(strict=True)
        near = real.is_relative_to(page.parent.resolve()) and ".." not in unquote(path).split("/")
        named = (identity := media_id(address)) is not None and media_id(real.as_posix()) == identity
        if not real.is_file() or not (near or named):
            return None
        found = examine(shown)
    except (OSError, ValueError, RuntimeError):
        return None
    return found if _is_media(found) else None


def _is_media(file: Examined) -> bool:
    return file.format is not None and file.format.group in ("image", "video", "audio")
