"""Test a live site with `--media copy`: a first run, a second run without downloads, the archive without the site."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from warcio.archiveiterator import ArchiveIterator

from support import fake_web as sites
from support import media_server
from support.media_posts import FILM, STATIC, film, image, listed, media, name
from support.media_server import MP4, Answer, png
from support.post_pages import files
from support.wix_site import SitePost, WixSite, post_page
from unwix.cli.main import cli
from unwix.cli.options import sources as live
from unwix.sources.http.public_hosts import Network
from unwix.sources.http.rate_limit import Clock

SITE = "http://www.example.com"
VIDEO = "https://video.wixstatic.com" + FILM.format("1080p")


@pytest.fixture(scope="module")
def hosts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[media_server.Web]:
    """Serve Wix's media hosts."""
    with media_server.serve(tmp_path_factory.mktemp("web")) as running:
        yield running


@pytest.fixture
def site(hosts: media_server.Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WixSite]:
    """Serve a site of three posts, each with a cover and an image; the last has a video, too, and a missing image."""
    usual, clock = live._fetching, sites.FakeClock()
    hosts.asked.clear()
    hosts.answers.clear()
    with sites.Web().running() as web:

        def here(chosen: dict[str, Any]) -> Any:
            settings = usual(chosen)
            settings.network, settings.clock = Network(web.resolve), Clock(clock.now, clock.sleep)
            settings.cache = tmp_path / "cache"
            return settings

        monkeypatch.setattr(live, "_fetching", here)
        site = WixSite(web)
        site.write(3)
        site.open()
        for post in site.posts:
            web.put(site.address(post), with_media(site.address(post), post))
            for number in (post.number, 10 + post.number):
                hosts.answers[f"/media/{name(number)}"] = Answer(png(10 + number, 10))
        hosts.answers[FILM.format("1080p")] = Answer(MP4)
        yield site


def with_media(address: str, post: SitePost) -> str:
    cover = f'<meta property="og:image" content="{STATIC}{name(10 + post.number)}/v1/fit/w_9,h_9/x.jpg">'
    markup = image(post.number, alt=f"Pot {post.number}") + (film() if post.number == 2 else "")
    return post_page(address, post, more=cover).replace('<p id="viewer-z', f'{markup}<p id="viewer-z')


@pytest.fixture
def convert(hosts: media_server.Web) -> Callable[..., Result]:
    def run(*arguments: object) -> Result:
        text = ["convert", *map(str, arguments), "--media", "copy", "-j", "0"]
        result = CliRunner().invoke(cli, text, obj=hosts.network)
        assert result.exit_code == 0, result.output
        return result

    return run


def posts(output: Path) -> dict[str, bytes]:
    return {path: data for path, data in files(output).items() if path.endswith(".md")}


def records(archive: Path) -> dict[str, bytes]:
    with archive.open("rb") as stream:
        return {
            record.rec_headers.get_header("WARC-Target-URI"): record.content_stream().read()
            for record in ArchiveIterator(stream)
            if record.rec_type == "resource"
        }


def test_second_run_downloads_no_media(
    site: WixSite, hosts: media_server.Web, tmp_path: Path, convert: Callable[..., Result]
) -> None:
    convert(SITE, "-o", tmp_path / "out")
    rows = listed(tmp_path / "out")
    assert sorted((row["kind"], row["state"]) for row in rows) == [
        *[("cover", "original")] * 3,
        *[("image", "original")] * 3,
        ("video", "original"),
    ]
    assert len(media(tmp_path / "out")) == 7
    assert not any(b"wixstatic.com" in text for text in posts(tmp_path / "out").values())
    assert len(hosts.asked) == 7
    before = files(tmp_path / "out")
    hosts.asked.clear()
    site.web.log.clear()
    convert(SITE, "-o", tmp_path / "out")
    assert hosts.asked == []
    assert all(request.conditional for request in site.web.log)
    after = files(tmp_path / "out")
    assert after.keys() == before.keys()
    assert all(
        after[path] == before[path] for path in after if path.endswith((".md", "media.json")) or "media/" in path
    )


@pytest.mark.parametrize("again", [False, True], ids=["first run", "second run"])
def test_the_archive_has_the_media_and_makes_the_same_without_the_site(
    site: WixSite, hosts: media_server.Web, tmp_path: Path, convert: Callable[..., Result], again: bool
) -> None:
    archive = tmp_path / "site.warc.gz"
    if again:
        convert(SITE, "-o", tmp_path / "live")
        hosts.asked.clear()
    convert(SITE, "-o", tmp_path / "live", "--archive", archive)
    assert bool(hosts.asked) is not again
    kept = records(archive)
    assert kept == {row["url"]: (tmp_path / "live" / row["file"]).read_bytes() for row in listed(tmp_path / "live")}
    assert kept[VIDEO] == MP4

    hosts.asked.clear()
    site.web.log.clear()
    convert(archive, "-o", tmp_path / "archived", "--offline")
    assert (hosts.asked, site.web.log) == ([], [])
    assert {row["state"] for row in listed(tmp_path / "archived")} == {"archive"}
    assert media(tmp_path / "archived") == media(tmp_path / "live")
    assert posts(tmp_path / "archived") == posts(tmp_path / "live")
    report = json.loads((tmp_path / "archived" / "report.json").read_text())
    assert not [
        problem for row in report["posts"] for problem in row["problems"] if problem["kind"] == "download-failed"
    ]
    # Media responses in an archive are not pages: none is listed as skipped.
    assert not [row for row in report["skipped"] if row["kind"] in ("image", "media")]


def test_archive_contains_no_edited_file(site: WixSite, tmp_path: Path, convert: Callable[..., Result]) -> None:
    convert(SITE, "-o", tmp_path / "live")
    row = next(row for row in listed(tmp_path / "live") if row["url"] == STATIC + name(1))
    (tmp_path / "live" / row["file"]).write_bytes(png(3, 3))
    convert(SITE, "-o", tmp_path / "live", "--archive", tmp_path / "site.warc.gz")
    kept = records(tmp_path / "site.warc.gz")
    assert len(kept) == 6
    assert row["url"] not in kept


def test_offline_run_uses_cached_media(
    site: WixSite, hosts: media_server.Web, tmp_path: Path, convert: Callable[..., Result]
) -> None:
    convert(SITE, "-o", tmp_path / "out")
    (tmp_path / "out" / listed(tmp_path / "out")[0]["file"]).unlink()
    hosts.asked.clear()
    site.web.log.clear()
    convert(SITE, "-o", tmp_path / "out", "--offline")
    assert (hosts.asked, site.web.log) == ([], [])
    rows = listed(tmp_path / "out")
    assert [row["state"] for row in rows] == ["failed", *["original"] * 6]
    assert rows[0]["problem"] == "it was not asked for, as --offline says"
