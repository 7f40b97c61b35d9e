"""Test downloads from a server with every fault: a file is complete or does not exist."""

from __future__ import annotations

import contextlib
import gzip
import http.server
import threading
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from support.media_server import MP4, PDF, SORRY, Answer, Web, png
from unwix.blog.media import download
from unwix.blog.media.download import Downloader, DownloadLimits
from unwix.blog.media.download_errors import DownloadFailed, DownloadStopped
from unwix.blog.media.resolver import validation_error
from unwix.sources.http import bounded_response
from unwix.sources.http.public_hosts import Network

PICTURE = png(40, 30, extra=200_000)
AT = "https://static.wixstatic.com/media/a.png"


def downloader(
    web: Web, folder: Path, on_unreachable: Callable[[str], object] = lambda _host: None, **limits: float
) -> Downloader:
    chosen = replace(DownloadLimits(rate=10_000), **limits)  # type: ignore[arg-type]
    return Downloader(folder / "cache", "test", chosen, web.network, on_unreachable)


def get(web: Web, folder: Path, address: str = AT, kind: str = "image", **limits: float) -> bytes:
    return (
        downloader(web, folder, **limits).get(address, lambda head: validation_error(kind, address, head)).read_bytes()
    )


def left(folder: Path) -> list[str]:
    """Return the extensions of the files in the cache."""
    return sorted(path.suffix for path in (folder / "cache").iterdir())


def test_a_file_is_downloaded_over_tls_from_the_host_that_it_names(web: Web, tmp_path: Path) -> None:
    web.answers["static.wixstatic.com/media/a.png"] = Answer(PICTURE)
    assert get(web, tmp_path) == PICTURE
    assert web.asked == [("static.wixstatic.com", "/media/a.png", None)]
    assert left(tmp_path) == [".file"]
    assert get(web, tmp_path) == PICTURE
    assert len(web.asked) == 1


def test_host_with_invalid_certificate_is_rejected(web: Web, tmp_path: Path) -> None:
    web.answers["/a.png"] = Answer(PICTURE)
    with pytest.raises(DownloadFailed, match=r"wrong\.host\.example does not prove"):
        get(web, tmp_path, "https://wrong.host.example/a.png")


# ---- connections that break ---------------------------------------------------------------------------------------


def test_dropped_download_resumes(web: Web, tmp_path: Path) -> None:
    web.answers["/media/a.png"] = Answer(PICTURE, cut=[70_000, 60_000, 10])
    assert get(web, tmp_path) == PICTURE
    ranges = [byte_range for _, _, byte_range in web.asked]
    assert ranges[0] is None
    assert all(expected is not None and expected.startswith("bytes=") for expected in ranges[1:])
    assert len(ranges) == 4


def test_server_without_ranges_restarts_the_download(web: Web, tmp_path: Path) -> None:
    web.answers["/media/a.png"] = Answer(PICTURE, cut=[70_000], ranges=False)
    assert get(web, tmp_path) == PICTURE


def test_changed_file_is_downloaded_from_the_start(web: Web, tmp_path: Path) -> None:
    other = png(40, 30, seed=9, extra=200_000)
    web.answers["/media/a.png"] = Answer(other, etag='"two"', first=[Answer(PICTURE, cut=[70_000])])
    assert get(web, tmp_path) == other


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Range": "bytes 0-9/10"},
        {"Content-Range": "nonsense"},
        {"Content-Range": f"bytes 65536-9/{len(PICTURE) + 5}"},
        {"ETag": '"two"'},
    ],
)
def test_unexpected_range_is_not_appended(web: Web, tmp_path: Path, headers: dict[str, str]) -> None:
    lie = Answer(PICTURE, headers=headers)
    web.answers["/media/a.png"] = Answer(PICTURE, first=[Answer(PICTURE, cut=[70_000]), lie])
    assert get(web, tmp_path) == PICTURE
    assert web.asked[-1][2] is None


def test_partial_download_without_validator_is_discarded(web: Web, tmp_path: Path) -> None:
    web.answers["/media/a.png"] = Answer(PICTURE, etag=None, cut=[70_000])
    assert get(web, tmp_path) == PICTURE
    assert [byte_range for _, _, byte_range in web.asked] == [None, None]


def test_weak_etag_is_not_a_validator(web: Web, tmp_path: Path) -> None:
    web.answers["/media/a.png"] = Answer(PICTURE, etag='W/"one"', cut=[70_000])
    assert get(web, tmp_path) == PICTURE
    assert [byte_range for _, _, byte_range in web.asked] == [None, None]


def test_partial_download_of_a_killed_run_resumes(web: Web, tmp_path: Path) -> None:
    web.answers["/media/a.png"] = Answer(PICTURE, cut=[70_000] + [0] * 30)
    with pytest.raises(DownloadFailed, match="at every attempt"):
        get(web, tmp_path)
    assert left(tmp_path) == [".json", ".part"]
    web.answers["/media/a.png"] = Answer(PICTURE)
    web.asked.clear()
    assert get(web, tmp_path) == PICTURE
    assert [byte_range for _, _, byte_range in web.asked] == ["bytes=70000-"]


def test_complete_partial_download_needs_no_request(web: Web, tmp_path: Path) -> None:
    web.answers["/media/a.png"] = Answer(PICTURE, cut=[70_000] + [0] * 30)
    with pytest.raises(DownloadFailed):
        get(web, tmp_path)
    part = next((tmp_path / "cache").glob("*.part"))
    part.write_bytes(PICTURE)
    web.asked.clear()
    assert get(web, tmp_path) == PICTURE
    assert web.asked == []


@pytest.mark.parametrize("about", ["", "{", "[]", '{"validator": 1, "total": "x", "encoding": ""}', "null"])
def test_damaged_partial_download_restarts(web: Web, tmp_path: Path, about: str) -> None:
    web.answers["/media/a.png"] = Answer(PICTURE, cut=[70_000] + [0] * 30)
    with pytest.raises(DownloadFailed):
        get(web, tmp_path)
    next((tmp_path / "cache").glob("*.json")).write_text(about)
    web.answers["/media/a.png"] = Answer(PICTURE)
    assert get(web, tmp_path) == PICTURE


def test_truncated_body_without_length_is_incomplete(web: Web, tmp_path: Path) -> None:
    web.answers["/media/a.png"] = Answer(PICTURE, length=-1, first=[Answer(PICTURE[:90_000], length=-1)])
    assert get(web, tmp_path) == PICTURE
    assert len(web.asked) == 2


def test_chunked_body_ends_with_its_last_chunk(web: Web, tmp_path: Path) -> None:
    """Also for an image with data after its end, as cameras write it: the server has stated that this is all."""
    whole = PICTURE + bytes(5000)
    ends = iter([whole[:50_000], whole])

    def chunks(handler: object) -> None:
        body = next(ends)
        handler.send_response(200)  # type: ignore[attr-defined]
        handler.send_header("Transfer-Encoding", "chunked")  # type: ignore[attr-defined]
        handler.end_headers()  # type: ignore[attr-defined]
        for start in range(0, len(body), 7000):
            piece = body[start : start + 7000]
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))  # type: ignore[attr-defined]
        if body == whole:
            handler.wfile.write(b"0\r\n\r\n")  # type: ignore[attr-defined]
        handler.close_connection = True  # type: ignore[attr-defined]

    web.answers["/media/a.png"] = Answer(act=chunks)
    assert get(web, tmp_path) == whole
    assert len(web.asked) == 2


def test_body_shorter_than_its_length_fails(web: Web, tmp_path: Path) -> None:
    web.answers["/media/a.png"] = Answer(PICTURE, length=len(PICTURE) + 1000)
    with pytest.raises(DownloadFailed, match="at every attempt"):
        get(web, tmp_path)
    assert ".file" not in left(tmp_path)


def test_unknown_host_fails(web: Web, tmp_path: Path) -> None:
    with pytest.raises(DownloadFailed, match=r"no connection to gone\.example, at every attempt"):
        get(web, tmp_path, "https://gone.example/a.png")


def test_unreachable_host_is_reported_once(web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "_UNREACHABLE_AFTER", 0)
    named: list[str] = []
    asking = downloader(web, tmp_path, on_unreachable=named.append)
    for number in range(8):
        with pytest.raises(DownloadFailed) as failed:
            asking.get(f"http://gone.example/{number}.png", lambda _head: None)
    assert str(failed.value) == "cannot reach gone.example; check the network connection and run the same command again"
    assert named == ["gone.example"]
    assert asking._failures["gone.example"] == download._UNREACHABLE


def test_host_that_responded_is_not_unreachable(web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "_UNREACHABLE_AFTER", 0)
    named: list[str] = []
    asking = downloader(web, tmp_path, on_unreachable=named.append)
    asking._connected.add("gone.example")
    with pytest.raises(DownloadFailed, match="at every attempt"):
        asking.get("http://gone.example/a.png", lambda _head: None)
    assert named == []


def test_silent_host_times_out(web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "_GIVE_UP_AFTER", 0)
    asking = downloader(web, tmp_path)
    for number in range(8):
        with pytest.raises(DownloadFailed) as failed:
            asking.get(f"http://closed.example/{number}.png", lambda _head: None)
    assert str(failed.value) == "closed.example does not answer at all"


def test_stalled_response_times_out(web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("unwix.sources.http.public_hosts.TIMEOUT", (1, 0.1))
    web.answers["/media/a.png"] = Answer(PICTURE, first=[Answer(PICTURE, delay=0.5)] * 2)
    assert get(web, tmp_path) == PICTURE


def test_dripping_response_times_out(web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "_SLOW_FOR", 0.05)
    monkeypatch.setattr(download, "_SLOWEST", 10_000)

    def drip(handler: object) -> None:
        handler.send_response(200)  # type: ignore[attr-defined]
        handler.send_header("Content-Length", "1000000")  # type: ignore[attr-defined]
        handler.end_headers()  # type: ignore[attr-defined]
        try:
            for _ in range(200):
                handler.wfile.write(b"\x89")  # type: ignore[attr-defined]
                time.sleep(0.01)
        except OSError:
            handler.close_connection = True  # type: ignore[attr-defined]

    web.answers["/media/a.png"] = Answer(PICTURE, first=[Answer(act=drip)])
    assert get(web, tmp_path) == PICTURE


def endless(start: bytes, again: bytes, pause: float = 0.0) -> Callable[[http.server.BaseHTTPRequestHandler], None]:
    """Send `start`, and then `again` until the client closes the connection."""

    def act(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        with contextlib.suppress(OSError):
            handler.wfile.write(start)
            while True:
                handler.wfile.write(again)
                time.sleep(pause)

    return act


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    "act",
    [
        endless(b"HTTP/1.1 200 OK\r\nX: ", b"y", pause=0.01),
        endless(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.05),
        endless(b"", b"y" * 10_000),
        endless(CHUNKED + b"0\r\n", b"X: y\r\n"),
        endless(CHUNKED + b"0\r\nX: ", b"y" * 10_000),
        endless(CHUNKED, b"1;" + b"y" * 10_000),
        endless(CHUNKED + b"0\r\n", b"X: y\r\n", pause=0.05),
    ],
    ids=[
        "a header that drips",
        "endless headers",
        "endless continue",
        "continue that drips",
        "a status line without an end",
        "endless trailers",
        "a trailer without an end",
        "a chunk line without an end",
        "trailers that drip",
    ],
)
def test_endless_headers_fail_one_attempt(
    act: Callable[..., None], web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded_response, "MAX_SECONDS", 0.3)
    web.answers["/media/a.png"] = Answer(PICTURE, first=[Answer(act=act)])
    assert get(web, tmp_path) == PICTURE


# ---- answers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, 408])
def test_busy_server_is_retried(web: Web, tmp_path: Path, status: int) -> None:
    busy = Answer(SORRY, status, {"Retry-After": "0"}, etag=None)
    web.answers["/media/a.png"] = Answer(PICTURE, first=[busy, busy])
    assert get(web, tmp_path) == PICTURE
    assert len(web.asked) == 3


@pytest.mark.parametrize("wish", ["soon", "", "-1", "1e9", "Thu, 01 Jan 1970 00:00:00 GMT", "é"])
def test_invalid_retry_after_is_ignored(web: Web, tmp_path: Path, wish: str) -> None:
    web.answers["/media/a.png"] = Answer(PICTURE, first=[Answer(SORRY, 503, {"Retry-After": wish}, etag=None)])
    assert get(web, tmp_path) == PICTURE


@pytest.mark.parametrize("length", ["1, 2", "-5", "abc", "9" * 30])
def test_invalid_content_length_is_ignored(web: Web, tmp_path: Path, length: str) -> None:
    def act(handler: object) -> None:
        handler.send_response(200)  # type: ignore[attr-defined]
        handler.send_header("Content-Length", length)  # type: ignore[attr-defined]
        handler.end_headers()  # type: ignore[attr-defined]
        handler.wfile.write(PICTURE)  # type: ignore[attr-defined]
        handler.close_connection = True  # type: ignore[attr-defined]

    web.answers["/media/a.png"] = Answer(act=act)
    with contextlib.suppress(DownloadFailed):  # some of them end the connection before the body
        assert get(web, tmp_path) == PICTURE


def test_retry_after_is_respected(web: Web, tmp_path: Path) -> None:
    web.answers["/media/a.png"] = Answer(PICTURE, first=[Answer(SORRY, 429, {"Retry-After": "1"}, etag=None)])
    start = time.monotonic()
    assert get(web, tmp_path) == PICTURE
    assert time.monotonic() - start >= 0.9  # the wait itself is tested


def test_long_retry_after_stops_requests(web: Web, tmp_path: Path) -> None:
    web.answers["/media/a.png"] = Answer(SORRY, 429, {"Retry-After": "3600"}, etag=None)
    with pytest.raises(DownloadFailed, match=r"answered 429, and wants to be left alone for 3600 seconds"):
        get(web, tmp_path)
    assert len(web.asked) == 1


@pytest.mark.parametrize("status", [403, 404, 410, 401, 304, 204])
def test_refused_request_is_not_retried(web: Web, tmp_path: Path, status: int) -> None:
    web.answers["/media/a.png"] = Answer(b"", status, etag=None)
    with pytest.raises(DownloadFailed, match=f"the server answered {status}"):
        get(web, tmp_path)
    assert len(web.asked) == 1


def test_failing_server_is_given_up(web: Web, tmp_path: Path) -> None:
    web.answers["/media/a.png"] = Answer(SORRY, 500, etag=None)
    with pytest.raises(DownloadFailed, match="the server answered 500, at every attempt"):
        get(web, tmp_path)
    assert len(web.asked) == 5


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        (SORRY, "image", "a page instead of the image"),
        (SORRY * 500, "image", "a page instead of the image"),
        (SORRY, "file", "a page instead of the file"),
        (b'{"error": "gone"}', "image", "something else instead of the image"),
        (MP4, "image", "a file of the kind mp4 instead of the image"),
        (PICTURE, "video", "a file of the kind png instead of the video"),
        (PDF, "audio", "a file of the kind pdf instead of the audio"),
    ],
)
def test_html_instead_of_media_fails(web: Web, tmp_path: Path, body: bytes, kind: str, message: str) -> None:
    web.answers["/media/a.png"] = Answer(body, headers={"Content-Type": "image/png"})
    with pytest.raises(DownloadFailed, match=message):
        get(web, tmp_path, kind=kind)
    assert left(tmp_path) == []


def test_a_wrong_content_type_of_right_bytes_does_not_matter(web: Web, tmp_path: Path) -> None:
    web.answers["/media/a.png"] = Answer(PICTURE, headers={"Content-Type": "text/html"})
    assert get(web, tmp_path) == PICTURE


def test_empty_file_fails(web: Web, tmp_path: Path) -> None:
    web.answers["/media/a.png"] = Answer(b"")
    with pytest.raises(DownloadFailed, match="empty"):
        get(web, tmp_path, kind="file")


# ---- what is too much ---------------------------------------------------------------------------------------------


def test_file_with_too_large_length_is_not_read(web: Web, tmp_path: Path) -> None:
    web.answers["/media/a.png"] = Answer(PICTURE, length=5_000_000_000)
    with pytest.raises(DownloadFailed, match="the file has 5000 MB; the limit is 1 MB"):
        get(web, tmp_path, size=1_000_000)
    assert left(tmp_path) == []


def test_a_body_without_end_is_cut_at_the_limit(web: Web, tmp_path: Path) -> None:
    def endless(handler: object) -> None:
        handler.send_response(200)  # type: ignore[attr-defined]
        handler.end_headers()  # type: ignore[attr-defined]
        handler.close_connection = True  # type: ignore[attr-defined]
        handler.wfile.write(PICTURE)  # type: ignore[attr-defined]
        try:
            while True:
                handler.wfile.write(bytes(65536))  # type: ignore[attr-defined]
        except OSError:
            pass

    web.answers["/media/a.png"] = Answer(act=endless)
    with pytest.raises(DownloadFailed, match="larger; the limit is 2 MB"):
        get(web, tmp_path, size=2_000_000)
    assert left(tmp_path) == []


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_unrequested_compression_is_decoded(web: Web, tmp_path: Path, encoding: str) -> None:
    packed = gzip.compress(PICTURE) if encoding == "gzip" else zlib.compress(PICTURE)
    web.answers["/media/a.png"] = Answer(packed, headers={"Content-Encoding": encoding})
    assert get(web, tmp_path) == PICTURE
    assert left(tmp_path) == [".file"]


def test_compression_bomb_is_stopped(web: Web, tmp_path: Path) -> None:
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    bomb = packer.compress(png()) + b"".join(packer.compress(bytes(1_000_000)) for _ in range(100)) + packer.flush()
    assert len(bomb) < 1_000_000
    web.answers["/media/a.png"] = Answer(bomb, headers={"Content-Encoding": "gzip"})
    with pytest.raises(DownloadFailed, match="larger; the limit is 2 MB"):
        get(web, tmp_path, size=2_000_000)
    assert left(tmp_path) == []


def test_damaged_compression_fails(web: Web, tmp_path: Path) -> None:
    web.answers["/media/a.png"] = Answer(gzip.compress(PICTURE)[:-900], headers={"Content-Encoding": "gzip"})
    with pytest.raises(DownloadFailed, match="cannot be unpacked"):
        get(web, tmp_path)
    assert left(tmp_path) == []


# ---- where requests go --------------------------------------------------------------------------------------------


def test_a_redirect_to_another_host_is_followed(web: Web, tmp_path: Path) -> None:
    web.answers["static.wixstatic.com/media/a.png"] = Answer(b"", 302, {"Location": "https://cdn.example/b.png"})
    web.answers["cdn.example/b.png"] = Answer(PICTURE)
    assert get(web, tmp_path) == PICTURE


@pytest.mark.parametrize("inside", ["http://127.0.0.1:{}/a.png", "http://localhost:{}/a.png", "http://inside.example/a.png",
                                    "http://169.254.169.254/latest/meta-data", "http://[::ffff:127.0.0.1]/a.png"])  # fmt: skip
def test_a_redirect_into_a_private_network_is_refused(web: Web, tmp_path: Path, inside: str) -> None:
    inside = inside.format(web.ports[0])
    web.answers["static.wixstatic.com/media/a.png"] = Answer(b"", 302, {"Location": inside})
    web.answers["/a.png"] = Answer(PICTURE)
    with pytest.raises(DownloadFailed):
        get(web, tmp_path)
    assert web.paths() == ["/media/a.png"]


@pytest.mark.parametrize(
    "inside", ["http://127.0.0.1:{}/a.png", "http://inside.example/a.png", "https://inside.example/a.png"]
)
def test_a_private_address_is_refused(web: Web, tmp_path: Path, inside: str) -> None:
    with pytest.raises(DownloadFailed, match="not a public host"):
        get(web, tmp_path, inside.format(web.ports[0]))
    assert web.asked == []


def test_a_redirect_loop_ends(web: Web, tmp_path: Path) -> None:
    web.answers["/media/a.png"] = Answer(b"", 302, {"Location": "/media/a.png"})
    with pytest.raises(DownloadFailed, match="without end"):
        get(web, tmp_path)
    assert len(web.asked) == 11


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://a.example/x", "https://[broken/", "javascript:x"])
def test_redirect_to_other_scheme_is_refused(web: Web, tmp_path: Path, target: str) -> None:
    web.answers["/media/a.png"] = Answer(b"", 302, {"Location": target})
    with pytest.raises(DownloadFailed):
        get(web, tmp_path)


def test_cookies_are_not_kept(web: Web, tmp_path: Path) -> None:
    seen = []

    def look(handler: object) -> None:
        seen.append(handler.headers.get("Cookie"))  # type: ignore[attr-defined]
        handler.send_response(200)  # type: ignore[attr-defined]
        handler.send_header("Set-Cookie", "a=b")  # type: ignore[attr-defined]
        handler.send_header("Content-Length", str(len(PDF)))  # type: ignore[attr-defined]
        handler.end_headers()  # type: ignore[attr-defined]
        handler.wfile.write(PDF)  # type: ignore[attr-defined]

    web.answers["/a.pdf"] = web.answers["/b.pdf"] = Answer(act=look)
    asking = downloader(web, tmp_path)
    for name in ("a", "b"):
        asking.get(f"https://docs.example/{name}.pdf", lambda _head: None)
    assert seen == [None, None]


# ---- several at a time --------------------------------------------------------------------------------------------


def test_concurrent_requests_for_one_file_download_it_once(web: Web, tmp_path: Path) -> None:
    web.answers["/media/a.png"] = Answer(PICTURE, delay=0.05)
    asking = downloader(web, tmp_path)
    got: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: got.append(asking.get(AT, lambda _head: None).read_bytes())) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [PICTURE] * 6
    assert len(web.asked) == 1


def test_a_host_gets_no_more_requests_a_second_than_allowed(web: Web, tmp_path: Path) -> None:
    asking = downloader(web, tmp_path, rate=20)
    for number in range(6):
        web.answers[f"/{number}.pdf"] = Answer(PDF)
    start = time.monotonic()
    for number in range(6):
        asking.get(f"http://a.example/{number}.pdf", lambda _head: None)
    assert time.monotonic() - start >= 5 / 20  # the wait itself is tested


def test_stop_ends_a_wait_at_once(web: Web, tmp_path: Path) -> None:
    web.answers["/media/a.png"] = Answer(SORRY, 503, {"Retry-After": "100"}, etag=None)
    asking = downloader(web, tmp_path)
    threading.Timer(0.2, asking.stop).start()
    with pytest.raises(DownloadStopped):
        asking.get(AT, lambda _head: None)


def test_product_uses_only_the_public_network() -> None:
    """A user of unwix reaches public hosts only: nothing in the product creates another Network."""
    assert Network() == Network(None, True, 0.5)
