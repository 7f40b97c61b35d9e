"""Test text dumps with several posts in a file, archives of texts, and the command line."""

from __future__ import annotations

import gzip
import json
from io import BytesIO
from pathlib import Path

import pytest
from warcio.warcwriter import WARCWriter

from support.dump_texts import BODY, dump
from support.terminal import run
from unwix import readers
from unwix.model.page import Page
from unwix.model.post import Post
from unwix.model.skipped import Skipped
from unwix.readers.text_dump.reader import read_text, read_wet

LIKE = "Post not marked as liked"
CARDS = "\n\n".join(
    ["Recent Posts", "See All", "Another lamp", "Another lamp", "17", "0", LIKE, "A third lamp", "12", "0", LIKE]
)


def shape_of_a_row(title: str, views: int) -> str:
    """Return a post as in docs/wix/text-dumps.md#several-posts-in-one-file: no edges, blank lines, cards at the end."""
    head = f"{title}\nWriter: Burak\nBurak\nDec 19, 2025\n3 min read\n\n"
    body = "\n\n".join([*BODY, "### A heading typed by hand", "1. one", "2. two", *BODY]) + "\nlast-lamp.png"
    return f"{head}{body}{chr(10) * 9}{views} views\n0 comments\nPost not marked as liked\n{CARDS}\n\n\n"


def page(title: str) -> str:
    return dump("en").replace("Seven lamps for a long night", title)


def titles(posts: list[Post]) -> list[str | None]:
    return [post.metadata.title for post in posts]


def test_posts_without_separators_are_split() -> None:
    posts = read_text(
        "blogs.txt",
        "".join(shape_of_a_row(f"Lamp number {word}", n) for n, word in enumerate(("one", "two", "three"), 5)).encode(),
    )
    assert titles(posts) == ["Lamp number one", "Lamp number two", "Lamp number three"]
    assert [post.metadata.views for post in posts] == [5, 6, 7]
    assert {tuple(post.metadata.authors) for post in posts} == {("Burak",)}
    assert [post.source for post in posts] == ["blogs.txt#1", "blogs.txt#2", "blogs.txt#3"]
    tags = [[block.tag for block in post.article] for post in posts]
    assert tags == [["p"] * 3 + ["h3", "ol"] + ["p"] * 3 + ["div"]] * 3


@pytest.mark.parametrize(
    "separator",
    [
        "# https://www.example.com/post/{}",
        "### https://www.example.com/post/{}",
        "URL: https://www.example.com/post/{}",
        "=== https://www.example.com/post/{} ===",
        "--- https://www.example.com/post/{}",
        "From unwix Mon Mar  4 10:00:00 2024\nSubject: https://www.example.com/post/{}\n",
        "\f\nhttps://www.example.com/post/{}\n",
    ],
)
@pytest.mark.parametrize("edges", [True, False], ids=["edges", "no-edges"])
def test_separators_split_posts(separator: str, edges: bool) -> None:
    pages = [page(f"Lamp {name}") for name in ("one", "two", "three")]
    if not edges:
        pages = [text.replace("top of page\n\n", "").replace("bottom of page\n", "") for text in pages]
    text = "\n".join(
        f"{separator.format(name)}\n{made}" for name, made in zip(("one", "two", "three"), pages, strict=True)
    )
    posts = read_text("blogs.txt", text.encode())
    assert titles(posts) == ["Lamp one", "Lamp two", "Lamp three"]
    assert [post.metadata.canonical_url for post in posts] == [
        f"https://www.example.com/post/{name}" for name in ("one", "two", "three")
    ]
    assert [post.source for post in posts] == ["blogs.txt#one", "blogs.txt#two", "blogs.txt#three"]


@pytest.mark.parametrize("separator", ["", "\f", "==========", "----------"])
def test_separators_without_a_url(separator: str) -> None:
    text = "\n".join(f"{page(f'Lamp {name}')}\n{separator}" for name in ("one", "two", "three"))
    assert titles(read_text("blogs.txt", text.encode())) == ["Lamp one", "Lamp two", "Lamp three"]


def test_url_above_a_single_post() -> None:
    (post,) = read_text("a.txt", f"# https://www.example.com/post/lamp\n\n{page('Lamp')}".encode())
    assert (post.metadata.slug, post.source) == ("lamp", "a.txt")


def test_cards_with_bylines_are_not_posts() -> None:
    card = "\n\n".join(
        [
            "Another lamp",
            "Writer: Ada Crewe",
            "Mar 3, 2023",
            "2 min read",
            "A short teaser of it.",
            "9 views",
            "0 comments",
        ]
    )
    text = page("Lamp").replace("270", f"{card}\n\n{card}").replace("top of page\n\n", "")
    assert titles(read_text("a.txt", text.encode())) == ["Lamp"]


def test_lines_are_numbered_in_the_file() -> None:
    text = "".join(shape_of_a_row(f"Lamp number {word}", 5) for word in ("one", "two"))
    second = read_text("blogs.txt", text.encode())[1]
    lines = text.split("\n")
    assert all(lines[number - 1].strip() == line for number, _, line in second.removed_lines)


# ---- archives of texts ----------------------------------------------------------------------------------------------


def wet(*records: tuple[str, str, str], packed: bool = False) -> bytes:
    """Return a WET file in the form of Common Crawl: URL, date and text of each record."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("crawl.wet", {"software": "a test"}))
    for address, date, text in records:
        record = writer.create_warc_record(
            address, "conversion", payload=BytesIO(text.encode()), http_headers=None, warc_content_type="text/plain"
        )
        record.rec_headers.replace_header("WARC-Date", date)
        writer.write_record(record)
    return out.getvalue()


RECORDS = (
    (
        "https://www.example.com/post/lamp-one",
        "2024-06-10T12:00:00Z",
        dump("en", gap="\n").replace("Mar 4, 2023\n3 min", "5 days ago\n3 min"),
    ),
    ("https://www.example.com/about", "2024-06-10T12:00:00Z", "About us\nWe sell lamps.\n"),
    (
        "https://www.example.com/post/lamp-zwei",
        "2024-06-10T12:00:00Z",
        dump("de", gap="\n").replace("4. März 2023\n3 Min", "4. März\n3 Min"),
    ),
)


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gz"])
def test_wet_records_are_posts_with_url_and_date(packed: bool) -> None:
    posts = readers.read(Page("crawl.wet", data=wet(*RECORDS, packed=packed)))
    assert [post.metadata.canonical_url for post in posts] == [RECORDS[0][0], RECORDS[2][0]]
    # Relative dates and dates without a year can be read, because the record states when it was saved.
    assert [post.metadata.date for post in posts] == ["2024-06-05", "2024-03-04"]
    assert [[block.tag for block in post.article] for post in posts] == [["p"] * 3] * 2


def test_date_without_year_is_never_in_the_future() -> None:
    text = dump("en", gap="\n").replace("Mar 4, 2023\n3 min", "Sep 26\n3 min")
    (post,) = read_wet("x", wet(("https://www.example.com/post/a", "2024-06-10T12:00:00Z", text)))
    assert post.metadata.date == "2023-09-26"


def test_wet_without_posts_is_skipped() -> None:
    with pytest.raises(Skipped):
        readers.read(Page("crawl.wet", data=wet(RECORDS[1])))


# ---- the command line -----------------------------------------------------------------------------------------------


def test_report_states_detection_signals_and_removed_lines(tmp_path: Path) -> None:
    (tmp_path / "lamp.txt").write_text(page("Lamp"), encoding="utf-8")
    assert run("convert", tmp_path / "lamp.txt", "-o", tmp_path / "out", "--jobs", "0").code == 0
    (row,) = json.loads((tmp_path / "out/report.json").read_text(encoding="utf-8"))["posts"]
    assert row["detected_by"][:3] == ["all_posts", "author", "counters"]
    assert {"lines": [1, 1], "rule": "edge", "text": "top of page"} in row["removed"]


def test_inspect_shows_the_rule_of_each_removed_line(tmp_path: Path) -> None:
    (tmp_path / "lamp.txt").write_text(page("Lamp"), encoding="utf-8")
    out = run("inspect", tmp_path / "lamp.txt").out
    _, _, cut = out.partition("Removed lines")
    for line in page("Lamp").split("\n"):
        assert not line or line in BODY or line in cut, line


def test_other_text_is_skipped_or_converted_with_as_text(tmp_path: Path) -> None:
    (tmp_path / "novel.txt").write_text(
        "CHAPTER IV\n\nIt was a dark night, and nobody had lit the lamp.\n", encoding="utf-8"
    )
    skipped = run("convert", tmp_path / "novel.txt", "-o", tmp_path / "a", "--jobs", "0")
    assert skipped.code == 2
    (row,) = json.loads((tmp_path / "a/report.json").read_text(encoding="utf-8"))["skipped"]
    assert row["detail"] == "a text without the signs of a Wix post page"
    assert run("convert", tmp_path / "novel.txt", "-o", tmp_path / "b", "--as", "text", "--jobs", "0").code == 0
    assert "nobody had lit the lamp" in (tmp_path / "b/novel.md").read_text(encoding="utf-8")


def test_gzipped_dump(tmp_path: Path) -> None:
    (tmp_path / "lamp.txt.gz").write_bytes(gzip.compress(page("Lamp").encode()))
    assert run("convert", tmp_path / "lamp.txt.gz", "-o", tmp_path / "out", "--jobs", "0").code == 0


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1251"])
def test_encodings(encoding: str) -> None:
    (post,) = readers.read(Page("x", data=dump("ru").encode(encoding)))
    assert (post.metadata.views, post.metadata.date) == (12, "2023-03-04")
