"""Split a web archive into its records; after a damaged one, reading resumes at the next."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterator
from shutil import copyfileobj
from typing import IO

from .streams import HEAD, Budget, Damaged

_BLOCK = 1 << 16
#: A larger record is kept in a temporary file instead of memory.
_IN_MEMORY = 2_000_000
#: The limit for headers, which are held in memory; headers of real records have some hundred bytes.
_MAX_HEADERS = 1_000_000
#: The beginning of a record: a version, then a header.
_BEGIN = re.compile(rb"WARC/(?:0\.1[78]|1\.[01])[ \t]*\r?\n(?=[A-Za-z][A-Za-z0-9-]{0,60}:)")
_LENGTH = re.compile(rb"^(content-length:[ \t]*)(\d{1,15})[ \t]*\r?$", re.I | re.M)
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
#: The longest match of `_BEGIN`, with its look-ahead.
_OVERLAP = 90
#: The rest of a file is given up after this many damaged gzip members in a row.
_RETRIES = 1000


class RecordSplitter:
    """The records of a stream, each with its actual length instead of the one it states."""

    def __init__(self, stream: io.BufferedReader, budget: Budget) -> None:
        self._stream: IO[bytes] | io.BufferedReader = stream
        self._rest: list[IO[bytes]] = []
        """Bytes that were read too far; they are read again before the stream."""
        self._budget = budget

    def records(self) -> Iterator[IO[bytes]]:
        """Yield each record from its beginning, including headers. Damage of a record is recorded in the budget."""
        while (headers := self._headers()) is not None:
            record = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 (lives as long as its reader)
            record.write(headers)
            length = _LENGTH.search(headers)
            missing = self._copy(record, int(length[2]) if length is not None else 0)
            if missing:
                self._cut_at_next(record, len(headers), headers, length)
            elif not self._is_boundary():
                self._append_rest(record)
                self._cut_at_next(record, len(headers), headers, length)
            record.seek(0)
            yield record

    def _read(self, size: int) -> bytes:
        while self._rest:
            if data := self._rest[-1].read(size):
                return data
            self._rest.pop().close()
        for _ in range(_RETRIES):
            # Damaged bytes look like the end of the stream once; the stream continues after them.
            if (data := self._stream.read(size)) or self._budget.damage is None:
                return data
        return b""

    def _unread(self, data: bytes) -> None:
        if data:
            self._rest.append(io.BytesIO(data))

    def _headers(self) -> bytes | None:
        """Return the headers of the next record, skipping all bytes before it; None at the end of the stream."""
        data = self._read(HEAD)
        skipped = False
        while (begin := _BEGIN.search(data)) is None:
            skipped = skipped or bool(data[:-_OVERLAP].strip())
            more = self._read(_BLOCK)
            if not more:
                if skipped or data.strip():
                    self._budget.damage = self._budget.damage or "the end of the file is no record"
                return None
            data = data[-_OVERLAP:] + more
        if skipped or data[: begin.start()].strip():
            self._budget.damage = self._budget.damage or "bytes between two records"
        data = data[begin.start() :]
        while (end := _END_OF_HEADERS.search(data)) is None:
            more = self._read(HEAD)
            if len(data) > _MAX_HEADERS:
                raise Damaged("the headers of a record do not end")
            if not more:
                return data
            data += more
        self._unread(data[end.end() :])
        return data[: end.end()]

    def _copy(self, target: IO[bytes], count: int) -> int:
        """Copy bytes of the stream; return the number of missing ones."""
        while count > 0 and (data := self._read(min(count, _BLOCK))):
            target.write(data)
            count -= len(data)
        return count

    def _is_boundary(self) -> bool:
        """Return True if the stream ends here, or a record follows, perhaps after empty lines."""
        data = self._read(_OVERLAP + 8)
        while data and len(data) < _OVERLAP + 8 and (more := self._read(_OVERLAP + 8 - len(data))):
            data += more
        self._unread(data)
        return not data.strip() or data.startswith(b"\r\n\r\n") or data.lstrip(b"\r\n").startswith(b"WARC/")

    def _append_rest(self, record: IO[bytes]) -> None:
        """Append the stream up to and including the next beginning of a record, or to its end."""
        tail = b""
        while data := self._read(_BLOCK):
            record.write(data)
            if _BEGIN.search(tail + data):
                return
            tail = data[-_OVERLAP:]

    def _cut_at_next(self, record: IO[bytes], start: int, headers: bytes, length: re.Match[bytes] | None) -> None:
        """End a record with a wrong length before the next one that begins in it; that one is read again."""
        at = _find_record(record, start)
        if at is None:
            return  # the stream ends in this record: its reader detects that it is truncated
        record.seek(at)
        rest = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
        copyfileobj(record, rest)
        rest.seek(0)
        self._rest.append(rest)
        record.seek(start)
        body = record.read(at - start)
        body = body.removesuffix(b"\r\n\r\n")
        if length is not None:
            headers = headers[: length.start()] + length[1] + str(len(body)).encode() + headers[length.end(2) :]
        record.seek(0)
        record.truncate()
        record.write(headers + body + b"\r\n\r\n")
        self._budget.damage = self._budget.damage or "a record does not have the length that it states"


def _find_record(file: IO[bytes], start: int) -> int | None:
    """Return the position of the first record after `start`, or None."""
    file.seek(start)
    at, tail = start, b""
    while data := file.read(_BLOCK):
        text = tail + data
        if match := _BEGIN.search(text):
            return at - len(tail) + match.start()
        at += len(data)
        tail = text[-_OVERLAP:]
    return None
