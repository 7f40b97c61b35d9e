"""Test archives as sources: detected by their bytes, read as a stream, limited; a damaged member fails alone."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest

from support.archive_files import Warc, mhtml, pages_of, tarred, zipped
from support.post_pages import PICTURE, SITE, block, one_post, p, picture, post_page
from support.scorer import SHARED
from support.terminal import run
from unwix import readers
from unwix.model.errors import UnreadablePage
from unwix.model.page import Page
from unwix.model.skipped import Skipped
from unwix.run.write_post import write
from unwix.sources import open_sources
from unwix.sources.archives import streams
from unwix.sources.archives import warc as warc_records
from unwix.sources.archives import zip as zip_members

ADDRESS = f"{SITE}/post/a-pot-of-ones-own"
ONE = post_page(p("Clay must rest.") + picture("A pot", "On the shelf"))
TWO = post_page(p("Glaze must not."), "Of glazes", "of-glazes")
FILES = {"site/post/one.html": ONE, "site/post/two.html": TWO, "site/a.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"}


def warc(packed: bool = True) -> bytes:
    return Warc(packed).answer(ADDRESS, ONE).answer(f"{SITE}/post/of-glazes", TWO).bytes()


def refusals(pages: list[Page]) -> list[str]:
    return [str(page.error) for page in pages if page.error is not None]


def titles(folder: Path) -> list[str]:
    return [row["title"] for row in json.loads((folder / "report.json").read_text())["posts"]]


KINDS: dict[str, Callable[[], bytes]] = {
    "zip": lambda: zipped(FILES),
    "zip-stored": lambda: zipped(FILES, zipfile.ZIP_STORED),
    "tar": lambda: tarred(FILES, "w"),
    "tar.gz": lambda: tarred(FILES, "w:gz"),
    "tar.bz2": lambda: tarred(FILES, "w:bz2"),
    "tar.xz": lambda: tarred(FILES, "w:xz"),
    "warc": lambda: warc(packed=False),
    "warc.gz": warc,
    "warc.gz in one member": lambda: gzip.compress(warc(packed=False)),
    "wacz": lambda: zipped({"datapackage.json": b"{}", "archive/data.warc.gz": warc()}, zipfile.ZIP_STORED),
    "zip of wacz": lambda: zipped({"a.wacz": zipped({"archive/data.warc.gz": warc()})}),
    "tar of zip": lambda: tarred({"a.zip": zipped(FILES)}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_posts_of_an_archive_are_those_of_its_files(kind: str, tmp_path: Path) -> None:
    """Only the bytes decide, not the name."""
    (tmp_path / "folder").mkdir()
    for name in ("site/post/one.html", "site/post/two.html"):
        (tmp_path / "folder" / Path(name).name).write_bytes(FILES[name])
    archive = tmp_path / "notes.txt"
    archive.write_bytes(KINDS[kind]())
    assert run("convert", tmp_path / "folder", "-o", tmp_path / "expected").code == 0
    assert run("convert", archive, "-o", tmp_path / "made").code == 0
    expected = {path.name: path.read_bytes() for path in (tmp_path / "expected").glob("*.md")}
    assert len(expected) == 2
    assert {path.name: path.read_bytes() for path in (tmp_path / "made").glob("*.md")} == expected


@pytest.mark.parametrize("kind", KINDS)
def test_archive_can_be_read_again(kind: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(KINDS[kind]())
    (source,) = open_sources([tmp_path / "x"])
    first = [(page.source, page.data) for page in source.pages()]
    assert [(page.source, page.data) for page in source.pages()] == first
    assert any(data == ONE for _, data in first)


def test_pages_are_named_by_their_place_in_the_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    assert [page.source for page in pages_of(path, zipped(FILES))] == [f"{path}!/{name}" for name in FILES]
    (first, *_) = pages_of(path, zipped({"a.wacz": zipped({"archive/data.warc": warc(packed=False)})}))
    assert first.source == f"{path}!/a.wacz!/archive/data.warc!/{ADDRESS}"
    assert first.url == ADDRESS


# ---- WARC ---------------------------------------------------------------------------------------------------------


def chunked(body: bytes, size: int = 1000) -> bytes:
    parts = [body[n : n + size] for n in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in [*parts, b""])


def deflated(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(ONE)),
        ("x-gzip", gzip.compress(ONE)),
        ("GZIP", ONE),  # the recorder decompressed it and kept the header
        ("br", brotli.compress(ONE)),
        ("br", ONE),
        ("deflate", zlib.compress(ONE)),
        ("deflate", deflated(ONE)),
        ("identity", ONE),
    ],
)
@pytest.mark.parametrize("in_chunks", [False, True])
def test_responses_are_decompressed(encoding: str, body: bytes, in_chunks: bool, tmp_path: Path) -> None:
    headers = {"Content_Encoding": encoding, **({"Transfer_Encoding": "chunked"} if in_chunks else {})}
    record = Warc().answer(ADDRESS, chunked(body) if in_chunks else body, **headers).bytes()
    (page,) = pages_of(tmp_path / "a.warc.gz", record)
    assert page.read() == ONE


def test_response_with_unknown_compression_is_reported(tmp_path: Path) -> None:
    record = Warc().answer(ADDRESS, b"\x28\xb5\x2f\xfd", Content_Encoding="zstd").answer(f"{SITE}/post/b", TWO).bytes()
    first, second = pages_of(tmp_path / "a.warc.gz", record)
    assert "zstd" in str(first.error)
    assert second.read() == TWO


def test_damaged_response_fails_alone(tmp_path: Path) -> None:
    for encoding, body in (("gzip", gzip.compress(ONE)[:-40]), ("br", brotli.compress(ONE)[:-40] + b"\xff" * 40)):
        record = Warc().answer(ADDRESS, body, Content_Encoding=encoding).answer(f"{SITE}/post/b", TWO).bytes()
        first, damage, second = pages_of(tmp_path / "a.warc.gz", record)
        assert ONE.startswith(first.read())
        assert first.source == f"{damage.source}!/{ADDRESS}"
        assert f"it is damaged, or ends too early (at or after {ADDRESS})" in str(damage.error), encoding
        assert second.read() == TWO


def test_other_files_are_counted(tmp_path: Path) -> None:
    made = Warc().answer(ADDRESS, ONE)
    made.answer(f"{SITE}/old", b"", status="301 Moved Permanently", Location=ADDRESS)
    made.answer(f"{SITE}/gone", b"<html>gone</html>", status="404 Not Found")
    made.answer("https://static.wixstatic.com/media/a.jpg", b"\xff\xd8\xff", "image/jpeg")
    made.answer("https://static.wixstatic.com/media/b.png", b"\x89PNG", "image/png")
    made.answer("https://static.parastorage.com/main.js", b"var a = 1", "application/javascript; charset=utf-8")
    made.record("urn:pageinfo:https://x.example", b"{}", record_type="resource")
    made.record("dns:www.example.com", b"20261124 1.2.3.4", record_type="response")
    pages = pages_of(tmp_path / "a.warc.gz", made.bytes())
    assert [page.url for page in pages] == [ADDRESS, None]
    assert pages[-1].source == str(tmp_path / "a.warc.gz")
    assert refusals(pages) == [
        "answers of other protocols (1), answers with status 404 (1), images (2), "
        "records about the recording (1), redirects (1), scripts (1)"
    ]


def test_page_without_url_gets_that_of_its_response(tmp_path: Path) -> None:
    bare = post_page(p('<a href="../post/other">there</a>'), url="")
    (page,) = pages_of(tmp_path / "a.warc", Warc(gzip=False).answer(ADDRESS, bare).bytes())
    post = one_post(page)
    assert post.metadata.canonical_url == ADDRESS
    assert post.metadata.slug == "a-pot-of-ones-own"
    assert next(post.article.iter("a")).get("href") == f"{SITE}/post/other"


def test_arc_files_are_read(tmp_path: Path) -> None:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + ONE
    head = b"filedesc://a.arc 0.0.0.0 20240101000000 text/plain 68\n1 0 Archive\nURL IP-address Archive-date Content-type Archive-length\n\n"
    line = f"{ADDRESS} 1.2.3.4 20240101000000 text/html {len(http)}\n".encode()
    pages = pages_of(tmp_path / "a.arc", head + line + http + b"\n")
    assert [page.data for page in pages if page.url] == [ONE]


@pytest.mark.parametrize("packed", [False, True])
def test_truncated_archive_is_read_up_to_the_cut(packed: bool, tmp_path: Path) -> None:
    whole = warc(packed)
    pages = pages_of(tmp_path / "a.warc", whole[: len(whole) - 600])
    assert pages[0].read() == ONE
    assert all("it is damaged, or ends too early" in reason for reason in refusals(pages))
    assert refusals(pages)


def test_rubbish_between_records_is_reported(tmp_path: Path) -> None:
    records = Warc(gzip=False).answer(ADDRESS, ONE).bytes()
    pages = pages_of(tmp_path / "a.warc", records + b"rubbish " * 100)
    assert pages[0].read() == ONE
    assert len(refusals(pages)) == 1


def test_headers_are_limited(tmp_path: Path) -> None:
    for bomb in (b"X: " + b"a" * 20_000_000, b"X: a\r\n" * 1_000_000):
        pages = pages_of(tmp_path / "a.warc", b"WARC/1.0\r\n" + bomb)
        assert "headers of a record do not end" in refusals(pages)[0]


def test_texts_of_common_crawl_go_to_their_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc_records, "_PORTION", 5000)
    made = Warc()
    for number in range(20):
        made.record(f"{SITE}/{number}", b"a text of some kind\n" * 50, record_type="conversion")
    pages = pages_of(tmp_path / "a.wet.gz", made.bytes())
    assert len(pages) > 3
    assert sum(page.read().count(b"WARC-Target-URI") for page in pages) == 20
    for page in pages:
        with pytest.raises(Skipped, match="a text without the signs"):
            readers.read(page)


# ---- ZIP and tar --------------------------------------------------------------------------------------------------


def test_names_in_an_archive_cannot_leave_it(tmp_path: Path) -> None:
    names = ["../../etc/passwd", "/root/x", "C:\\Windows\\x", "a/\x1b[2Jb\n", "..", "\u202egnp.x"]
    for data in (zipped(dict.fromkeys(names, ONE)), tarred(dict.fromkeys(names, ONE))):
        sources = [page.source.removeprefix(f"{tmp_path}/a") for page in pages_of(tmp_path / "a", data)]
        assert sources == ["!/etc/passwd", "!/root/x", "!/C:/Windows/x", "!/a/\ufffd[2Jb\ufffd", "", "!/\ufffdgnp.x"]
    (tmp_path / "a").write_bytes(zipped({"../../../evil.html": post_page(slug="../../evil", url="")}))
    assert run("convert", tmp_path / "a", "-o", tmp_path / "out").code == 0
    assert {path.parent for path in tmp_path.rglob("*.md")} == {tmp_path / "out"}


def encrypted(data: bytes, only: str | None = None) -> bytes:
    """Return a ZIP whose entries state that they are encrypted (bit 0 of the flags, in both of their headers)."""
    out = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = [entry for entry in archive.infolist() if only in (None, entry.filename)]
    for entry in entries:
        out[entry.header_offset + 6] |= 1
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        length = int.from_bytes(data[at + 28 : at + 30], "little")
        if only in (None, data[at + 46 : at + 46 + length].decode()):
            out[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 1)
    return bytes(out)


def test_an_encrypted_zip_is_reported_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(encrypted(zipped(FILES)))
    result = run("convert", tmp_path / "a.zip", "-o", tmp_path / "out")
    assert result.code == 1
    assert "all files of the archive need a password; give it with --password, or unpack the archive" in result.out
    pages = pages_of(tmp_path / "b.zip", encrypted(zipped(FILES), only="site/post/one.html"))
    assert [page.source.rpartition("/")[2] for page in pages] == ["two.html", "a.png", "b.zip"]
    assert refusals(pages) == [
        "1 of 3 files of the archive need a password; give it with --password, or unpack the archive"
    ]


def test_damaged_file_in_a_zip_fails_alone(tmp_path: Path) -> None:
    data = bytearray(zipped(FILES, zipfile.ZIP_STORED))
    data[200] ^= 0xFF
    first, *others = pages_of(tmp_path / "a.zip", bytes(data))
    assert "cannot be unpacked (BadZipFile" in str(first.error)
    assert others[0].read() == TWO


def test_truncated_zip_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(FILES)[:-100])
    result = run("convert", tmp_path / "a.zip", "-o", tmp_path / "out")
    assert result.code == 1
    assert "it is damaged, or ends too early" in result.out


def test_truncated_tar_is_read_up_to_the_cut(tmp_path: Path) -> None:
    for mode in ("w", "w:gz", "w:xz"):
        data = tarred({"one.html": ONE, "two.html": TWO * 200, "x": bytes(range(256)) * 4000}, mode)
        pages = pages_of(tmp_path / "a.tar", data[: len(data) // 2])
        assert refusals(pages), mode
        assert mode == "w:xz" or pages[0].read() == ONE


def test_compression_bomb_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "_ALWAYS", 1_000_000)
    zeros = b" " * 40_000_000
    for data in (zipped({"one.html": ONE, "zeros": zeros}), tarred({"one.html": ONE, "zeros": zeros})):
        pages = pages_of(tmp_path / "a", data)
        assert pages[0].read() == ONE
        assert refusals(pages) == [
            "the archive unpacks to more than 200 times its size, which no archive of pages does; it was read up to here"
        ]


def test_nested_compression_bomb_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "_ALWAYS", 1_000_000)
    inner = zipped({f"{n}.zip": zipped({"zeros": b"\0" * 5_000_000}) for n in range(20)})
    (page,) = pages_of(tmp_path / "a", zipped({"inner.zip": inner}))[-1:]
    assert "200 times its size" in str(page.error)


def test_compression_bomb_in_a_response_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "_ALWAYS", 1_000_000)
    for encoding, bomb in (("gzip", gzip.compress(b" " * 50_000_000)), ("br", brotli.compress(b" " * 50_000_000))):
        pages = pages_of(tmp_path / "a", Warc().answer(ADDRESS, bomb, Content_Encoding=encoding).bytes())
        assert "200 times its size" in str(pages[-1].error), encoding


def test_overlapping_files_in_a_zip_are_refused(tmp_path: Path) -> None:
    """A bomb without nesting: many entries share the same bytes."""
    data = zipped({"a": b"\0" * 1_000_000, "b": b""})
    at = data.find(b"PK\x01\x02")
    second = data.find(b"PK\x01\x02", at + 1)
    entry = data[at:second]
    end = bytearray(data[data.rfind(b"PK\x05\x06") :])
    end[8:12] = (200).to_bytes(2, "little") * 2
    end[12:16] = (200 * len(entry)).to_bytes(4, "little")
    (page,) = pages_of(tmp_path / "a.zip", data[:at] + entry * 200 + bytes(end))
    assert "lie over one another" in str(page.error)


def test_an_archive_with_too_many_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_members, "_MOST", 2)
    (page,) = pages_of(tmp_path / "a.zip", zipped(FILES))
    assert str(page.error) == "the archive has more than 2 files; unpack it and give the folder"


def test_nested_archives_are_limited(tmp_path: Path) -> None:
    data = zipped({"one.html": ONE})
    for n in range(6):
        data = zipped({f"{n}.zip": data})
    (page,) = pages_of(tmp_path / "a.zip", data)
    assert "too deep" in str(page.error)


def test_a_page_that_is_too_large_is_reported_and_a_video_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("unwix.sources.archives.open_archive.MAX_BYTES", 100_000)
    film = b"\0\0\0\x18ftypmp42" + b"\0" * 500_000
    large, found = pages_of(tmp_path / "a.zip", zipped({"large.html": ONE * 100, "film.mp4": film}))
    assert "it has more than 50 MB" in str(large.error)
    assert len(found.read()) < 10_000
    with pytest.raises(Skipped, match="video"):
        readers.read(found)


def test_files_of_operating_systems_are_ignored(tmp_path: Path) -> None:
    left = ["__MACOSX/._one.html", "a/.DS_Store", "node_modules/x.html", "hts-cache/new.zip"]
    for data in (zipped(dict.fromkeys([*left, "one.html"], ONE)), tarred(dict.fromkeys([*left, "one.html"], ONE))):
        assert [page.source.rpartition("/")[2] for page in pages_of(tmp_path / "a", data)] == ["one.html"]


def test_office_documents_are_not_opened_as_zip(tmp_path: Path) -> None:
    pages = pages_of(tmp_path / "a.docx", zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}))
    assert refusals(pages) == ["an office document, a book or a program, packed as a ZIP"]


def test_unsupported_archives_name_the_next_step(tmp_path: Path) -> None:
    for magic, name in ((b"7z\xbc\xaf\x27\x1c\0\4", "7z"), (b"Rar!\x1a\x07\x01\0", "RAR")):
        (page,) = pages_of(tmp_path / "a", magic + b"\0" * 100)
        assert str(page.error) == f"a {name} archive; unpack it and give the folder"


def test_links_and_endless_headers_of_a_tar(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        link = tarfile.TarInfo("link.html")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        device = tarfile.TarInfo("zero")
        device.type = tarfile.CHRTYPE
        archive.addfile(device)
    assert pages_of(tmp_path / "a.tar", out.getvalue()) == []
    long = tarfile.TarInfo("././@LongLink")
    long.type, long.size = tarfile.GNUTYPE_LONGNAME, 5_000_000_000
    (page,) = pages_of(tmp_path / "b.tar", long.tobuf(tarfile.GNU_FORMAT) + b"a" * 2_000_000)
    assert "a header of 5,000,000,000 bytes" in str(page.error)


def test_an_empty_archive_has_no_post(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({}))
    result = run("convert", tmp_path / "a.zip", "-o", tmp_path / "out")
    assert result.code == 2
    assert "No blog post found" in result.err


def test_compressed_page_is_read(tmp_path: Path) -> None:
    for pack in (gzip.compress, lambda raw: raw):
        (page,) = pages_of(tmp_path / "one.html", pack(ONE))
        assert one_post(page).metadata.title == "A pot of one’s own"
    for pack in (bz2.compress, lzma.compress):
        (page,) = pages_of(tmp_path / "x", pack(b"some text that is no archive"))
        assert page.error is None


# ---- MHTML --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_a_page_saved_as_mhtml(encoding: str, tmp_path: Path) -> None:
    frame = '<div data-hook="html-component"><iframe src="cid:frame-2@mhtml.blink"></iframe></div>'
    html = post_page(p("Clay “rests” – quietly.") + block(frame, "html"), url="")
    (page,) = pages_of(tmp_path / "saved.txt", mhtml(html, encoding=encoding))
    assert page.source == str(tmp_path / "saved.txt")
    post = one_post(page)
    assert post.metadata.canonical_url == "https://www.potter-lane.example/post/clay"
    assert post.article[0].text == "Clay “rests” – quietly."
    assert [a.get("href") for a in post.article.iter("a")] == ["https://maps.example.com/kiln"]


def test_the_text_of_an_mhtml_part_is_in_the_charset_of_its_header(tmp_path: Path) -> None:
    text = post_page(p("Grüße")).decode().encode("cp1252")
    data = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
        b"Content-Type: text/html; charset=windows-1252\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + text
        + b"\r\n--x--"
    )
    (page,) = pages_of(tmp_path / "a.mht", data)
    assert one_post(page).article[0].text == "Grüße"


def test_email_is_not_a_page(tmp_path: Path) -> None:
    mail = b"From: a@example.com\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nHello\r\n"
    (page,) = pages_of(tmp_path / "a.eml", mail)
    assert page.error is None
    related = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nHello\r\n--x--'
    (page,) = pages_of(tmp_path / "b.eml", related)
    assert str(page.error) == "a mail, or a saved page without HTML in it"


# ---- the Internet Archive -----------------------------------------------------------------------------------------

SINGLE = "<!--\n Page saved with SingleFile \n url: {} \n saved date: Tue Nov 24 2026\n-->"
BEHIND = "https://web.archive.org/web/20240102030405"


def replayed(page: bytes) -> bytes:
    """Return a page as the Internet Archive replays it."""
    text = page.decode()
    for address in (SITE, "https://static.wixstatic.com", "https://elsewhere.example"):
        kind = "im_" if "static" in address else ""
        text = text.replace(f'"{address}', f'"{BEHIND}{kind}/{address}')
    text = text.replace(
        "<head>",
        '<head><script src="https://web-static.archive.org/_static/js/bundle-playback.js?v=x"></script>'
        '<script>__wm.init("https://web.archive.org/web");</script><link rel="stylesheet" href="/_static/css/banner-styles.css">'
        "<!-- End Wayback Rewrite JS Include -->",
    )
    text = text.replace(
        "<body>",
        "<body><!-- BEGIN WAYBACK TOOLBAR INSERT --><div id='wm-ipp'>Wayback</div><!-- END WAYBACK TOOLBAR INSERT -->",
    )
    return (
        f"{text}<!--\n     FILE ARCHIVED ON 03:04:05 Jan 02, 2024 AND RETRIEVED FROM THE INTERNET ARCHIVE\n-->".encode()
    )


def test_the_rewriting_of_the_internet_archive_is_undone(tmp_path: Path) -> None:
    body = p('See <a href="https://elsewhere.example/kiln">a kiln</a>.') + picture("A pot")
    page = post_page(body)
    made = readers.read(Page("x", data=replayed(page)))[0]
    expected = one_post(page)
    assert made.metadata == expected.metadata
    assert made.facts == expected.facts
    assert made.source_info.saved_by == "the Internet Archive"
    long = replayed(page).replace(b"</p>", b"</p><!-- " + b"-" * 200_000 + b" -->", 1)
    assert readers.read(Page("x", data=long))[0].metadata == expected.metadata
    record = Warc().answer(f"{BEHIND}/{ADDRESS}", replayed(post_page(body, url=""))).bytes()
    (answer,) = pages_of(tmp_path / "a.warc.gz", record)
    assert one_post(answer).metadata.canonical_url == ADDRESS


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (f"{BEHIND}/https://a.example/x", "https://a.example/x"),
        ("/web/20240102030405/https://a.example/x", "https://a.example/x"),
        ("//web.archive.org/web/2024id_/http://a.example/x?b=1#c", "http://a.example/x?b=1#c"),
        (f"{BEHIND}/http:/a.example/x", "http://a.example/x"),
        (f"{BEHIND}/mailto:ada@a.example", "mailto:ada@a.example"),
        # The author's link to the archive, to which the replay has added a prefix.
        (
            f"{BEHIND}/https://web.archive.org/web/2001/http://a.example/",
            "https://web.archive.org/web/2001/http://a.example/",
        ),
    ],
)
def test_each_form_of_a_replayed_url(written: str, meant: str) -> None:
    page = replayed(post_page(p(f'<a href="{written}">there</a>')))
    assert [a.get("href") for a in one_post(page).article.iter("a")] == [meant]


@pytest.mark.parametrize("note", ["<!-- saved from url=(0073){} -->", SINGLE])
def test_a_replay_is_detected_by_where_it_was_saved_from(note: str) -> None:
    body = p(f'<a href="{BEHIND}/https://a.example/x">there</a>')
    post = one_post(note.format(f"{BEHIND}/{ADDRESS}").encode() + post_page(body, url=""))
    assert [a.get("href") for a in post.article.iter("a")] == ["https://a.example/x"]
    assert post.metadata.canonical_url == ADDRESS


def test_a_replay_is_detected_by_its_url(tmp_path: Path) -> None:
    link = "https://web.archive.org/web/2001/http://a.example/"
    for kind, expected in (("", "http://a.example/"), ("id_", link)):  # `id_` means without rewriting
        record = Warc().answer(f"{BEHIND}{kind}/{ADDRESS}", post_page(p(f'<a href="{link}">then</a>'))).bytes()
        (page,) = pages_of(tmp_path / "a.warc.gz", record)
        assert [a.get("href") for a in one_post(page).article.iter("a")] == [expected]


def test_an_authors_link_to_the_archive_stays() -> None:
    link = "https://web.archive.org/web/2001/http://a.example/"
    assert [a.get("href") for a in one_post(post_page(p(f'<a href="{link}">then</a>'))).article.iter("a")] == [link]


# ---- SingleFile ---------------------------------------------------------------------------------------------------

INLINED = "data:image/jpeg;base64,/9j/4AAQSkZJRgABAQAAAQABAAD/2wBD"


def test_a_page_of_singlefile_has_the_originals() -> None:
    body = picture("A pot").replace('src="https://static', f'src="{INLINED}" data-old="https://static')
    page = SINGLE.format(ADDRESS).encode() + post_page(body, url="")
    post = one_post(page)
    assert [i.get("src") for i in post.article.iter("img")] == [f"https://static.wixstatic.com/media/{PICTURE}"]
    assert post.metadata.canonical_url == ADDRESS
    assert post.problems == []


def test_an_original_named_by_singlefile_is_used_and_an_image_without_one_is_reported() -> None:
    inlined = INLINED * 50
    markup = '<figure data-hook="figure-IMAGE"><div data-hook="image-viewer"><img src="{}"{}></div></figure>'
    original = f' data-sf-original-src="https://static.wixstatic.com/media/{PICTURE}"'
    post = one_post(
        post_page(
            block(markup.format(inlined, original), "image")
            + block(markup.format(inlined, ""), "image")
            + p(f'A <img src="{inlined}"> word.')
        )
    )
    first, *others = [i.get("src") for i in post.article.iter("img")]
    assert first == f"https://static.wixstatic.com/media/{PICTURE}"
    assert len(others) == 2
    assert all(url.startswith("inline/") for url in others)  # files that --media copy writes
    assert [problem.kind for problem in post.problems] == ["image-only-local", "image-only-local"]
    assert "data:" not in write(post).text


# ---- real pages ---------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not SHARED.is_dir(), reason="skipped: ../shared is not here")
def test_pages_of_the_corpus_in_archives_become_the_same_bytes(tmp_path: Path) -> None:
    real = SHARED / "corpus" / "pages"
    files = {path.relative_to(real).as_posix(): path.read_bytes() for path in sorted(real.rglob("*.html"))[::4]}
    assert len(files) > 5
    made = Warc()
    for name, data in files.items():
        (tmp_path / "files" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "files" / name).write_bytes(data)
        made.answer(f"https://{name}", gzip.compress(data), Content_Encoding="gzip")
    (tmp_path / "a.warc.gz").write_bytes(made.bytes())
    (tmp_path / "a.zip").write_bytes(zipped(files))
    results = []
    for source in ("files", "a.warc.gz", "a.zip"):
        run("convert", tmp_path / source, "-o", tmp_path / f"out-{source}")
        results.append({path.name: path.read_bytes() for path in (tmp_path / f"out-{source}").glob("*.md")})
    assert len(results[0]) > 5
    assert results[1] == results[0]
    assert results[2] == results[0]


def test_bad_page_raises_its_error() -> None:
    with pytest.raises(UnreadablePage, match="why"):
        readers.read(Page("x", error=UnreadablePage("why")))
