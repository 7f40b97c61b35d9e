"""Test fetching: rate limits, failures of every kind, the cache, stopped runs, the archive, and security."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from support.fake_web import Asked, FakeClock, Reply, Web, redirect
from support.wix_site import WixSite
from unwix.model.errors import UnwixError
from unwix.sources.http.errors import FETCH_ERRORS, FetchError
from unwix.sources.http.fetch import Fetcher, FetchSettings
from unwix.sources.http.public_hosts import AGENT, Endpoint, Network
from unwix.sources.http.rate_limit import FIRST_PAUSE, MAX_PAUSE, MIN_PAUSE, Clock
from unwix.sources.http.transport import ResponseLimits
from unwix.sources.site.site import Site

HOST = "www.example.com"
ROOT = f"http://{HOST}"


@pytest.fixture
def web() -> Iterator[Web]:
    with Web().running() as web:
        web.put(f"{ROOT}/robots.txt", Reply("", 404))
        yield web


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def settings(web: Web, clock: FakeClock, tmp_path: Path) -> FetchSettings:
    return FetchSettings(
        cache=tmp_path / "cache",
        network=Network(web.resolve),
        clock=Clock(clock.now, clock.sleep, lambda: 0.5),
        limits=ResponseLimits(bytes=300_000, seconds=60, timeout=(5, 0.3)),
    )


@pytest.fixture
def fetcher(settings: FetchSettings) -> Iterator[Fetcher]:
    fetcher = Fetcher(ROOT, settings)
    yield fetcher
    fetcher.close(finished=False)


def cause(fetcher: Fetcher, address: str) -> str:
    with pytest.raises(FetchError) as failure:
        fetcher.page(address)
    return failure.value.cause


# ---- politeness ---------------------------------------------------------------------------------------------------


def test_user_agent_names_unwix(web: Web, fetcher: Fetcher) -> None:
    web.put(f"{ROOT}/a", "x")
    fetcher.get(f"{ROOT}/a")
    assert {request.headers["user-agent"] for request in web.log} == {AGENT}
    assert AGENT.startswith("unwix/")


def test_rate_rises_up_to_a_limit(web: Web, fetcher: Fetcher, clock: FakeClock) -> None:
    for n in range(40):
        web.put(f"{ROOT}/{n}", "x")
        fetcher.get(f"{ROOT}/{n}")
    assert clock.slept[0] == pytest.approx(FIRST_PAUSE, rel=0.05)
    assert clock.slept == sorted(clock.slept, reverse=True)
    assert clock.slept[-1] == pytest.approx(MIN_PAUSE)


def test_retry_after_is_respected_and_lowers_the_rate(web: Web, fetcher: Fetcher, clock: FakeClock) -> None:
    web.put(f"{ROOT}/a", [Reply("slow down", 429, {"Retry-After": "17"}, etag=False), Reply("fine")])
    assert fetcher.page(f"{ROOT}/a").data == b"fine"
    assert 17 <= max(clock.slept) < 17 + 2
    assert fetcher.pace.pause > FIRST_PAUSE


def test_pause_grows_with_each_failure_up_to_a_limit(web: Web, fetcher: Fetcher, clock: FakeClock) -> None:
    web.put(f"{ROOT}/a", Reply("busy", 503, etag=False))
    assert cause(fetcher, f"{ROOT}/a") == "server"
    assert web.paths().count("/a") == 5
    for _ in range(20):
        fetcher.pace.pushed_back()
    assert fetcher.pace.pause == MAX_PAUSE


def test_long_retry_after_stops_the_run(web: Web, fetcher: Fetcher, clock: FakeClock) -> None:
    web.put(f"{ROOT}/a", Reply("later", 429, {"Retry-After": "9999"}, etag=False))
    with pytest.raises(FetchError, match=r"asks to wait \(for 167 minutes\)\. Run the same command again later"):
        fetcher.page(f"{ROOT}/a")
    assert sum(clock.slept) < 5


@pytest.mark.parametrize("value", ["soon", "", "-5", "Wed, 21 Oct 2015 07:28:00 GMT", "99999999999999999999999"])
def test_odd_retry_after_is_handled(web: Web, fetcher: Fetcher, value: str) -> None:
    web.put(f"{ROOT}/a", [Reply("x", 429, {"Retry-After": value}, etag=False), Reply("fine")])
    if value.startswith("9"):
        assert cause(fetcher, f"{ROOT}/a") == "busy"
    else:
        assert fetcher.page(f"{ROOT}/a").data == b"fine"


# ---- servers that misbehave ---------------------------------------------------------------------------------------


def test_broken_connection_is_retried(web: Web, fetcher: Fetcher) -> None:
    web.put(f"{ROOT}/a", [Reply("0123456789", drop_after=4), Reply("0123456789", drop_after=0), Reply("0123456789")])
    assert fetcher.page(f"{ROOT}/a").data == b"0123456789"
    assert web.paths().count("/a") == 3


def test_truncated_response_is_an_error(web: Web, fetcher: Fetcher) -> None:
    web.put(f"{ROOT}/a", Reply("0123456789", drop_after=9))
    assert cause(fetcher, f"{ROOT}/a") == "dropped"
    web.put(f"{ROOT}/a", Reply("0123456789"))
    assert fetcher.page(f"{ROOT}/a").via == "fetched"


def test_stalled_body_times_out(web: Web, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("unwix.sources.http.fetch._TRIES", 2)
    web.put(f"{ROOT}/a", Reply("x" * 100, stall=True))
    assert cause(fetcher, f"{ROOT}/a") == "timeout"


def test_dripping_body_times_out(web: Web, fetcher: Fetcher, clock: FakeClock) -> None:
    web.put(f"{ROOT}/a", Reply("x" * 5000, pieces=50))
    clock.tick = 5
    assert cause(fetcher, f"{ROOT}/a") == "timeout"
    clock.tick = 0
    assert len(fetcher.page(f"{ROOT}/a").data) == 5000


def test_a_page_that_is_too_large_is_not_read_to_its_end(web: Web, fetcher: Fetcher) -> None:
    web.put(f"{ROOT}/a", Reply(b"x" * 400_000))
    assert cause(fetcher, f"{ROOT}/a") == "too-large"


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
def test_compression_bomb_is_not_decompressed(web: Web, fetcher: Fetcher, packing: str) -> None:
    body = b"\0" * 200_000_000
    bomb = gzip.compress(body, 1) if packing == "gzip" else zlib.compress(body, 1)
    web.put(f"{ROOT}/a", Reply(bomb, headers={"Content-Encoding": packing}))
    assert cause(fetcher, f"{ROOT}/a") == "too-large"


def test_gzip_is_decompressed_and_false_gzip_is_an_error(web: Web, fetcher: Fetcher) -> None:
    web.put(f"{ROOT}/a", Reply("packed", packed=True))
    web.put(f"{ROOT}/b", Reply("not packed", headers={"Content-Encoding": "gzip"}))
    assert fetcher.page(f"{ROOT}/a").data == b"packed"
    assert cause(fetcher, f"{ROOT}/b") == "damaged"


def test_an_encoding_that_only_the_server_states_is_undone(web: Web, fetcher: Fetcher) -> None:
    text = "Чайник, 24 °C"
    web.put(f"{ROOT}/a", Reply(text.encode("cp1251"), kind="text/html; charset=windows-1251"))
    web.put(f"{ROOT}/b", Reply(text, kind="text/html; charset=iso-8859-1"))  # declared, and UTF-8
    web.put(f"{ROOT}/c", Reply(text.encode("cp1251"), kind="text/html; charset=no-such"))
    assert fetcher.page(f"{ROOT}/a").data.decode() == text
    assert fetcher.page(f"{ROOT}/b").data.decode() == text
    assert fetcher.page(f"{ROOT}/c").data == text.encode("cp1251")


@pytest.mark.parametrize("headers", [{f"X-{n}": "y" for n in range(300)}, {"X": "y" * 100_000}])
def test_oversized_headers_are_an_error(web: Web, fetcher: Fetcher, headers: dict[str, str]) -> None:
    web.put(f"{ROOT}/a", Reply("x", headers=headers))
    assert cause(fetcher, f"{ROOT}/a") in ("dropped", "damaged")


# ---- redirects and hosts ------------------------------------------------------------------------------------------


def test_redirects_are_followed_and_loops_are_not(web: Web, fetcher: Fetcher) -> None:
    web.put(f"{ROOT}/a", redirect("/b", 302))
    web.put(f"{ROOT}/b", redirect(f"{ROOT}/c", 308))
    web.put(f"{ROOT}/c", "here")
    web.put(f"{ROOT}/x", redirect("/y"))
    web.put(f"{ROOT}/y", redirect("/x"))
    answer = fetcher.page(f"{ROOT}/a")
    assert (answer.url, answer.data) == (f"{ROOT}/c", b"here")
    assert cause(fetcher, f"{ROOT}/x") == "redirects"
    assert web.paths().count("/x") == 1


def test_redirect_chains_are_limited(web: Web, fetcher: Fetcher) -> None:
    for n in range(30):
        web.put(f"{ROOT}/{n}", redirect(f"/{n + 1}"))
    assert cause(fetcher, f"{ROOT}/0") == "redirects"
    assert len(web.paths()) < 15


@pytest.mark.parametrize(
    "to", ["http://inside.example/admin", "http://10.0.0.1/", "http://127.0.0.1/", "http://[::1]/"]
)
def test_a_redirect_to_a_private_address_is_refused(web: Web, settings: FetchSettings, to: str) -> None:
    def resolve(host: str, port: int) -> list[Endpoint]:
        if host == HOST:
            return web.resolve(host, port)
        return [Endpoint("10.0.0.1" if host == "inside.example" else host.strip("[]"), port)]

    settings.network = Network(resolve)
    web.put(f"{ROOT}/a", redirect(to))
    fetcher = Fetcher(ROOT, settings)
    assert cause(fetcher, f"{ROOT}/a") == "private"
    fetcher.close(finished=True)


def test_a_name_that_changes_its_url_is_checked_each_time(web: Web, settings: FetchSettings) -> None:
    """DNS rebinding: public for the first request, private for the next."""
    found = iter([web.resolve(HOST, 80)])
    settings.network = Network(lambda host, port: next(found, [Endpoint("192.168.0.1", port)]))
    web.put(f"{ROOT}/robots.txt", Reply("", 200, {"Connection": "close"}))
    web.put(f"{ROOT}/a", "x")
    fetcher = Fetcher(ROOT, settings)
    assert cause(fetcher, f"{ROOT}/a") == "private"
    assert web.paths() == ["/robots.txt"]
    fetcher.close(finished=True)


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://example.com/", "javascript:alert(1)", "//", "http://"])
def test_redirect_to_other_scheme_is_not_followed(web: Web, fetcher: Fetcher, to: str) -> None:
    web.put(f"{ROOT}/a", redirect(to))
    with pytest.raises(FetchError):
        fetcher.page(f"{ROOT}/a")


def test_cookies_are_not_stored_or_sent(web: Web, fetcher: Fetcher) -> None:
    cookie = {"Set-Cookie": "session=secret; Domain=.example.com; Path=/"}
    web.put(f"{ROOT}/a", Reply("x", headers=cookie))
    web.put(f"{ROOT}/b", Reply("", 302, {"Location": "http://other.example.com/c", **cookie}, etag=False))
    web.put("http://other.example.com/c", "y")
    fetcher.get(f"{ROOT}/a")
    fetcher.get(f"{ROOT}/b")
    assert len(web.log) == 5
    assert not [request for request in web.log if "cookie" in request.headers]


# ---- cache, offline, resume ---------------------------------------------------------------------------------------


def test_a_second_run_makes_conditional_requests_only(web: Web, settings: FetchSettings) -> None:
    site = WixSite(web)
    site.write(12)
    site.open()
    first = _walk(settings)
    web.log.clear()
    assert _walk(settings) == first
    assert web.log
    assert [request.path for request in web.log if not request.conditional] == []


def test_changed_pages_are_fetched_again(web: Web, settings: FetchSettings) -> None:
    for data in ("old", "new"):
        web.put(f"{ROOT}/a", data)
        with Fetcher(ROOT, settings) as fetcher:
            answer = fetcher.page(f"{ROOT}/a")
        assert (answer.data, answer.via) == (data.encode(), "fetched")
    with Fetcher(ROOT, settings) as fetcher:
        assert fetcher.page(f"{ROOT}/a").via == "unchanged"
        assert fetcher.page(f"{ROOT}/a").via == "cache"


def test_a_page_without_a_validator_is_fetched_again_by_the_next_run(web: Web, settings: FetchSettings) -> None:
    for data in ("old", "new"):
        web.put(f"{ROOT}/a", Reply(data, etag=False))
        with Fetcher(ROOT, settings) as fetcher:
            assert fetcher.page(f"{ROOT}/a").data == data.encode()


def test_offline_works_from_the_cache_alone(web: Web, settings: FetchSettings) -> None:
    site = WixSite(web)
    site.write(5)
    site.open()
    first = _walk(settings)
    web.log.clear()
    settings.offline = True
    assert _walk(settings) == first
    assert web.log == []
    with pytest.raises(FetchError, match=r"is not in the cache\. Run once without --offline\."):
        _walk(settings, "http://other.example")


def test_offline_run_keeps_a_stopped_run_resumable(web: Web, settings: FetchSettings) -> None:
    web.put(f"{ROOT}/a", Reply("x", etag=False))
    fetcher = Fetcher(ROOT, settings)
    fetcher.get(f"{ROOT}/a")
    fetcher.close(finished=False)
    settings.offline = True
    with Fetcher(ROOT, settings) as fetcher:
        assert fetcher.page(f"{ROOT}/a").via == "cache"
    settings.offline = False
    with Fetcher(ROOT, settings) as fetcher:
        assert fetcher.page(f"{ROOT}/a").via == "cache"
    assert web.paths().count("/a") == 1


def test_unusable_cache_is_reported(settings: FetchSettings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    settings.cache = tmp_path / "file"
    with pytest.raises(UnwixError, match=r"The cache .* cannot be used.* --cache"):
        Fetcher(ROOT, settings)
    settings.cache = tmp_path / "damaged"
    settings.cache.mkdir()
    (settings.cache / "http.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(UnwixError, match=r"The cache .* cannot be used"):
        Fetcher(ROOT, settings)


def test_damaged_journal_is_ignored(web: Web, settings: FetchSettings, tmp_path: Path) -> None:
    web.put(f"{ROOT}/a", "x")
    fetcher = Fetcher(ROOT, settings)
    fetcher.get(f"{ROOT}/a")
    fetcher.close(finished=False)
    for damage in (b"", b"\xff\xfe\0\0", b"1e400\nx", b"nan", b"5"):
        (journal,) = (tmp_path / "cache").glob("*.journal")
        journal.write_bytes(damage)
        fetcher = Fetcher(ROOT, settings)
        assert fetcher.page(f"{ROOT}/a").data == b"x"
        fetcher.close(finished=False)


_RUN = """
import json, sys
from pathlib import Path
from unwix.sources.http.fetch import FetchSettings
from unwix.sources.http.public_hosts import Endpoint, Network
from unwix.sources.http.rate_limit import Clock
from unwix.sources.site.site import Site

port, cache = int(sys.argv[1]), Path(sys.argv[2])
clock = Clock(lambda: 0.0, lambda seconds: None, lambda: 0.5)
resolve = lambda host, _: [Endpoint("127.0.0.1", port, trusted=True)]
site = Site("http://www.example.com", FetchSettings(cache=cache, network=Network(resolve), clock=clock))
print(json.dumps([page.source for page in site.pages()]))
site.close()
"""


@pytest.mark.parametrize("stop", [1, 8, 15])
def test_killed_run_resumes_without_repeated_requests(web: Web, tmp_path: Path, stop: int) -> None:
    """The process is killed during a response; only that response is requested again."""
    site = WixSite(web)
    site.write(9)
    site.open()
    whole = _run(web, tmp_path / "whole")
    asked_in_all = len(web.log)
    web.log.clear()

    process = _start(web, tmp_path / "cache")

    def kill(request: Asked) -> None:
        if len(web.log) == stop:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()

    web.on_ask = kill
    assert process.wait(timeout=60) == -signal.SIGKILL
    process.communicate()
    before = [one.path for one in web.log[: stop - 1]]
    under_way = web.log[stop - 1].path
    web.on_ask = lambda asked: None
    web.log.clear()
    assert _run(web, tmp_path / "cache") == whole
    again = web.paths()
    assert not set(again) & set(before)
    assert again[0] == under_way
    assert len(before) + len(again) == asked_in_all


def _start(web: Web, cache: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", _RUN, str(web.port), str(cache)], stdout=subprocess.PIPE)


def _run(web: Web, cache: Path) -> list[str]:
    process = _start(web, cache)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    data: list[str] = json.loads(out)
    return data


def test_finished_run_is_not_resumed(web: Web, settings: FetchSettings) -> None:
    web.put(f"{ROOT}/a", "x")
    with Fetcher(ROOT, settings) as fetcher:
        fetcher.get(f"{ROOT}/a")
    with Fetcher(ROOT, settings) as fetcher:
        assert not fetcher.resumed
    fetcher = Fetcher(ROOT, settings)
    fetcher.get(f"{ROOT}/a")
    fetcher.close(finished=False)
    with Fetcher(ROOT, settings) as fetcher:
        assert fetcher.resumed


def _walk(settings: FetchSettings, address: str = ROOT) -> list[tuple[str, bytes | None]]:
    site = Site(address, settings)
    try:
        return [(page.source, page.data) for page in site.pages()]
    finally:
        site.close()


# ---- archive ------------------------------------------------------------------------------------------------------


def _records(path: Path) -> dict[str, tuple[str, bytes]]:
    """Each response once; a feed twice, as a list of posts and as a source of them."""
    found: dict[str, tuple[str, bytes]] = {}
    purposes: set[tuple[str, str | None]] = set()
    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            if record.rec_type == "response":
                address = record.rec_headers.get_header("WARC-Target-URI")
                purpose = record.rec_headers.get_header("Unwix-Purpose")
                assert (address, purpose) not in purposes
                purposes.add((address, purpose))
                answer = (record.http_headers.get_statuscode(), record.content_stream().read())
                assert found.setdefault(address, answer) == answer
    return found


def test_archive_contains_all_responses_including_cached_ones(
    web: Web, settings: FetchSettings, tmp_path: Path
) -> None:
    site = WixSite(web)
    site.write(4)
    site.open()
    web.put(f"{ROOT}/post/clay-and-fire-1", Reply("packed", packed=True, headers={"Set-Cookie": "a=b"}))
    settings.archive = tmp_path / "new" / "site.warc.gz"
    _walk(settings)
    first = _records(settings.archive)
    assert set(web.paths()) == {address.removeprefix(ROOT) for address in first}
    assert first[f"{ROOT}/post/clay-and-fire-1"] == ("200", b"packed")
    assert first[f"{ROOT}/robots.txt"][0] == "200"
    settings.archive = tmp_path / "again.warc"
    _walk(settings)
    assert _records(settings.archive) == first
    assert b"a=b" not in settings.archive.read_bytes()
    assert not list(tmp_path.rglob("*.part"))


def test_existing_archive_is_not_changed(settings: FetchSettings, tmp_path: Path) -> None:
    settings.archive = tmp_path / "mine.warc.gz"
    settings.archive.write_text("mine")
    with pytest.raises(UnwixError, match=r"mine\.warc\.gz is there already\. Choose another name\."):
        Fetcher(ROOT, settings)
    assert settings.archive.read_text() == "mine"


def test_incomplete_archive_is_removed(web: Web, settings: FetchSettings, tmp_path: Path) -> None:
    web.put(f"{ROOT}/a", "x")
    settings.archive = tmp_path / "a.warc.gz"
    fetcher = Fetcher(ROOT, settings)
    fetcher.get(f"{ROOT}/a")
    fetcher.close(finished=False)
    assert not [path for path in tmp_path.iterdir() if "warc" in path.name]


# ---- words --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cause", FETCH_ERRORS)
def test_every_error_is_a_sentence_with_a_next_step(cause: str) -> None:
    text = str(FetchError(cause, "www.example.com", "HTTP 403"))
    assert "www.example.com" in text
    assert text.endswith(".")
    assert ". " in text
    assert "{" not in text
