"""Plan the media of a blog: one item for each distinct original, downloaded once and named once.

Files are fetched into the cache in any order. They are named in the order of the posts when all are complete, so that
an interrupted and repeated run writes the same bytes as one that was not interrupted.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ...model.errors import OutputFailed
from ...model.post_summary import MediaRef, PostSummary
from ...model.problems import Problem
from ...model.report_rows import MediaRow
from ...writers.target import Target
from .file_names import MediaNames, extension_of, stem_of
from .index_file import CACHE, examine_file, place, rows_in, sweep, write_rows
from .index_rows import rows, unused
from .item import MediaItem, item_of, key_of
from .locations import Locations
from .urls import media_key

if TYPE_CHECKING:
    from .resolver import MediaResolver

#: Wraps an iterator over items, whose number is known: a progress bar.
DownloadProgress = Callable[[Iterator[MediaItem], int], Iterable[MediaItem]]
#: Receives a file with its URL and media type, such as an archive.
ArchiveFile = Callable[[str, Path, str], None]


class Media:
    """The media of a run. Add every post, call `finalize`, then ask for the new URLs of each post."""

    def __init__(
        self,
        folder: Path,
        target: Target,
        mode: Literal["copy", "list"],
        *,
        version: str = "",
        fetcher: MediaResolver | None = None,
        avatars: bool = False,
        keep: ArchiveFile = lambda _address, _file, _kind: None,
        would_ask: Callable[[Mapping[str, MediaItem]], list[MediaItem]] = lambda items: list(items.values()),
        watch: DownloadProgress = lambda items, _number: items,
    ) -> None:
        """`fetcher` gets the files (mode `copy`); None only names the files that would be written (`--dry-run`).

        `keep` receives each file that was downloaded in this run or an earlier one, with its URL and media type.
        `would_ask` selects, of items that are not in OUTPUT, those that would be requested.
        """
        self._folder = folder
        self._mode = mode
        self._version = version
        self._fetcher = fetcher
        self._left_out = frozenset() if avatars else frozenset({"avatar"})
        self._keep = keep
        self._would_ask = would_ask
        self._watch = watch
        self._places = Locations(target)
        self._items: dict[str, MediaItem] = {}
        self._outputs: list[str] = []

    def __len__(self) -> int:
        return len(self._items)

    def add(self, entry: PostSummary, output: str) -> None:
        """Add a post that will be written to the file `output` below OUTPUT."""
        number = len(self._outputs)
        self._outputs.append(output)
        for ref in entry.media:
            if ref.kind not in self._left_out and (key := key_of(ref, entry)) is not None:
                item = self._items.get(key)
                if item is None:
                    item = self._items[key] = item_of(ref, entry)
                item.learn(ref, entry.source, number)

    def finalize(self) -> None:
        """Get, name and place the files and write media.json, after all posts were added.

        Raises OutputFailed if they cannot be written.
        """
        before = {media_key(row.url): row for row in rows_in(self._folder)}
        try:
            if self._mode == "list":
                self._write_list(before)
            elif self._fetcher is None:
                self._plan_names(before)
            else:
                for _ in self._watch(self._fetcher.fetch(self._items, before), len(self._items)):
                    pass
                self._keep_for_later_runs()
                MediaNames(self._folder, self._paths).assign(self._items, before)
                # Write the index first: if the run is killed while placing files, the next run finds their names.
                self._write_list(before)
                self._place(before)
                sweep(self._folder / CACHE, self._fetcher.unfinished(self._items))
        except OSError as error:
            raise OutputFailed(
                f"The media cannot be written to {self._folder}: {error.strerror or error}. What was written before is "
                "whole; run the same command again to go on."
            ) from None

    def _keep_for_later_runs(self) -> None:
        for item in self._items.values():
            outcome = item.got
            if outcome is not None and outcome.file is not None and outcome.state in ("original", "rendition"):
                extension = outcome.file.format.extension if outcome.file.format is not None else ""
                kind = mimetypes.guess_type(f"x.{extension}")[0] or "application/octet-stream"
                self._keep(outcome.source or item.url, outcome.file.path, kind)

    def _write_list(self, before: Mapping[str, MediaRow]) -> None:
        write_rows(self._folder, self._version, rows(self._items, before, self._outputs, self._folder, self._paths))

    def _plan_names(self, before: Mapping[str, MediaRow]) -> None:
        """Name the files as in an earlier run, or by their URLs."""
        for key, item in self._items.items():
            row = before.get(key)
            existing_paths = [
                path for path in (row.paths if row is not None else ()) if (self._folder / path).is_file()
            ]
            if existing_paths:
                item.file_name = Path(existing_paths[0]).name
            elif row is None or row.state != "failed":
                item.file_name = stem_of(item.url, item.name) + extension_of(None, item.url, item.name)

    def _paths(self, item: MediaItem, name: str) -> list[str]:
        """Return a file's paths below OUTPUT: in the media directory, or in the bundle of each post that uses it."""
        return list(dict.fromkeys(self._places.path(name, self._outputs[number]) for number in item.used_by))

    def _place(self, before: Mapping[str, MediaRow]) -> None:
        """Put each file at those of its paths where it does not exist yet."""
        placed_paths: set[str] = set()
        replaced = {}
        placed: dict[str, Path] = {}
        for key, item in self._items.items():
            if item.got is None or item.got.file is None or item.file_name is None:
                continue
            new_paths = [path for path in self._paths(item, item.file_name) if path not in placed_paths]
            placed_paths.update(new_paths)
            file = item.got.file
            missing_paths = [
                path for path in new_paths if not self._has(path, None if item.got.is_placed else file.sha256)
            ]
            for path in missing_paths:
                # Two items can share a file in the cache, which the first one has moved away.
                source = file.path if file.path.exists() else placed[file.sha256]
                place(
                    source,
                    self._folder / path,
                    move=item.got.is_cached and path == missing_paths[-1] and source == file.path,
                )
            if new_paths:
                placed[file.sha256] = self._folder / new_paths[-1]
            if key in before and not item.got.is_placed:
                replaced[key] = before[key]
        # A file whose format changed has a new name: delete the old one unless its name is in use.
        placed_paths |= {path for key, row in before.items() if key not in replaced for path in row.paths}
        for row in replaced.values():
            for path in row.paths:
                if path not in placed_paths and self._has(path, row.sha256):
                    (self._folder / path).unlink()

    def _has(self, path: str, sha256: str | None) -> bool:
        """Return True if the file exists, with this hash if one is given."""
        file = self._folder / path
        return file.is_file() and (sha256 is None or examine_file(file).sha256 == sha256)

    # ---- results --------------------------------------------------------------------------------------------------

    def new_urls(self, entry: PostSummary, output: str) -> dict[str, str]:
        """Return the new URLs of a post's media, by the URLs in its article."""
        if self._mode == "list":
            return {}
        return {
            ref.url: self._places.reference(item.file_name, output)
            for ref, item in self._of(entry)
            if item.file_name is not None
        }

    def anchors(self, output: str) -> frozenset[str]:
        """Return no ids: media have none."""
        return frozenset()

    def problems(self, entry: PostSummary) -> list[Problem]:
        """Return the problems of a post's media: files that could not be downloaded, or only in a smaller version."""
        problems = {item.url: item.got.problem(item.kind, item.url) for _, item in self._of(entry) if item.got}
        return [problem for problem in problems.values() if problem is not None]

    def summary(self) -> dict[str, int]:
        """Count the files, their bytes, and those that could not be downloaded."""
        outcomes = [item.got for item in self._items.values() if item.got is not None]
        files = {obtained.file.sha256: obtained.file.size for obtained in outcomes if obtained.file is not None}
        return {
            "listed": len(self._items),
            "files": len(files),
            "bytes": sum(files.values()),
            "missing": sum(obtained.file is None for obtained in outcomes),
        }

    def orphaned(self) -> list[str]:
        """Return the unedited files below OUTPUT that no post uses any more."""
        return [path for row in unused(self._folder, rows_in(self._folder)) for path in row.paths]

    def remove_orphaned(self) -> None:
        """Delete the files that `orphaned` returns, and their rows; edited files stay. Raises OutputFailed."""
        listed = list(rows_in(self._folder))
        orphaned_rows = unused(self._folder, listed)
        try:
            for row in orphaned_rows:
                for path in row.paths:
                    if self._has(path, row.sha256):
                        (self._folder / path).unlink()
            write_rows(self._folder, self._version, [row for row in listed if row not in orphaned_rows])
        except OSError as error:
            raise OutputFailed(f"{self._folder} cannot be cleared: {error.strerror or error}.") from None

    def to_download(self) -> list[str]:
        """Return the URLs of files that are neither in OUTPUT nor in the sources."""
        stored = {media_key(row.url): row.paths for row in rows_in(self._folder)}
        missing_items = {
            key: item
            for key, item in self._items.items()
            if not any((self._folder / path).is_file() for path in stored.get(key, ()))
        }
        return [item.url for item in self._would_ask(missing_items)]

    def _of(self, entry: PostSummary) -> Iterator[tuple[MediaRef, MediaItem]]:
        for ref in entry.media:
            key = key_of(ref, entry)
            if key is not None and (item := self._items.get(key)) is not None:
                yield ref, item
