"""`unwix cutover`: the list of what to check before cancelling Wix."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from support import post_pages as pages
from support.media_posts import image
from support.terminal import run


@pytest.fixture
def output(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    gallery = '<div data-hook="gallery-viewer"></div>'
    link = pages.p('<a href="https://www.potter-lane.example/contact">contact</a>')
    (tmp_path / "in" / "a.html").write_bytes(pages.post_page(pages.p("Words.") + image(1) + link))
    (tmp_path / "in" / "b.html").write_bytes(pages.post_page(pages.p("More.") + gallery, title="B", slug="b"))
    result = run("convert", tmp_path / "in", "-o", tmp_path / "out", "--to", "jekyll", "--media", "list", "-j", 0)
    assert result.code in (0, 1), result.err
    return tmp_path / "out"


def test_the_list_names_urls_media_links_and_exports(output: Path) -> None:
    result = run("cutover", output, "--base-url", "https://new.example", "--permalink", "post=/notes/{slug}/")
    assert result.code == 0, result.err
    assert "- [x] /post/b → https://new.example/notes/b/ (redirect)" in result.out
    for section in ("Media still at Wix (1)", "Links that still lead to the old site (1)", "Only in Wix's dashboard"):
        assert f"## {section}" in result.out
    assert "gallery-missing" in result.out


def test_as_csv(output: Path) -> None:
    rows = list(
        csv.DictReader(io.StringIO(run("cutover", output, "--format", "csv", "--permalink", "post=/notes/{slug}/").out))
    )
    assert {
        "section": "Old URLs of posts",
        "subject": "/post/b",
        "now": "/notes/b/",
        "status": "redirect",
    } in rows
    report = json.loads((output / "report.json").read_text())
    incomplete = [row for row in report["posts"] if row["result"] != "complete"]
    assert sum(row["section"] == "Posts to complete" for row in rows) == len(incomplete)


def test_missing_report_is_one_sentence_with_the_next_step(tmp_path: Path) -> None:
    result = run("cutover", tmp_path)
    assert (result.code, result.out) == (2, "")
    assert "report.json" in result.err


def test_a_post_at_its_old_path_needs_no_redirect(output: Path) -> None:
    assert "- [x] /post/b (same path)" in run("cutover", output).out
