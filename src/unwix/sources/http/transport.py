"""Read one HTTP response completely, within limits, and explain failures."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from typing import Any

import requests
from msgspec import Struct
from requests.exceptions import (
    ChunkedEncodingError,
    ConnectionError,
    ConnectTimeout,
    ContentDecodingError,
    RequestException,
    SSLError,
    Timeout,
)
from urllib3.exceptions import NameResolutionError
from urllib3.util.retry import Retry

from ...model.page import MAX_BYTES
from .errors import FetchError
from .public_hosts import TIMEOUT, HostRefused, PublicAdapter, Resolver
from .rate_limit import Clock

_PIECE = 65_536


class ResponseLimits(Struct, frozen=True):
    """Limits for one response."""

    bytes: int = MAX_BYTES
    """Decompressed size in bytes."""
    seconds: float = 180.0
    """Seconds for the whole response."""
    timeout: tuple[float, float] = TIMEOUT
    """Seconds for opening a connection, and between two blocks."""


class TooLarge(RequestException):
    """The decompressed response exceeds the size limit."""


class TooSlow(RequestException):
    """The response exceeds the time limit."""


class BoundedAdapter(PublicAdapter):
    """The guarded transport; it reads a response completely, within limits, before returning it."""

    def __init__(self, resolve: Resolver, limits: ResponseLimits, clock: Clock) -> None:
        self._limits, self._clock = limits, clock
        super().__init__(resolve, Retry(0, read=False), 1)

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send one request, and read its response. Raises RequestException for every failure."""
        end = self._clock.now() + self._limits.seconds
        response = super().send(request, True, timeout or self._limits.timeout, verify, cert, proxies)
        if not response._content_consumed:  # the body of a redirect is dropped unread
            response._content = self._read(response, end)
            response._content_consumed = True
        return response

    def _read(self, response: requests.Response, end: float) -> bytes:
        pieces: list[bytes] = []
        size = 0
        try:
            for piece in response.iter_content(_PIECE):
                size += len(piece)
                if size > self._limits.bytes:
                    raise TooLarge(f"more than {self._limits.bytes} bytes", response=response)
                if self._clock.now() > end:
                    raise TooSlow(f"more than {self._limits.seconds:g} seconds", response=response)
                pieces.append(piece)
        finally:
            response.close()
        return b"".join(pieces)


def fetch_error_from(error: RequestException, url: str, host: str) -> FetchError:
    """Return the cause of a failure as a message for the user."""
    if isinstance(error, HostRefused):
        return FetchError("private", host)
    if isinstance(error, TooLarge):
        return FetchError("too-large", url, str(MAX_BYTES // 1_000_000))
    if isinstance(error, SSLError) or _inner(error, ssl.SSLCertVerificationError):
        return FetchError("certificate", host)
    if isinstance(error, ConnectTimeout):
        return FetchError("connection", host, "no connection in time")
    if isinstance(error, Timeout | TooSlow) or _inner(error, TimeoutError):
        return FetchError("timeout", url)
    if isinstance(error, ConnectionError) and _inner(error, NameResolutionError):
        return FetchError("host", host)
    if isinstance(error, ContentDecodingError):
        return FetchError("damaged", url, "it is not packed as it says")
    if isinstance(error, ChunkedEncodingError | ConnectionError):
        return FetchError("dropped", url)
    return FetchError("damaged", url, type(error).__name__)


def _inner(error: BaseException, kind: type[BaseException]) -> bool:
    """Return True if an error contains one of that kind: libraries wrap errors in one another."""
    waiting: list[object] = [error]
    for _ in range(20):
        if not waiting:
            return False
        inner = waiting.pop()
        if isinstance(inner, kind):
            return True
        if isinstance(inner, BaseException):
            waiting += [
                *inner.args,
                inner.__cause__,
                inner.__context__,
                getattr(inner, "reason", None),
            ]
    return False
