"""Fetch URLs one after another, politely, from the site or from the cache of an earlier run."""

from __future__ import annotations

from collections import Counter
from contextlib import nullcontext
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

import requests
from msgspec import Struct, field
from requests_cache import CachedSession
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential
from urllib3.util.retry import Retry

from ...web.urls import split_url
from ..archives.content_encoding import charset_of, to_utf8
from ..cache_folder import cache_folder
from ..urls import normalize_url
from . import cache as http_cache
from .api_request import ApiRequest
from .errors import FetchError, error_from_status
from .public_hosts import AGENT, BUSY, LONGEST_WAIT, Network, asked_wait, mounted, public_session, resolve_public
from .rate_limit import Clock, RateLimit
from .robots import Robots
from .transport import BoundedAdapter, ResponseLimits, fetch_error_from
from .warc_writer import ArchiveWriter

#: The maximum number of attempts for a URL, and of redirects.
_TRIES, _HOPS = 5, 10
#: Failures that may be temporary.
_PASSING = frozenset({"timeout", "dropped", "connection", "damaged"})
Via = Literal["fetched", "unchanged", "cache"]


class Response(Struct, frozen=True):
    """The response for a URL."""

    url: str
    """Its URL after all redirects."""
    status: int
    data: bytes
    via: Via
    """`fetched`; `unchanged`: from the cache, after the site confirmed that it has not changed; or `cache` alone."""


class FetchSettings(Struct):
    """The user's options for fetching; the last ones are for tests, in which a local server stands for the site."""

    agent: str = AGENT
    cache: Path | None = None
    """None: the system's cache directory."""
    offline: bool = False
    archive: Path | None = None
    visitor_api: bool = True
    """Request the documents of posts from the site's own API (docs/wix/api.md#visitor-api)."""
    client_id: str | None = None
    """The id of an OAuth client of the site: posts are requested from Wix's REST API first."""
    comments: bool = False
    """Request the comments of posts."""
    network: Network = field(default_factory=Network)
    limits: ResponseLimits = field(default_factory=ResponseLimits)
    clock: Clock = field(default_factory=Clock)


class _Again(Exception):
    """A temporary failure, and how long the site asks to wait."""

    def __init__(self, error: FetchError, seconds: float | None = None) -> None:
        super().__init__(error)
        self.error, self.seconds = error, seconds


class Fetcher:
    """Fetches from one site: one request at a time, nothing twice in a run, and never what robots.txt forbids."""

    def __init__(self, start: str, settings: FetchSettings) -> None:
        self.settings = settings
        self.pace = RateLimit(settings.clock)
        self.counts: Counter[Via] = Counter()
        self.requests = 0
        """The number of requests that were sent."""
        self.searching = False
        """True while posts are searched: pages fetched meanwhile only lead to pages of the source."""
        folder = settings.cache or cache_folder()
        self._session = _session(settings, folder)
        self._journal = None if settings.offline else http_cache.Journal(folder, start)
        self._archive: ArchiveWriter | None = None
        if settings.archive is not None:
            self._archive = ArchiveWriter(settings.archive, settings.agent)
        self._robots: dict[str, Robots | FetchError] = {}

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close(finished=kind is None)

    @property
    def resumed(self) -> bool:
        """True if an earlier run was stopped and this one resumes it."""
        return self._journal is not None and self._journal.resumed

    def close(self, finished: bool) -> None:
        """End the run; an unfinished run is resumed by the next."""
        if self._journal is not None:
            (self._journal.finish if finished else self._journal.close)()
        if self._archive is not None:
            self._archive.close(finished)
        self._session.close()  # type: ignore[no-untyped-call]

    def get(self, url: str, obey: bool = True) -> Response:
        """Return the response for a URL, after redirects, with any status. Raises FetchError if there is none.

        With `obey`, robots.txt of each host on the way is read first.
        """
        seen: set[str] = set()
        at = url
        while at not in seen and len(seen) <= _HOPS:
            seen.add(at)
            if obey and not self.robots(at).allows(at):
                raise FetchError("robots", at)
            response, via = self._one(ApiRequest(at))
            target = normalize_url(response.headers.get("Location", ""), at) if response.is_redirect else None
            if target is None:
                self.counts[via] += 1
                charset = charset_of(response.headers.get("Content-Type", ""))
                return Response(at, response.status_code, to_utf8(response.content, charset), via)
            at = target
        raise FetchError("redirects", url)

    def keep(self, url: str, file: Path, kind: str) -> None:
        """Add a downloaded file to the archive, if there is one. Raises UnwixError."""
        if self._archive is not None:
            self._archive.add_file(url, file, kind)

    def page(self, url: str, obey: bool = True) -> Response:
        """Return the response for a URL. Raises FetchError for every status except success."""
        answer = self.get(url, obey)
        if answer.status >= 300:
            raise error_from_status(answer.url, answer.status)
        return answer

    def call(self, request: ApiRequest) -> Response:
        """Return the response to an API request, whatever its status; redirects are not followed.

        Raises FetchError if there is none, or if robots.txt forbids the request.
        """
        if request.obey and not self.robots(request.url).allows(request.url):
            raise FetchError("robots", request.url)
        response, via = self._one(request)
        if not request.is_secret:
            self.counts[via] += 1
        return Response(request.url, response.status_code, response.content, via)

    def robots(self, url: str) -> Robots:
        """Return the rules of a URL's host. Raises FetchError if they cannot be fetched."""
        parts = split_url(url)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._robots:
            self._robots[root] = self._read_robots(f"{root}/robots.txt")
        rules = self._robots[root]
        if isinstance(rules, FetchError):
            raise rules
        return rules

    def _read_robots(self, url: str) -> Robots | FetchError:
        try:
            answer = self.get(url, obey=False)
        except FetchError as error:
            if error.cause in ("redirects", "not-cached", "too-large"):
                return Robots()
            return error
        if answer.status >= 500 or answer.status == 429:
            return error_from_status(url, answer.status)
        rules = Robots.read(answer.status, answer.data)
        self.pace.ask_for(rules.delay)
        return rules

    def _one(self, request: ApiRequest) -> tuple[Any, Via]:
        """Return one response, from the cache or from the site, without following redirects."""
        if request.is_secret:
            return self._ask(request, True), "fetched"
        key = self._session.cache.create_key(request.prepare(self._session), allow_redirects=False)
        cached = self._session.cache.get_response(key)
        if self._journal is None and cached is None:
            raise FetchError("not-cached", request.url)
        if cached is not None and (self._journal is None or self._journal.has(key, http_cache.fetched_at(cached))):
            via: Via = "cache"
            response: Any = cached
        else:
            response = self._ask(request, cached is not None and not http_cache.has_validator(cached))
            via = "unchanged" if getattr(response, "from_cache", False) else "fetched"
            if self._journal is not None and response.status_code in http_cache.CACHED_STATUSES:
                self._journal.add(key)
        if self._archive is not None:
            self._archive.add(request.url, response, self.searching)
        return response, via

    def _ask(self, request: ApiRequest, anew: bool) -> Any:
        """Send a request to the site, several times if that may help. Raises FetchError."""
        try:
            return Retrying(
                stop=stop_after_attempt(_TRIES),
                wait=_wait,
                sleep=self.settings.clock.sleep,
                retry=retry_if_exception_type(_Again),
                reraise=True,
            )(self._request_once, request, anew)
        except _Again as failure:
            raise failure.error from None

    def _request_once(self, request: ApiRequest, anew: bool) -> Any:
        url, host = request.url, split_url(request.url).netloc
        prepared = request.prepare(self._session, authorized=True)
        self.pace.wait()
        self.requests += 1
        try:
            with self._session.cache_disabled() if request.is_secret else nullcontext():
                response = self._session.send(prepared, allow_redirects=False, force_refresh=anew)
        except requests.RequestException as error:
            cause = fetch_error_from(error, url, host)
            if cause.cause not in _PASSING:
                raise cause from None
            self.pace.pushed_back()
            raise _Again(cause) from None
        if response.status_code not in BUSY:
            self.pace.fine()
            return response
        self.pace.pushed_back()
        seconds = asked_wait(response.headers.get("Retry-After"))
        if seconds is not None and seconds > LONGEST_WAIT:
            raise FetchError("busy", host, f"for {round(seconds / 60)} minutes")
        raise _Again(error_from_status(url, response.status_code), seconds)


def _session(settings: FetchSettings, folder: Path) -> CachedSession:
    resolve, verify = settings.network.resolve or resolve_public, settings.network.verify
    plain = public_session(settings.agent, resolve=resolve, retries=Retry(0), pool=1, verify=verify)
    plain.headers["Accept-Encoding"] = "gzip, deflate"
    # Cookies are never kept: a public page needs none, and so none can reach another host.
    plain.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
    adapter = BoundedAdapter(resolve, settings.limits, settings.clock)
    return mounted(http_cache.cached_session(plain, folder), adapter)


def _wait(state: RetryCallState) -> float:
    """Return the seconds until the next attempt: what the site requests, and increasingly more, with a random part."""
    failure = state.outcome.exception() if state.outcome is not None else None
    delay = failure.seconds if isinstance(failure, _Again) else None
    return (delay or 0.0) + float(wait_random_exponential(multiplier=1, max=30)(state))
