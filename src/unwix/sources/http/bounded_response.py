"""Limit the lines of an HTTP response: status, headers and trailers of a server that never stops sending them.

Python's `http.client` reads "100 Continue" responses and trailers for as long as they arrive, and each byte restarts
the timeout of the socket. The body is limited where it is read.
"""

from __future__ import annotations

import io
import time
from http.client import HTTPException, HTTPResponse
from typing import Any

#: The maximum number of lines in a block (status and headers, or trailers), and its time limit in seconds.
MAX_LINES, MAX_SECONDS = 200, 60.0
#: The maximum line length, as `http.client` has for headers.
_MAX_LINE = 65_536


class _Raw(io.RawIOBase):
    """The bytes of a socket. While `deadline` is set, reading after it raises TimeoutError."""

    def __init__(self, inner: io.RawIOBase) -> None:
        self._inner = inner
        self.deadline: float | None = None

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._inner.fileno()

    def readinto(self, buffer: Any, /) -> int | None:
        if self.deadline is not None and time.monotonic() > self.deadline:
            raise TimeoutError(f"the headers took longer than {MAX_SECONDS:g} seconds")
        return self._inner.readinto(buffer)

    def close(self) -> None:
        if not self.closed:
            self._inner.close()
        super().close()


class _Lines(io.BufferedReader):
    """A stream in which consecutive lines are limited in number, length and time."""

    def __init__(self, raw: _Raw) -> None:
        super().__init__(raw)
        self._bounds = raw
        self._lines = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        if self._bounds.deadline is None:
            self._bounds.deadline = time.monotonic() + MAX_SECONDS
        self._lines += 1
        if self._lines > MAX_LINES:
            raise HTTPException(f"more than {MAX_LINES} lines of headers")
        is_short = size is not None and 0 <= size <= _MAX_LINE + 1
        line = super().readline(size if is_short else _MAX_LINE + 1)
        if len(line) > _MAX_LINE:
            raise HTTPException("a line of headers without an end")
        return line

    def read(self, size: int | None = -1, /) -> bytes:
        self._end_of_lines()
        return super().read(size)

    def read1(self, size: int = -1, /) -> bytes:
        self._end_of_lines()
        return super().read1(size)

    def readinto(self, buffer: Any, /) -> int:
        self._end_of_lines()
        return super().readinto(buffer)

    def _end_of_lines(self) -> None:
        self._lines, self._bounds.deadline = 0, None


class BoundedResponse(HTTPResponse):
    """A response of `http.client` with limited lines."""

    def __init__(self, sock: Any, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        self.fp = _Lines(_Raw(self.fp.detach()))
