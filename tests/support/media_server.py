"""A web server on this machine that serves any number of public hosts, with faults that tests define."""

from __future__ import annotations

import http.server
import ssl
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import trustme

from unwix.sources.http.public_hosts import Endpoint, Network, resolve_public

#: The hosts of the server; other names are resolved by the system.
HOSTS = (".wixstatic.com", ".usrfiles.com", ".giphy.com", ".example")


def png(width: int = 1, height: int = 1, seed: int = 0, extra: int = 0) -> bytes:
    """Return an image of that size; another seed gives other bytes, `extra` makes it longer."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    text = chunk(b"tEXt", b"seed\0%d" % seed + bytes(range(1, 256)) * (extra // 255))
    rows = chunk(b"IDAT", zlib.compress(b"\0" * (width + 1) * height))
    return b"\x89PNG\r\n\x1a\n" + head + text + rows + chunk(b"IEND", b"")


MP4 = b"\0\0\0\x18ftypisom\0\0\0\0isomiso2" + bytes(3000)
MP3 = b"ID3\4\0\0\0\0\0\0" + bytes(2000)
PDF = b"%PDF-1.4\n" + b"1 0 obj\n" * 200 + b"%%EOF\n"
SORRY = b"<!DOCTYPE html><html><head><title>Sorry</title></head><body>Not here.</body></html>"


@dataclass
class Answer:
    """The server's response for one path."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str | None = '"one"'
    ranges: bool = True
    length: int | None = None
    """A wrong Content-Length; -1 sends none."""
    cut: list[int] = field(default_factory=list)
    """For the next responses, the number of bytes that are sent before the connection drops."""
    first: list[Answer] = field(default_factory=list)
    """Responses that come before this one."""
    delay: float = 0.0
    act: Callable[[http.server.BaseHTTPRequestHandler], None] | None = None
    """Sends the whole response itself."""


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        web, host = self.server.web, str(self.headers["Host"]).partition(":")[0]
        with web.lock:
            web.asked.append((host, self.path, self.headers.get("Range")))
            answer = web.answers.get(f"{host}{self.path}") or web.answers.get(self.path) or web.default
            answer = answer.first.pop(0) if answer.first else answer
            cut = answer.cut.pop(0) if answer.cut else None
        time.sleep(answer.delay)
        if answer.act is not None:
            answer.act(self)
            return
        self._send(answer, cut)

    def _send(self, answer: Answer, cut: int | None) -> None:
        body, status, byte_range = answer.body, answer.status, self.headers.get("Range")
        headers = dict(answer.headers)
        if answer.etag:
            headers.setdefault("ETag", answer.etag)
        if byte_range and answer.ranges and status == 200 and self.headers.get("If-Range") in (None, answer.etag):
            start = int(byte_range.removeprefix("bytes=").rstrip("-"))
            if start >= len(body):
                status, body, headers = 416, b"", {"Content-Range": f"bytes */{len(body)}"}
            else:
                status = 206
                headers.setdefault("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
                body = body[start:]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if answer.length is None:
            self.send_header("Content-Length", str(len(body)))
        elif answer.length >= 0:
            self.send_header("Content-Length", str(answer.length))
        else:
            self.close_connection = True
        self.end_headers()
        self.wfile.write(body if cut is None else body[:cut])
        if cut is not None or (answer.length or 0) > len(body):
            self.wfile.flush()
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, web: Web) -> None:
        self.web = web
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, *_: object) -> None:
        """Ignore a client that has closed the connection."""


@dataclass
class Web:
    """The hosts, their responses, and a log of the requests."""

    network: Network
    answers: dict[str, Answer] = field(default_factory=dict)
    """By path, or by host and path."""
    default: Answer = field(default_factory=lambda: Answer(SORRY, 404, etag=None))
    asked: list[tuple[str, str, str | None]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    ports: tuple[int, int] = (0, 0)
    """The ports of HTTP and HTTPS."""
    ca: str = ""

    def paths(self) -> list[str]:
        return [path for _, path, _ in self.asked]


def resolver(ports: tuple[int, int]) -> Callable[[str, int], list[Endpoint]]:
    """Resolve every host of HOSTS to the server; `inside.example` is a host of a private network."""

    def resolve(host: str, port: int) -> list[Endpoint]:
        if host == "inside.example":
            return [Endpoint("10.0.0.1", port), Endpoint("127.0.0.1", ports[port == 443])]
        if host == "gone.example":
            raise OSError("no such host")
        if host == "closed.example":
            return [Endpoint("127.0.0.1", 1, trusted=True)]
        if host.endswith(HOSTS):
            return [Endpoint("127.0.0.1", ports[port == 443], trusted=True)]
        return resolve_public(host, port)

    return resolve


@contextmanager
def serve(folder: Path) -> Iterator[Web]:
    """Run the server; its certificates are written to the directory."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    names = ["static.wixstatic.com", "video.wixstatic.com", "music.wixstatic.com", "docs.wixstatic.com", "cdn.example", "docs.example",
             "*.usrfiles.com", "*.giphy.com"]  # fmt: skip
    authority.issue_cert(*names).configure_cert(context)
    web = Web(Network())
    plain, secure = _Server(web), _Server(web)
    secure.socket = context.wrap_socket(secure.socket, server_side=True, do_handshake_on_connect=False)
    web.ports = plain.server_port, secure.server_port
    web.ca = str(folder / "ca.pem")
    web.network = Network(resolver(web.ports), web.ca, backoff=0.001)
    for server in (plain, secure):
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield web
    finally:
        for server in (plain, secure):
            server.shutdown()
            server.server_close()
