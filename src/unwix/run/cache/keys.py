"""Compute cache keys: hashes of everything a result depends on, including the versions of unwix and its libraries."""

from __future__ import annotations

import os
import sys
import time
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import lxml

from ...model.page import Page
from ...version import __version__

_PACKAGE = Path(__file__).parents[2]
#: A file changed within this many nanoseconds may change again without a new modification time.
_RACY = 100_000_000


def digest(*parts: Any) -> bytes:
    """Return the hash of values: bytes, and others with a distinct `repr`."""
    total = blake2b(digest_size=20)
    for part in parts:
        data = part if isinstance(part, bytes) else repr(part).encode("utf-8", "surrogatepass")
        total.update(b"%d:" % len(data))
        total.update(data)
    return total.digest()


@lru_cache(maxsize=1)
def program_key() -> bytes:
    """Return the hash of the program: Python, the installed libraries, and the code of unwix."""
    # The directory of installed packages changes whenever a package is installed, updated or removed.
    libraries = Path(lxml.__file__).parents[1].stat().st_mtime_ns
    return digest(__version__, sys.version, libraries, tuple(_code(_PACKAGE)))


def _code(folder: Path) -> list[tuple[str, int, int]]:
    files: list[tuple[str, int, int]] = []
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir():
                if entry.name != "__pycache__":
                    files += _code(Path(entry.path))
            else:
                status = entry.stat()
                files.append((entry.path, status.st_size, status.st_mtime_ns))
    return files


def page_key(page: Page) -> bytes | None:
    """Return the hash of a page: of its content, or of its file's identity, size and times of change.

    None for a page without content, for one whose file was changed just now, and for unknown kinds of pages.
    """
    if type(page) is not Page or page.error is not None:
        return None
    if page.data is not None:
        return digest(page.source, page.url, page.as_text, page.first_row, _hash(page.data))
    content = _file_state(page.path)
    if content is None:
        return None
    return digest(page.source, page.url, page.as_text, page.first_row, content)


def _hash(data: bytes) -> bytes:
    return blake2b(data, digest_size=20).digest()


def _file_state(path: Path | None) -> tuple[int | str, ...] | None:
    try:
        status = os.stat(path) if isinstance(path, Path) else None
    except OSError:
        return None
    # A file's ctime cannot be set, so a file that is replaced or edited always has a new one.
    if status is None or time.time_ns() - status.st_ctime_ns < _RACY:
        return None
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
