"""Test slices of web archives: the same pages as the whole archive for any size of slices, or no slices at all."""

from __future__ import annotations

import gzip
import pickle
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.archive_files import Warc, zipped
from support.encrypted_zip import encrypted_zip
from support.post_pages import p, post_page
from unwix.model.page import Page
from unwix.readers.sniff import sniff
from unwix.sources import slices
from unwix.sources.archives.open_archive import pages_in
from unwix.sources.slices import left_out_of, proposed_slices, settled_slices, survey


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "PLAIN_SIZE", 5_000)
    monkeypatch.setattr(slices, "GZIP_SIZE", 1_000)


def crawl(packed: bool, number: int = 30, inner: bytes = b"") -> bytes:
    """Return pages, redirects and images of a crawl; `inner` is a response that itself contains an archive."""
    noise = random.Random(7)
    warc = Warc(gzip=packed)
    for n in range(number):
        body = post_page(p(f"Clay {noise.random()} of {n}. " * 5), f"Pot {n}", f"pot-{n}")
        warc.answer(f"https://www.example.com/post/pot-{n}", body)
        warc.answer(f"https://www.example.com/old/{n}", b"", status="301 Moved")
        warc.answer(f"https://static.wixstatic.com/media/{n}.png", noise.randbytes(500), "image/png")
        if inner and n % 7 == 3:
            warc.answer(f"https://www.example.com/{n}.warc.gz", inner, "application/octet-stream")
    return warc.bytes()


def whole(path: Path) -> list[tuple[str, bytes | None, str | None]]:
    return [(page.source, page.data, str(page.error or "")) for page in pages_in(Page("crawl", path=path))]


def sliced(path: Path) -> tuple[int, list[tuple[str, bytes | None, str | None]]]:
    """Return the number of slices, and the pages in them."""
    parts = proposed_slices(Page("crawl", path=path))
    settled = settled_slices(parts, [survey(part, sniff) for part in parts]) if parts else []
    pages = [page for part, _ in settled for page in part.pages()]
    if (rest := left_out_of("crawl", settled)) is not None:
        pages.append(rest)
    return len(settled), [(page.source, page.data, str(page.error or "")) for page in pages]


@pytest.mark.parametrize("packed", [True, False])
def test_the_slices_of_an_archive_have_all_its_pages(packed: bool, tmp_path: Path) -> None:
    path = tmp_path / "crawl"
    path.write_bytes(crawl(packed))
    number, pages = sliced(path)
    assert number > 4
    assert pages == whole(path)


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_in_a_record_is_no_beginning_of_a_slice(packed: bool, tmp_path: Path) -> None:
    """Compressed bytes cannot be compressed further: they are in the file unchanged, including gzip members."""
    path = tmp_path / "crawl"
    path.write_bytes(crawl(packed, inner=crawl(True, 12)))
    number, pages = sliced(path)
    expected = whole(path)
    assert len(expected) > 60
    assert (number, pages) == (0, []) or pages == expected


@given(size=st.integers(300, 6_000), packed=st.booleans())
def test_the_size_of_slices_does_not_matter(size: int, packed: bool, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("crawl") / "crawl"
    path.write_bytes(crawl(packed, 8))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slices, "PLAIN_SIZE", size)
        patch.setattr(slices, "GZIP_SIZE", size)
        number, pages = sliced(path)
    assert number in (0, *range(2, 100)) or size > 3_000
    assert not number or pages == whole(path)


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("damage", ["cut off", "zeros", "rubbish at the end", "rubbish between"])
def test_a_damaged_archive_is_not_sliced(packed: bool, damage: str, tmp_path: Path) -> None:
    data, path = crawl(packed), tmp_path / "crawl"
    middle = len(data) // 2
    damaged = {
        "cut off": data[: middle + 17],
        "zeros": data[:middle] + b"\0" * 300 + data[middle + 300 :],
        "rubbish at the end": data + b"rubbish",
        "rubbish between": data[:middle] + b"rubbish" + data[middle:],
    }[damage]
    path.write_bytes(damaged)
    number, pages = sliced(path)
    assert number == 0 or pages == whole(path)
    assert damage in ("zeros", "rubbish between") or number == 0


def test_one_gzip_member_is_not_sliced(tmp_path: Path) -> None:
    path = tmp_path / "crawl"
    path.write_bytes(gzip.compress(crawl(False)))
    assert sliced(path)[0] <= 1


@pytest.mark.parametrize(
    "data", [b"", b"WARC/", b"\x1f\x8b\x08", b"<html>" * 5_000, gzip.compress(b"<p>" * 9_000)], ids=range(5)
)
def test_other_files_are_not_sliced(data: bytes, tmp_path: Path) -> None:
    (path := tmp_path / "file").write_bytes(data)
    assert proposed_slices(Page("file", path=path)) == []
    assert proposed_slices(Page("file", path=tmp_path / "missing")) == []
    assert proposed_slices(Page("file", data=data)) == []


def files_of_a_site(number: int = 25) -> dict[str, bytes]:
    noise = random.Random(3)
    pages = {
        f"site/post/{n}.html": post_page(p(f"Clay {noise.random()}."), f"Pot {n}", f"pot-{n}") for n in range(number)
    }
    return {
        **pages,
        "site/.DS_Store": b"x",
        "site/a.png": noise.randbytes(3_000),
        "inner.zip": zipped({"b.html": b"<p>"}),
    }


def test_the_slices_of_a_zip_have_all_its_files(tmp_path: Path) -> None:
    (path := tmp_path / "site.zip").write_bytes(zipped(files_of_a_site()))
    number, pages = sliced(path)
    assert number > 4
    assert pages == whole(path)
    again, *_ = pickle.loads(pickle.dumps(proposed_slices(Page("crawl", path=path))))
    assert [page.source for page in again.pages()] == [source for source, _, _ in pages][: len(again.entries)]


@pytest.mark.parametrize("fault", ["book", "locked", "cut off", "zeros", "no directory"])
def test_an_unusual_zip_is_not_sliced(fault: str, tmp_path: Path) -> None:
    files = files_of_a_site()
    data = zipped({**files, "mimetype": b"application/epub+zip"} if fault == "book" else files)
    data = encrypted_zip("a.html", b"<p>words" * 900, "secret") if fault == "locked" else data
    middle = len(data) // 3
    data = data[: middle * 2] if fault == "cut off" else data
    data = data[:middle] + bytes(900) + data[middle + 900 :] if fault == "zeros" else data
    data = data.replace(b"PK\x05\x06", b"PK\x05\x07") if fault == "no directory" else data
    (path := tmp_path / "site.zip").write_bytes(data)
    number, pages = sliced(path)
    assert number == 0 or (fault == "zeros" and pages == whole(path))


@pytest.mark.parametrize("packed", [True, False])
def test_texts_keep_their_numbers(packed: bool, tmp_path: Path) -> None:
    made, path = Warc(gzip=packed), tmp_path / "crawl.wet"
    for n in range(40):
        made.record(f"https://www.example.com/{n}", b"Some words of a page.\n" * 20, record_type="conversion")
    path.write_bytes(made.bytes())
    number, pages = sliced(path)
    assert number > 3
    assert [source for source, _, _ in pages][:1] == ["crawl"]
    firsts = [int(source.partition("record-")[2]) for source, _, _ in pages[1:]]
    counts = [(data or b"").count(b"WARC-Type: conversion") for _, data, _ in pages]
    assert firsts == [1 + sum(counts[:n]) for n in range(1, len(counts))]
    assert sum(counts) == 40


def test_patterns_leave_out_members_of_slices(tmp_path: Path) -> None:
    path = tmp_path / "crawl"
    path.write_bytes(crawl(True))
    parts = proposed_slices(Page("crawl", path=path), ("*pot-1*",))
    settled = settled_slices(parts, [survey(part, sniff) for part in parts])
    found = [page.source for part, _ in settled for page in part.pages()]
    assert len(found) == 30 - 11
    assert not any("pot-1" in source for source in found)


def test_compression_bomb_is_not_sliced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("unwix.sources.archives.streams._ALWAYS", 50_000)
    monkeypatch.setattr("unwix.sources.archives.streams._RATIO", 1)
    path = tmp_path / "crawl"
    path.write_bytes(crawl(True))
    assert sliced(path)[0] == 0
    assert any("unpacks to more than" in (error or "") for _, _, error in whole(path))


def test_a_slice_can_be_sent_to_another_process(tmp_path: Path) -> None:
    path = tmp_path / "crawl"
    path.write_bytes(crawl(True))
    (first, *_) = proposed_slices(Page("crawl", path=path))
    assert pickle.loads(pickle.dumps(first)) == first
