"""A request to a site or its API: its URL, its JSON body, and a token that stays out of everything that is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import requests

#: Values in answers that give access to an API (docs/wix/api.md#access-token), up to the end of the string.
_TOKENS = re.compile(
    rb'(\\*"(?:instance|accessToken|access_token|refresh_token|refreshToken|mediaAuthToken|svSession|ctToken)\\*"'
    rb'\s*:\s*\\*")[^"\\]+'
)
REMOVED = b"***"


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """One request. With a body it is a POST."""

    url: str
    body: dict[str, Any] | None = None
    token: Callable[[], str] | None = None
    """Returns the value of the header `Authorization`. It is called only when the site is really asked."""
    is_secret: bool = False
    """The answer is a token: it is not cached, not archived, and not part of a resumed run."""
    obey: bool = True
    """Respect robots.txt."""

    def prepare(self, session: requests.Session, authorized: bool = False) -> requests.PreparedRequest:
        """Return the request for a session; with its token only if `authorized`.

        An answer to it contains no token and no cookie by the time that the session caches it.
        """
        headers = {"Accept": "application/json"} if self.body is not None or self.token else {}
        token = self.token() if authorized and self.token is not None else ""
        if token:
            headers["Authorization"] = token
        body = None if self.body is None else json.dumps(self.body)
        if body is not None:
            headers["Content-Type"] = "application/json"
        method = "GET" if body is None else "POST"
        prepared = session.prepare_request(requests.Request(method, self.url, headers=headers, data=body))
        prepared.register_hook("response", lambda response, **_: remove_cookies(response))
        if token and not self.is_secret:
            prepared.register_hook("response", lambda response, **_: remove_tokens(response, token))
        return prepared


def remove_cookies(response: requests.Response) -> None:
    """Remove the cookies of an answer, which can contain the session of the visitor."""
    for headers in (response.headers, getattr(response.raw, "headers", None)):
        if headers is not None:
            headers.pop("Set-Cookie", None)
    response.cookies.clear()


def remove_tokens(response: requests.Response, token: str) -> None:
    """Replace the token, and all other tokens, in the body of an answer."""
    if isinstance(content := getattr(response, "_content", None), bytes):
        response._content = _TOKENS.sub(rb"\1" + REMOVED, content.replace(token.encode(), REMOVED))
