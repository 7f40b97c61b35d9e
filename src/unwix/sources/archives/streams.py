"""Streams of an archive, decompressed on demand, and never beyond the archive's limit.

A small file can decompress to a million times its size, and so can a file inside of it. So all streams of one archive
share one Budget, and none is decompressed further ahead of its reader than one buffer.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable
from typing import Any, Protocol

from msgspec import Struct

from ...model.errors import UnreadablePage


class Reads(Protocol):
    """Any object with `read`."""

    def read(self, size: int, /) -> bytes:
        """Return at most this many bytes; none at the end."""
        ...


#: The number of bytes that show the type of a stream.
HEAD = 8192
_BUFFER = 65_536
#: The beginning of a gzip member: magic number, and the only defined method.
_GZIP = b"\x1f\x8b\x08"
#: The number of last bytes of a damaged member in which the next one is searched.
_SEARCHED = 1_000_000
#: An archive may decompress to this many times its own size, but always to at least this many bytes. Wix's pages
#: compress to a tenth, many similar ones in one block to a fiftieth, decompression bombs to a thousandth or less.
_RATIO, _ALWAYS = 200, 2_000_000_000


class _GzipMembers:
    """The content of all gzip members of a stream; after a damaged one, reading resumes at the next.

    `Damaged` is raised once, after the content before the damage; reading can then continue.
    """

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream, self._raw, self._unpack = stream, b"", zlib.decompressobj(31)
        self._is_inside = False
        self._member = bytearray()
        """The last bytes of the current member: damage is often noticed after the beginning of the next member."""

    def read(self, size: int, /) -> bytes:
        """Return at most this many bytes; none at the end. Raises Damaged."""
        while True:
            if not self._raw and not (raw := self._stream.read1(_BUFFER)):
                if self._is_inside:
                    self._find_next()  # damage can make one member extend over all that follow it
                    raise Damaged("the gzip stream ends early")
                return b""
            self._raw = self._raw or raw
            if not self._is_inside and not self._raw.strip(b"\0"):
                self._raw = b""  # padding after the last member
                continue
            try:
                data = self._unpack.decompress(self._raw, size)
            except zlib.error as error:
                self._find_next()
                raise Damaged(str(error)) from None
            self._is_inside = not self._unpack.eof
            rest = self._unpack.unused_data if self._unpack.eof else self._unpack.unconsumed_tail
            self._member += self._raw[: len(self._raw) - len(rest)]
            self._raw = rest
            if self._unpack.eof:
                self._unpack = zlib.decompressobj(31)
                self._member.clear()
            elif len(self._member) > _SEARCHED:
                del self._member[:_BUFFER]
            if data:
                return data

    def _find_next(self) -> None:
        """Go to the beginning of the next member after the damage."""
        self._unpack, self._is_inside = zlib.decompressobj(31), False
        raw = (bytes(self._member) + self._raw)[1:]
        self._member.clear()
        while (at := raw.find(_GZIP)) < 0:
            tail = raw[-2:]
            more = self._stream.read1(_BUFFER)
            if not more:
                self._raw = b""
                return
            raw = tail + more
        self._raw = raw[at:]


#: The compression formats of one stream, by its first bytes.
_PACKED: tuple[tuple[bytes, Callable[[io.BufferedReader], Reads]], ...] = (
    (b"\x1f\x8b", _GzipMembers),
    (b"BZh", bz2.BZ2File),
    (b"\xfd7zXZ\0", lzma.LZMAFile),
)
#: The first bytes of packed files.
PACKED = tuple(magic for magic, _ in _PACKED)


class TooMuch(UnreadablePage):
    """The archive decompresses to more than any archive of pages does."""


class Damaged(Exception):
    """The bytes of an archive end early, or are invalid."""


class Budget(Struct):
    """The limit to which an archive may decompress, shared by all archives inside it."""

    left: int
    """The number of bytes that may still be decompressed."""
    damage: str | None = None
    """The message of a library about truncated or damaged bytes, until it is reported."""
    password: str | None = None
    """The user's password for encrypted members."""
    damages: int = 0
    """The number of times that damage was reported."""
    texts: int = 0
    """The number of texts of a WET file that were read."""

    @classmethod
    def of(cls, size: int, password: str | None = None) -> Budget:
        """Return the budget of an archive of this size."""
        return cls(max(_ALWAYS, size * _RATIO), password=password)

    def take(self, count: int) -> None:
        """Record the number of bytes that were read. Raises TooMuch if the limit is exceeded."""
        self.left -= count
        if self.left < 0:
            raise TooMuch(
                f"the archive unpacks to more than {_RATIO} times its size, which no archive of pages does; "
                "it was read up to here"
            )


class _Counted(io.RawIOBase):
    """A stream whose bytes are counted. At damage it ends, and the budget records the reason.

    So the content before the damage is read normally. (An exception in the middle of a buffer would lose that buffer,
    and warcio takes an EOFError for the end of all records.)
    """

    def __init__(self, stream: Reads, budget: Budget) -> None:
        self._some: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._some(len(buffer))
        except (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile, Damaged) as error:
            self._budget.damage = describe_error(error)
            return 0
        self._budget.take(len(data))
        buffer[: len(data)] = data
        return len(data)


def describe_error(error: Exception) -> str:
    """Return a library's message about unreadable bytes, in one line."""
    text = " ".join(str(error).split())[:100]
    return text if isinstance(error, Damaged) else f"{type(error).__name__}: {text}" if text else type(error).__name__


def counted(stream: Reads, budget: Budget) -> io.BufferedReader:
    """Return a stream whose bytes count against the budget, with `peek`."""
    return io.BufferedReader(_Counted(stream, budget), _BUFFER)


def decompressed(stream: io.BufferedReader, budget: Budget) -> io.BufferedReader:
    """Return the content of a gzip, bzip2 or xz stream; any other stream unchanged."""
    head = stream.peek(HEAD)
    for magic, unpack in _PACKED:
        if head.startswith(magic):
            return counted(unpack(stream), budget)
    return stream
