"""The media in OUTPUT: their list (media.json), the files, and the cache next to them."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from ...model.report_rows import MediaRow, as_json
from ...model.whole_file import replacing
from ...web.file_types import HEAD, Format, format_of, image_size
from ...web.json_path import json_object, objects

#: The index of a blog's media, in OUTPUT.
MEDIA = "media.json"
#: The directory in OUTPUT for files that are not complete or have no name yet. It may be deleted at any time.
CACHE = ".unwix-cache"


class FileInfo(Struct, frozen=True):
    """Properties of a file, determined from its bytes."""

    path: Path
    size: int
    sha256: str
    format: Format | None
    width: int | None = None
    height: int | None = None

    @property
    def area(self) -> int:
        """The size of an image in pixels; 0 for other files."""
        return (self.width or 0) * (self.height or 0)


def examine_file(path: Path) -> FileInfo:
    """Read a file and determine its properties. Raises OSError."""
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as file:
        head = file.read(HEAD)
        piece = head
        while piece:
            digest.update(piece)
            size += len(piece)
            piece = file.read(1 << 20)
    file_format = format_of(head)
    size_in_pixels = image_size(path) if file_format is not None and file_format.group == "image" else None
    return FileInfo(path, size, digest.hexdigest(), file_format, *(size_in_pixels or (None, None)))


def place(source: Path, target: Path, move: bool) -> None:
    """Put a file at its place through a temporary file, so that no partial file has its name. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if move:
        try:
            os.replace(source, target)
            return
        except OSError as error:
            if error.errno != errno.EXDEV:  # the media are on another disk than the cache
                raise
    with replacing(target) as temporary:
        shutil.copyfile(source, temporary)


def sweep(cache: Path, keep: Iterable[Path] = ()) -> None:
    """Clear the cache, except for partial downloads that the next run may resume."""
    files_to_keep = {path.with_suffix(suffix) for path in keep for suffix in (".part", ".json")}
    if not cache.is_dir():
        return
    for path in list(cache.iterdir()):
        if path not in files_to_keep and path.suffix in (".part", ".json", ".file", ".unpacked"):
            path.unlink(missing_ok=True)
    if not any(cache.iterdir()):
        cache.rmdir()


def rows_in(folder: Path) -> Iterator[MediaRow]:
    """Return the rows of a directory's media.json; empty if it is missing or unreadable."""
    try:
        data = json_object((folder / MEDIA).read_bytes())
    except OSError:
        return
    yield from (row for entry in objects(data, "media") if (row := MediaRow.read(entry)) is not None)


def write_rows(folder: Path, version: str, rows: Iterable[MediaRow]) -> None:
    """Write media.json atomically. Raises OSError."""
    with (
        replacing(folder / MEDIA) as temporary,
        temporary.open("x", encoding="utf-8", errors="replace", newline="\n") as file,
    ):
        file.write(f'{{"unwix": {json.dumps(version)},\n "media": [')
        for number, row in enumerate(rows):
            file.write(("," if number else "") + "\n  " + json.dumps(as_json(row), ensure_ascii=False))
        file.write("]}\n")
