"""Test the command line on a live site: convert, check, inspect, doctor; stopped runs; progress."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema
import pytest

from support.fake_web import Asked, FakeClock, Reply, Web
from support.live_runs import SITE, files, run_again, start
from support.paths import ROOT_DIR
from support.terminal import Screen, run
from support.wix_site import NOT_FOUND, WixSite
from unwix.cli.options.sources import SourceType
from unwix.cli.terminal.progress import Progress

ROOT = ROOT_DIR


# ---- convert ------------------------------------------------------------------------------------------------------


def test_second_run_on_a_site_changes_nothing(web: Web, site: WixSite, tmp_path: Path) -> None:
    site.write(12)
    site.open()
    first = run("convert", SITE, "-o", tmp_path / "out", "--jobs", 0)
    assert first.code == 0, first
    assert "12 posts: 12 complete, 0 incomplete, 0 lossy" in first.out
    assert "clay-and-fire-7.md" in files(tmp_path / "out")
    assert "Sentence 2 of Clay and fire 7, about clay." in files(tmp_path / "out")["clay-and-fire-7.md"]
    web.log.clear()
    second = run("convert", SITE, "-o", tmp_path / "out", "--jobs", 0)
    assert second.out.count("unchanged  ") == 12
    assert all(request.conditional for request in web.log)


def test_report_states_how_posts_were_found(site: WixSite, tmp_path: Path) -> None:
    site.write(12)
    site.in_sitemap, site.advertised_count = {post.slug for post in site.posts[1:]}, 14
    site.open()
    result = run("convert", SITE, "-o", tmp_path / "out", "--jobs", 0)
    assert (
        "warning: 12 of 14 posts were converted: 2 were not found; stated by the blog's list pages: 14; found by the sitemaps: "
        "11, the feeds: 12, the blog's list pages: 12, the lists of categories and tags: 12\n"
    ) in result.err
    (site_row,) = json.loads((tmp_path / "out/report.json").read_text())["sites"]
    assert (site_row["advertised"], site_row["found"]) == (14, 12)
    assert (site_row["stated_by"], site_row["outcomes"]) == ({"list": 14}, {"written": 12})
    assert site_row["found_only_by"] == {}
    row = {"url": site.address(site.posts[0]), "found_by": ["feed", "list", "category"], "outcome": "written"}
    assert row in site_row["posts"]
    again = run("convert", SITE, "-o", tmp_path / "json", "--jobs", 0, "--json")
    events = [json.loads(line) for line in again.out.splitlines()]
    assert [event["text"] for event in events if event["event"] == "warning"] == site_row["warnings"]
    schema = json.loads((ROOT / "src/unwix/schema/events.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    assert [error.message for event in events for error in validator.iter_errors(event)] == []


def test_failed_pages_are_rows_and_others_are_converted(site: WixSite, tmp_path: Path) -> None:
    site.write(4)
    site.open()
    site.put("/post/clay-and-fire-1", Reply("no", 403))
    site.put("/post/clay-and-fire-2", Reply("gone", 410))
    site.put("/blog-feed.xml", Reply("none", 404))
    result = run("convert", SITE, "-o", tmp_path / "out", "--jobs", 0)
    assert result.code == 1
    assert "refuses to be read by programs (HTTP 403)" in result.out
    report = json.loads((tmp_path / "out/report.json").read_text())
    assert [row["file"] for row in report["posts"]].count("failed") == 1
    assert "the site has no such page any more (HTTP 410)" in str(report["skipped"])
    assert len(files(tmp_path / "out")) == 2


def test_posts_that_were_not_written_are_a_warning_with_the_reasons(site: WixSite, tmp_path: Path) -> None:
    site.write(9)
    site.open()
    site.put("/post/clay-and-fire-1", Reply("no", 403))
    site.put("/post/clay-and-fire-2", Reply("gone", 410))
    site.put("/post/clay-and-fire-3", NOT_FOUND)
    site.put("/post/clay-and-fire-4", "<h1>This is no page of Wix.</h1>")
    site.put("/blog-feed.xml", Reply("none", 404))
    result = run("convert", SITE, "-o", tmp_path / "out", "--jobs", 0, "--since", "2024-03-07")
    assert (
        f"warning: 3 of 7 posts were converted: 1 does not exist any more ({SITE}/post/clay-and-fire-2), 1 is answered with a "
        f"“not found” page ({SITE}/post/clay-and-fire-3), 1 could not be read ({SITE}/post/clay-and-fire-1), 1 was skipped "
        f"as no-wix-signs ({SITE}/post/clay-and-fire-4); found by the sitemaps: 9, the blog's list pages: 9\n"
    ) in result.err
    (row,) = json.loads((tmp_path / "out/report.json").read_text())["sites"]
    assert row["outcomes"] == {
        "failed": 1, "gone": 1, "left out": 2, "not-found-page": 1, "no-wix-signs": 1, "written": 3
    }  # fmt: skip


def test_post_without_its_page_is_read_from_the_feed(site: WixSite, tmp_path: Path) -> None:
    site.write(2)
    site.open()
    site.put("/post/clay-and-fire-1", Reply("no", 403))
    result = run("convert", SITE, "-o", tmp_path / "out", "--jobs", 0)
    assert result.code == 1
    assert "The feed's text of Clay and fire 1." in files(tmp_path / "out")["clay-and-fire-1.md"]


@pytest.mark.parametrize(
    ("home", "message"),
    [
        ("<p>hand-made</p>", "http://www.example.com/ is not a Wix site. unwix reads the blogs of Wix sites only."),
        (Reply("no", 403), "http://www.example.com/ refuses to be read by programs (HTTP 403). Next best: save the"),
    ],
)
def test_unreachable_site_is_one_sentence(site: WixSite, tmp_path: Path, home: Any, message: str) -> None:
    site.web.put(f"{SITE}/", home)
    result = run("convert", SITE, "-o", tmp_path / "out")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"unwix: {message}")
    assert result.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_files_and_a_site_in_one_run(site: WixSite, tmp_path: Path) -> None:
    site.write(2)
    site.open()
    sample = ROOT / "samples/saved/2025-glazes-that-lie.html"
    result = run("convert", sample, SITE, "-o", tmp_path / "out", "--jobs", 0)
    assert set(files(tmp_path / "out")) == {"glazes-that-lie.md", "clay-and-fire-0.md", "clay-and-fire-1.md"}, result


def test_an_archive_of_the_site_converts_to_the_same(site: WixSite, tmp_path: Path) -> None:
    site.write(5)
    site.open()
    archive = tmp_path / "site.warc.gz"
    run("convert", SITE, "-o", tmp_path / "live", "--jobs", 0, "--archive", archive)
    result = run("convert", archive, "-o", tmp_path / "archived", "--jobs", 0)
    assert result.code == 0, result
    assert files(tmp_path / "archived") == files(tmp_path / "live")
    assert len(files(tmp_path / "live")) == 5
    again = run("convert", SITE, "-o", tmp_path / "live", "--archive", archive)
    assert again.code == 2
    assert "is there already. Choose another name." in again.err


def test_offline_and_another_cache(web: Web, site: WixSite, tmp_path: Path) -> None:
    site.write(3)
    site.open()
    cache = ("--cache", tmp_path / "mine", "--jobs", 0)
    run("convert", SITE, "-o", tmp_path / "out", *cache)
    assert (tmp_path / "mine/http.sqlite").exists()
    web.log.clear()
    assert run("convert", SITE, "-o", tmp_path / "out", *cache, "--offline").code == 0
    assert web.log == []
    result = run("convert", SITE, "-o", tmp_path / "out", "--jobs", 0, "--offline")
    assert result.err == f"unwix: {SITE}/ is not in the cache. Run once without --offline.\n"


def test_the_user_agent_can_be_set(web: Web, site: WixSite, tmp_path: Path) -> None:
    site.write(1)
    site.open()
    run("convert", SITE, "-o", tmp_path / "out", "--jobs", 0, "--user-agent", "Ann's own copy (ann@example.com)")
    assert {request.headers["user-agent"] for request in web.log} == {"Ann's own copy (ann@example.com)"}


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("https://www.example.com", "https://www.example.com"),
        ("HTTP://example.com/blog", "HTTP://example.com/blog"),
        ("www.example.com", "https://www.example.com"),
        ("ann.wixsite.com/kiln", "https://ann.wixsite.com/kiln"),
        ("www.example.com/post/möhren", "https://www.example.com/post/möhren"),
        ("pages", Path("pages")),
        ("post.html", Path("post.html")),
        ("site.zip", Path("site.zip")),
        ("a/b.html", Path("a/b.html")),
        ("./www.example.com", Path("www.example.com")),
    ],
)
def test_urls_and_files_are_distinguished(value: str, meant: str | Path) -> None:
    assert SourceType().convert(value, None, None) == meant


def test_a_folder_that_is_named_like_a_host_is_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "www.example.com").mkdir()
    monkeypatch.chdir(tmp_path)
    assert SourceType().convert("www.example.com", None, None) == Path("www.example.com")


def test_samples_as_live_sites_convert_like_files(web: Web, site: WixSite, tmp_path: Path) -> None:
    """Each page is at its own URL, on several hosts; only the sitemap of each host links to them."""
    hosts: dict[str, list[str]] = {}
    for path in sorted((ROOT / "samples/saved").glob("*.html")):
        data = path.read_bytes()
        address = re.search(rb'<link rel="canonical" href="https://([^"]+)"', data)
        if address and b'data-hook="post-description"' in data and b'content="article"' in data:
            where = quote(address[1].decode(), safe="/%")
            web.put(f"http://{where}", Reply(data, kind="text/html"))
            hosts.setdefault(where.split("/")[0], []).append(where)
    assert len(hosts) >= 4
    for host, pages in hosts.items():
        web.put(f"http://{host}/", '<meta name="generator" content="Wix.com Website Builder"><h1>Home</h1>')
        listed = "".join(f"<url><loc>http://{page}</loc></url>" for page in pages)
        web.put(f"http://{host}/blog-posts-sitemap.xml", Reply(f"<urlset>{listed}</urlset>", kind="application/xml"))
    result = run("convert", *(f"http://{host}" for host in hosts), "-o", tmp_path / "out", "--jobs", 0)
    # Samples link to posts of their sites that are not among the samples: those are requested over https.
    failed = re.findall(r"^failed .*", result.out, re.M)
    assert failed
    assert all(re.search(r" https://\S+/post/\S+: the certificate of \S+ is not valid$", line) for line in failed), (
        result
    )
    written_files = files(tmp_path / "out")
    assert len(written_files) == sum(map(len, hosts.values())) >= 8
    assert {name: (ROOT / "output" / name).read_text(encoding="utf-8") for name in written_files} == written_files


# ---- check, inspect, doctor ---------------------------------------------------------------------------------------


def test_check_compares_a_site_with_what_was_written(site: WixSite, tmp_path: Path) -> None:
    site.write(3)
    site.open()
    run("convert", SITE, "-o", tmp_path / "out", "--jobs", 0)
    assert run("check", SITE, "--expect", tmp_path / "out", "--jobs", 0).code == 0
    (tmp_path / "out/clay-and-fire-1.md").write_text("mine")
    assert run("check", SITE, "--expect", tmp_path / "out", "--jobs", 0).code == 1


def test_inspect_reads_a_live_post(site: WixSite) -> None:
    site.write(3)
    site.open()
    result = run("inspect", site.address(site.posts[1]))
    assert result.code == 0
    assert "title            Clay and fire 1" in result.out


def test_doctor_reports_contents_gaps_and_next_command(web: Web, site: WixSite) -> None:
    site.write(30)
    site.advertised_count, site.in_sitemap = 31, {post.slug for post in site.posts[4:]}
    site.open()
    result = run("doctor", SITE, "--jobs", 0)
    assert result.code == 0, result
    assert "posts          30" in result.out
    assert "sitemap      26 by the sitemaps" in result.out
    assert "the site states 31 posts, and 30 were found (stated by the blog's list pages: 31;" in result.out
    assert "sample         3 posts: 3 from the HTML of the page" in result.out
    assert result.out.endswith(f"Next\n  unwix convert {SITE} -o posts/\n")
    assert len([path for path in web.paths() if path.startswith("/post/")]) == 3


def test_doctor_reports_an_unreachable_site(site: WixSite) -> None:
    site.web.put(f"{SITE}/", "<p>hand-made</p>")
    assert run("doctor", SITE).err == (
        "unwix: http://www.example.com/ is not a Wix site. unwix reads the blogs of Wix sites only.\n"
    )


# ---- stopped runs -------------------------------------------------------------------------------------------------


def test_interrupted_run_ends_cleanly_and_resumes(web: Web, tmp_path: Path) -> None:
    site = WixSite(web)
    site.write(9)
    site.open()
    command = ("convert", SITE, "-o", tmp_path / "out", "--cache", tmp_path / "cache", "--jobs", 1)
    process = start(web, *command)

    def stop(request: Asked) -> None:
        if request.path.startswith("/post/") and web.paths().count(request.path) == 1 and len(web.log) == 11:
            os.kill(process.pid, signal.SIGINT)

    web.on_ask = stop
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err == ("\nunwix: Stopped. All files written so far are complete; run the same command again to resume.\n")
    assert "9 posts: 9 complete" in run_again(web, *command)


def test_a_run_killed_while_it_writes_fetches_nothing_again(web: Web, site: WixSite, tmp_path: Path) -> None:
    """The run ended after all was fetched and before its report: not even pages without validators are requested."""
    site.write(4)
    site.open()
    (tmp_path / "out").mkdir()
    (tmp_path / "out/report.json").mkdir()
    assert run("convert", SITE, "-o", tmp_path / "out", "--jobs", 0).code == 1
    (tmp_path / "out/report.json").rmdir()
    web.log.clear()
    assert run("convert", SITE, "-o", tmp_path / "out", "--jobs", 0).code == 0
    assert web.log == []


# ---- progress -----------------------------------------------------------------------------------------------------


def test_long_phase_without_terminal_prints_lines(capsys: pytest.CaptureFixture[str]) -> None:
    clock = FakeClock()
    progress = Progress(clock.now, every=20)
    progress.phase("finding posts")
    for _ in range(50):
        clock.time += 1
        progress.step("https://www.example.com/blog")
    progress.phase("fetching", 2000)
    for _ in range(100):
        clock.time += 0.5
        progress.step("https://www.example.com/post/a", 2100)
    progress.end()
    assert capsys.readouterr().err.splitlines() == [
        "unwix: finding posts: 20 so far, 1.0/s",
        "unwix: finding posts: 40 so far, 1.0/s",
        "unwix: fetching: 40 of 2100, 2.0/s, about 17 min left",
        "unwix: fetching: 80 of 2100, 2.0/s, about 17 min left",
    ]


def test_short_phase_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress(FakeClock().now)
    assert list(progress.each(iter("abc"), "reading", 3)) == ["a", "b", "c"]
    assert capsys.readouterr() == ("", "")


def test_each_phase_is_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Screen()
    monkeypatch.setattr(sys, "stderr", terminal)
    clock = FakeClock()
    progress = Progress(clock.now)
    progress.phase("finding posts")
    for _ in range(3):
        clock.time += 1
        progress.step("https://www.example.com/blog")
    progress.phase("fetching", 4)
    for n in range(4):
        clock.time += 1
        progress.step(f"https://www.example.com/post/{n}", 4)
    progress.note("a note")
    assert "finding posts" in terminal.text
    assert "4/4" in terminal.text
    assert "/post/3" in terminal.text
    assert terminal.text.rstrip().endswith("unwix: a note")
