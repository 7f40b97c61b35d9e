"""Test hostile and broken input: a clear sentence, the correct exit code, and no effect on other posts and files."""

from __future__ import annotations

import errno
import gzip
import html
import json
import os
import re
import subprocess
import tempfile
import tracemalloc
import unicodedata
from pathlib import Path

import pytest
import yaml
from lxml import etree

from support.post_pages import (
    PICTURE,
    SAMPLE_BODY,
    SITE,
    block,
    body,
    files,
    h,
    li,
    outcome,
    p,
    picture,
    post_page,
    post_text,
    save,
    split,
    ul,
    warmup,
    written,
)
from support.terminal import process, run
from unwix.blog.file_names import UniqueNames, safe_name
from unwix.model.article import element, text_of
from unwix.model.errors import UnreadablePage
from unwix.model.page import MAX_BYTES, Page
from unwix.model.results import result_of
from unwix.readers.sniff import unzip
from unwix.run.output_folder import Folder
from unwix.run.steps import convert_page
from unwix.run.workers import Workers
from unwix.sources.files import Files
from unwix.web import cmark as gfm
from unwix.writers.markdown.writer import write_markdown


def title_of(raw: bytes) -> str:
    head, _ = split(written(raw).text)
    return str(yaml.safe_load(head)["title"])


def ricos_text(text: str) -> bytes:
    """Return a document of Wix's editor with one paragraph."""
    node = {"type": "TEXT", "id": "", "nodes": [], "textData": {"text": text, "decorations": []}}
    paragraph = {"type": "PARAGRAPH", "id": "a", "nodes": [node], "paragraphData": {}}
    return json.dumps({"title": "Many lines", "richContent": {"nodes": [paragraph]}}).encode()


def in_html(markdown: str) -> etree._Element:
    """Return cmark's HTML of a post's body as a tree."""
    return etree.fromstring(f"<main>{gfm.render(markdown)}</main>".encode(), etree.HTMLParser(encoding="utf-8"))


# ---- bytes that are no page, or a broken one ----------------------------------------------------------------------

DAMAGED_GZIP = bytearray(gzip.compress(post_page()))
DAMAGED_GZIP[40:60] = b"\xff" * 20

FAILED = {
    "zeros": (b"\0" * 5000, "the file contains only NUL characters; it is damaged"),
    "damaged gzip": (bytes(DAMAGED_GZIP), "the file looks like gzip, but cannot be unpacked"),
    "gzip bomb": (
        gzip.compress(b"<html>" + b" " * (MAX_BYTES + 10), 9),
        "the file unpacks to more than 50 MB; a saved post page has at most 50",
    ),
    "60 MB": (b"<html>" + b" " * 60_000_000, "the page has 60 MB; a saved post page has at most 50"),
    "a page cut off in its head": (post_page()[:300], "the file ends before the post begins"),
    "broken JSON": (
        b'{"title": "x", "html": "<p id=\\"viewer-',
        "the file looks like JSON, but cannot be read as such",
    ),
    "a million open brackets": (b"[" * 1_000_000, "the JSON is nested deeper than anything that Wix writes"),
}
SKIPPED = {
    "nothing": (b"", "an empty file"),
    "blanks": (b"\xef\xbb\xbf \r\n\t ", "an empty file"),
    "gzip of nothing": (gzip.compress(b""), "an empty file"),
    "two bytes of gzip": (b"\x1f\x8b", "an empty file"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50, "an image"),
    "an archive": (b"PK\x03\x04" + bytes(range(256)) * 50, "an archive"),
    "noise": (bytes(range(256)) * 50, "a binary file"),
    "noise after a tag": (b"<\0\1\2\3" + bytes(range(256)) * 50, "a binary file"),
    "a text": (b"Only a few words.\n", "a text without the signs of a Wix post page"),
    "a page of another kind": (
        b"<!DOCTYPE html><html><body><p>Hello</p></body></html>",
        "a page without a Wix blog post",
    ),
}


@pytest.mark.parametrize("name", FAILED)
def test_unreadable_file_is_reported_in_one_sentence(name: str) -> None:
    raw, reason = FAILED[name]
    result = outcome(raw)
    assert (result.posts, result.skipped, result.failed) == ([], None, reason)


@pytest.mark.parametrize("name", SKIPPED)
def test_page_that_is_not_a_post_is_reported_in_one_sentence(name: str) -> None:
    raw, reason = SKIPPED[name]
    result = outcome(raw)
    assert (result.posts, str(result.skipped), result.failed) == ([], reason, None)


def test_broken_files_do_not_stop_the_others(tmp_path: Path) -> None:
    source = tmp_path / "in"
    save(source, 2)
    for number, (raw, _) in enumerate([*FAILED.values(), *SKIPPED.values()]):
        (source / f"0000-{number:02d}.html").write_bytes(raw)
    result = run("convert", source, "-o", tmp_path / "out", "--jobs", 0)
    assert result.code == 1
    assert "Traceback" not in result.out + result.err
    report = json.loads((tmp_path / "out/report.json").read_text())
    # A file that begins like an archive and is none is a broken archive; images next to pages are assets, which are not
    # listed.
    skipped = [reason for _, reason in SKIPPED.values() if reason not in ("an archive", "an image")]
    assert sorted(row["file"] for row in report["posts"]) == ["failed"] * (len(FAILED) + 1) + ["written"] * 2
    assert [row["detail"] for row in report["skipped"]] == skipped
    assert {*files(tmp_path / "out")} == {"pot-0.md", "pot-1.md", "report.json", ".unwix-state.json"}


def test_file_of_60_mb_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "big.html"
    with path.open("wb") as file:
        file.truncate(60_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read"))
    assert convert_page(Page("big.html", path=path)).failed == "the file has 60 MB; a saved post page has at most 50"


def test_a_gzip_file_that_was_cut_off_is_reported(tmp_path: Path) -> None:
    raw = gzip.compress(post_page(p("Words of the post. " * 2000 + os.urandom(3000).hex())))
    result = outcome(raw[: len(raw) * 3 // 4])
    assert result.failed or [problem.kind for problem in result.posts[0].problems if problem.severity != "note"]


def test_a_gzip_file_in_two_parts_is_read_whole() -> None:
    raw = post_page(p("First words.") + p("Last words."))
    middle = raw.index(b"Last words") - 30
    post = written(gzip.compress(raw[:middle]) + gzip.compress(raw[middle:]))
    assert "First words." in post.text
    assert "Last words." in post.text
    assert post.problems == []


def test_a_page_cut_off_in_its_body_is_written_and_the_loss_is_reported() -> None:
    raw = post_page(p("First words.") + p("Last words."))
    post = written(raw[: raw.index(b"Last words")])
    assert "First words." in post.text
    assert "truncated" in [problem.kind for problem in post.problems]


@pytest.mark.parametrize("at", range(100, len(post_page(p("One.") + ul("two", "three") + picture("a", "b"))), 97))
def test_a_page_cut_off_anywhere_never_breaks(at: int) -> None:
    result = outcome(post_page(p("One.") + ul("two", "three") + picture("a", "b"))[:at])
    assert (
        result.failed
        or result.skipped
        or {"truncated", "page-truncated-after-post"} & {p.kind for p in result.posts[0].problems}
    )


def test_a_truncated_post_fails_with_strict_only(tmp_path: Path) -> None:
    raw = post_page(p("First words.") + p("Last words."))
    (tmp_path / "a.html").write_bytes(raw[: raw.index(b"Last words")])
    assert run("convert", tmp_path / "a.html", "-o", tmp_path / "out", "-j", 0).code == 0
    assert run("convert", tmp_path / "a.html", "-o", tmp_path / "out", "-j", 0, "--strict").code == 1


# ---- encodings ----------------------------------------------------------------------------------------------------

WORDS = "Kärntner Häferl, naïve façade – “très” déjà vu. Größe, Maß und Übergröße; señor, garçon, œuvre."


@pytest.mark.parametrize(
    ("raw", "problems"),
    [
        (post_text(p(WORDS), "Häferl").encode(), []),
        (post_text(p(WORDS), "Häferl").encode("utf-8-sig"), []),
        (post_text(p(WORDS), "Häferl", charset=None).encode(), []),
        (post_text(p(WORDS), "Häferl", charset="iso-8859-1").encode(), []),
        (post_text(p(WORDS), "Häferl", charset="no-such-charset").encode(), []),
        (post_text(p(WORDS), "Häferl", charset="windows-1252").encode("cp1252"), []),
        (post_text(p(WORDS), "Häferl", charset="utf-16").encode("utf-16"), []),
        (post_text(p(WORDS), "Häferl", charset=None).encode("utf-16"), []),
        (b"\xfe\xff" + post_text(p(WORDS), "Häferl", charset=None).encode("utf-16-be"), []),
        (post_text(p(WORDS * 5), "Häferl", charset=None).encode("cp1252"), ["encoding-guessed"]),
        (post_text(p(WORDS * 5), "Häferl").encode("cp1252"), ["encoding-guessed"]),
    ],
    ids=[
        "utf-8",
        "utf-8 with a mark",
        "utf-8 undeclared",
        "latin-1 declared, utf-8 inside",
        "unknown declared",
        "cp1252",
        "utf-16",
        "utf-16 undeclared",
        "utf-16-be",
        "cp1252 undeclared",
        "cp1252 declared as utf-8",
    ],
)
def test_text_of_any_encoding_is_read(raw: bytes, problems: list[str]) -> None:
    post = written(raw)
    assert WORDS.split("“", maxsplit=1)[0].strip() in post.text
    assert post.metadata.title == "Häferl"
    assert [problem.kind for problem in post.problems] == problems


FRENCH = "Le potier déjà fatigué a posé son œuvre près de la fenêtre. Ça va être prêt à Noël, où l’on fêtera l’été. "
PORTUGUESE = "A argila não está pronta ainda; é preciso esperar até amanhã. Você já fez isso? São três opções. "
CZECH = "Hrnčíř nechal hlínu přes noc odpočívat. Žlutá glazura je příliš řídká, ještě ji zahustí. "


@pytest.mark.parametrize(
    ("text", "encoding", "lang"),
    [
        (FRENCH, "cp1252", "fr"),
        (FRENCH, "latin-1", "fr"),
        (PORTUGUESE, "cp1252", "pt"),
        (PORTUGUESE, "cp1252", "en"),
        (CZECH, "cp1250", "cs"),
    ],
)
def test_a_language_in_its_undeclared_encoding_is_read(text: str, encoding: str, lang: str) -> None:
    text = text if encoding != "latin-1" else text.replace("œ", "oe").replace("’", "'")
    post = written(post_text(p(text * 6), "Clay", charset=None, lang=lang).encode(encoding))
    assert text.strip() in post.text


def test_japanese_in_its_own_encoding_is_read() -> None:
    text = "粘土は回す前に休ませます。急がずに待ちましょう。"
    post = written(post_text(p(text * 5), "粘土", charset="shift_jis", lang="ja").encode("shift_jis"))
    assert text in post.text
    assert post.metadata.title == "粘土"


def test_undecodable_bytes_are_replaced_and_reported() -> None:
    raw = post_page(p(WORDS * 60)).replace("Übergröße".encode(), b"\xc3\x28bergr", 1)
    post = written(raw)
    assert "�" in post.text
    assert "encoding-damaged" in [problem.kind for problem in post.problems]


def test_null_and_control_characters_in_a_page_are_ignored() -> None:
    post = written(post_page(p("A\0 potter\x01\x02\x1b[31m turns\x7f clay&#1;&#0;&#xFFFE;&#xD800;."), "A t\x1bitle"))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f]", post.text)
    assert "turns clay" in post.text


def test_lone_surrogate_in_json_is_removed() -> None:
    """JSON-LD cuts its headline after a number of UTF-16 units, even in the middle of an emoji."""
    post = written(
        post_page(
            title=None,
            head='<script type="application/ld+json">{"@type": "BlogPosting", "headline": "Clay \\ud83c"}</script>',
        )
    )
    assert str(post.metadata.title).startswith("Clay")
    post.text.encode()
    post = written(
        post_page(
            title=None,
            head=warmup("x", '{"postPageResponse": {"data": {"postPage": {"post": {"title": "Clay \\ud83c"}}}}}'),
        )
    )
    post.text.encode()


# ---- depth and length ---------------------------------------------------------------------------------------------

DEEP = 100_000


@pytest.mark.parametrize(
    "tag", ["div", "span", "blockquote", "ul><li", "b", "font", "table><tr><td", "details", "a", "p", "h2"]
)
def test_100_000_nested_tags_in_a_body(tag: str) -> None:
    opening = "".join(f"<{tag}>" for _ in range(DEEP))
    result = outcome(post_page(p("Before.") + block(f"{opening}inmost") + p("After.")))
    if result.posts:
        (post,) = result.posts
        assert "Before." in post.text
        if "inmost" not in post.text:
            assert "nesting-too-deep" in [problem.kind for problem in post.problems]
            assert result_of((problem.severity for problem in post.problems), post.fidelity.lossless) == "lossy"
    else:
        assert result.failed == "the page is nested too deeply to be read"


@pytest.mark.parametrize("closed", [True, False])
def test_100_000_nested_tags_around_a_body(closed: bool) -> None:
    raw = post_text()
    end = "</div>" * DEEP if closed else ""
    raw = raw.replace('<div id="SITE_CONTAINER">', '<div id="SITE_CONTAINER">' + "<div>" * DEEP).replace(
        "</body>", end + "</body>"
    )
    result = outcome(raw.encode())
    assert result.failed == "the page is nested too deeply to be read" or SAMPLE_BODY in result.posts[0].text


@pytest.mark.parametrize("depth", [100, 149, 151, 400, 900])
def test_deep_but_readable_keeps_all_words(depth: int) -> None:
    post = written(
        post_page(
            block("<div>" * depth + "<p>inmost words</p>" + "</div>" * depth)
            + block("<blockquote>" * depth + "quoted" + "</blockquote>" * depth)
            + p("After.")
        )
    )
    for text in ("inmost words", "quoted", "After."):
        assert text in post.text


@pytest.mark.parametrize(
    "raw",
    [
        post_page(p("a<br>" * 60_000)),
        post_page(p("".join(f'<a href="https://www.example.com/{n}">a</a> ' for n in range(20_000)))),
        ricos_text("- a\n" * 60_000),
    ],
    ids=["line breaks in a page", "links in a page", "line breaks in a document"],
)
def test_very_many_parts_of_one_paragraph_stay_within_the_time_limit(raw: bytes) -> None:
    """Each takes one or two seconds. Code that walks over all siblings for each of them would take minutes."""
    with Workers(0) as workers:
        (result,) = workers.map(convert_page, [Page("a", data=raw)], lambda _page, reason: pytest.fail(reason))
    assert [post.result for post in result.posts] == ["complete"]


def test_deep_json_in_a_page_is_a_note() -> None:
    deep = '{"nodes":[' * 50_000
    post = written(post_page(head=warmup("x", deep) + f'<script type="application/ld+json">{"[" * 100_000}</script>'))
    assert SAMPLE_BODY in post.text
    assert [problem.kind for problem in post.problems] == ["embedded-data-unreadable"]


def test_json_that_looks_circular_ends() -> None:
    node = {"id": "aaaaa", "type": "PARAGRAPH", "nodes": [{"id": "aaaaa", "type": "PARAGRAPH", "nodes": []}]}
    post = written(
        post_page(head=warmup("x", {"richContent": {"nodes": [node, node]}, "url": {"base": SITE, "path": "/post/x"}}))
    )
    assert SAMPLE_BODY in post.text


@pytest.mark.parametrize(
    "post",
    [
        {
            "title": 5,
            "slug": [],
            "url": "x",
            "tagIds": {},
            "categoryIds": "x",
            "coverMedia": [],
            "owner": 3,
            "metrics": [],
            "richContent": [],
        },
        {
            "title": None,
            "url": {"base": 1, "path": []},
            "owner": None,
            "coverMedia": {"image": 7},
            "richContent": {"nodes": {"a": 1}},
        },
        {
            "richContent": {"nodes": [None, 1, "x", {"id": 5}, {"id": "aaaaa", "nodes": "x"}]},
            "owner": {"name": 5},
            "coverMedia": {"image": {"url": 5}},
        },
        {
            "url": {"base": "x", "path": 3},
            "owner": "x",
            "commentingEnabled": "yes",
            "minutesToRead": -1,
            "firstPublishedDate": 5,
        },
    ],
)
def test_wrong_types_in_embedded_data_are_ignored(post: dict[str, object]) -> None:
    written_post = written(post_page(head=warmup("x", post, categories=[1, {"id": []}], tags="x")))
    assert SAMPLE_BODY in written_post.text
    assert written_post.metadata.title == "A pot of one’s own"


@pytest.mark.parametrize(
    "value",
    [
        [],
        None,
        5,
        "x",
        {"@graph": [None, 5]},
        {"@type": "BlogPosting", "author": 5, "image": [[]], "url": [], "headline": {}},
        {"@type": ["BlogPosting"], "author": [{"name": [1]}]},
    ],
)
def test_wrong_types_in_json_ld_are_ignored(value: object) -> None:
    post = written(post_page(head=f'<script type="application/ld+json">{json.dumps(value)}</script>'))
    assert SAMPLE_BODY in post.text


@pytest.mark.parametrize("number", ["9" * 5000, "-5", "1e400", "٣", "3.5", "∞", "0x10", "1,2,3"])
def test_huge_and_odd_counters_are_ignored(number: str) -> None:
    stats = f'<div data-hook="post-stats"><span>{number} views</span><span>{number} comments</span></div><span data-hook="time-to-read">{number} min read</span>'
    stats += f'<span data-hook="like-button-with-count__like-count">{number}</span>'
    ld = f'<script type="application/ld+json">{{"@type":"BlogPosting","commentCount":{number if number.isdigit() else 1}}}</script>'
    post = written(post_page(stats=stats, head=ld))
    head, _ = split(post.text)
    for name in ("views", "comments", "likes", "reading_minutes"):
        value = yaml.safe_load(head).get(name)
        assert value is None or (isinstance(value, int) and 0 <= value < 10**12)


def test_numbers_of_5000_digits_in_embedded_data_are_ignored() -> None:
    text = json.dumps(
        {"postPageResponse": {"data": {"postPage": {"post": {"minutesToRead": 123456789, "metrics": {"views": 1}}}}}}
    ).replace("123456789", "9" * 5000)
    post = written(post_page(head=warmup("x", text)))
    assert SAMPLE_BODY in post.text


def test_a_line_of_half_a_million_characters() -> None:
    text = "clay *and* water_ " * 30_000
    post = written(post_page(p(text)))
    assert post.fidelity.lossless


def test_a_word_of_a_million_characters() -> None:
    assert written(post_page(p("a" * 1_000_000) + p("*" * 20_000) + p("[" * 5_000) + p("`" * 5_000))).fidelity.lossless


def test_10_000_items_nested_flat() -> None:
    items = "".join(li(f"item {n}", 1 + n % 19) for n in range(10_000))
    post = written(post_page(block(f"<ul>{items}</ul>", "bulleted_list")))
    assert post.fidelity.counts["items"] == (10_000, 10_000)
    assert post.fidelity.lossless


@pytest.mark.parametrize("level", ["0", "-1", "999999999999", "x", "", "1.5", "٣", "²"])
def test_odd_levels_and_numbers_of_lists(level: str) -> None:
    item = f'<li aria-level="{level}"><p>one</p></li>'
    post = written(
        post_page(
            block(f'<ol start="{level}" data-level="{level}">{item}{item}</ol>', "ordered_list")
            + block(f'<table><tr><td colspan="{level}" rowspan="{level}">x</td><td>y</td></tr></table>')
        )
    )
    assert post.fidelity.lossless


# ---- front matter that would break out ----------------------------------------------------------------------------

TITLES = [
    'He said "no"',
    "It's",
    "a: b",
    "a:b: c",
    "# no comment",
    "- item",
    "---",
    "--- \ntitle: other",
    "...",
    "a\n---\nb: c",
    "| x",
    "> x",
    "@at",
    "%percent",
    "&anchor",
    "*alias",
    "!!python/object/apply:os.system ['true']",
    "!tag x",
    "{a: b}",
    "[a, b]",
    "null",
    "~",
    "yes",
    "123",
    "1.5",
    "2024-01-01",
    "0x10",
    "1:30",
    "=",
    "<<",
    "`",
    "?",
    "a #b",
    "\\",
    "\\n",
    "'",
    '"',
    "😀 🏺",
    "שלום עולם",
    "\u202eevil\u202c",
    "\u200fימין",
    "مرحبا",
    "a\u2028b",
    "a\x85b",
    "<b>bold</b>",
    "</title><script>alert(1)</script>",
    "{{ site.secret }}",
    "{% include x %}",
    "x" * 5000,
    "a | b",
]


@pytest.mark.parametrize("title", TITLES)
def test_titles_cannot_escape_their_field(title: str) -> None:
    post = written(post_page(title=title))
    head, markdown = split(post.text)
    back = yaml.safe_load(head)
    assert list(back) == ["title", "slug", "date", "authors", "language", "canonical_url"]
    assert isinstance(back["title"], str)
    assert " ".join(back["title"].split()) == " ".join(title.split())
    assert markdown.strip() == SAMPLE_BODY


def test_names_tags_and_descriptions_cannot_escape_their_field() -> None:
    evil = "x\n---\n!!python/name:os.system\n- a: b"
    stats = f'<a data-hook="category-label-list__item" href="/c">{evil}</a><nav data-hook="tag-cloud-root"><a href="/t">{evil}</a></nav>'
    metas = f'<meta name="description" content="{evil}"><meta property="og:image" content="https://static.wixstatic.com/media/{PICTURE}">'
    post = written(post_page(head=metas, stats=stats).replace(b'content="Ada Potter"', f'content="{evil}"'.encode()))
    back = yaml.safe_load(split(post.text)[0])
    line = " ".join(evil.split())
    assert (back["authors"], back["categories"], back["tags"], back["description"]) == ([line], [line], [line], line)


# ---- file names ---------------------------------------------------------------------------------------------------

SLUGS = [
    "../evil",
    "..%2fevil",
    "%2e%2e%2f%2e%2e%2fevil",
    "..",
    ".",
    "/etc/passwd",
    "%2Fetc%2Fpasswd",
    "c%3A%5Cwindows",
    "a%00b",
    "%00",
    "con",
    "CON",
    "nul.txt",
    "aux",
    "com1",
    "LPT9.md",
    "a" * 400,
    "é" * 300,
    "字" * 200,
    "🏺" * 100,
    ".hidden",
    "-rf",
    "~",
    "a%0Ab",
    "a%20b",
    "a*b%3Fc",
    "report.json",
    ".unwix-state.json",
    "%E2%80%AEgpj",
    "a.",
    "a%20",
    "%FF%FE",
    "%ED%A0%80",
    "$HOME",
    "`id`",
    "a;b",
    "a|b",
    "%7C",
    "index.html",
    "%2e",
    "x.md",
    "%5c..%5c..%5cevil",
]


@pytest.mark.parametrize("slug", SLUGS)
def test_no_slug_leaves_the_output_directory(slug: str, tmp_path: Path) -> None:
    (tmp_path / "evil.md").write_text("mine")
    (tmp_path / "a.html").write_bytes(post_page(slug=slug))
    out = tmp_path / "deep/er/out"
    result = run("convert", tmp_path / "a.html", "-o", out, "-j", 0)
    assert result.code == 0, result
    (name,) = [name for name in files(out) if name not in ("report.json", ".unwix-state.json")]
    assert len(name.encode()) <= 240
    assert "/" not in name
    assert name.endswith(".md")
    assert not name.startswith((".", "-", " "))
    assert not re.search('[\x00-\x1f<>:"/\\\\|?*\u202a-\u202e]', name)
    assert not re.match(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", name, re.I)
    assert {*files(tmp_path)} == {
        "evil.md",
        "a.html",
        f"deep/er/out/{name}",
        "deep/er/out/report.json",
        "deep/er/out/.unwix-state.json",
    }
    assert (tmp_path / "evil.md").read_text() == "mine"


@pytest.mark.parametrize(
    "name", ["con", "a" * 300, "é" * 150, "..", "", "...", " . ", "\x00", "a\u0301" * 90, "\ud800"]
)
def test_a_safe_name_stays_safe(name: str) -> None:
    made = safe_name(name)
    assert safe_name(made) == made
    assert len(made.encode()) <= 210
    assert made == unicodedata.normalize("NFC", made)


def test_names_equal_on_some_file_systems_get_numbers() -> None:
    names = UniqueNames()
    assert [names.take(n) for n in ("a", "A", "a", "é", "e\u0301", "a-2", "ﬁ", "fi")] == [
        "a",
        "A-2",
        "a-3",
        "é",
        "e\u0301-2",
        "a-2-2",
        "ﬁ",
        "fi-2",
    ]


def test_two_posts_with_one_slug_get_two_files(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "1.html").write_bytes(post_page(p("First."), "First", url=f"{SITE}/post/pot"))
    (source / "2.html").write_bytes(post_page(p("Second."), "Second", url=f"{SITE}/2024/pot"))
    (source / "3.html").write_bytes(post_page(p("Third."), "Third", url=f"{SITE}/2025/POT"))
    assert run("convert", source, "-o", tmp_path / "out", "-j", 0).code == 0
    written_files = files(tmp_path / "out")
    assert {name: content.split(b"\n")[-2] for name, content in written_files.items() if name.endswith(".md")} == {
        "pot.md": b"First.",
        "pot-2.md": b"Second.",
        "POT-3.md": b"Third.",
    }


def test_duplicate_post_is_written_once_from_the_better_copy(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    raw = post_page(p("First words.") + p("Last words."))
    (source / "1.html").write_bytes(raw[: raw.index(b"Last words")])
    (source / "2.html").write_bytes(raw)
    (source / "3.html").write_bytes(raw)
    assert run("convert", source, "-o", tmp_path / "out", "-j", 0).code == 0
    report = json.loads((tmp_path / "out/report.json").read_text())
    (row,) = report["posts"]
    assert row["source"].endswith("/2.html")
    assert [(Path(s["source"]).name, s["detail"].split(" as ")[0]) for s in report["skipped"]] == [
        ("1.html", "the same post"),
        ("3.html", "the same post"),
    ]
    assert "Last words." in (tmp_path / "out" / row["output"]).read_text()
    assert len(files(tmp_path / "out")) == 3


# ---- the output folder --------------------------------------------------------------------------------------------


def test_output_that_is_a_file(tmp_path: Path) -> None:
    save(tmp_path / "in")
    (tmp_path / "out").write_text("mine")
    result = run("convert", tmp_path / "in", "-o", tmp_path / "out")
    assert result.code == 2
    assert "is a file" in result.err
    assert (tmp_path / "out").read_text() == "mine"


def test_output_below_a_file(tmp_path: Path) -> None:
    save(tmp_path / "in")
    (tmp_path / "out").write_text("mine")
    result = run("convert", tmp_path / "in", "-o", tmp_path / "out/deeper")
    assert result.code == 2
    assert (
        result.err
        == f"unwix: The output folder {tmp_path}/out/deeper cannot be written: Not a directory. Choose another with -o.\n"
    )


def test_output_that_is_not_writable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(tmp_path / "in")
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.md").write_text("mine")

    # The superuser may write anywhere, so that the refusal is simulated.
    def refuse(*_args: object, **_more: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    result = run("convert", tmp_path / "in", "-o", out, "-j", 0)
    assert result.code == 2
    assert (
        result.err == f"unwix: The output folder {out} cannot be written: Permission denied. Choose another with -o.\n"
    )
    assert files(out) == {"mine.md": b"mine"}


def test_a_file_of_the_output_that_cannot_be_read_stops_the_run(tmp_path: Path) -> None:
    save(tmp_path / "in", 2)
    out = tmp_path / "out"
    out.mkdir()
    (out / "pot-1.md").symlink_to("pot-1.md")
    result = run("convert", tmp_path / "in", "-o", out, "-j", 0)
    assert result.code == 1
    assert result.err == f"unwix: {out}/pot-1.md cannot be read: Too many levels of symbolic links.\n"
    assert files(out)["pot-0.md"].endswith(b"Words of number 0.\n")


def test_full_disk_leaves_complete_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The full disk is simulated: the third file that is renamed gets ENOSPC."""
    save(tmp_path / "in", 5)
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("mine")
    replace, calls = os.replace, []

    def full(source: str, target: object) -> None:
        calls.append(target)
        if len(calls) >= 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        replace(source, str(target))

    monkeypatch.setattr(os, "replace", full)
    result = run("convert", tmp_path / "in", "-o", out, "-j", 0)
    assert result.code == 1
    assert len(result.err.splitlines()) == 1
    assert result.err.startswith("unwix: ")
    assert "No space left on device" in result.err
    written_files = files(out)
    assert {*written_files} == {"mine.txt", "pot-0.md", "pot-1.md", ".unwix-state.journal"}
    assert written_files["mine.txt"] == b"mine"
    assert written_files["pot-1.md"].endswith(b"Words of number 1.\n")
    monkeypatch.undo()
    again = run("convert", tmp_path / "in", "-o", out, "-j", 0)
    assert again.code == 0
    assert {name for name in files(out) if name.endswith((".new", ".journal"))} == set()


def test_real_full_disk_leaves_complete_files(tmp_path: Path) -> None:
    """A real small file system, if one can be mounted."""
    out = tmp_path / "out"
    out.mkdir()
    try:
        mounted = (
            subprocess.run(
                ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(out)], capture_output=True, check=False
            ).returncode
            == 0
        )
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("no file system may be mounted here; the made-up full disk is tested above")
    try:
        save(tmp_path / "in", 40, end="</body></html>")
        result = process("convert", tmp_path / "in", "-o", out, "-j", 1)
        assert result.code == 1
        assert "No space left on device" in result.err
        assert not [name for name in files(out) if name.endswith(".tmp")]
        assert all(content.endswith(b".\n") for name, content in files(out).items() if name.endswith(".md"))
    finally:
        subprocess.run(["umount", str(out)], check=True)


def test_a_folder_where_the_posts_file_should_be_fails_that_post_only(tmp_path: Path) -> None:
    save(tmp_path / "in", 3)
    (tmp_path / "out/pot-1.md").mkdir(parents=True)
    (tmp_path / "out/pot-1.md/mine").write_text("mine")
    result = run("convert", tmp_path / "in", "-o", tmp_path / "out", "-j", 0)
    assert result.code == 1
    assert "Traceback" not in result.err
    written_files = files(tmp_path / "out")
    assert written_files["pot-1.md/mine"] == b"mine"
    assert {"pot-0.md", "pot-2.md", "report.json"} <= {*written_files}


def test_files_of_the_user_stay_unchanged(tmp_path: Path) -> None:
    save(tmp_path / "in", 2)
    out = tmp_path / "out"
    mine = {
        "pot-0.md": b"my own words\r\n\xff",
        "notes.txt": b"\0\1",
        "sub/pot-1.md": b"x",
        ".unwix-state.json": b"no JSON",
    }
    for name, content in mine.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(content)
    assert run("convert", tmp_path / "in", "-o", out, "-j", 0).code == 0
    written_files = files(out)
    assert {name: written_files[name] for name in mine if name != ".unwix-state.json"} == {
        name: content for name, content in mine.items() if name != ".unwix-state.json"
    }
    assert written_files["pot-0.md.new"].endswith(b"Words of number 0.\n")


def test_symbolic_link_in_the_output_is_not_followed(tmp_path: Path) -> None:
    save(tmp_path / "in")
    out = tmp_path / "out"
    out.mkdir()
    (tmp_path / "precious").write_text("precious")
    (out / "pot-0.md").symlink_to(tmp_path / "precious")
    (out / "report.json").symlink_to(tmp_path / "precious")
    assert run("convert", tmp_path / "in", "-o", out, "-j", 0).code == 0
    assert (tmp_path / "precious").read_text() == "precious"


@pytest.mark.parametrize(
    "state",
    [
        "[]",
        "{}",
        '{"files": []}',
        '{"files": {"a": 1}}',
        "\xff",
        "[" * 100_000,
        '{"files": null}',
        '{"files": {"pot-0.md": null}}',
    ],
)
def test_damaged_state_is_ignored(state: str, tmp_path: Path) -> None:
    save(tmp_path / "in")
    out = tmp_path / "out"
    out.mkdir()
    (out / ".unwix-state.json").write_bytes(state.encode("latin-1"))
    (out / "pot-0.md").write_text("mine")
    result = run("convert", tmp_path / "in", "-o", out, "-j", 0)
    assert result.code == 0, result
    assert (out / "pot-0.md").read_text() == "mine"


def test_file_without_permission_fails_alone(tmp_path: Path) -> None:
    save(tmp_path / "in", 2)
    (tmp_path / "in/0000a.html").symlink_to(tmp_path / "nowhere")
    result = run("convert", tmp_path / "in", "-o", tmp_path / "out", "-j", 0)
    assert result.code == 1
    assert "Traceback" not in result.err
    assert {"pot-0.md", "pot-1.md"} <= {*files(tmp_path / "out")}


def test_a_pipe_among_the_files_is_not_waited_for(tmp_path: Path) -> None:
    save(tmp_path, 1)
    os.mkfifo(tmp_path / "pipe.html")
    assert [page.source for page in Files([tmp_path]).pages()] == [f"{tmp_path}/0000.html"]


def test_file_names_that_are_not_unicode(tmp_path: Path) -> None:
    source = os.fsencode(tmp_path / "in")
    os.mkdir(source)
    name = source + b"/caf\xe9\n\x1b[31m.html"
    with open(name, "wb") as file:
        file.write(post_page(slug="", url=""))
    result = run("convert", tmp_path / "in", "-o", tmp_path / "out", "-j", 0)
    assert result.code == 0, result
    assert "\x1b" not in result.out
    json.loads((tmp_path / "out/report.json").read_text())


# ---- words that would become markup -------------------------------------------------------------------------------

LINKS = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    " javascript:alert(1)",
    "\x01javascript:alert(1)",
    "\x1fjavascript:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "j&#97;v&#x61;script&#0000058;alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "vbscript:msgbox(1)",
    "VBScript:x",
    "data:text/html,<script>alert(1)</script>",
    "DATA:text/html;base64,PHNjcmlwdD4=",
    "data&colon;text/html,x",
    "blob:https://x.example/1",
    "file:///etc/passwd",
    "view-source:https://x.example",
    "\u200bjavascript:alert(1)",
    "java\u200bscript:alert(1)",
    "java\u00adscript:alert(1)",
    "\ufeffjavascript:alert(1)",
    "\u00a0javascript:alert(1)",
    "\u3000javascript:alert(1)",
    "javascript\n:alert(1)",
    "javascript :alert(1)",
    "http://javascript:alert(1)",
    "https://mailto:javascript:alert(1)",
    "\u2060javascript:x",
    "java\x00script:alert(1)",
]
_DANGEROUS = re.compile(
    r"[\x00-\x20\u00a0\u200b-\u200f\u2028\u2029\u2060\u3000\ufeff\u00ad]*(javascript|vbscript|data|blob|file|view-source)\s*:",
    re.I,
)


@pytest.mark.parametrize("href", LINKS, ids=ascii)
def test_links_that_run_code_become_text(href: str) -> None:
    spelled = href if "&" in href else html.escape(href)
    markup = p(f'see <a href="{spelled}" data-hook="web-link">the words</a> now') + block(
        f'<a data-hook="buttonViewer" href="{spelled}"><div>Press</div></a>'
    )
    markup += block(
        f'<figure data-hook="figure-IMAGE"><a href="{spelled}"><div data-hook="image-viewer"><img alt="x" src="{spelled}" data-pin-media="{spelled}"></div></a>'
        "</figure>",
        "image",
    )
    markup += block(f'<div data-hook="html-component"><iframe src="{spelled}"></iframe></div>', "html") + block(
        f'<video src="{spelled}"></video>', "video"
    )
    post = written(post_page(markup))
    tree = in_html(split(post.text)[1])
    for name in ("href", "src"):
        for node in tree.iter():
            value = re.sub(r"[\t\r\n]", "", str(node.get(name) or "")) if isinstance(node.tag, str) else ""
            assert not _DANGEROUS.match(re.sub("%([0-9a-fA-F]{2})", "", value)), value
            assert not _DANGEROUS.match(value), value
    assert "the words" in post.text
    assert "Press" in post.text


ADDRESSES = [
    "https://x.example/a_(b)",
    "https://x.example/a(b",
    "https://x.example/a)b",
    "https://x.example/a b",
    "https://x.example/a\\b",
    "https://x.example/a|b",
    "https://x.example/[a]",
    "https://x.example/<b>",
    "https://x.example/*a*_b_",
    "https://x.example/?a=1&b=2",
    "https://x.example/?a=1&amp;copy=2",
    "https://x.example/'\"",
    "https://x.example/`a`",
    "https://x.example/字?q=é#ü",
    "mailto:a_b@c.example?subject=x y",
    "tel:+43 1 23",
    "https://x.example/%20%28",
]
SAID = [
    "plain",
    "a [b] c",
    "a ] b",
    "a ( b",
    "a \\ b",
    "a | b",
    "*a*",
    "`a`",
    "![a](b)",
    "<b>",
    "](https://evil.example)",
    "a\\",
    "a_b_c",
    "https://other.example/a_b",
    "&amp;",
    "!",
    "^1",
    "[^1]",
]


@pytest.mark.parametrize("href", ADDRESSES)
@pytest.mark.parametrize("where", ["paragraph", "cell"])
def test_urls_and_texts_of_links_are_preserved(href: str, where: str) -> None:
    for text in [*SAID, href]:
        link = f'<a href="{html.escape(href)}">{html.escape(text)}</a>'
        raw = post_page(
            p(f"x {link} y")
            if where == "paragraph"
            else block(f"<table><tr><td><p>x {link} y</p></td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>")
        )
        post = written(raw)
        links = list(in_html(split(post.text)[1]).iter("a"))
        assert len(links) == 1, post.text
        assert text_of(links[0]) == text, post.text
        assert post.fidelity.lossless, post.problems


@pytest.mark.parametrize(
    "evil",
    [
        '"><script>alert(1)</script>',
        "x](javascript:alert(1))",
        '" onerror="alert(1)',
        "<img src=x onerror=alert(1)>",
        "<!--",
        "-->",
        "--!>",
        "<![CDATA[",
        "<?php",
        "</p></main>",
        "&lt;script&gt;",
        "{{x}}",
    ],
)
def test_markup_in_titles_alts_captions_and_texts_stays_text(evil: str) -> None:
    text = html.escape(evil)
    post = written(
        post_page(
            p(text)
            + h(text)
            + ul(text)
            + picture(text, text)
            + block(f"<table><tr><td>{text}<ul><li>{text}</li></ul></td></tr></table>")
            + p("After."),
            title=evil,
        )
    )
    back = yaml.safe_load(split(post.text)[0])
    assert " ".join(back["title"].split()) == evil
    tree = in_html(split(post.text)[1])
    assert not list(tree.iter("script", etree.ProcessingInstruction))
    assert not [name for node in tree.iter() for name in node.attrib if name.startswith("on")]
    assert len(list(tree.iter("img"))) == 1
    assert text_of(tree.find(".//main")[-1]) == "After."  # type: ignore[index]
    assert post.fidelity.lossless, post.problems


@pytest.mark.parametrize("evil", ["-->", "--!>", "->", ">", "--", "- - >", "<!--", "--->", "a--", "-", "\n\n", "–->"])
def test_placeholder_comment_cannot_be_escaped(evil: str) -> None:
    text = f"{evil}<script>alert(1)</script>{evil}"
    for where in ("block", "item", "cell", "quote"):
        mark: etree._Element = element("div", text, class_="missing", title="video")
        inner = {
            "block": mark,
            "item": element("ul", element("li", element("p", "a"), mark)),
            "quote": element("blockquote", mark),
            "cell": element("table", element("tbody", element("tr", element("td", mark), element("td", "b")))),
        }[where]
        tree = in_html(write_markdown(element("article", inner, element("p", "After."))))
        assert not list(tree.iter("script")), where
        assert text_of(tree.find(".//main")[-1]) == "After.", where  # type: ignore[index]


def test_markup_in_block_types_cannot_escape() -> None:
    evil = html.escape("wix-draft-plugin---><script>alert(1)</script>")
    post = written(post_page(p("Before.") + block("", evil) + p("After.")))
    tree = in_html(split(post.text)[1])
    assert not list(tree.iter("script"))
    assert "block-missing" in [problem.kind for problem in post.problems]


def test_scripts_and_handlers_of_a_page_are_not_in_the_post() -> None:
    markup = p('a<script>alert(1)</script><img src=x onerror="alert(1)"><svg onload="alert(2)"></svg> b') + block(
        '<div onclick="x()"><p onclick="y()">c</p></div>'
    )
    post = written(post_page(markup))
    assert not re.search(r"alert|onerror|onclick|onload|<svg", post.text)


def test_terminal_codes_in_a_title_are_not_printed(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(post_page(title="A\x1b[31mred\x07\u202e", slug="%1b%5b31mred"))
    result = run("convert", tmp_path / "a.html", "-o", tmp_path / "out", "-j", 0)
    shown = run("inspect", tmp_path / "a.html")
    assert not re.search("[\x07\x1b]", result.out + result.err + shown.out + shown.err)


def test_missing_output_directory_is_created(tmp_path: Path) -> None:
    Folder(tmp_path / "a/b/c").put("x.md", "x\n")
    assert files(tmp_path)["a/b/c/x.md"] == b"x\n"


def test_body_fragment_is_a_post(tmp_path: Path) -> None:
    """A fragment: the element of the body copied out of its page."""
    post = written(body(p("Only the body.")).encode())
    assert "Only the body." in post.text
    assert [problem.kind for problem in post.problems] == ["title-missing"]


# ---- memory ------------------------------------------------------------------------------------------------------------


def test_a_file_that_unpacks_to_much_more_takes_no_more_memory_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(unzip.__globals__, "MAX_BYTES", 100_000)
    bomb = gzip.compress(b"x" * 20_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(UnreadablePage, match="unpacks to more"):
            unzip(bomb)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory in use is read from Linux's /proc")
def test_reading_markdown_back_frees_memory() -> None:
    def in_use() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    text = "A *word* of many.\n\n" * 5_000
    for _ in range(5):
        gfm.render(text)
    before = in_use()
    for _ in range(60):
        gfm.render(text)
    assert in_use() - before < 30_000_000  # 60 trees that are not freed take 300 MB
