"""Download files into a cache directory, complete or not at all; a download continues where a connection broke.

Lengths and ranges that a server states are checked against the bytes, and nothing is unpacked or read beyond the limit.
A file has the name of a partial download until it is complete.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path

import requests
from msgspec import Struct
from requests import exceptions as oops
from urllib3.exceptions import HTTPError, MaxRetryError, NewConnectionError, ReadTimeoutError
from urllib3.util.retry import Retry

from ...sources.http.public_hosts import (
    BUSY,
    LONGEST_WAIT,
    HostRefused,
    Network,
    public_session,
    resolve_public,
    retry_policy,
)
from ...web.file_types import HEAD, format_of, is_whole
from ...web.urls import split_url
from .download_errors import DownloadFailed, DownloadStopped, TryAgain
from .partial_download import ChecksumMismatch, PartialDownload, TooLarge

#: Returns what is wrong with a file by its first bytes, or None.
Validator = Callable[[bytes], str | None]
#: After an attempt that brought so many bytes, the count of attempts begins again.
_PROGRESS = 256 * 1024
#: A download ends if the server sends fewer bytes per second than this, for longer than so many seconds.
_SLOWEST, _SLOW_FOR = 512, 60
#: After so many failed connections in a row, over so many seconds, no more requests are sent to a host in this run.
_GIVE_UP, _GIVE_UP_AFTER = 12, 60
#: The same for a host that was never reachable in this run, usually because there is no network.
_UNREACHABLE, _UNREACHABLE_AFTER = 4, 3


class DownloadLimits(Struct, frozen=True):
    """Limits of what is requested from the network."""

    jobs: int = 8
    """Parallel downloads."""
    rate: float = 20.0
    """Requests per second to one host."""
    size: int = 1_000_000_000
    """Maximum bytes per file."""


class Downloader:
    """Downloads files into a cache directory. Its methods may be called by several threads."""

    def __init__(
        self,
        cache: Path,
        agent: str,
        limits: DownloadLimits | None = None,
        network: Network | None = None,
        on_unreachable: Callable[[str], object] = lambda _host: None,
    ) -> None:
        """`agent` is the User-Agent header; `network` replaces the network in tests.

        `on_unreachable` is called once for each host to which no connection is possible.
        """
        self._on_unreachable = on_unreachable
        self._connected: set[str] = set()
        self._unreachable: set[str] = set()
        self._limits = limits or DownloadLimits()
        network = network or Network()
        # The session does not retry: the next attempt requests only what is missing.
        self._session = public_session(
            agent,
            resolve=network.resolve or resolve_public,
            retries=Retry(0, redirect=False),
            pool=self._limits.jobs,
            verify=network.verify,
        )
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._cache = cache
        self._retries = retry_policy(backoff=network.backoff)
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._next: dict[str, float] = {}
        self._failures: Counter[str] = Counter()
        self._silent_since: dict[str, float] = {}
        self._busy = [threading.Lock() for _ in range(64)]

    def stop(self) -> None:
        """Make every running download raise DownloadStopped soon."""
        self._stop.set()

    def whole(self, url: str) -> Path:
        """Return the path of a URL's complete file in the cache."""
        return self._cache / f"{_key(url)}.file"

    def get(self, url: str, complaint: Validator) -> Path:
        """Download a URL unless it is in the cache, and return the path of the complete file.

        Raises DownloadFailed if it cannot be downloaded or `complaint` rejects it, DownloadStopped, and OSError if the
        file system refuses it.
        """
        whole = self.whole(url)
        with self._busy[int(whole.stem[:8], 16) % len(self._busy)]:
            if not whole.exists():
                self._cache.mkdir(parents=True, exist_ok=True)
                self._download(url, PartialDownload(whole, self._limits.size), complaint)
        return whole

    def _download(self, url: str, part: PartialDownload, complaint: Validator) -> None:
        retries = self._retries
        while True:
            before = part.size
            try:
                if not part.is_complete:
                    self._attempt(url, part, complaint)
                self._accept(part, complaint)
                part.finish()
                return
            except TooLarge as error:
                part.discard()
                raise DownloadFailed(str(error)) from None
            except ChecksumMismatch as error:
                part.discard()
                again = TryAgain(str(error))
            except TryAgain as error:
                again = error
            if part.size - before > _PROGRESS:
                retries = self._retries
            retries = self._pause(url, retries, again)

    def _accept(self, part: PartialDownload, complaint: Validator) -> None:
        """Check a complete file."""
        part.unpack()
        if not part.size:
            raise ChecksumMismatch("the file is empty")
        head = part.head(HEAD)
        if (error_text := complaint(head)) is not None:
            part.discard()
            raise DownloadFailed(error_text)
        file_format = format_of(head)
        if not part.states_end and file_format is not None and not is_whole(part.path, file_format.extension):
            raise ChecksumMismatch("the file ends in its middle")

    def _attempt(self, url: str, part: PartialDownload, complaint: Validator) -> None:
        host = split_url(url).hostname or ""
        with self._lock:
            silent = time.monotonic() - self._silent_since.get(host, time.monotonic())
            if host in self._unreachable:
                raise DownloadFailed(_cannot_reach(host))
            if self._failures[host] >= _GIVE_UP and silent >= _GIVE_UP_AFTER:
                raise DownloadFailed(f"{host} does not answer at all")
        self._wait(self._turn(host))
        try:
            answer = self._ask(url, part, host)
        except TryAgain as error:
            self._count_failure(host, error.connected)
            raise
        with answer:
            with self._lock:
                self._connected.add(host)
                self._failures[host] = 0
                self._silent_since.pop(host, None)
            if answer.status_code in BUSY:
                raise TryAgain(f"the server answered {answer.status_code}", answer.raw)
            if answer.status_code == 416 and part.size:
                raise ChecksumMismatch("the server has not the rest of the file")
            if answer.status_code not in (200, 206):
                raise DownloadFailed(f"the server answered {answer.status_code}")
            part.begin(answer.status_code, answer.headers)
            self._read(answer, part, complaint)

    def _count_failure(self, host: str, connected: bool) -> None:
        """Count a failed connection. Raises DownloadFailed if the host turns out to be unreachable."""
        with self._lock:
            if connected:
                self._connected.add(host)
            self._failures[host] += 1
            since = self._silent_since.setdefault(host, time.monotonic())
            if host in self._connected or host in self._unreachable:
                return
            if self._failures[host] < _UNREACHABLE or time.monotonic() - since < _UNREACHABLE_AFTER:
                return
            self._unreachable.add(host)
        self._on_unreachable(host)
        raise DownloadFailed(_cannot_reach(host))

    def _ask(self, url: str, part: PartialDownload, host: str) -> requests.Response:
        """Send the request. Raises TryAgain if there is no response."""
        try:
            return self._session.get(url, headers=part.request_headers(), stream=True)
        except HostRefused as error:
            raise DownloadFailed(str(error)) from None
        except oops.TooManyRedirects:
            raise DownloadFailed("the server redirects from one URL to the next without end") from None
        except oops.SSLError as error:
            hostname = split_url(str(error.request.url if error.request is not None else url)).hostname
            raise DownloadFailed(f"{hostname} does not prove that it is {hostname}") from None
        except oops.ConnectTimeout:
            raise TryAgain(f"no connection to {host} in time", connected=False) from None
        except oops.Timeout:
            raise TryAgain(f"{host} did not answer in time") from None
        except (oops.ConnectionError, oops.ChunkedEncodingError, oops.ContentDecodingError) as error:
            raise TryAgain(f"no connection to {host}", connected=not _is_unconnected(error)) from None
        except oops.InvalidHeader:
            raise DownloadFailed("the server's answer cannot be read") from None
        except (oops.RequestException, HTTPError, ValueError):
            raise DownloadFailed("this is not a URL of the web") from None

    def _read(self, answer: requests.Response, part: PartialDownload, complaint: Validator) -> None:
        """Write the body to the part, as it arrives."""
        start, before, fresh = time.monotonic(), part.size, part.size == 0 and not part.encoding
        with part.open() as file:
            while piece := _next_piece(answer):
                part.write(file, piece)
                if self._stop.is_set():
                    raise DownloadStopped
                spent = time.monotonic() - start
                if spent > _SLOW_FOR and part.size - before < _SLOWEST * spent:
                    raise TryAgain("the server sends next to nothing")
                if fresh and part.size >= HEAD:
                    file.flush()
                    fresh = False
                    if (error_text := complaint(part.head(HEAD))) is not None:
                        part.discard()
                        raise DownloadFailed(error_text)
        if part.total is not None and part.size != part.total:
            raise TryAgain(f"{part.size} of {part.total} bytes came")

    def _pause(self, url: str, retries: Retry, again: TryAgain) -> Retry:
        """Wait before the next attempt; return the remaining attempts. Raises DownloadFailed if there are none."""
        delay = retries.get_retry_after(again.answer) if again.answer is not None else None
        if delay is not None and delay > LONGEST_WAIT:
            raise DownloadFailed(f"{again}, and wants to be left alone for {delay:.0f} seconds")
        try:
            left = retries.increment("GET", url, error=HTTPError(str(again)))
        except MaxRetryError:
            raise DownloadFailed(f"{again}, at every attempt") from None
        if delay is not None:
            self._leave_alone(split_url(url).hostname or "", delay)
        else:
            self._wait(left.get_backoff_time())
        return left

    def _turn(self, host: str) -> float:
        """Return the delay in seconds before this request may start, because requests per host are rate-limited."""
        with self._lock:
            now = time.monotonic()
            at = max(now, self._next.get(host, now))
            self._next[host] = at + 1 / self._limits.rate
        return at - now

    def _leave_alone(self, host: str, seconds: float) -> None:
        with self._lock:
            self._next[host] = max(self._next.get(host, 0.0), time.monotonic() + seconds)

    def _wait(self, seconds: float) -> None:
        if self._stop.wait(seconds) if seconds > 0 else self._stop.is_set():
            raise DownloadStopped


def _next_piece(answer: requests.Response) -> bytes:
    """Return the next bytes of a body, b"" at its end. Raises TryAgain."""
    try:
        # Only what has arrived: a slow server must not hold the reader until a block is full.
        return bytes(answer.raw.read1(65536, decode_content=False))
    except ReadTimeoutError:
        raise TryAgain("the server stopped sending") from None
    except (HTTPError, OSError):
        raise TryAgain("the connection broke") from None


def _cannot_reach(host: str) -> str:
    return f"cannot reach {host}; check the network connection and run the same command again"


def _is_unconnected(error: oops.RequestException) -> bool:
    """Return True if no connection could be opened: the host name is unknown, or there is no route to the host."""
    reason = getattr(next(iter(error.args), None), "reason", None)
    return isinstance(reason, NewConnectionError)  # NameResolutionError is one


def _key(url: str) -> str:
    """Return the name of a URL in the cache."""
    return sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:32]
