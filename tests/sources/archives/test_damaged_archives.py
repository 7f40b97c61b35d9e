"""Test damaged archives: a damaged record or gzip member fails alone; all others are read."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from support.archive_files import Warc, pages_of

SITE = "https://www.potter-lane.example"
BODIES = [b"<html><body data-hook='page'><p>" + f"post {n} ".encode() * 400 + b"</p></body></html>" for n in range(5)]
DAMAGED = 2


def records() -> list[bytes]:
    """Return five uncompressed records."""
    return [Warc(gzip=False).answer(f"{SITE}/post/{n}", body).bytes() for n, body in enumerate(BODIES)]


def stated_length(record: bytes, change: Callable[[int], int | None]) -> bytes:
    """Return a record with a wrong or missing Content-Length."""
    head, _, rest = record.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"content-length")]
    old = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length"))
    new = change(old)
    return b"\r\n".join([*lines, *([b"Content-Length: %d" % new] if new is not None else [])]) + b"\r\n\r\n" + rest


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "length too long": lambda record: stated_length(record, lambda n: n + 700),
    "length far too long": lambda record: stated_length(record, lambda n: 999_999_999_999),
    "length too short": lambda record: stated_length(record, lambda n: n // 2),
    "no length": lambda record: stated_length(record, lambda n: None),
    "cut off": lambda record: record[: len(record) // 2],
    "no first line": lambda record: record.partition(b"\r\n")[2],
    "headers gone": lambda record: record[600:],
    "zeros": lambda record: record[:300] + bytes(500) + record[800:],
    "bytes behind it": lambda record: record + bytes(range(256)) * 9,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_the_records_around_a_damaged_one_are_read(
    tmp_path: Path, damage: Callable[[bytes], bytes], packed: bool
) -> None:
    parts = records()
    parts[DAMAGED] = damage(parts[DAMAGED])
    data = b"".join(gzip.compress(part) if packed else part for part in parts)
    pages = pages_of(tmp_path / "a.warc", data)
    read = {page.url: page.read() for page in pages if page.error is None}
    for n, body in enumerate(BODIES):
        if n != DAMAGED:
            assert read[f"{SITE}/post/{n}"] == body


@pytest.mark.parametrize("at", [3, 12, 60, 200, -9, -2])
def test_the_gzip_members_around_a_damaged_one_are_read(tmp_path: Path, at: int) -> None:
    parts = [gzip.compress(part) for part in records()]
    broken = bytearray(parts[DAMAGED])
    broken[at] ^= 0xFF
    parts[DAMAGED] = bytes(broken)
    pages = pages_of(tmp_path / "a.warc.gz", b"".join(parts))
    read = {page.url: page.read() for page in pages if page.error is None}
    assert all(read[f"{SITE}/post/{n}"] == body for n, body in enumerate(BODIES) if n != DAMAGED)
    assert any(page.error is not None for page in pages)


def test_a_damaged_gzip_member_that_runs_over_the_next_ones(tmp_path: Path) -> None:
    """A flipped bit can turn the following members into a stored block, which ends with the file."""
    parts = [gzip.compress(part) for part in records()]
    stored_block_of_65535_bytes = b"\x00\xff\xff\x00\x00"
    parts[DAMAGED] = parts[DAMAGED][:10] + stored_block_of_65535_bytes
    pages = pages_of(tmp_path / "a.warc.gz", b"".join(parts))
    read = {page.url: page.read() for page in pages if page.error is None}
    assert all(read[f"{SITE}/post/{n}"] == body for n, body in enumerate(BODIES) if n != DAMAGED)


def test_a_page_that_quotes_a_web_archive_is_whole(tmp_path: Path) -> None:
    """Text of a page is only read as a record if the length does not fit."""
    body = b"<html data-hook>\r\n\r\nWARC/1.0\r\nWARC-Type: response\r\nContent-Length: 3\r\n\r\nabc</html>"
    data = Warc(gzip=False).answer(f"{SITE}/post/a", body).answer(f"{SITE}/post/b", BODIES[0]).bytes()
    first, second = pages_of(tmp_path / "a.warc", data)
    assert (first.read(), second.read()) == (body, BODIES[0])


@pytest.mark.parametrize("cut", ["in the end", "in the directory", "before the directory", "in the last file"])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_the_files_of_a_zip_without_its_end_are_read(tmp_path: Path, cut: str, method: int) -> None:
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("deep.html", BODIES[3])
    with zipfile.ZipFile(outer, "w", method) as archive:
        for n in range(3):
            archive.writestr(f"post/Öl {n}.html", BODIES[n])
        archive.writestr("inner.zip", inner.getvalue())
        archive.writestr("last.html", bytes(range(256)) * 40)
    data = outer.getvalue()
    directory = data.index(b"PK\x01\x02" + b"\x14\x03", data.rindex(b"PK\x03\x04"))
    ends = {"in the end": len(data) - 5, "in the directory": directory + 60, "before the directory": directory}
    pages = pages_of(tmp_path / "a.zip", data[: ends.get(cut, directory - 20)])
    read = {page.source.partition("!/")[2]: page.read() for page in pages if page.error is None}
    assert [read[f"post/Öl {n}.html"] for n in range(3)] == BODIES[:3]
    assert read["inner.zip!/deep.html"] == BODIES[3]
    assert [page.source.endswith("a.zip") for page in pages if page.error is not None] == [True]


def test_a_file_that_only_begins_like_a_zip_is_damaged(tmp_path: Path) -> None:
    pages = pages_of(tmp_path / "a.zip", b"PK\x03\x04" + bytes(40) + b"PK\x03\x04")
    assert [type(page.error).__name__ for page in pages] == ["UnreadablePage"]


def test_a_packed_tar_without_its_end_is_reported_once(tmp_path: Path) -> None:
    """The end of the stream is noticed while an earlier file is read, which is whole."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        numbers = " ".join(str(n * n) for n in range(9000)).encode()
        for n, body in enumerate((BODIES[0], BODIES[1] + numbers)):
            info = tarfile.TarInfo(f"{n}.html")
            info.size = len(body)
            archive.addfile(info, io.BytesIO(body))
    pages = pages_of(tmp_path / "a.tgz", packed.getvalue()[:-60])
    assert pages[0].read() == BODIES[0]
    errors = [page for page in pages if page.error is not None]
    assert not any(page.source.endswith("0.html") for page in errors)
    assert [page.source.endswith("a.tgz") for page in errors].count(True) == 1
