"""Test the API on the command line: fetch and convert, comments, and no trace of the key in any output."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from support.paths import TESTS_DIR
from support.post_pages import p, post_page
from support.terminal import Result, environment, run
from support.wix_api import BEN, KEY, SITE_ID, Blog, Time, comment, here, post, reference, serving
from unwix.sources.api import client as api

WXR = "{http://wordpress.org/export/1.2/}"
ASK = ("--api", "--site-id", SITE_ID)


@pytest.fixture
def blog(monkeypatch: pytest.MonkeyPatch) -> Iterator[Blog]:
    """Serve a blog, and let the command line call its server instead of Wix's."""
    found = Blog(
        comments=[
            comment(1, reference(1), "How long does it rest?"),
            comment(2, reference(1), "A night.", parent=comment(1, "", "")["id"]),
        ]
    )
    with serving(found) as base:
        monkeypatch.setattr(api, "ApiClient", partial(api.ApiClient, base=base, resolve=here, clock=Time().clock()))
        monkeypatch.setenv("UNWIX_API_KEY", KEY)
        yield found


def files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def posts(folder: Path) -> dict[str, str]:
    return {name: text for name, text in files(folder).items() if name.endswith(".md")}


def test_convert_fetches_the_whole_blog(blog: Blog, tmp_path: Path) -> None:
    result = run("convert", *ASK, "-o", tmp_path)
    assert result.code == 0, result
    assert {*posts(tmp_path)} == {*(f"pot-{n}.md" for n in range(1, 8)), "pot-20.md", "pot-21.md"}
    published = posts(tmp_path)["pot-3.md"]
    for line in (
        "- Ada Potter",
        "- Kilns",
        "- fire",
        "views: 43",
        "likes: 3",
        "canonical_url: https://www.potter-lane.example/post/pot-3",
    ):
        assert f"\n{line}\n" in published
    assert published.endswith("\nThe text of pot 3.\n")
    assert "\ndraft: true\n" in posts(tmp_path)["pot-20.md"]
    scheduled = posts(tmp_path)["pot-21.md"]
    assert "\nscheduled: true\n" in scheduled
    assert "\ndate: 2030-01-01T00:00:00Z\n" in scheduled
    report = json.loads((tmp_path / "report.json").read_text())
    sources = [row["source"] for row in report["posts"]]
    assert sources[0] == "api:posts/0001.json#pot-1"
    assert {source.partition(":")[2].partition("/")[0] for source in sources} == {"posts", "drafts"}
    assert report["sites"] == [{"api": SITE_ID, "requests": len(blog.asked), "warnings": []}]


def test_deleted_posts_are_written_on_request(blog: Blog, tmp_path: Path) -> None:
    assert run("convert", *ASK, "-o", tmp_path, "--include-deleted").code == 0
    assert "pot-30.md" in posts(tmp_path)


def test_fetched_responses_convert_to_the_same_posts(blog: Blog, tmp_path: Path) -> None:
    result = run("fetch", *ASK, "-o", tmp_path / "kept", "--comments")
    assert result == Result(
        0, f"7 posts saved in {(tmp_path / 'kept').as_posix()}, with authors, categories and tags\n", result.err
    )
    assert result.err == f"To convert them: unwix convert {tmp_path / 'kept'} -o posts\n"
    os.environ["UNWIX_API_KEY"] = KEY  # the command has removed it from the environment of its children
    run("convert", *ASK, "-o", tmp_path / "a", "--comments")
    run("convert", tmp_path / "kept", "-o", tmp_path / "b", "--comments")
    made = {name: text for name, text in files(tmp_path / "a").items() if name.endswith((".md", ".comments.json"))}
    assert made == {
        name: text for name, text in files(tmp_path / "b").items() if name.endswith((".md", ".comments.json"))
    }
    assert "pot-1.comments.json" in made
    # They are sources of `check`, too, alone and with an output.
    assert run("check", tmp_path / "kept").code == 0
    assert run("check", tmp_path / "kept", "--expect", tmp_path / "a").code == 0


def test_comments_are_next_to_their_post(blog: Blog, tmp_path: Path) -> None:
    assert run("convert", *ASK, "-o", tmp_path, "--comments").code == 0
    assert [name for name in files(tmp_path) if name.endswith(".comments.json")] == ["pot-1.comments.json"]
    (thread,) = json.loads((tmp_path / "pot-1.comments.json").read_text())["comments"]
    assert (thread["author"], thread["text"]) == ("Ben Kiln", "How long does it rest?")
    assert [reply["text"] for reply in thread["replies"]] == ["A night."]
    report = json.loads((tmp_path / "report.json").read_text())
    assert [row["comments"] for row in report["posts"] if "comments" in row] == ["pot-1.comments.json"]
    os.environ["UNWIX_API_KEY"] = KEY
    assert run("convert", *ASK, "-o", tmp_path / "without").code == 0
    assert not list((tmp_path / "without").glob("*.comments.json"))


def test_comments_are_in_the_import_file_of_wordpress(blog: Blog, tmp_path: Path) -> None:
    assert run("convert", *ASK, "-o", tmp_path, "--to", "wordpress", "--comments").code == 0
    rss = etree.fromstring(files(tmp_path)["wordpress.xml"].encode())
    found = {
        item.findtext("title"): item.findall(f"{WXR}comment")
        for item in rss.iter("item")
        if item.find(f"{WXR}comment") is not None
    }
    assert {*found} == {"Pot 1"}
    assert [comment.findtext(f"{WXR}comment_content") for comment in found["Pot 1"]] == [
        "How long does it rest?",
        "A night.",
    ]
    report = json.loads((tmp_path / "report.json").read_text())
    assert [row["comments"] for row in report["posts"] if "comments" in row] == ["wordpress.xml!/pot-1"]


def test_a_saved_page_and_the_api_are_one_post(blog: Blog, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(post_page(p("The text of pot 1."), "Pot 1", "pot-1"))
    assert run("convert", tmp_path / "page.html", *ASK, "-o", tmp_path / "out", "--comments").code == 0
    assert len(posts(tmp_path / "out")) == 9
    assert "pot-1.comments.json" in files(tmp_path / "out")


def test_missing_permission_is_reported(blog: Blog, tmp_path: Path) -> None:
    blog.before = lambda path, _n: (403, {"message": "no"}, {}) if path.startswith("/blog/v3/draft-posts") else None
    result = run("convert", *ASK, "-o", tmp_path)
    assert result.code == 0
    assert "not everything could be requested: drafts: The key does not have the permission “Manage Blog”" in result.err
    assert len(posts(tmp_path)) == 7


def test_without_posts_nothing_is_written(blog: Blog, tmp_path: Path) -> None:
    blog.before = lambda _path, _n: (401, {"message": f"bad key {KEY}"}, {})
    result = run("convert", *ASK, "-o", tmp_path / "out")
    assert result.code == 2
    assert result.err.startswith("unwix: Wix does not accept the key (401).")
    assert KEY not in result.out + result.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("convert", "--api", "-o", "x"), "--api needs --site-id"),
        (("fetch", *ASK, "-o", "x"), "--api needs your API key in the environment variable UNWIX_API_KEY"),
        (("fetch", "-o", "x"), "Give a URL or --api"),
        (("convert", "-o", "x"), "Missing argument 'SOURCE...'"),
    ],
)  # fmt: skip
def test_user_errors_are_one_sentence(args: tuple[str, ...], message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UNWIX_API_KEY", raising=False)
    result = run(*args)
    assert result.code == 2
    assert message in result.err


def test_key_is_not_an_option() -> None:
    for command in ("convert", "fetch"):
        output = run(command, "--help").out
        assert "--key" not in output
        assert "--host" not in output


_DRIVER = """
import sys
from functools import partial
sys.path.insert(0, {tests!r})
from unwix.cli import main as cli
from unwix.sources.api import client as api
from support.wix_api import here
api.ApiClient = partial(api.ApiClient, base={base!r}, resolve=here)
sys.argv = ["unwix", *sys.argv[1:]]
cli.main()
"""


def test_the_key_is_in_no_output_no_file_and_no_process_list(
    blog: Blog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a server that repeats the key in posts, names and errors, and with workers."""
    blog.posts = [post(n, title=f"It said {KEY} {n}", slug=f"pot-{n}") for n in range(1, 8)]
    blog.members[BEN] = KEY
    blog.before = lambda path, _n: (
        (403, {"message": f"not with {KEY}"}, {"X-Key": KEY}) if path.endswith("trash-bin") else None
    )
    seen: set[str] = set()
    base = _base_of(blog)
    driver = _DRIVER.format(tests=str(TESTS_DIR), base=base)
    variables = {**environment(), "UNWIX_API_KEY": KEY, "TMPDIR": str(tmp_path)}
    for args in (
        ("fetch", *ASK, "-o", str(tmp_path / "kept"), "--comments"),
        ("convert", *ASK, "-o", str(tmp_path / "out"), "--comments", "--jobs", "2", "--json"),
    ):
        with subprocess.Popen(
            [sys.executable, "-c", driver, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=variables
        ) as child:
            while child.poll() is None:
                seen |= _command_lines()
                time.sleep(0.05)
            assert child.stdout is not None
            assert child.stderr is not None
            text = child.stdout.read().decode() + child.stderr.read().decode()
        assert child.returncode == 0, text
        assert KEY not in text
        assert "***" in text
    assert any("fetch" in line for line in seen)
    assert not any(KEY in line for line in seen)
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(kept) > 20
    assert [path for path in kept if KEY.encode() in path.read_bytes()] == []
    assert all(headers.get("Authorization") == KEY for _, _, headers in blog.asked)


def _base_of(_blog: Blog) -> str:
    found: Any = api.ApiClient
    return str(found.keywords["base"])


def _command_lines() -> set[str]:
    lines = set()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.add(path.read_bytes().decode("utf-8", "replace"))
        except OSError:
            continue
    return lines
