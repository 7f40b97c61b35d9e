"""Test damaged archives: reading them ends, and each page can be read or states why not."""

from __future__ import annotations

import contextlib
import gzip
import tempfile
from functools import cache
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from support.archive_files import Warc, mhtml, tarred, zipped
from support.post_pages import post_page
from unwix.model.errors import UnwixError
from unwix.model.page import Page
from unwix.sources.archives.open_archive import pages_in
from unwix.sources.archives.resources import ResourceUnavailable, resources_in

_PAGES = {f"post/{n}.html": post_page(slug=f"pot-{n}") for n in range(3)}


@cache
def _archives() -> list[bytes]:
    web = Warc(gzip=False)
    for name, data in _PAGES.items():
        web.answer(f"https://www.example.com/{name}", gzip.compress(data), Content_Encoding="gzip")
    packed = Warc()
    for name, data in _PAGES.items():
        packed.answer(f"https://www.example.com/{name}", data)
    return [
        zipped(_PAGES),
        tarred(_PAGES, "w"),
        tarred(_PAGES, "w:gz"),
        tarred(_PAGES, "w:xz"),
        web.bytes(),
        packed.bytes(),
        zipped({"archive/data.warc.gz": packed.bytes()}),
        mhtml(_PAGES["post/0.html"]),
        b"filedesc://a.arc 0.0.0.0 20240101000000 text/plain 68\n1 0 Archive\nURL IP-address Archive-date Content-type Archive-length\n\n",
        b'{"log": {"entries": [{"request": {"url": "https://www.example.com/a.png"}, "response": {"status": 200, "content": '
        b'{"encoding": "base64", "text": "iVBORw0KGgo="}}}]}}',
    ]


def _walk(data: bytes) -> None:
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        for page in pages_in(Page("archive", path=Path(file.name))):
            with contextlib.suppress(UnwixError):
                page.read()
            message = f"{page.source}{page.error or ''}"
            assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in message), message
        for resource in resources_in(Page("archive", path=Path(file.name))):
            with contextlib.suppress(ResourceUnavailable):
                assert len(resource.read(100_000)) <= 100_000


@given(
    st.integers(0, 9),
    st.lists(st.tuples(st.integers(0, 1 << 30), st.integers(0, 255)), max_size=30),
    st.integers(0, 1 << 30),
)
def test_archives_with_changed_or_lost_bytes_end(which: int, changes: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(_archives()[which])
    for place, value in changes:
        data[place % len(data)] = value
    _walk(bytes(data[: cut % (2 * len(data)) + 1]))


@given(
    st.sampled_from([b"PK\x03\x04", b"PK\x05\x06", b"WARC/1.0\r\n", b"filedesc://x ", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\0", b"\0" * 257 + b"ustar", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n"]),
    st.binary(max_size=2000),
)  # fmt: skip
def test_bytes_that_only_begin_like_an_archive(magic: bytes, rest: bytes) -> None:
    _walk(magic + rest)
