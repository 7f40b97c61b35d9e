"""Test the command line on a live site that serves its posts to visitors' requests, over TLS on this machine."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from support.fake_web import Asked, FakeClock, Reply, Web
from support.terminal import environment, run
from support.visitor_blog import CLIENT, VisitorBlog
from support.wix_api import ricos
from support.wix_site import SitePost, WixSite, post_page
from unwix.cli.options import sources as live
from unwix.sources.http.public_hosts import Network
from unwix.sources.http.rate_limit import Clock

SITE = "https://www.example.com"


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[VisitorBlog]:
    usual, clock = live._fetching, FakeClock()
    with Web(tmp_path, ("www.example.com", "www.wixapis.com")).running() as web:

        def here(chosen: dict[str, Any]) -> Any:
            settings = usual(chosen)
            settings.network, settings.clock = Network(web.resolve, web.certificate), Clock(clock.now, clock.sleep)
            settings.cache = settings.cache or tmp_path / "usual cache"
            return settings

        monkeypatch.setattr(live, "_fetching", here)
        yield VisitorBlog(WixSite(web, scheme="https"))


def start(blog: VisitorBlog, number: int) -> None:
    blog.site.write(number)
    blog.site.open()
    blog.open()


def files(folder: Path) -> dict[str, str]:
    found = [*folder.glob("*.md"), *folder.glob("*.comments.json")]
    return {path.name: path.read_text(encoding="utf-8") for path in found}


def rows(folder: Path) -> dict[str, Any]:
    posts = json.loads((folder / "report.json").read_text(encoding="utf-8"))["posts"]
    return {Path(row["output"]).stem: row for row in posts}


def convert(tmp_path: Path, *options: object, output: str = "out") -> Any:
    return run("convert", SITE, "-o", tmp_path / output, "--jobs", 0, *options)


def test_a_post_is_its_document_with_names_and_its_page_is_compared(blog: VisitorBlog, tmp_path: Path) -> None:
    start(blog, 5)
    result = convert(tmp_path)
    assert result.code == 0, result
    assert "5 posts: 5 complete" in result.out
    skipped = json.loads((tmp_path / "out/report.json").read_text())["skipped"]
    assert {one["source"].partition("#")[0] for one in skipped} == {f"{SITE}/blog-feed.xml"}  # no page with a document
    text = (tmp_path / "out/clay-and-fire-3.md").read_text(encoding="utf-8")
    for line in ("categories:", "- Kilns & Fire", "tags:", "- raku", "- Ann Potter", "reading_minutes: 1", "likes: 3"):
        assert line in text
    row = rows(tmp_path / "out")["clay-and-fire-3"]
    assert (row["reader"], row["source"]) == ("ricos", f"{SITE}/post/clay-and-fire-3#document")
    assert f"{SITE}/post/clay-and-fire-3" in row["duplicates"]
    assert [p for p in row["problems"] if p["detail"].startswith(f"{SITE}/post/")] == []


def test_without_the_visitor_api_only_pages_are_read(blog: VisitorBlog, tmp_path: Path) -> None:
    start(blog, 2)
    assert convert(tmp_path, "--no-visitor-api").code == 0
    assert blog.api_paths() == []
    assert rows(tmp_path / "out")["clay-and-fire-1"]["reader"] == "viewer"


def later(days: int) -> Callable[[dict[str, Any]], None]:
    """Change the text and the date of the last change."""

    def change(post: dict[str, Any]) -> None:
        day = datetime.fromisoformat(post["firstPublishedDate"]) + timedelta(days=days)
        post["lastPublishedDate"] = day.isoformat().replace("+00:00", "Z")
        lines = [f"Sentence {n} of {post['title']}, about clay." for n in range(3)]
        if "richContent" in post:
            post["richContent"] = ricos(*lines, "One more, about glass.", "The end.")

    return change


def feed_of(site: WixSite, post: SitePost, body: str) -> Reply:
    item = (
        f"<item><title>{post.title}</title><link>{site.address(post)}</link>"
        f"<pubDate>{format_datetime(post.date, usegmt=True)}</pubDate><content:encoded><![CDATA[{body}]]></content:encoded></item>"
    )
    head = (
        '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" version="2.0"><channel><title>The Kiln</title>'
    )
    return Reply(f"{head}<link>{site.root}/blog</link><generator>RSS for Node</generator>{item}</channel></rss>")


@pytest.mark.parametrize(("days", "is_newer"), [(30, True), (0, False)])
def test_newer_of_document_and_page_is_written_and_differences_are_reported_once(
    blog: VisitorBlog, tmp_path: Path, days: int, is_newer: bool
) -> None:
    blog.site.write(2)
    post = blog.site.posts[1]
    blog.edits[post.slug] = later(days)
    start(blog, 0)
    changed = (post.date + timedelta(days=10)).isoformat().replace("+00:00", "Z")
    more = f'<meta property="article:modified_time" content="{changed}">'
    blog.site.web.put(blog.site.address(post), post_page(blog.site.address(post), post, more=more))
    feed = "".join(f"<p>Sentence {n} of {post.title}, about clay.</p>" for n in range(3)) + "<p>The end.</p>"
    blog.site.put("/blog-feed.xml", feed_of(blog.site, post, feed))
    result = convert(tmp_path)
    text = (tmp_path / "out/clay-and-fire-1.md").read_text(encoding="utf-8")
    assert ("about glass" in text) == is_newer, result
    differences = [p for p in rows(tmp_path / "out")["clay-and-fire-1"]["problems"] if p["kind"] == "sources-disagree"]
    assert len(differences) == 1, differences
    assert is_newer == differences[0]["detail"].endswith("(the same in https://www.example.com/blog-feed.xml)")
    assert "- raku" in text  # only the document states it


def test_a_title_that_page_and_feed_share_is_one_difference(blog: VisitorBlog, tmp_path: Path) -> None:
    blog.edits["clay-and-fire-1"] = lambda post: post.update(title="Clay, fire and ash")
    start(blog, 3)
    assert convert(tmp_path).code == 0
    (row,) = [row for row in rows(tmp_path / "out").values() if row["title"] == "Clay, fire and ash"]
    assert [problem["detail"] for problem in row["problems"] if problem["where"] == "front matter"] == [
        f"{SITE}/post/clay-and-fire-1, {SITE}/blog-feed.xml#clay-and-fire-1: the title is “Clay and fire 1”"
    ]


def test_a_day_that_differs_is_reported(blog: VisitorBlog, tmp_path: Path) -> None:
    blog.edits["clay-and-fire-1"] = lambda post: post.update(firstPublishedDate="2023-03-02T09:00:00Z")
    blog.edits["clay-and-fire-2"] = lambda post: post.update(firstPublishedDate="2024-03-04T01:00:00Z")  # another zone
    start(blog, 3)
    assert convert(tmp_path).code == 0
    details = {
        name: [p["detail"] for p in row["problems"] if p["where"] == "front matter"]
        for name, row in rows(tmp_path / "out").items()
    }
    assert "the date is “2024-03-02”" in details["clay-and-fire-1"][0]
    assert details["clay-and-fire-0"] == details["clay-and-fire-2"] == []


@pytest.mark.parametrize("client", [(), ("--client-id", CLIENT)])
def test_an_archive_converts_to_the_same(blog: VisitorBlog, tmp_path: Path, client: tuple[str, ...]) -> None:
    start(blog, 6)
    blog.write_comments(blog.site.posts[2], 5)
    assert convert(tmp_path, "--comments", *client).code == 0
    fetched = run("fetch", SITE, "-o", tmp_path / "a.warc.gz", "--cache", tmp_path / "b", "--comments", *client)
    assert fetched.code == 0, fetched
    assert "6 posts saved" in fetched.out
    result = run("convert", tmp_path / "a.warc.gz", "-o", tmp_path / "later", "--jobs", 0, "--comments")
    assert result.code == 0, result
    assert files(tmp_path / "later") == files(tmp_path / "out")
    assert len(files(tmp_path / "out")) == 7


def test_comments_are_written_next_to_their_posts(blog: VisitorBlog, tmp_path: Path) -> None:
    start(blog, 4)
    blog.write_comments(blog.site.posts[1], 5)
    assert convert(tmp_path, "--comments").code == 0
    (path,) = (tmp_path / "out").glob("*.comments.json")
    assert path.name == "clay-and-fire-1.comments.json"
    assert [one["text"] for one in json.loads(path.read_text())["comments"]] == [
        f"Comment {n} on Clay and fire 1." for n in range(5)
    ]
    assert {one["author"] for one in json.loads(path.read_text())["comments"]} == {"Ben Kiln"}
    assert len([one for one in blog.api_paths() if "/comments" in one]) == 3
    assert len([one for one in blog.api_paths() if "/members" in one]) == 1
    convert(tmp_path, output="without")
    assert not [*(tmp_path / "without").glob("*.comments.json")]


def test_comments_that_are_counted_and_not_given_are_a_warning(blog: VisitorBlog, tmp_path: Path) -> None:
    """Wix counts comments that it does not show, such as those that wait for approval."""
    start(blog, 3)
    for post in blog.site.posts[:2]:
        blog.write_comments(post, 3)
    blog.edits["clay-and-fire-1"] = lambda post: post.update(metrics={"comments": 5})
    result = convert(tmp_path, "--comments")
    assert "warning: visitor API: 6 of 8 comments were received; 1 post has fewer than it counts\n" in result.err


def test_comments_that_the_site_refuses_are_one_sentence(blog: VisitorBlog, tmp_path: Path) -> None:
    blog.status["/comments"] = 403
    start(blog, 3)
    for post in blog.site.posts:
        blog.write_comments(post, 1)
    result = convert(tmp_path, "--comments")
    assert result.code == 0
    assert result.err.count("comments could not be downloaded") == 1
    assert len({path for path in blog.api_paths() if "/comments" in path}) == 1


def test_check_compares_with_the_documents_and_prints_the_warnings(blog: VisitorBlog, tmp_path: Path) -> None:
    start(blog, 4)
    blog.total = 6
    convert(tmp_path)
    result = run("check", SITE, "--expect", tmp_path / "out", "--jobs", 0)
    assert result.code == 0, result
    assert "warning: 4 of 6 posts were converted: 2 were not found; stated by the visitor API: 6;" in result.err


def test_doctor_counts_the_api_among_the_ways(blog: VisitorBlog) -> None:
    start(blog, 5)
    result = run("doctor", SITE, "--jobs", 0)
    assert "visitor-api  5 by the visitor API" in result.out
    assert "3 posts: 3 from the post's own document (Ricos)\n" in result.out, result


@pytest.mark.parametrize("client", [(), ("--client-id", CLIENT), ("--client-id", "wrong")])
def test_no_token_is_printed_logged_or_written(blog: VisitorBlog, tmp_path: Path, client: tuple[str, ...]) -> None:
    blog.lifetime = 4
    blog.status["/post-page/clay-and-fire-1?"] = 403
    start(blog, 5)
    blog.write_comments(blog.site.posts[2], 1)
    result = convert(tmp_path, "--comments", "-v", "--log-file", tmp_path / "out.log", *client)
    assert result.code == 0, result
    assert len(blog.tokens) > 1
    texts = [result.out.encode(), result.err.encode(), *(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())]
    assert not [text for text in texts if b"that-nobody-may-ever-see" in text]


_COMMAND = """
import sys
from unwix import cli
from unwix.cli import main
from unwix.cli.options import sources as live
from unwix.sources.http.public_hosts import Endpoint, Network
from unwix.sources.http.rate_limit import Clock

usual, port, certificate = live._fetching, int(sys.argv.pop(1)), sys.argv.pop(1)

def here(chosen):
    settings = usual(chosen)
    settings.clock = Clock(lambda: 0.0, lambda seconds: None)
    settings.network = Network(lambda host, _: [Endpoint("127.0.0.1", port, trusted=True)], certificate)
    return settings

live._fetching = here
main.main()
"""


def test_a_run_that_is_killed_requests_no_document_twice(blog: VisitorBlog, tmp_path: Path) -> None:
    start(blog, 8)
    web = blog.site.web
    command = ("convert", SITE, "-o", tmp_path / "out", "--cache", tmp_path / "cache", "--jobs", 0)

    def begin() -> subprocess.Popen[str]:
        arguments = [sys.executable, "-c", _COMMAND, str(web.port), str(web.certificate), *map(str, command)]
        return subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment())

    process = begin()

    def kill(request: Asked) -> None:
        if len(web.log) == 20:
            process.kill()

    web.on_ask = kill
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    before = {(one.path, one.body) for one in web.log}
    web.on_ask = lambda asked: None
    web.log.clear()
    process = begin()
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "8 posts: 8 complete" in out
    again = {(asked.path, asked.body) for asked in web.log} & before
    assert len(again - {("/_api/v1/access-tokens", b"")}) <= 1  # the response that was being received
