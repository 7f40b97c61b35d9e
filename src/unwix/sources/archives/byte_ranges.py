"""Read parts of files: a range of bytes, or the gzip members that begin in a range."""

from __future__ import annotations

import io
import zlib
from typing import Any, BinaryIO

MAGIC, BEGIN = b"\x1f\x8b\x08", b"WARC/"
_BLOCK = 65_536


def unpacks_to_record(data: bytes) -> bool:
    """Return True if bytes begin with a gzip member that begins with a record."""
    try:
        return data.startswith(MAGIC) and zlib.decompressobj(31).decompress(data, len(BEGIN)) == BEGIN
    except zlib.error:
        return False


class ByteRange(io.RawIOBase):
    """The bytes of a file from `start` to `end`."""

    def __init__(self, file: BinaryIO, start: int, end: int) -> None:
        self._file, self._left = file, end - start
        file.seek(start)

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read bytes into a buffer, and return their number."""
        data = self._file.read(min(len(buffer), self._left))
        self._left -= len(data)
        buffer[: len(data)] = data
        return len(data)


class PackedRange:
    """The content of the gzip members that begin in a range of a file."""

    def __init__(self, file: BinaryIO, start: int, stop: int) -> None:
        self._file, self._stop = file, stop
        self.start = _first_member(file, start, stop) if start else 0
        """The position of the first member, or None if there is none."""
        self.end = self.start or 0
        """The end of the last member that was read."""
        self.is_damaged = False
        self._raw, self._read_to = b"", self.end
        self._unpack: Any = None
        file.seek(self.end)

    def read(self, size: int, /) -> bytes:
        """Return at most this many bytes; none at the end."""
        while not self.is_damaged:
            if not self._raw:
                self._raw = self._file.read(_BLOCK)
                self._read_to += len(self._raw)
                if not self._raw:
                    self.is_damaged = self._unpack is not None
                    return b""
            if self._unpack is None:
                if self.end >= self._stop:
                    return b""
                self._unpack = zlib.decompressobj(31)
            try:
                data: bytes = self._unpack.decompress(self._raw, size)
            except zlib.error:
                break
            if self._unpack.eof:
                self._raw, self._unpack = self._unpack.unused_data, None
                self.end = self._read_to - len(self._raw)
            else:
                self._raw = self._unpack.unconsumed_tail
            if data:
                return data
        self.is_damaged = True
        return b""


def _first_member(file: BinaryIO, start: int, stop: int) -> int | None:
    """Return the position of the first gzip member with a record, from `start` and before `stop`, or None."""
    position, buffer = start, b""
    file.seek(start)
    while position < stop and (more := file.read(_BLOCK)):
        buffer += more
        at = buffer.find(MAGIC)
        while 0 <= at < stop - position:
            file.seek(position + at)
            if unpacks_to_record(file.read(_BLOCK)):
                return position + at
            at = buffer.find(MAGIC, at + 1)
        keep = buffer[-2:]
        position += len(buffer) - len(keep)
        buffer = keep
        file.seek(position + len(keep))
    return None
