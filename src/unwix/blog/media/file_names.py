"""Name media files: the author's own name where it is known, in a form for file systems and URLs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from urllib.parse import unquote

from ...model.report_rows import MediaRow
from ...web.file_types import Format
from ...web.urls import split_url
from ..file_names import UniqueNames, safe_name
from .index_file import examine_file
from .item import MediaItem

_UNFIT = re.compile(r"[^\w.~-]+")
_ENDING = re.compile(r"\.([A-Za-z0-9]{1,8})\Z")
#: Names without information: the name of their directory is used instead.
_EMPTY = re.compile(
    r"(?:file|image|picture|video|giphy|original|download|untitled|giphy[-_][\w-]+|\d+p|(?:maxres|[hms][qd])?default)?\Z",
    re.I,
)
#: Formats that only wrap another one (such as ZIP), so that the author's extension is better.
_WRAPPINGS = frozenset({"zip", "gz"})
_LONGEST = 100


def stem_of(url: str, name: str | None) -> str:
    """Return a file name without extension: the author's name for the file, else its id at Wix."""
    path = unquote(_path(url)).rstrip("/")
    parts = [_without_ending(part) for part in path.split("/") if part not in ("", "mp4")][-3:]
    candidates = [_without_ending(name or ""), *reversed(parts)]
    return next((fit for text in candidates if not _EMPTY.match(text) and (fit := _fit(text))), "media")


def extension_of(file_format: Format | None, url: str, name: str | None) -> str:
    """Return the extension with its dot, from the file's bytes, else from its name; may be empty."""
    own = next((e[1].lower() for text in (name or "", unquote(_path(url))) if (e := _ENDING.search(text))), "")
    if file_format is None or (file_format.extension in _WRAPPINGS and own):
        return f".{own}" if own else ""
    return f".{file_format.extension}"


def _path(url: str) -> str:
    parts = split_url(url)
    return parts.path if parts.netloc or parts.path else url


def _without_ending(name: str) -> str:
    return _ENDING.sub("", name.strip())


def _fit(name: str) -> str:
    """Remove characters that must be encoded in URLs, and leading characters for which Jekyll skips a file."""
    name = safe_name(_UNFIT.sub("-", unicodedata.normalize("NFC", name)).strip("._~-")[:_LONGEST])
    return f"file{name}" if name.startswith("_") else name.rstrip("._~-")


class MediaNames:
    """Assigns file names: unique, not used by other files of the directory, and equal in every run."""

    def __init__(self, folder: Path, paths: Callable[[MediaItem, str], Iterable[str]]) -> None:
        """`paths` returns the paths below the directory that a file with a given name would have for an item."""
        self._folder = folder
        self._paths = paths
        self._free: dict[str, UniqueNames] = {}
        self._by_bytes: dict[str, str] = {}
        self._listed: dict[Path, dict[str, str]] = {}

    def assign(self, items: Mapping[str, MediaItem], before: Mapping[str, MediaRow]) -> None:
        """Name every item that has a file: its previous name, the name of identical bytes, or a new one."""
        named = {key: Path(row.file).name for key, row in before.items() if row.file is not None}
        free_names = {name for name in dict.fromkeys(named.values()) if self._is_free(name)}
        for key, name in named.items():
            identity = _identity(items[key]) if key in items else None
            if identity is not None and name in free_names and name.endswith(identity[1]):
                items[key].file_name = self._by_bytes.setdefault(identity[0], name)
        for item in items.values():
            if item.file_name is None and (identity := _identity(item)) is not None:
                item.file_name = self._by_bytes.get(identity[0]) or self._new(item, *identity)
                self._by_bytes[identity[0]] = item.file_name

    def _is_free(self, name: str) -> bool:
        """Take a name that was assigned before; return False if another name differs only in letter case."""
        stem, dot, extension = name.rpartition(".")
        return (self._reserve(stem, dot + extension) if dot else self._reserve(name, "")) == name

    def _new(self, item: MediaItem, sha256: str, extension: str) -> str:
        stem = stem_of(item.url, item.name)
        while True:
            name = self._reserve(stem, extension)
            existing_files = [
                path for below in self._paths(item, name) if (path := self._existing_file(self._folder / below))
            ]
            # A file of the owner may have this name, or a killed run may have written this very file.
            if all(path.is_file() and examine_file(path).sha256 == sha256 for path in existing_files):
                return name

    def _reserve(self, stem: str, extension: str) -> str:
        return self._free.setdefault(extension, UniqueNames()).take(stem) + extension

    def _existing_file(self, path: Path) -> Path | None:
        """Return the existing file with this name, ignoring letter case and Unicode form, or None."""
        folder = path.parent
        if folder not in self._listed:
            names = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
            self._listed[folder] = {_folded(name): name for name in names}
        listed_name = self._listed[folder].get(_folded(path.name))
        return folder / listed_name if listed_name is not None else None


def _identity(item: MediaItem) -> tuple[str, str] | None:
    """Return hash and extension of an item's file, or None if it has no file."""
    file = item.got.file if item.got is not None else None
    return (file.sha256, extension_of(file.format, item.url, item.name)) if file is not None else None


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
