"""Read the files of a ZIP archive, including WACZ, which is a ZIP of web archives."""

from __future__ import annotations

import io
import struct
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from functools import partial
from shutil import copyfileobj
from typing import BinaryIO

from ...model.errors import UnreadablePage
from ...model.page import MAX_BYTES
from ...model.skipped import Skipped
from .member import Member, is_skipped, plain_name
from .streams import Budget

#: More files than any site has; their directory alone would need gigabytes.
_MOST = 500_000
#: A larger ZIP inside of another archive is kept in a temporary file instead of memory.
_IN_MEMORY = 16_000_000
#: Formats of the format library that are ZIP files without pages.
_OTHERS = frozenset({"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF", "AndroidManifest.xml"})
#: The end of the ZIP directory, and where a large one states the number of files (APPNOTE.TXT 4.3.14 and 4.3.16).
_END, _LARGE_END = b"PK\x05\x06", b"PK\x06\x06"


def members(stream: io.BufferedReader, budget: Budget) -> Iterator[Member]:
    """Yield the files of a ZIP. Raises UnreadablePage if it has too many, BadZipFile if it has no directory."""
    if stream.seekable():
        yield from _members(stream, budget.password)
        return
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as copy:
        copyfileobj(stream, copy)
        copy.seek(0)
        yield from _members(copy, budget.password)  # type: ignore[arg-type]


def _members(file: BinaryIO, password: str | None) -> Iterator[Member]:
    if _count(file) > _MOST:
        raise UnreadablePage(f"the archive has more than {_MOST:,} files; unpack it and give the folder")
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
        if any(entry.filename in _OTHERS for entry in entries):
            raise Skipped("document-format", "an office document, a book or a program, packed as a ZIP")
        if sum(entry.compress_size for entry in entries) > file.seek(0, io.SEEK_END):
            raise UnreadablePage(
                "the files of the archive lie over one another, as only a bomb's do; nothing of it was read"
            )
        locked = 0
        for entry in entries:
            name = plain_name(entry.filename)
            if entry.is_dir() or is_skipped(name):
                continue
            if entry.flag_bits & 1 and password is None:
                locked += 1
                continue
            yield Member(name, partial(_open, archive, entry, password))
        if locked:
            which = "all files" if locked == len(entries) else f"{locked} of {len(entries)} files"
            detail = f"{which} of the archive need a password; give it with --password, or unpack the archive"
            yield Member("", refusal=UnreadablePage(detail))


def plain_entries(file: BinaryIO) -> list[zipfile.ZipInfo]:
    """Return the files of a ZIP that can be read independently; none if something in it needs the whole archive."""
    try:
        if _count(file) > _MOST:
            return []
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
        size = file.seek(0, io.SEEK_END)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return []
    is_unusual = any(
        entry.filename in _OTHERS or entry.flag_bits & 1 or entry.file_size > MAX_BYTES for entry in entries
    )
    if is_unusual or sum(entry.compress_size for entry in entries) > size:
        return []
    return [entry for entry in entries if not entry.is_dir() and not is_skipped(plain_name(entry.filename))]


def entry_members(file: BinaryIO, entries: Iterable[zipfile.ZipInfo]) -> Iterator[Member]:
    """Yield some files of a ZIP without reading its directory again."""
    archive = zipfile.ZipFile(io.BytesIO(_END + bytes(18)))
    archive.fp = file
    for entry in entries:
        yield Member(plain_name(entry.filename), partial(_open, archive, entry, None))


def _open(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, password: str | None) -> BinaryIO:
    try:
        return archive.open(entry, pwd=password.encode() if password else None)  # type: ignore[return-value]
    except RuntimeError as error:
        if isinstance(error, NotImplementedError):
            raise UnreadablePage(
                "it is packed or encrypted in a way that Python cannot unpack; unpack the archive and give the folder"
            ) from None
        raise UnreadablePage("the password of the archive is wrong") from None


def _count(file: BinaryIO) -> int:
    """Return the number of files that the end of a ZIP states; `zipfile` would first read the whole directory."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 12:
        return 0
    count = int(struct.unpack_from("<H", tail, at + 10)[0])
    large = tail.rfind(_LARGE_END)
    if large >= 0 and len(tail) >= large + 40:
        count = max(count, int(struct.unpack_from("<Q", tail, large + 32)[0]))
    return count
