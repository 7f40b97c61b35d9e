"""The token of a visitor: requested when it is first needed, and again when the site does not accept it any more."""

from __future__ import annotations

from msgspec import Struct, field

from ..http.api_request import ApiRequest
from ..http.errors import FetchError, error_from_status
from ..http.fetch import Fetcher, Response
from .visitor_requests import Call, parse, token_in

#: The statuses of a request whose token has expired. They can have other causes, which no new token changes.
_REFUSED = frozenset({401, 403})


class VisitorToken(Struct):
    """One token for all requests to one host."""

    fetcher: Fetcher
    calls: list[Call]
    """Requests that answer with a token: they are tried in order."""
    obey: bool = True
    """Respect robots.txt."""
    _value: str | None = None
    error: FetchError | None = None
    """Why there is no token; then it is not requested again."""
    _renewal_helps: bool = True
    """False after a request was refused with a new token as well."""
    _refusals: int = field(default=0)
    """The number of refused requests in a row."""

    def call(self, url: str, call: Call) -> Response:
        """Return the answer to a request, with a new token if the first one is refused. Raises FetchError."""
        request = ApiRequest(url, call.body, self._get, obey=self.obey)
        answer = self.fetcher.call(request)
        # A post for members is refused with every token; two refusals in a row mean that the token has expired.
        is_doubtful = answer.status in _REFUSED and (self._renewal_helps or self._refusals > 0)
        if is_doubtful and self._value is not None:
            self._value = None
            answer = self.fetcher.call(request)
            self._renewal_helps = answer.status not in _REFUSED
        self._refusals = self._refusals + 1 if answer.status in _REFUSED else 0
        return answer

    def _get(self) -> str:
        """Return the token. Raises FetchError if the site gives none; it is not asked again."""
        if self.error is not None:
            raise self.error
        if self._value is None:
            try:
                self._value = self._request()
            except FetchError as error:
                self.error = error
                raise
        return self._value

    def _request(self) -> str:
        failure: FetchError | None = None
        for call in self.calls:
            try:
                answer = self.fetcher.call(ApiRequest(call.url, call.body, is_secret=True, obey=self.obey))
            except FetchError as error:
                if error.cause == "robots":
                    raise
                failure = failure or error
                continue
            token = token_in(parse(answer.data) or {}) if answer.status == 200 else None
            if token is not None:
                return token
            if failure is None:
                is_empty = answer.status < 300
                failure = FetchError("no-token", call.url) if is_empty else error_from_status(call.url, answer.status)
        raise failure or FetchError("no-token", self.calls[0].url)
