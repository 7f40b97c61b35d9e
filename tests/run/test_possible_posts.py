"""Test skipped pages that may be posts: they are counted and named, and `--strict` and `check` fail."""

from __future__ import annotations

import json
from pathlib import Path

from support.post_pages import p, post_page
from support.terminal import run

_LONG = " ".join(f"word{number}" for number in range(120))
#: A page without metadata, with a long text in the viewer's markup in an unknown region.
PAGE = (
    '<!DOCTYPE html><html><head><meta name="generator" content="Wix.com Website Builder">'
    '<meta property="og:type" content="website"></head><body><div data-hook="%s">'
    f'<div data-rce-version="9.20.0"><p id="viewer-a1"><span>{_LONG}</span></p></div></div></body></html>'
)


def folder_of(tmp_path: Path, page: str) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.html").write_bytes(post_page(p("Words."), "A pot", "a-pot"))
    (folder / "b.html").write_text(page, encoding="utf-8")
    return folder


def test_a_skipped_page_with_a_long_text_in_viewer_markup_is_a_warning(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, PAGE % "some-new-widget")
    result = run("convert", folder, "-o", tmp_path / "out", "-j", 0)
    assert result.code == 0
    assert f"warning: 1 skipped page may contain a post: {folder}/b.html (120 words)" in result.err.splitlines()
    (row,) = json.loads((tmp_path / "out/report.json").read_text(encoding="utf-8"))["skipped"]
    assert (row["source"], row["words"]) == (f"{folder}/b.html", 120)
    assert run("convert", folder, "-o", tmp_path / "out", "-j", 0, "--strict").code == 1
    check = run("check", folder, "-j", 0)
    assert (check.code, "[possible-post]" in check.out) == (0, True)
    assert run("check", folder, "-j", 0, "--strict").code == 1


def test_known_pages_and_short_texts_are_not_possible_posts(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, PAGE % "event-description")
    (folder / "c.html").write_text((PAGE % "some-new-widget").replace(_LONG, "short"), encoding="utf-8")
    result = run("convert", folder, "-o", tmp_path / "out", "-j", 0, "--strict")
    assert (result.code, "may contain a post" in result.err) == (0, False)
    assert all("words" not in row for row in json.loads((tmp_path / "out/report.json").read_text())["skipped"])
