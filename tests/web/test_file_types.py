"""Test file types: media files are detected by their bytes, and imitations are not."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unwix.readers.sniff import Kind, sniff
from unwix.web.file_types import Format, format_of, image_size, is_whole


def png(width: int = 1, height: int = 1, filling: bytes = b"") -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress(b"\0" * (width + 1) * height))
    return b"\x89PNG\r\n\x1a\n" + head + (chunk(b"tEXt", filling) if filling else b"") + rows + chunk(b"IEND", b"")


FORMATS = [
    (png(), "png", "image"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(300), "jpg", "image"),
    (b"GIF89a\1\0\1\0" + bytes(20), "gif", "image"),
    (b"RIFF\x24\0\0\0WEBPVP8 " + bytes(100), "webp", "image"),
    (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + bytes(100), "avif", "image"),
    (b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0" + bytes(50), "bmp", "image"),
    (b"<?xml version='1.0'?>\n<!-- x --><!DOCTYPE svg PUBLIC 'a' 'b'>\n<svg xmlns='x'/>", "svg", "image"),
    (b"\xef\xbb\xbf<svg width='1'/>", "svg", "image"),
    (b"\0\0\0\x18ftypisom\0\0\0\0isomiso2" + bytes(99), "mp4", "video"),
    (b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + bytes(99), "mov", "video"),
    (b"ID3\4\0\0\0\0\0\0" + bytes(99), "mp3", "audio"),
    (b"\xff\xfb\x90\0" + bytes(300), "mp3", "audio"),
    (b"RIFF\x24\0\0\0WAVEfmt " + bytes(99), "wav", "audio"),
    (b"%PDF-1.4\n", "pdf", "document"),
    (b"<!DOCTYPE html>\n<title>Not found</title>", "html", "page"),
    (b"  <!-- a --> <html><body>Access denied", "html", "page"),
]
TEXTS = [
    b"BMW builds cars.",
    b"FORM follows function.",
    b"MZ is short for",
    b"ID3 tags",
    b"BZh",
    b"%!PS",
    b"",
    b"<p>x<svg>",
]


@pytest.mark.parametrize(("head", "ending", "group"), FORMATS, ids=[f"{e}-{n}" for n, (_, e, _) in enumerate(FORMATS)])
def test_a_format_is_detected_by_its_bytes(head: bytes, ending: str, group: str) -> None:
    assert format_of(head) == Format(ending, group)


@pytest.mark.parametrize("text", TEXTS)
def test_text_is_not_detected_as_media_by_its_first_letters(text: bytes) -> None:
    assert format_of(text) is None
    assert sniff(text + b" and more words of a text") in (Kind.TEXT, Kind.HTML)


def test_thousand_comments_take_linear_time() -> None:
    """Each could be split from the next in two ways: a regular expression that tries them all never ends."""
    assert format_of(b"<!---->" * 1100 + b"<p>") is None
    assert sniff(b"<!---->" * 1100 + b"<p>") is Kind.HTML


@given(st.binary(max_size=200))
def test_any_bytes_are_accepted(data: bytes) -> None:
    format_of(data)
    sniff(data)


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n", png()[:20], b"\xff\xd8\xff\xe0\0\x10JFIF", b"<svg", b"<svg width='x%'/>"]
)
def test_the_size_of_a_damaged_image_is_unknown(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a").write_bytes(data)
    assert image_size(tmp_path / "a") is None


def test_the_size_of_an_image(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(png(30, 20))
    assert image_size(tmp_path / "a") == (30, 20)


def test_truncated_image_is_invalid(tmp_path: Path) -> None:
    whole = tmp_path / "a"
    whole.write_bytes(png(30, 20))
    assert is_whole(whole, "png")
    whole.write_bytes(png(30, 20)[:-12])
    assert not is_whole(whole, "png")
    assert is_whole(whole, "mp4")
