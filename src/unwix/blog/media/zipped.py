"""Zipped: pictures beside a saved page that lies in a ZIP archive."""

from __future__ import annotations

import os
import posixpath
import threading
import zipfile
import zlib
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

from ...sources.member import plain_name
from .files import Examined, examine

#: So reports part an archive from what is in it.
_IN = "!/"
#: No picture has more bytes.
_LARGEST = 200_000_000


class Zipped:
    """The archives of a run, each opened once. Its methods may be called by several threads."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._lock = threading.Lock()
        self._open: dict[str, tuple[zipfile.ZipFile, dict[str, zipfile.ZipInfo]] | None] = {}

    def beside(self, source: str, path: str) -> tuple[Examined, str] | None:
        """A file beside the page `source`, unpacked into the cache, and how reports call it; None when there is none.

        Only what lies below the page's own folder counts, in an archive that lies in no other.
        """
        archive, _, inside = source.partition(_IN)
        name = posixpath.normpath(posixpath.join(posixpath.dirname(inside), unquote(path.partition("?")[0])))
        if _IN in inside or ".." in unquote(path).split("/") or name.startswith(("/", "..")):
            return None
        try:
            with self._lock:
                found = self._opened(archive)
                info = found[1].get(name) if found is not None else None
                if found is None or info is None or info.is_dir() or info.file_size > _LARGEST:
                    return None
                shown = f"{archive}{_IN}{name}"
                return examine(self._unpack(found[0], info, shown)), shown
        except (OSError, zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, ValueError):
            return None  # damaged, encrypted or packed in a way that nobody unpacks

    def _opened(self, archive: str) -> tuple[zipfile.ZipFile, dict[str, zipfile.ZipInfo]] | None:
        if archive not in self._open:
            self._open[archive] = None
            file = zipfile.ZipFile(archive)
            self._open[archive] = file, {plain_name(info.filename): info for info in file.infolist()}
        return self._open[archive]

    def _unpack(self, file: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str) -> Path:
        whole = self._cache / f"{sha256(shown.encode('utf-8', 'replace')).hexdigest()[:32]}.file"
        unpacked = whole.with_suffix(".unpacked")
        self._cache.mkdir(parents=True, exist_ok=True)
        left = _LARGEST
        with file.open(info) as packed, unpacked.open("wb") as made:
            while piece := packed.read(65536):
                left -= len(piece)
                if left < 0:
                    raise ValueError("more than its header says")
                made.write(piece)
        os.replace(unpacked, whole)
        return whole
