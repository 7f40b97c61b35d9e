"""Test captures of one post at different times, and copies that state no URL."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support import post_pages as pages
from support.terminal import run
from unwix.readers.capture_date import capture_date

TEXT = "The ferry leaves at six, and the dog of the harbour master sees it off from the end of the pier. "
OLD, NEW = "A ticket costs two crowns.", "A ticket costs three crowns."
MIRROR = "<!-- Mirrored from www.potter-lane.example/post/a by HTTrack Website Copier/3.x [XR&CO'2014], {} -->"
SINGLE_FILE = "<!--\n Page saved with SingleFile \n url: https://www.potter-lane.example/post/a \n saved date: {} GMT+0200 (CEST)\n-->"
ARCHIVE = "<!--\n     FILE ARCHIVED ON {} AND RETRIEVED FROM THE\n     INTERNET ARCHIVE ON 11:00:00 Jan 01, 2024.\n-->"


def convert(folder: Path, **files: bytes) -> tuple[list[dict[str, Any]], list[dict[str, Any]], str]:
    (folder / "in").mkdir()
    for name, data in files.items():
        (folder / "in" / name.replace("_", ".")).write_bytes(data)
    result = run("convert", folder / "in", "-o", folder / "out", "-j", 0)
    assert result.code == 0, result.err
    report = json.loads((folder / "out" / "report.json").read_text())
    return report["posts"], report["skipped"], "".join(p.read_text() for p in sorted((folder / "out").glob("*.md")))


def capture(price: str, note: str = "", head: str = "") -> bytes:
    page = pages.post_page(pages.p(TEXT + price), "A ferry", "a-ferry", head=head)
    return page.replace(b"</head>", f"</head>{note}".encode(), 1)


def record(data: bytes, date: str) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + data
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {pages.SITE}/post/a-ferry\r\nWARC-Date: {date}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


FORMS = {
    "HTTrack": (MIRROR, "Tue, 02 Jan 2024 10:11:12 GMT", "Fri, 05 Jan 2024 10:11:12 GMT"),
    "SingleFile": (SINGLE_FILE, "Sun Jun 04 2023 10:11:12", "Sun Sep 03 2023 10:11:12"),
    "Internet Archive": (ARCHIVE, "10:11:12 Dec 01, 2022", "10:11:12 Jan 01, 2023"),
}


@pytest.mark.parametrize("is_newest_first", [True, False])
@pytest.mark.parametrize("form", FORMS)
def test_the_newest_capture_is_taken_if_no_date_of_change_is_stated(
    form: str, is_newest_first: bool, tmp_path: Path
) -> None:
    note, early, late = FORMS[form]
    old, new = capture(OLD, note.format(early)), capture(NEW, note.format(late))
    a, b = (new, old) if is_newest_first else (old, new)
    posts, skipped, text = convert(tmp_path, a_html=a, b_html=b)
    assert len(posts) == 1
    assert NEW in text
    assert OLD not in text
    assert [one["kind"] for one in skipped] == ["duplicate"]


def test_the_newest_record_of_a_web_archive_is_taken(tmp_path: Path) -> None:
    archive = record(capture(OLD), "2023-06-01T00:00:00Z") + record(capture(NEW), "2023-08-01T00:00:00Z")
    posts, _, text = convert(tmp_path, s_warc=archive)
    assert len(posts) == 1
    assert NEW in text


def test_a_stated_date_of_change_outweighs_the_capture(tmp_path: Path) -> None:
    note, early, late = FORMS["HTTrack"]
    changed = '<meta property="article:modified_time" content="2025-0{}-01T00:00:00.000Z">'
    old = capture(OLD, note.format(late), changed.format(5))
    new = capture(NEW, note.format(early), changed.format(6))
    assert NEW in convert(tmp_path, a_html=old, b_html=new)[2]


def test_a_newer_capture_that_is_cut_off_is_not_taken(tmp_path: Path) -> None:
    note, early, late = FORMS["HTTrack"]
    cut = capture(OLD, note.format(late))
    whole = capture(NEW, note.format(early))
    assert NEW in convert(tmp_path, a_html=cut[: cut.index(b"crowns")], b_html=whole)[2]


@pytest.mark.parametrize(
    ("raw", "url", "stated", "date"),
    [
        (b"", "https://web.archive.org/web/20230601101112id_/https://a.example/post/b", None, "2023-06-01T10:11:12Z"),
        (SINGLE_FILE.format("Sun Sep 03 2023 01:11:12").encode(), None, None, "2023-09-02T23:11:12Z"),
        (b"<!-- Saved from https://a.example/b at 2023-09-03T10:11:12Z using monolith v2.7.0 -->", None, None, "2023-09-03T10:11:12Z"),
        (b"<html>", None, "2023-08-01T00:00:00Z", "2023-08-01T00:00:00Z"),
        (b"<html>", None, "Fri, 05 Jan 2024 10:11:12 -0000", "2024-01-05T10:11:12Z"),
        (b"<html>", "https://a.example/post/b", "yesterday", None),
        (b"<!-- Mirrored from a.example/b by HTTrack Website Copier/3.x, Tue, 99 Jan 2024 10:11:12 GMT -->", None, None, None),
    ],
)  # fmt: skip
def test_capture_date(raw: bytes, url: str | None, stated: str | None, date: str | None) -> None:
    assert capture_date(raw, url, stated) == date


def copy(text: str, url: str | None, title: str = "A ferry", day: str = "2025-03-04") -> bytes:
    page = pages.post_page(pages.p(text), title, url=url or "")
    return page.replace(b"2025-03-04T05:06:07", f"{day}T05:06:07".encode())


@pytest.mark.parametrize("is_first", [True, False])
def test_an_equal_text_without_url_is_the_same_post(is_first: bool, tmp_path: Path) -> None:
    pair = [copy(TEXT, None), copy(TEXT, f"{pages.SITE}/post/the-old-ferry")]
    a, b = pair if is_first else pair[::-1]
    posts, _, text = convert(tmp_path, a_html=a, b_html=b)
    assert len(posts) == 1
    assert f"canonical_url: {pages.SITE}/post/the-old-ferry" in text
    assert "slug: the-old-ferry" in text


SECOND = f"{pages.SITE}/post/second"


@pytest.mark.parametrize(
    "others",
    [
        [copy(TEXT, SECOND), copy(TEXT, f"{pages.SITE}/post/first")],
        [copy(TEXT, None, day="2025-04-04"), copy(TEXT, SECOND)],
        [copy(TEXT, None, title="A boat"), copy(TEXT, SECOND)],
        [copy(TEXT + OLD, None), copy(TEXT, SECOND)],
        [copy("Open today.", None), copy("Open today.", SECOND)],
        [copy(TEXT, None), copy(TEXT, None)],
    ],
    ids=["two URLs", "another day", "another title", "another text", "too short", "no URL"],
)
def test_posts_that_differ_in_anything_else_are_two(others: list[bytes], tmp_path: Path) -> None:
    assert len(convert(tmp_path, a_html=others[0], b_html=others[1])[0]) == 2


def test_a_copy_without_url_does_not_join_posts_with_two_urls(tmp_path: Path) -> None:
    two = copy(TEXT, SECOND), copy(TEXT, f"{pages.SITE}/post/first")
    assert len(convert(tmp_path, a_html=copy(TEXT, None), b_html=two[0], c_html=two[1])[0]) == 2


PREFIX = "https://web.archive.org/web/20230601101112/"


def test_the_archives_prefix_is_removed_without_any_other_mark_of_it(tmp_path: Path) -> None:
    text = f'{TEXT}<a href="{PREFIX}https://boats.example/b">Boats</a> <a href="{PREFIX}{PREFIX}https://gone.example/c">Gone</a>'
    posts, _, written = convert(tmp_path, a_html=copy(text, f"{PREFIX}{pages.SITE}/post/second"))
    assert len(posts) == 1
    assert f"canonical_url: {SECOND}\n" in written
    assert "[Boats](https://boats.example/b)" in written
    assert f"[Gone]({PREFIX}https://gone.example/c)" in written


def test_an_authors_link_to_the_archive_stays(tmp_path: Path) -> None:
    text = f'{TEXT}<a href="{PREFIX}https://gone.example/c">Gone</a>'
    assert f"[Gone]({PREFIX}https://gone.example/c)" in convert(tmp_path, a_html=copy(text, SECOND))[2]
