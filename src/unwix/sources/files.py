"""Files: files and folders → Pages, in a stable order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..errors import UnwixError
from ..page import Page

#: Folders that hold nothing a site's owner wrote.
_SKIPPED_FOLDERS = frozenset({".git", ".hg", ".svn", ".venv", "node_modules", "__pycache__", "__MACOSX", "hts-cache"})
_SKIPPED_FILES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


def pages(sources: Iterable[str | Path], plain: bool = False) -> Iterator[Page]:
    """The pages of files and folders, in the order given; folders are walked by name.

    With `plain` a text is a post as it stands, whatever it looks like. Raises UnwixError for a source that does not
    exist.
    """
    seen: set[str] = set()
    for source in sources:
        path = Path(source)
        if path.is_dir():
            found: Iterable[Path] = _walk(path)
        elif path.exists():
            found = [path]
        else:
            raise UnwixError(f"{source} does not exist. Give a file or a folder with saved pages.")
        for file in found:
            # The same file given twice (a folder and a file in it) is one page.
            real = os.path.realpath(file)
            if real not in seen:
                seen.add(real)
                yield Page(_name(file), path=file, plain=plain)


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in _SKIPPED_FOLDERS)
        for name in sorted(files):
            path = Path(root, name)
            # No pipe or device: reading one may never end. A broken link is a page that fails.
            if name not in _SKIPPED_FILES and (path.is_file() or not path.exists()):
                yield path


def _name(path: Path) -> str:
    """How reports call a file: as given, with `/`; bytes in its name that are no text are replaced."""
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")
