"""Test that the committed conversion of the samples, `output/`, is up to date."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from support.paths import ROOT_DIR
from unwix.cli.main import cli
from unwix.model.skipped import SKIP_KINDS

ROOT = ROOT_DIR
SAMPLES = ROOT / "samples"
HOLIDAY = "samples/browser/How to keep a sourdough alive on holiday"
OIL = "samples/archives/site.zip!/site/post/oil-for-old-wheels.html"
RYE = "www.example.com/{}/2019/11/02/rye-bread-in-a-cold-kitchen.html"
FERRY = "samples/mirror/ferry.example.com/"
FOG = f"the same post as {FERRY}post/first-fog-of-the-year.html, which is the better copy"
#: Every sample that is not a post of its own, with the reason. Assets next to a page (images, style sheets) are not
#: listed.
SKIPPED = {
    "samples/README.md": "a text without the signs of a Wix post page",
    "samples/archives/a-crawl-of-the-internet-archive.warc.gz": "answers with status 404 (1), images (1), redirects (1)",
    "samples/archives/blog-feed.xml#oil-for-old-wheels": f"the same post as {OIL}, which is the better copy",
    "samples/archives/site.zip!/site/logo.png": "an image",
    f"{HOLIDAY} (1).html": f"the same post as {HOLIDAY}.html, which is the better copy",
    "samples/httrack/www.example.com/blog.html": "a blog list page",
    f"samples/httrack/{RYE.format('amp')}": f"the same post as samples/httrack/{RYE.format('post')}, which is the better copy",
    "samples/mirror/studio.example.com/event-details/lantern-night.html": "a page of a Wix site without a blog post: the details of an event",
    f"{FERRY}404.html": "a “page not found” page",
    f"{FERRY}amp/first-fog-of-the-year.html": FOG,
    f"{FERRY}post/first-fog-of-the-year@lang=fr.html": FOG,
    f"{FERRY}blog-feed.xml#first-fog-of-the-year": FOG,
    f"{FERRY}blog-feed.xml#a-splice-that-holds": FOG.replace("first-fog-of-the-year", "a-splice-that-holds"),
    f"{FERRY}blog-feed.xml#the-night-the-lights-went-out": FOG.replace(
        "first-fog-of-the-year", "the-night-the-lights-went-out"
    ),
    **{
        f"{FERRY}{name}.html": "a blog list page"
        for name in ("blog", "blog/page/2", "blog/categories/crossings", "blog/tags/fog")
    },
    f"{FERRY}index.html": "a page of a Wix site without a blog post",
    f"{FERRY}old-notebook.html": f"{SKIP_KINDS['other-blog-app']} (easy-blog.example)",
    f"{FERRY}robots.txt": "a text without the signs of a Wix post page",
    "samples/documents/blog-api-names.json": "JSON without a Wix blog post",
    "samples/saved/forum-cracked-shelf.html": "a forum page",
    "samples/saved/post-not-found.html": "a “post not found” page",
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return the report of converting the samples from the repository's root."""
    folder = tmp_path_factory.mktemp("output")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        result = CliRunner().invoke(cli, ["convert", "samples", "-o", str(folder), "--jobs", "0"])
    assert result.exit_code == 0, result.output
    data: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return data


def test_committed_output_is_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(cli, ["check", "samples", "--expect", "output", "--jobs", "0"])
    assert result.exit_code == 0, result.output


def test_committed_report_is_of_these_samples(report: dict[str, Any]) -> None:
    committed = json.loads((ROOT / "output" / "report.json").read_text(encoding="utf-8"))
    for row in (*report["posts"], *committed["posts"]):
        del row["file"]  # written in a new directory, unchanged in one that contains the post
    assert committed == report


def test_skipped_samples_state_the_correct_reason(report: dict[str, Any]) -> None:
    assert {row["source"]: row["detail"] for row in report["skipped"]} == SKIPPED


def test_samples_are_lossless(report: dict[str, Any]) -> None:
    assert [row["source"] for row in report["posts"] if row["result"] == "lossy"] == []


def test_readme_names_every_sample() -> None:
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    files = [
        path.relative_to(SAMPLES).as_posix()
        for path in SAMPLES.rglob("*")
        if path.is_file() and path.name != "README.md"
    ]
    assert len(files) >= 14
    assert [name for name in files if f"`{name}`" not in readme] == []


def test_samples_are_small() -> None:
    assert {
        path.name: path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file() and path.stat().st_size > 40_000
    } == {}


def test_the_summary_lists_each_reason_for_skipping(tmp_path: Path) -> None:
    """No reason is cut: some ask the user to save a page again."""
    result = CliRunner().invoke(cli, ["convert", str(SAMPLES), "-o", str(tmp_path / "out"), "--jobs", "2"])
    (total,) = re.findall(r"(\d+) pages skipped", result.output)
    assert sum(map(int, re.findall(r"(\d+) × skipped: ", result.output))) == int(total) > 20
