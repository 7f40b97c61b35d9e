"""A partial download: the bytes so far, and what the server stated about the complete file."""

from __future__ import annotations

import gzip
import json
import os
import re
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from ...model.errors import UnreadablePage
from ...sources.archives.content_encoding import decode_body
from ...sources.archives.streams import Damaged

_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)\s*\Z")


class TooLarge(Exception):
    """The file exceeds the size limit."""


class ChecksumMismatch(Exception):
    """What the server sends does not continue the part, or cannot be read."""


class PartialDownload:
    """A partial file in the cache: `<name>.part`, with `<name>.json` next to it; `<name>.file` once it is complete."""

    def __init__(self, whole: Path, limit: int) -> None:
        self._whole = whole
        self._limit = limit
        self.path = whole.with_suffix(".part")
        self._about = whole.with_suffix(".json")
        self._validator: str | None = None
        self.total: int | None = None
        """The size of the complete file, if the server states it."""
        self.encoding = ""
        self.states_end = False
        """True if the server marks the end of the file, by a length or by chunks."""
        self._recall()

    def _recall(self) -> None:
        """Continue the part of an earlier run; discard it if nothing proves that it belongs to the same file."""
        try:
            about = json.loads(self._about.read_text(encoding="utf-8"))
            self.size = self.path.stat().st_size
            self._validator, self.total, self.encoding = str(about["validator"]), about["total"], str(about["encoding"])
            if not (self._validator and isinstance(self.total, int | None)):
                self.discard()
            self.states_end = self.total is not None
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            self.discard()

    @property
    def is_complete(self) -> bool:
        """True if all bytes are there: the previous run was killed before renaming the file."""
        return self.total is not None and self.size == self.total > 0

    def discard(self) -> None:
        """Delete the partial file and start over."""
        self.path.unlink(missing_ok=True)
        self._about.unlink(missing_ok=True)
        self._validator, self.total, self.encoding, self.size = None, None, "", 0
        self.states_end = False

    def request_headers(self) -> dict[str, str]:
        """Return the headers of the request for the file, or for its remainder."""
        headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
        if self.size and self._validator:
            headers |= {"Range": f"bytes={self.size}-", "If-Range": self._validator}
        return headers

    def begin(self, status: int, headers: Mapping[str, str]) -> None:
        """Prepare for the body of a response: the complete file, or the rest.

        Raises ChecksumMismatch for another rest than was requested, TooLarge for a file that is too large.
        """
        validator, encoding = _validator(headers), _encoding(headers)
        if status == 206:
            match = _RANGE.match(headers.get("Content-Range", ""))
            total = int(match[3]) if match and match[3] != "*" else None
            if not match or not self.size or int(match[1]) != self.size or validator not in (None, self._validator):
                raise ChecksumMismatch("the server sends another part of the file than was asked for")
            if encoding != self.encoding or (self.total is not None and total not in (None, self.total)):
                raise ChecksumMismatch("the file has changed meanwhile")
            self.total = total if self.total is None else self.total
        else:
            self.discard()
            self._validator, self.encoding = validator, encoding
            length = headers.get("Content-Length", "")
            self.total = int(length) if length.isascii() and length.isdigit() and len(length) < 19 else None
            if validator is not None:
                about = {"validator": validator, "total": self.total, "encoding": encoding}
                self._about.write_text(json.dumps(about), encoding="utf-8")
        self.states_end = self.total is not None or "chunked" in headers.get("Transfer-Encoding", "").lower()
        if self.total is not None and self.total > self._limit:
            raise TooLarge(self._too_large(self.total))

    def open(self) -> BinaryIO:
        """Open the part for writing."""
        return self.path.open("ab")

    def write(self, file: BinaryIO, piece: bytes) -> None:
        """Write a block. Raises TooLarge."""
        if self.size + len(piece) > self._limit:
            raise TooLarge(self._too_large(None))
        file.write(piece)
        self.size += len(piece)

    def head(self, size: int) -> bytes:
        """Return the first bytes downloaded so far."""
        with self.path.open("rb") as file:
            return file.read(size)

    def unpack(self) -> None:
        """Undo a content encoding that the server used without request. Raises ChecksumMismatch, TooLarge."""
        if not self.encoding:
            return
        unpacked = self.path.with_suffix(".unpacked")
        self.size = 0
        try:
            with self.path.open("rb") as packed, unpacked.open("wb") as file:
                stream = decode_body(packed, self.encoding)
                while piece := stream.read(65536):
                    self.write(file, piece)
            # The validator is of the packed bytes: a run that is killed here begins anew.
            self._about.unlink(missing_ok=True)
            os.replace(unpacked, self.path)
            self.encoding = ""
        except (UnreadablePage, Damaged, EOFError, zlib.error, gzip.BadGzipFile):
            raise ChecksumMismatch("what the server packed cannot be unpacked") from None
        finally:
            unpacked.unlink(missing_ok=True)

    def finish(self) -> None:
        """Rename the partial file to its final name."""
        with self.path.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(self.path, self._whole)
        self._about.unlink(missing_ok=True)

    def _too_large(self, size: int | None) -> str:
        size_text = f"has {size // 1_000_000} MB" if size else "is larger"
        return f"the file {size_text}; the limit is {self._limit // 1_000_000} MB"


def _validator(headers: Mapping[str, str]) -> str | None:
    """Return the validator of the file: a strong ETag, else the date (RFC 9110 section 13.1.5)."""
    tag = headers.get("ETag", "")
    if tag.startswith('"'):
        return tag
    return headers.get("Last-Modified") or None


def _encoding(headers: Mapping[str, str]) -> str:
    encoding = headers.get("Content-Encoding", "").strip().lower()
    return "" if encoding == "identity" else encoding
