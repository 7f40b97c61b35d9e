"""Test large files of records, which are read in parts, compressed or not; posts are named by their position."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from pathlib import Path

import pytest

from support.contained_posts import NAMES, TITLES, expected, page, summary, url
from unwix import readers
from unwix.model.errors import UnwixError
from unwix.model.page import Page
from unwix.model.post import Post
from unwix.readers.data_files import chunks

MANY = [NAMES[n % 3] for n in range(12)]
LINES = "".join(json.dumps({"url": url(name), "text": page(name)}) + "\n" for name in MANY).encode()
WITHOUT_URLS = "".join(json.dumps({"text": page(name)}) + "\n" for name in MANY).encode()


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "LARGE", 0)
    monkeypatch.setattr(chunks, "PART", 1500)


def parts(raw: bytes, directory: Path) -> list[Page]:
    path = directory / "large"
    path.write_bytes(raw)
    return list(chunks.split(Page("large", path=path)))


def posts_of(pages: list[Page]) -> list[Post]:
    return [post for one in pages for post in readers.read(one)]


def table() -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["url", "scraped page"], *([url(name), page(name)] for name in MANY)])
    return out.getvalue().encode()


def parquet() -> bytes:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet as tables

    out = io.BytesIO()
    columns = {"url": [url(name) for name in MANY], "text": [page(name) for name in MANY]}
    tables.write_table(pyarrow.table(columns), out)
    return out.getvalue()


@pytest.mark.parametrize("form", ["lines", "packed lines", "table", "packed table", "Parquet"])
def test_parts_give_the_posts_of_the_whole(form: str, tmp_path: Path) -> None:
    raw = parquet() if form == "Parquet" else table() if "table" in form else LINES
    found = parts(gzip.compress(raw) if "packed" in form else raw, tmp_path)
    assert len(found) > 3
    assert [summary(post) for post in posts_of(found)] == [expected(name) for name in MANY]


def test_posts_without_a_url_are_named_by_their_lines(tmp_path: Path) -> None:
    sources = [post.source for post in posts_of(parts(WITHOUT_URLS, tmp_path))]
    assert sources == [f"large#{n}" for n in range(1, len(MANY) + 1)]


def test_a_packed_file_that_ends_early_is_read_as_far_as_it_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunks, "_HEAD", 500)
    packed = gzip.compress(LINES * 20, compresslevel=0)
    *whole, damaged = parts(packed[: len(packed) // 2], tmp_path)
    titles = [post.metadata.title for post in posts_of(whole)]
    assert len(titles) > len(MANY)
    assert titles == [TITLES[NAMES[n % 3]] for n in range(len(titles))]
    with pytest.raises(UnwixError, match="the file is damaged; what precedes was read"):
        damaged.read()


def test_without_pyarrow_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (one,) = parts(b"PAR1" + b"x" * 100, tmp_path)
    with pytest.raises(UnwixError, match="extra “parquet”"):
        readers.read(one)
