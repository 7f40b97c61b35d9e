"""Send requests to Wix's REST API with the owner's key, at the rate that Wix allows.

The key is sent in one header to one host and nowhere else: redirects are not followed, error messages never contain
it, and it is removed from answers that repeat it. Facts: docs/wix/api.md#api-key,
docs/wix/api.md#rate-limits-and-errors.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from typing import Any

import requests
from msgspec import Struct, field
from urllib3.util.retry import Retry

from ...model.errors import UnwixError
from ...web.json_path import dig, json_object
from ..http.public_hosts import AGENT, BUSY, Resolver, asked_wait, public_session, resolve_public
from ..http.rate_limit import Clock
from ..http.transport import BoundedAdapter, ResponseLimits, TooLarge, fetch_error_from

#: Wix's own host. Not configurable, because the key is sent to it.
HOST = "https://www.wixapis.com"
#: Wix's rate limit: the number of requests, and the seconds.
RATE, SECONDS = 200, 60.0
_TRIES, _LONGEST_WAIT = 6, 120.0
_KEY = re.compile(r"[\x21-\x7e]{8,10000}")
_SITE = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.I)
_KEYS = "https://manage.wix.com/account/api-keys"


class ApiError(UnwixError):
    """A request to the API failed; the text says why, and what to do."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class ResponseTooLarge(ApiError):
    """A response is too large: fewer objects must be requested at once."""


class RequestQuota(Struct):
    """The limit of Wix: at most RATE requests in any SECONDS."""

    clock: Clock
    _starts: deque[float] = field(default_factory=lambda: deque(maxlen=RATE))

    def wait(self) -> None:
        """Wait until the next request may start."""
        if len(self._starts) == RATE and (rest := self._starts[0] + SECONDS - self.clock.now()) > 0:
            self.clock.sleep(rest)
        self._starts.append(self.clock.now())


class ApiClient:
    """A client of the API for one site.

    `base`, `resolve` and `clock` are for tests, whose server on this machine stands for Wix's.
    """

    def __init__(
        self,
        key: str,
        site_id: str,
        *,
        base: str = HOST,
        resolve: Resolver = resolve_public,
        clock: Clock | None = None,
    ) -> None:
        """Check the key and the id. Raises ApiError if they are not valid."""
        self._key = key.strip()
        self.site_id = site_id.strip()
        if not _KEY.fullmatch(self._key):
            raise ApiError(f"UNWIX_API_KEY does not hold a key of Wix; make one at {_KEYS} and set it again.")
        if not _SITE.fullmatch(self.site_id):
            raise ApiError(
                "--site-id is not the id of a site: it is the part after /dashboard/ in the URL of the site's "
                "dashboard, as in 12345678-90ab-cdef-1234-567890abcdef."
            )
        self._base, self._clock = base, clock or Clock()
        self._allowance = RequestQuota(self._clock)
        self._session = public_session(AGENT, resolve=resolve, retries=Retry(0, read=False))
        self._session.mount(base, BoundedAdapter(resolve, ResponseLimits(), self._clock))
        self.requests = 0
        """The number of requests."""

    def __repr__(self) -> str:
        return f"ApiClient(site_id={self.site_id!r})"

    def ask(
        self, path: str, permission: str, query: Iterable[tuple[str, str]] = (), body: dict[str, Any] | None = None
    ) -> bytes:
        """Return the response to a request, the JSON as Wix wrote it; with a body it is a POST.

        A busy server is asked again, after the time it requests. Raises ApiError for every other failure.
        """
        for number in range(1, _TRIES + 1):
            self._allowance.wait()
            self.requests += 1
            last = number == _TRIES
            try:
                answer = self._session.request(
                    "GET" if body is None else "POST",
                    self._base + path,
                    params=list(query),
                    json=body,
                    headers={"Authorization": self._key, "wix-site-id": self.site_id, "Accept": "application/json"},
                    allow_redirects=False,
                )
            except TooLarge:
                raise ResponseTooLarge("Wix sends an answer of more than 50 MB.") from None
            except requests.RequestException as error:
                if last:
                    raise ApiError(self._clean(str(fetch_error_from(error, self._base + path, self._base)))) from None
                self._clock.sleep(self._pause(number, None))
                continue
            if answer.status_code in BUSY and not last:
                self._clock.sleep(self._pause(number, answer.headers.get("Retry-After")))
                continue
            if answer.status_code != 200:
                raise ApiError(self._describe(answer, path, permission), answer.status_code)
            return self._answered(answer.content)
        raise AssertionError("unreachable")

    def _pause(self, number: int, retry_after: str | None) -> float:
        """Return the seconds until the next attempt: what the server requests, else a random time that doubles."""
        wished = asked_wait(retry_after)
        if wished is not None and wished > _LONGEST_WAIT:
            raise ApiError(f"Wix asks to wait for {wished:.0f} seconds; run the same command again later.", 429)
        grown = min(30.0, 0.5 * 2.0**number) * (0.75 + 0.5 * self._clock.chance())
        return max(grown, wished or 0.0)

    def _answered(self, content: bytes) -> bytes:
        if json_object(content) is None:
            raise ApiError("The answer of Wix is not a JSON object; run the same command again later.")
        return content.replace(self._key.encode(), b"***")

    def _describe(self, answer: requests.Response, path: str, permission: str) -> str:
        status, message = answer.status_code, self._clean(_message(answer.content))
        behind = f" Wix says: {message}" if message else ""
        if status == 401:
            return (
                f"Wix does not accept the key (401). Make one at {_KEYS} with the permission “{permission}”, and set "
                f"UNWIX_API_KEY.{behind}"
            )
        if status == 403:
            return (
                f"The key does not have the permission “{permission}” for the site {self.site_id} (403). Add it at "
                f"{_KEYS}.{behind}"
            )
        if 300 <= status < 400:
            return f"Wix answers {path} with a redirect, which is not followed with a key."
        return f"Wix answers {path} with status {status}.{behind}"

    def _clean(self, text: str) -> str:
        """Return a text of the server in printable form: without the key, in one short line."""
        return re.sub(r"[\x00-\x1f\x7f-\x9f]+", " ", text.replace(self._key, "***")).strip()[:300]


def _message(content: bytes) -> str:
    """Return the message in the body of an error (docs/wix/api.md#rate-limits-and-errors)."""
    value = json_object(content[:100_000])
    error = ("details", "applicationError")
    parts = (dig(value, "message"), dig(value, *error, "code"), dig(value, *error, "description"))
    return " – ".join(dict.fromkeys(part for part in parts if isinstance(part, str) and part))
