"""A web server on 127.0.0.1 for any number of hosts, with all the faults that servers have."""

from __future__ import annotations

import gzip
import hashlib
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import trustme

from unwix.sources.http.public_hosts import Endpoint


@dataclass
class Reply:
    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "text/html; charset=utf-8"
    etag: bool = True
    packed: bool = False
    drop_after: int | None = None
    """Close the connection after this number of bytes."""
    pieces: int = 1
    """Send the body in this number of chunks."""
    stall: bool = False
    """Send the headers and then nothing until the server stops."""

    @property
    def data(self) -> bytes:
        data = self.body.encode() if isinstance(self.body, str) else self.body
        return gzip.compress(data, mtime=0) if self.packed else data

    @property
    def tag(self) -> str:
        return f'W/"{hashlib.sha256(self.data).hexdigest()[:12]}"'


@dataclass(frozen=True)
class Asked:
    host: str
    path: str
    headers: dict[str, str]
    body: bytes = b""
    """The body of a POST request."""

    @property
    def conditional(self) -> bool:
        return "if-none-match" in self.headers or "if-modified-since" in self.headers


Answering = Reply | list[Reply] | Callable[[Asked], Reply]


class Web:
    """The hosts, their pages, and a log of the requests; over TLS if there is a directory for the certificate."""

    def __init__(self, certificates: Path | None = None, hosts: tuple[str, ...] = ()) -> None:
        self.pages: dict[tuple[str, str], Answering] = {}
        self.log: list[Asked] = []
        self.private: set[str] = set()
        self.stopped = threading.Event()
        self.on_ask: Callable[[Asked], None] = lambda asked: None
        self.answers: list[Callable[[Asked], Reply | None]] = []
        """Called before the pages; None leaves the response to the next one."""
        web = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                web._answer(self)

            do_POST = do_GET  # noqa: N815  # the library's name

            def log_message(self, *arguments: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: Any, client_address: Any) -> None:
                pass  # some tests close connections

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = int(self._server.server_address[1])
        self.certificate: str | bool = True
        if certificates is not None:
            authority = trustme.CA()
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            authority.issue_cert(*hosts).configure_cert(context)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
            self.certificate = str(certificates / "ca.pem")
            authority.cert_pem.write_to_path(self.certificate)

    def put(self, address: str, answer: Answering | str | bytes) -> None:
        host, _, path = address.removeprefix("http://").removeprefix("https://").partition("/")
        if isinstance(answer, str | bytes):
            answer = Reply(answer)
        self.pages[host, f"/{path}"] = answer

    def resolve(self, host: str, port: int) -> list[Endpoint]:
        """Resolve names for tests: the known hosts are this server and are trusted; all others do not exist."""
        if host in self.private:
            return [Endpoint("10.1.2.3", port)]
        if any(host == known for known, _ in self.pages):
            return [Endpoint("127.0.0.1", self.port, trusted=True)]
        raise OSError(f"{host} is not known")

    def paths(self, host: str | None = None) -> list[str]:
        return [request.path for request in self.log if host is None or request.host == host]

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        headers = {name.lower(): value for name, value in handler.headers.items()}
        body = handler.rfile.read(int(headers.get("content-length") or 0))
        request = Asked(headers["host"].split(":")[0], handler.path, headers, body)
        self.log.append(request)
        self.on_ask(request)
        found = next((reply for answer in self.answers if (reply := answer(request)) is not None), None)
        found = found or self.pages.get((request.host, request.path), Reply("<h1>Not Found</h1>", 404, etag=False))
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        reply = found(request) if callable(found) else found
        if reply.status == 200 and reply.etag and headers.get("if-none-match") == reply.tag:
            reply = Reply(b"", 304, {"ETag": reply.tag}, etag=False)
        self._send(handler, reply)

    def _send(self, handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        handler.send_response(reply.status)
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        if reply.etag and reply.status == 200:
            handler.send_header("ETag", reply.tag)
        if reply.packed:
            handler.send_header("Content-Encoding", "gzip")
        if reply.status != 304:
            handler.send_header("Content-Type", reply.kind)
        if reply.pieces > 1:
            handler.send_header("Transfer-Encoding", "chunked")
        elif reply.status != 304:
            handler.send_header("Content-Length", str(len(reply.data)))
        handler.end_headers()
        self._send_body(handler, reply)

    def _send_body(self, handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        data = reply.data
        if reply.stall:
            self.stopped.wait(20)
            handler.close_connection = True
        elif reply.drop_after is not None:
            handler.wfile.write(data[: reply.drop_after])
            handler.close_connection = True
        elif reply.pieces > 1:
            size = max(1, len(data) // reply.pieces)
            for start in range(0, len(data), size):
                piece = data[start : start + size]
                handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
                handler.wfile.flush()
            handler.wfile.write(b"0\r\n\r\n")
        elif reply.status != 304:
            handler.wfile.write(data)

    @contextmanager
    def running(self) -> Iterator[Web]:
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.stopped.set()
            self._server.shutdown()
            self._server.server_close()
            thread.join()


def redirect(to: str, status: int = 301) -> Reply:
    return Reply(b"", status, {"Location": to}, etag=False)


@dataclass
class FakeClock:
    """A clock that advances only during a sleep, and records the duration of each."""

    time: float = 1000.0
    slept: list[float] = field(default_factory=list)
    tick: float = 0.0
    """The number of seconds by which each look at the clock advances it."""

    def now(self) -> float:
        self.time += self.tick
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds
