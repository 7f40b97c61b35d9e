"""Allow HTTP to public hosts only, verified on the IP address of the connection.

URLs in pages are untrusted: a name can lead to the owner's own network, by its DNS entry, by an entry that changes
between check and use, or by a redirect. Here the name is resolved once, each IP address is checked, and the socket is
opened to that address; so is every redirect. Responses that are only passed through (redirects, busy servers) are
dropped unread, because they may never end.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

import requests
from msgspec import Struct
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, InvalidHeader, NameResolutionError, NewConnectionError
from urllib3.response import HTTPResponse
from urllib3.util.connection import create_connection
from urllib3.util.retry import Retry

from ...version import __version__
from .bounded_response import BoundedResponse

#: The header `User-Agent` of all requests.
AGENT = f"unwix/{__version__} (converter of Wix blogs)"
#: Seconds for opening a connection, and between two blocks of a response.
TIMEOUT = (10.0, 30.0)
#: The maximum `Retry-After` in seconds; a server that requests more is not asked again.
LONGEST_WAIT = 120
#: Statuses that may be temporary.
BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
#: Never public, although `ipaddress` (of some Python versions) says so: Azure's service for its own machines, IETF
#: protocol assignments (including Oracle's), local NAT64.
_NEVER = tuple(map(ipaddress.ip_network, ("168.63.129.16/32", "192.0.0.0/24", "64:ff9b:1::/48")))
#: IPv6 networks with an IPv4 address in their last 32 bits: NAT64 (RFC 6052) and IPv4-compatible (RFC 4291).
_CARRIES_IPV4 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("::/96"))


class Endpoint(NamedTuple):
    """The IP address and port of a socket."""

    address: str
    """An IP address."""
    port: int
    trusted: bool = False
    """Connect even if the IP address is not public: for tests, in which a local server stands for a public host."""


#: A session of `requests`, or of a library that extends it.
AnySession = TypeVar("AnySession", bound=requests.Session)
#: Resolves the name and port of a host.
Resolver = Callable[[str, int], list[Endpoint]]


class Network(Struct, frozen=True):
    """How the web is reached. Only tests change this, because their local server stands for public hosts."""

    resolve: Resolver | None = None
    """None: `resolve_public`."""
    verify: bool | str = True
    """The certificates for verifying servers, as in `requests`."""
    backoff: float = 0.5
    """Seconds before the second attempt, doubled for each further one."""


class HostRefused(requests.RequestException):
    """The host has no public IP address, so nothing is fetched from it."""


class _NotPublic(HTTPError):
    """The same inside of urllib3, which neither retries nor wraps it."""


def resolve_public(host: str, port: int) -> list[Endpoint]:
    """Return all IP addresses of a host, from the system's resolver. Raises OSError if it has none."""
    addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(Endpoint(str(where[0]), port) for *_, where in addresses))


def is_public(address: str) -> bool:
    """Return True for an IP address of the public internet: not private, local, shared, multicast or reserved."""
    try:
        number = ipaddress.ip_address(address)
    except ValueError:
        return False
    if any(number in network for network in _NEVER):
        return False
    if isinstance(number, ipaddress.IPv6Address) and (inner := _ipv4_in(number)) is not None:
        return is_public(str(inner))
    return number.is_global and not (
        number.is_multicast
        or number.is_private
        or number.is_loopback
        or number.is_link_local
        or number.is_reserved
        or number.is_unspecified
        or (number.version == 6 and number.is_site_local)
    )


def _ipv4_in(number: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an IPv6 one leads to: mapped, 6to4, Teredo, NAT64."""
    if any(number in network for network in _CARRIES_IPV4):
        return ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
    return number.ipv4_mapped or number.sixtofour or (number.teredo[1] if number.teredo else None)


class _Guarded(HTTPConnection):
    """A connection that resolves the host, checks its IP addresses, and opens its socket to a checked one."""

    resolve: Resolver
    response_class = BoundedResponse

    def _new_conn(self) -> socket.socket:
        port = self.port or self.default_port
        try:
            addresses = self.resolve(self._dns_host, port)
        except (OSError, UnicodeError) as error:
            raise NameResolutionError(self.host, self, _as_gaierror(error)) from error
        public = [end for end in addresses if end.trusted or is_public(end.address)]
        if not public:
            raise _NotPublic(f"{self.host} is not a public host ({', '.join(end.address for end in addresses[:3])})")
        for number, end in enumerate(public, 1):
            try:
                return create_connection((end.address, end.port), self.timeout, socket_options=self.socket_options)
            except OSError as error:
                if number == len(public):
                    raise NewConnectionError(self, f"no connection to {self.host}: {error}") from error
        raise AssertionError("unreachable")

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]
        response = super().getresponse()
        response.drain_conn = response.close  # type: ignore[method-assign]
        return response


class _GuardedTls(_Guarded, HTTPSConnection):
    pass


def _as_gaierror(error: Exception) -> socket.gaierror:
    return error if isinstance(error, socket.gaierror) else socket.gaierror(str(error))


def _pools(resolve: Resolver) -> dict[str, type]:
    """Return the class of connection pools for this resolver, by scheme."""
    asking = {"resolve": staticmethod(resolve)}
    return {
        "http": type("Pool", (HTTPConnectionPool,), {"ConnectionCls": type("Guarded", (_Guarded,), asking)}),
        "https": type("TlsPool", (HTTPSConnectionPool,), {"ConnectionCls": type("GuardedTls", (_GuardedTls,), asking)}),
    }


class PublicAdapter(HTTPAdapter):
    """The transport of `public_session`: directly to the host, never through a proxy, which could not be checked."""

    def __init__(self, resolve: Resolver, retries: Retry, pool: int) -> None:
        self._resolve = resolve
        super().__init__(pool_connections=pool, pool_maxsize=pool, max_retries=retries)

    def init_poolmanager(self, *arguments: Any, **more: Any) -> None:
        """Create the pools of guarded connections."""
        super().init_poolmanager(*arguments, **more)
        self.poolmanager.pool_classes_by_scheme = _pools(self._resolve)

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send one request. Raises HostRefused if the host is not public, RequestException for every other failure."""
        try:
            response = super().send(request, stream, timeout or TIMEOUT, verify, cert, None)
        except _NotPublic as error:
            raise HostRefused(str(error), request=request) from None
        if response.is_redirect:
            # `requests` would read all of the body first
            response._content = b""
            response._content_consumed = True
            response.raw.close()
        return response


def asked_wait(value: str | None) -> float | None:
    """Return the seconds of a `Retry-After`, a number or a date; None if it cannot be parsed."""
    try:
        return Retry(0).parse_retry_after(value) if value else None
    except (InvalidHeader, OverflowError):
        return None


class _Patience(Retry):
    """Retries that never wait longer than LONGEST_WAIT: a longer `Retry-After` ends the attempts."""

    def parse_retry_after(self, retry_after: str) -> float:
        """Return the header's seconds; 0 if it is neither a number nor a date."""
        return asked_wait(retry_after) or 0.0

    def increment(self, *arguments: Any, **more: Any) -> _Patience:
        response = more.get("response")
        retry_after = self.get_retry_after(response) if response is not None else None
        if retry_after is not None and retry_after > LONGEST_WAIT:
            return super(_Patience, self.new(total=0)).increment(*arguments, **more)  # raises MaxRetryError
        return super().increment(*arguments, **more)


def retry_policy(backoff: float = 0.5) -> Retry:
    """Return the retry policy for failed connections and statuses in BUSY."""
    return _Patience(
        total=4,
        backoff_factor=backoff,
        backoff_max=30,
        status_forcelist=BUSY,
        allowed_methods=frozenset({"GET", "HEAD"}),
        raise_on_status=False,
    )


def public_session(
    agent: str,
    *,
    resolve: Resolver = resolve_public,
    retries: Retry | None = None,
    pool: int = 8,
    verify: bool | str = True,
) -> requests.Session:
    """Return a session for public hosts over http and https that follows at most ten redirects and keeps no secrets.

    `agent` is the User-Agent. `retries` is `retry_policy()` by default; `Retry(0)` leaves retries to the caller. `pool`
    is the number of connections to one host that are kept. Environment proxies and `.netrc` are not used;
    `REQUESTS_CA_BUNDLE` names certificates as usual. Use `stream=True` and limit what is read. `resolve` and `verify`
    are for tests, in which a local server stands for public hosts.
    """
    session = requests.Session()
    session.trust_env = False
    session.max_redirects = 10
    session.verify = (os.environ.get("REQUESTS_CA_BUNDLE") or True) if verify is True else verify
    session.headers["User-Agent"] = agent
    session.adapters.clear()
    return mounted(session, PublicAdapter(resolve, retry_policy() if retries is None else retries, pool))


def mounted(session: AnySession, adapter: HTTPAdapter) -> AnySession:
    """Return the session with the adapter as its only way to the web."""
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session
