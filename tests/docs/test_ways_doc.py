"""Test the table of docs/live-site.md on what each source of a blog contains, with conversions of the samples' blog."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from support.fake_web import FakeClock, Web
from support.paths import ROOT_DIR
from support.sample_blog import HOST, SampleBlog
from support.terminal import run
from support.wix_api import KEY, SITE_ID, Time, here, serving
from unwix.cli.options import sources as live
from unwix.sources.api import client as api
from unwix.sources.http.public_hosts import Network
from unwix.sources.http.rate_limit import Clock

DOC = ROOT_DIR / "docs/live-site.md"
_TABLE = re.compile(r"(?<=<!-- Written by tests/docs/test_ways_doc.py -->\n\n).*?(?=\n\n)", re.S)
WAYS = {
    "pages": ("--no-visitor-api",),
    "pages and visitor API": ("--comments",),
    "API with the owner's key": ("--api", "--site-id", SITE_ID, "--comments"),
}
Post = dict[str, Any]
#: Each row of the table with the values of a post that are counted: its front matter, and under `text` and `row` its
#: file and its row in the report.
ROWS: dict[str, Callable[[Post], bool | int]] = {
    "published posts": lambda post: not post.get("draft"),
    "drafts": lambda post: bool(post.get("draft")),
    "complete posts": lambda post: post["row"]["result"] == "complete",
    "images": lambda post: post["row"]["fidelity"]["images"][0],
    "galleries, videos, audio and files that are missing": lambda post: post["text"].count("<!-- unwix: missing"),
    "posts with author": lambda post: bool(post.get("authors")),
    "posts with categories": lambda post: bool(post.get("categories")),
    "posts with tags": lambda post: bool(post.get("tags")),
    "posts with the number of likes": lambda post: "likes" in post,
    "posts with the number of views": lambda post: "views" in post,
    "posts with comments": lambda post: "comments" in post["row"],
}


def posts_of(output: Path) -> list[Post]:
    rows = json.loads((output / "report.json").read_text(encoding="utf-8"))["posts"]
    texts = [(output / row["output"]).read_text(encoding="utf-8") for row in rows]
    return [
        {**yaml.safe_load(text.split("---\n")[1]), "text": text, "row": row}
        for text, row in zip(texts, rows, strict=True)
    ]


def test_table_matches_conversions_of_the_samples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual, clock = live._fetching, FakeClock()
    columns: list[list[Post]] = []
    with Web(tmp_path, (HOST,)).running() as web:
        blog = SampleBlog(web)
        blog.put_pages()

        def at_home(chosen: dict[str, Any]) -> Any:
            settings = usual(chosen)
            settings.network, settings.clock = Network(web.resolve, web.certificate), Clock(clock.now, clock.sleep)
            settings.cache = tmp_path / "cache"
            return settings

        monkeypatch.setattr(live, "_fetching", at_home)
        with serving(blog.of_owner()) as base:
            monkeypatch.setattr(api, "ApiClient", partial(api.ApiClient, base=base, resolve=here, clock=Time().clock()))
            monkeypatch.setenv("UNWIX_API_KEY", KEY)
            for name, options in WAYS.items():
                source = () if "--api" in options else (f"https://{HOST}",)
                result = run("convert", *source, "-o", tmp_path / name, "--jobs", 0, *options)
                assert result.code == 0, result
                columns.append(posts_of(tmp_path / name))
    lines = [f"| | {' | '.join(WAYS)} |", f"|---|{'---:|' * len(WAYS)}"]
    lines += [
        f"| {row} | {' | '.join(str(sum(map(count, posts))) for posts in columns)} |" for row, count in ROWS.items()
    ]
    table, document = "\n".join(lines), DOC.read_text(encoding="utf-8")
    if os.environ.get("UPDATE_EXPECTED"):
        DOC.write_text(_TABLE.sub(table, document), encoding="utf-8")
        pytest.fail("docs/live-site.md was rewritten: read the difference, then run again without UPDATE_EXPECTED")
    assert _TABLE.findall(document) == [table], "make expected rewrites it"
