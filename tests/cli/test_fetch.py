"""Test `unwix fetch URL`: an archive of a site, updated later, converts like the live site."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
from pathlib import Path

import jsonschema
import pytest
from warcio.archiveiterator import ArchiveIterator

from support.fake_web import Asked, Reply, Web, redirect
from support.live_runs import SITE, files, run_again, start
from support.paths import ROOT_DIR as ROOT
from support.terminal import run
from support.wix_site import WixSite, head

SCHEMA = json.loads((ROOT / "src/unwix/schema/events.schema.json").read_text(encoding="utf-8"))
DAY = r"\d{4}-\d\d-\d\d"


def archived(path: Path) -> list[str]:
    """Return the URLs of the responses in an archive, in order."""
    with path.open("rb") as file:
        return [r.rec_headers.get_header("WARC-Target-URI") for r in ArchiveIterator(file) if r.rec_type == "response"]


def both_ways(tmp_path: Path, *options: object) -> tuple[dict[str, str], dict[str, str]]:
    """Return the conversion of the live site, and that of an archive without the site."""
    run("convert", SITE, "-o", tmp_path / "live", "--jobs", 0, *options)
    run("fetch", SITE, "-o", tmp_path / "site.warc.gz", "--cache", tmp_path / "another cache")
    run("convert", tmp_path / "site.warc.gz", "-o", tmp_path / "later", "--jobs", 0, *options)
    return files(tmp_path / "live"), files(tmp_path / "later")


def test_a_site_is_saved_and_the_command_that_it_names_converts_it(
    web: Web, site: WixSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    site.write(12)
    site.open()
    result = run("fetch", SITE, "-o", "my sites")
    assert result.code == 0, result
    first = re.fullmatch(rf"12 posts saved in (my sites/example\.com-{DAY}\.warc\.gz)", result.out.splitlines()[-1])
    assert first is not None
    assert result.out.count("saved      http://www.example.com/post/clay-and-fire-") == 12
    assert result.err == f"To convert: unwix convert '{first[1]}' --output posts\n"
    assert [path.name for path in (tmp_path / "my sites").iterdir()] == [Path(first[1]).name]
    kept = archived(Path(first[1]))
    for path in (
        "/robots.txt",
        "/",
        "/sitemap.xml",
        "/blog-posts-sitemap.xml",
        "/blog-feed.xml",
        "/blog",
        "/blog/page/2",
    ):
        assert f"{SITE}{path}" in kept
    web.log.clear()
    assert run(*shlex.split(result.err.partition(": unwix ")[2]), "--jobs", 0).code == 0
    assert web.log == []
    run("convert", SITE, "-o", "live", "--jobs", 0)
    assert files(tmp_path / "posts") == files(tmp_path / "live")
    assert len(files(tmp_path / "posts")) == 12


def test_another_run_keeps_the_first_archive_and_asks_what_has_changed(web: Web, site: WixSite, tmp_path: Path) -> None:
    site.write(2)
    site.open()
    run("fetch", SITE, "-o", tmp_path)
    (first,) = tmp_path.glob("*.warc.gz")
    before = first.read_bytes()
    web.log.clear()
    assert run("fetch", SITE, "-o", tmp_path).code == 0
    assert all(request.conditional for request in web.log)
    assert len(list(tmp_path.glob("*.warc.gz"))) == 2
    assert first.read_bytes() == before
    assert run("fetch", SITE, "-o", first).err == f"unwix: {first} is there already. Choose another name.\n"
    assert run("fetch", SITE, "-o", first).code == 2
    assert first.read_bytes() == before


def test_a_free_site_is_named_whole(web: Web, site: WixSite, tmp_path: Path) -> None:
    site.host, site.prefix = "ada.wixsite.com", "/pots"
    site.write(1)
    site.open()
    assert run("fetch", "http://ada.wixsite.com/pots", "-o", tmp_path / "kept").code == 0
    (kept,) = (tmp_path / "kept").iterdir()
    assert re.fullmatch(rf"ada\.wixsite\.com-pots-{DAY}\.warc\.gz", kept.name)


def test_killed_run_of_another_day_resumes(site: WixSite, tmp_path: Path) -> None:
    site.write(1)
    site.open()
    for left in (
        "example.com-2026-01-31.warc.gz.part",
        "example.com-2026-01-31.warc.gz.lock",
        "other.com-1.warc.gz.part",
    ):
        (tmp_path / "kept").mkdir(exist_ok=True)
        (tmp_path / "kept" / left).write_bytes(b"half")
    assert run("fetch", SITE, "-o", tmp_path / "kept").code == 0
    names = sorted(path.name for path in (tmp_path / "kept").iterdir())
    assert names == ["example.com-2026-01-31.warc.gz", "other.com-1.warc.gz.part"]


# ---- the same bytes -----------------------------------------------------------------------------------------------


def test_list_pages_are_archived_but_not_sources(site: WixSite, tmp_path: Path) -> None:
    """A list that shows whole posts would be read as posts, but a live conversion does not read it."""
    site.write(2)
    site.open()
    body = '<section data-hook="post-description"><div data-rce-version="10.1"><p id="viewer-x">Other words.</p></div></section>'
    markup = "".join(
        f'<article data-hook="post-list-item"><a href="{site.address(post)}"><h2 data-hook="post-title">{post.title}</h2></a>{body}</article>'
        for post in site.posts
    )
    site.put("/blog", head(f"{SITE}/blog", "Blog", "website") + f"<body>{markup}</body></html>")
    now, later = both_ways(tmp_path)
    assert now == later
    assert len(now) == 2
    report = json.loads((tmp_path / "later/report.json").read_text())
    assert "copies" not in str(report["posts"][0].get("problems"))
    assert "answers that only lead to posts (" in str(report["skipped"])


def test_posts_with_equal_slugs_are_numbered_as_in_a_live_run(site: WixSite, tmp_path: Path) -> None:
    """As in a live run, the feed comes after the pages, although it was read before them."""
    site.write(3)
    site.write(2, folder="/notes/post")
    for post, twin in zip(site.posts[:2], site.posts[3:], strict=True):
        twin.slug, twin.title = post.slug, f"{post.title}, again"
    site.open()
    site.put("/post/clay-and-fire-1", Reply("no", 403))  # only the feed has it
    now, later = both_ways(tmp_path)
    assert now == later
    assert len(now) == 5


def test_an_encoding_that_only_the_server_states(site: WixSite, tmp_path: Path) -> None:
    site.write(1)
    site.posts[0].title = "Глина и огонь"
    site.open()
    address = site.address(site.posts[0])
    page = site.web.pages["www.example.com", "/post/clay-and-fire-0"]
    assert isinstance(page, Reply)
    text = str(page.body).replace('<meta charset="utf-8">', "")
    site.web.put(address, Reply(text.encode("cp1251"), kind="text/html; charset=windows-1251"))
    now, later = both_ways(tmp_path)
    assert now == later
    assert "Глина и огонь" in str(now)


def test_redirects_duplicates_and_missing_pages(site: WixSite, tmp_path: Path) -> None:
    site.write(5)
    site.open()
    site.put("/post/clay-and-fire-0", redirect(f"{SITE}/post/clay-and-fire-3"))
    site.put("/post/clay-and-fire-1", redirect(f"{SITE}/post/new-name"))
    site.put("/post/new-name", site.web.pages["www.example.com", "/post/clay-and-fire-2"])  # type: ignore[arg-type]
    site.put("/post/clay-and-fire-4", Reply("gone", 410))
    now, later = both_ways(tmp_path, "--to", "hugo")
    assert now == later


# ---- stopped and failing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_stopped_run_resumes(number: signal.Signals, web: Web, tmp_path: Path) -> None:
    site = WixSite(web)
    site.write(9)
    site.open()
    command = ("fetch", SITE, "-o", tmp_path / "kept", "--cache", tmp_path / "cache")
    process = start(web, *command)

    def stop(request: Asked) -> None:
        if request.path.startswith("/post/") and len(web.log) == 11:
            os.kill(process.pid, number)

    web.on_ask = stop
    process.communicate(timeout=60)
    assert process.returncode == (130 if number == signal.SIGINT else -number)
    assert list(tmp_path.glob("kept/*.warc.gz")) == []
    assert "9 posts saved in " in run_again(web, *command)
    (kept,) = (tmp_path / "kept").iterdir()
    assert run("convert", kept, "-o", tmp_path / "out", "--jobs", 0).code == 0
    assert len(files(tmp_path / "out")) == 9


def test_an_archive_is_written_by_one_run_at_a_time(web: Web, site: WixSite, tmp_path: Path) -> None:
    site.write(3)
    site.open()
    text: list[str] = []
    kept = tmp_path / "kept"

    def meanwhile(request: Asked) -> None:
        if request.path == "/post/clay-and-fire-1" and not text:
            text.append("")
            other = start(web, "fetch", SITE, "-o", kept, "--cache", tmp_path / "other")
            text[0] = other.communicate(timeout=60)[1]
            assert other.returncode == 2

    web.on_ask = meanwhile
    assert run("fetch", SITE, "-o", kept).code == 0
    assert text[0].startswith("unwix: Another run of unwix (process ")
    assert len(list(kept.iterdir())) == 1
    text.clear()
    (archive,) = kept.iterdir()
    archive.unlink()
    assert run("convert", SITE, "-o", tmp_path / "out", "--jobs", 0, "--archive", archive).code == 0
    assert f"is writing to {archive}." in text[0]
    assert [*kept.iterdir()] == [archive]


def test_failed_posts_are_reported_and_the_others_saved(site: WixSite, tmp_path: Path) -> None:
    site.write(4)
    site.open()
    site.put("/post/clay-and-fire-1", Reply("no", 403))
    site.put("/post/clay-and-fire-2", Reply("gone", 410))
    result = run("fetch", SITE, "-o", tmp_path / "site.warc.gz")
    assert result.code == 1
    assert f"failed     {SITE}/post/clay-and-fire-1: " in result.out
    assert f"skipped    {SITE}/post/clay-and-fire-2: the site has no such page any more" in result.out
    assert result.out.endswith(f"2 posts saved in {tmp_path}/site.warc.gz; 1 could not be downloaded\n")


def test_failed_fetch_leaves_no_file(site: WixSite, tmp_path: Path) -> None:
    site.write(2)
    site.open()
    for post in site.posts:
        site.web.put(site.address(post), Reply("no", 403))
    result = run("fetch", SITE, "-o", tmp_path / "kept/site.warc.gz")
    assert (result.code, result.err) == (
        2,
        f"unwix: None of the 2 posts at {SITE} could be downloaded; nothing was saved.\n",
    )
    site.web.put(f"{SITE}/", "<p>hand-made</p>")
    assert run("fetch", SITE, "-o", tmp_path / "kept", "--cache", tmp_path / "new").code == 2
    assert not (tmp_path / "kept").exists()


def test_events(site: WixSite, tmp_path: Path) -> None:
    site.write(4)
    site.advertised_count = 6
    site.open()
    site.put("/post/clay-and-fire-1", Reply("no", 403))
    site.put("/post/clay-and-fire-2", Reply("gone", 410))
    archive = tmp_path / "site.warc.gz"
    result = run("fetch", SITE, "-o", archive, "--json")
    data = [json.loads(line) for line in result.out.splitlines()]
    validator = jsonschema.Draft202012Validator(SCHEMA)
    assert [error.message for one in data for error in validator.iter_errors(one)] == []
    assert [one["event"] for one in data] == [
        *("saved", "failed", "skipped", "saved"),
        "saved",  # the feed
        *("warning", "fetched"),
    ]
    assert data[-1] == {
        "event": "fetched",
        "archive": archive.as_posix(),
        "bytes": archive.stat().st_size,
        "posts": 2,
        "failed": 1,
        "next": f"unwix convert {archive.as_posix()} --output posts",
    }


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ((), "fetch saves a live site. Give a URL or --api."),
        (("no-folder",), "fetch saves a live site. “no-folder” is not a URL."),
        ((SITE, "--api"), "--api reads the site that --site-id names; leave out URL."),
        (("--api", "--json"), "--json cannot be used with --api."),
        (
            (SITE, "--comments", "--no-visitor-api"),
            "--comments cannot be used with --no-visitor-api: the pages contain",
        ),
        ((SITE, "-o", str(ROOT / "README.md")), "is a file; give a directory, or a file name that ends with .warc.gz."),
        (("--api", "-o", str(ROOT / "README.md")), "is a file; give a directory for the responses of the API."),
    ],
)
def test_user_errors_are_one_sentence(args: tuple[str, ...], message: str, tmp_path: Path) -> None:
    result = run("fetch", *(args if "-o" in args else (*args, "-o", tmp_path / "kept")))
    assert result.code == 2
    assert message in result.err
    assert not (tmp_path / "kept").exists()
