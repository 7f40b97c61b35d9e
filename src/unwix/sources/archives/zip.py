"""Read the files of a ZIP archive, including WACZ, which is a ZIP of web archives."""

from __future__ import annotations

import io
import struct
import tempfile
import zipfile
import zlib
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
#: The header of a file in the archive (APPNOTE.TXT 4.3.7): its fields up to the name.
_SIGNATURE, _HEADER = b"PK\x03\x04", struct.Struct("<4sHHHHHLLLHH")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _SIZE_FOLLOWS, _UTF8 = 1, 8, 0x800
_BLOCK = 1_000_000


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
    try:
        archive = _open_whole(file)
    except zipfile.BadZipFile:
        yield from _members_without_directory(file)
        raise
    with archive:
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


def _open_whole(file: BinaryIO) -> zipfile.ZipFile:
    """Open a ZIP. Raises BadZipFile if its directory is missing, also if that of a ZIP inside of it is the last one."""
    archive = zipfile.ZipFile(file)
    file.seek(0)
    begins_with_file = file.read(len(_SIGNATURE)) == _SIGNATURE
    if begins_with_file and archive.filelist and min(entry.header_offset for entry in archive.filelist) > 0:
        raise zipfile.BadZipFile("the directory of the archive is missing")
    return archive


def plain_entries(file: BinaryIO) -> list[zipfile.ZipInfo]:
    """Return the files of a ZIP that can be read independently; none if something in it needs the whole archive."""
    try:
        if _count(file) > _MOST:
            return []
        with _open_whole(file) as archive:
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


# ---- archives without their end ------------------------------------------------------------------------------------


def _members_without_directory(file: BinaryIO) -> Iterator[Member]:
    """Yield the files by their own headers, up to the damage; of the last one, the part that can be unpacked."""
    at = 0
    while (start := _next_header(file, at)) is not None:
        file.seek(start)
        header = file.read(_HEADER.size)
        if len(header) < _HEADER.size:
            return
        _, _, flags, method, _, _, _, size, _, name_size, extra_size = _HEADER.unpack(header)
        raw_name = file.read(name_size)
        file.seek(extra_size, io.SEEK_CUR)
        at = start + len(_SIGNATURE)
        name = plain_name(raw_name.decode("utf-8" if flags & _UTF8 else "cp437", "replace"))
        data = None if flags & _ENCRYPTED or is_skipped(name) else _unpacked(file, method, flags, size)
        if data:
            yield Member(name, partial(io.BytesIO, data))
        if method == _STORED and not flags & _SIZE_FOLLOWS:
            at = start + _HEADER.size + name_size + extra_size + size  # a stored file can itself contain headers


def _next_header(file: BinaryIO, at: int) -> int | None:
    """Return the position of the next file's header, or None."""
    file.seek(at)
    tail = b""
    while block := file.read(_BLOCK):
        found = (tail + block).find(_SIGNATURE)
        if found >= 0:
            return at - len(tail) + found
        at += len(block)
        tail = (tail + block)[-len(_SIGNATURE) + 1 :]
    return None


def _unpacked(file: BinaryIO, method: int, flags: int, size: int) -> bytes | None:
    """Return the content of the file at this position, up to the damage; None if it cannot be unpacked."""
    if method == _STORED and not flags & _SIZE_FOLLOWS:
        return file.read(min(size, MAX_BYTES + 1))
    if method != _DEFLATED:
        return None
    unpack, data = zlib.decompressobj(-15), b""
    while not unpack.eof and len(data) <= MAX_BYTES and (block := file.read(_BLOCK)):
        try:
            data += unpack.decompress(block, MAX_BYTES + 1 - len(data))
        except zlib.error:
            break
    return data
