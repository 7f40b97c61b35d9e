"""Test that only a crawl's pages without any sign of Wix are skipped before they are parsed."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.archive_files import Warc, zipped
from support.post_pages import list_page, p, post_page
from unwix.model.page import Page
from unwix.model.skipped import Skipped
from unwix.sources.archives.foreign_pages import is_foreign_page
from unwix.sources.archives.open_archive import pages_in

OTHER = b"<!doctype html><html><head><title>Mine</title></head><body><article>Words of mine.</article></body></html>"


@pytest.mark.parametrize(
    "page",
    [
        OTHER,
        b"\xef\xbb\xbf" + OTHER,
        b"\n <!-- saved --> <!-- by hand -->\n" + OTHER,
        OTHER.replace(b"<!doctype html>", b""),
    ],
)
def test_a_page_without_signs_is_foreign(page: bytes) -> None:
    assert is_foreign_page(page)


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"{}",
        b"<rss><channel><title>Mine</title></channel></rss>",
        OTHER.decode().encode("utf-16"),
        OTHER.replace(b"<article>", b'<div id="viewer-abc">'),
        OTHER.replace(b"<article>", b'<div data-hook="post-description">'),
        OTHER.replace(b"<title>", b'<meta name="generator" content="Wix.com Website Builder"><title>'),
        OTHER.replace(b"<title>", b'<link href="https://static.wixstatic.com/a.css"><title>'),
        post_page(p("Words.")),
        list_page(),
    ],
)
def test_any_sign_keeps_a_page(page: bytes) -> None:
    assert not is_foreign_page(page)


def test_a_crawl_skips_them_unread_and_other_archives_do_not(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(Warc().answer("https://mine.example/", OTHER).bytes())
    (page,) = pages_in(Page("a.warc", path=tmp_path / "a.warc"))
    assert isinstance(page.error, Skipped)
    assert (page.error.kind, page.data) == ("other-page", None)
    (tmp_path / "a.zip").write_bytes(zipped({"a.html": OTHER}))
    (page,) = pages_in(Page("a.zip", path=tmp_path / "a.zip"))
    assert (page.error, page.data) == (None, OTHER)
