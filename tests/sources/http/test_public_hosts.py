"""Test the check for public hosts: names, DNS, rebinding and redirects reach no other host."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator

import pytest
import requests
from urllib3.util.retry import Retry

from unwix.sources.http.public_hosts import Endpoint, HostRefused, Resolver, is_public, public_session, resolve_public

PRIVATE = """
127.0.0.1 127.8.8.8 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 100.100.100.200 0.0.0.0 255.255.255.255
224.0.0.1 239.1.1.1 192.0.0.192 192.0.2.1 198.18.0.1 198.51.100.7 203.0.113.7 240.0.0.1 168.63.129.16
::1 :: fe80::1 fe80::1%lo fc00::1 fd00:ec2::254 fec0::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::127.0.0.1
64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 2002:7f00:1:: 2002:c0a8:101:: 2001:db8::1 localhost nonsense 2130706433
""".split()
PUBLIC = "1.1.1.1 34.149.206.255 8.8.8.8 2606:4700::1111 ::ffff:1.1.1.1 64:ff9b::101:101".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are(address: str) -> None:
    assert is_public(address)


class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append((self.headers["Host"], self.path))  # type: ignore[attr-defined]
        if self.path.startswith("/to?"):
            self.send_response(302)
            self.send_header("Location", self.path.partition("?")[2])
            self.end_headers()
            self._endless()
        elif self.path.startswith("/busy"):
            self.send_response(429)
            self.send_header("Retry-After", self.path.partition("?")[2])
            self.end_headers()
            self._endless()
        else:
            self.send_response(200)
            self.send_header("Content-Length", "5")
            self.end_headers()
            self.wfile.write(b"hello")

    def _endless(self) -> None:
        """Send a body that never ends."""
        try:
            while True:
                self.wfile.write(b"x" * 65536)
        except OSError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[http.server.ThreadingHTTPServer]:
    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    made.daemon_threads = True
    made.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()


def only(server: http.server.ThreadingHTTPServer, *names: str) -> Resolver:
    """Resolve these names to the test's server, and all others by the system."""

    def resolve(host: str, port: int) -> list[Endpoint]:
        return (
            [Endpoint("127.0.0.1", server.server_port, trusted=True)] if host in names else resolve_public(host, port)
        )

    return resolve


def get(session: requests.Session, address: str) -> requests.Response:
    return session.get(address, stream=True, timeout=5)


def test_a_host_of_the_resolver_is_reached(server: http.server.ThreadingHTTPServer) -> None:
    with public_session("test", resolve=only(server, "media.example")) as session:
        assert get(session, "http://media.example/a.jpg").content == b"hello"
    assert server.asked == [("media.example", "/a.jpg")]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"]
)
def test_loopback_is_refused_in_every_spelling(server: http.server.ThreadingHTTPServer, host: str) -> None:
    with public_session("test") as session, pytest.raises((HostRefused, requests.ConnectionError)):
        get(session, f"http://{host}:{server.server_port}/secret")
    assert server.asked == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433"])
def test_a_redirect_to_this_machine_is_refused(server: http.server.ThreadingHTTPServer, host: str) -> None:
    address = f"http://{host}:{server.server_port}/secret"
    with public_session("test", resolve=only(server, "a.example")) as session, pytest.raises(HostRefused):
        get(session, f"http://a.example/to?{address}")
    assert [path for _, path in server.asked] == [f"/to?{address}"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "scheme", ["file:///etc/passwd", "ftp://a.example/x", "gopher://a.example/x", "data:text/plain,x"]
)
def test_a_redirect_to_another_scheme_is_refused(server: http.server.ThreadingHTTPServer, scheme: str) -> None:
    with public_session("test", resolve=only(server, "a.example")) as session, pytest.raises(requests.RequestException):
        get(session, f"http://a.example/to?{scheme}")


def test_a_name_that_resolves_to_a_private_address_is_refused(server: http.server.ThreadingHTTPServer) -> None:
    def resolve(_host: str, _port: int) -> list[Endpoint]:
        return [Endpoint("127.0.0.1", server.server_port), Endpoint("10.0.0.1", 80)]

    with public_session("test", resolve=resolve) as session, pytest.raises(HostRefused, match="not a public host"):
        get(session, "http://rebind.example/secret")
    assert server.asked == []  # type: ignore[attr-defined]


def test_a_name_that_changes_between_two_connections_is_checked_each_time(
    server: http.server.ThreadingHTTPServer,
) -> None:
    answers = iter([True, False])

    def resolve(_host: str, _port: int) -> list[Endpoint]:
        return [Endpoint("127.0.0.1", server.server_port, trusted=next(answers))]

    with public_session("test", resolve=resolve) as session:
        assert get(session, "http://rebind.example/a").content == b"hello"
        session.adapters["http://"].poolmanager.clear()
        with pytest.raises(HostRefused):
            get(session, "http://rebind.example/b")
    assert len(server.asked) == 1  # type: ignore[attr-defined]


def test_a_name_is_resolved_once_for_a_connection(server: http.server.ThreadingHTTPServer) -> None:
    hosts = []

    def resolve(host: str, _port: int) -> list[Endpoint]:
        hosts.append(host)
        return [Endpoint("127.0.0.1", server.server_port, trusted=len(hosts) == 1)]

    with public_session("test", resolve=resolve) as session:
        assert get(session, "http://once.example/a").status_code == 200
    assert hosts == ["once.example"]


def test_a_redirect_loop_ends(server: http.server.ThreadingHTTPServer) -> None:
    with public_session("test", resolve=only(server, "a.example")) as session, pytest.raises(requests.TooManyRedirects):
        get(session, "http://a.example/to?/to?/to?/to?/to?/to?/to?/to?/to?/to?/to?/to?/to?/to?/to?/a")


def test_a_redirect_is_followed_and_its_endless_body_not_read(server: http.server.ThreadingHTTPServer) -> None:
    with public_session("test", resolve=only(server, "a.example", "b.example")) as session:
        assert get(session, "http://a.example/to?http://b.example/x").content == b"hello"
    assert server.asked[-1] == ("b.example", "/x")  # type: ignore[attr-defined]


def test_busy_server_is_retried_and_its_endless_body_not_read(server: http.server.ThreadingHTTPServer) -> None:
    with public_session("test", resolve=only(server, "a.example")) as session:
        session.adapters["http://"].max_retries = session.adapters["http://"].max_retries.new(total=2)
        assert get(session, "http://a.example/busy?0").status_code == 429
    assert len(server.asked) == 3  # type: ignore[attr-defined]


def test_long_retry_after_is_not_waited_for(server: http.server.ThreadingHTTPServer) -> None:
    with public_session("test", resolve=only(server, "a.example")) as session:
        assert get(session, "http://a.example/busy?3600").status_code == 429
    assert len(server.asked) == 1  # type: ignore[attr-defined]


def test_proxies_and_passwords_of_the_environment_are_not_used(
    server: http.server.ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    with public_session("test", resolve=only(server, "a.example"), retries=Retry(0)) as session:
        assert get(session, "http://a.example/a").content == b"hello"
