"""A request to a site or its API: its URL, its JSON body, and a token that is never stored."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import requests
from msgspec import Struct

#: Values in responses that give access to an API (docs/wix/api.md#access-token), up to the end of the string.
_TOKENS = re.compile(
    rb'(\\*"(?:instance|accessToken|access_token|refresh_token|refreshToken|mediaAuthToken|svSession|ctToken)\\*"'
    rb'\s*:\s*\\*")[^"\\]+'
)
REMOVED = b"***"


class ApiRequest(Struct, frozen=True):
    """One request. With a body it is a POST."""

    url: str
    body: dict[str, Any] | None = None
    token: Callable[[], str] | None = None
    """Returns the value of the header `Authorization`. Called only when a request is really sent."""
    is_secret: bool = False
    """The response is a token: it is not cached, not archived, and not part of a resumed run."""
    obey: bool = True
    """Respect robots.txt."""

    def prepare(self, session: requests.Session, authorized: bool = False) -> requests.PreparedRequest:
        """Return the request for a session; with its token only if `authorized`.

        Token and cookies are removed from its response before the session caches it.
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
    """Remove the cookies of a response, which can contain the session of the visitor."""
    for headers in (response.headers, getattr(response.raw, "headers", None)):
        if headers is not None:
            headers.pop("Set-Cookie", None)
    response.cookies.clear()


def remove_tokens(response: requests.Response, token: str) -> None:
    """Replace the token, and all other tokens, in the body of a response."""
    if isinstance(content := getattr(response, "_content", None), bytes):
        response._content = _TOKENS.sub(rb"\1" + REMOVED, content.replace(token.encode(), REMOVED))
