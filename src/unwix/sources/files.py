"""Files: files and folders → Pages, in a stable order. What is an archive gives the pages in it (archives.py)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..model.errors import UnwixError
from ..model.page import Page
from .archives.member import SKIPPED_FILES, SKIPPED_FOLDERS
from .archives.open_archive import pages_in
from .archives.resources import Resource, resources_in


@dataclass(frozen=True, slots=True)
class Files:
    """Files and folders, in the order given; folders are walked by name. With `plain` a text is a post as it stands."""

    paths: list[Path]
    plain: bool = False

    def pages(self) -> Iterator[Page]:
        """The page of each file, the pages of each archive. Raises UnwixError for a path where nothing can be read."""
        for file in self._files():
            page = Page(_name(file), path=file, as_text=self.plain)
            if os.path.isfile(file):  # False, too, where the system does not let us look
                yield from pages_in(page)
            else:
                yield page  # a pipe can be read only once

    def resources(self) -> Iterator[Resource]:
        """All that lies in the files and folders, and in archives of them. What cannot be read is passed over."""
        for file in self._files():
            if file.is_file():
                yield from resources_in(Page(_name(file), path=file))

    def count(self) -> int:
        """How many files there are."""
        return sum(1 for _ in self._files())

    def _files(self) -> Iterator[Path]:
        seen: set[str] = set()
        for path in self.paths:
            _check(path)
            for file in _walk(path) if path.is_dir() else (path,):
                # The same file given twice (a folder and a file in it) is one page.
                real = os.path.realpath(file)
                if real not in seen:
                    seen.add(real)
                    yield file


def _check(path: Path) -> None:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise UnwixError(
            f"{path} does not exist. Give a file or a folder with saved pages, or the address of a site (https://…)."
        ) from None
    except OSError as error:
        raise UnwixError(f"{path} cannot be read: {error.strerror or error}.") from None


def _walk(folder: Path) -> Iterator[Path]:
    locked: list[Path] = []
    for root, folders, files in os.walk(folder, onerror=lambda error: locked.append(Path(error.filename))):
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS)
        for name in sorted(files):
            path = Path(root, name)
            # No pipe or device: reading one may never end. A broken link is a page that fails.
            if name not in SKIPPED_FILES and (os.path.isfile(path) or not os.path.exists(path)):
                yield path
    yield from locked  # each a page that fails: what is in it is not passed over in silence


def _name(path: Path) -> str:
    """How reports call a file: as given, with `/`; bytes in its name that are no text are replaced."""
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")
