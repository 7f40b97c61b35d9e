"""Rows of report.json and media.json: written in one place, and read back."""

from __future__ import annotations

from typing import Any

import pytest

from unwix.model.report_rows import (
    ApiRow,
    FoundPostRow,
    LinkRow,
    LinksRow,
    MediaRow,
    ProbeRow,
    SiteRow,
    as_json,
    read_site_row,
)

SITE = SiteRow(
    site="https://a.example",
    advertised=None,
    stated_by={},
    found=0,
    found_by={},
    found_only_by={},
    documents=0,
    probed=[ProbeRow("feed", "https://a.example/blog-feed.xml", None, "gone"), ProbeRow("list", "/blog", 3)],
    warnings=[],
    posts=[FoundPostRow("https://a.example/post/x", ["feed"], "written"), FoundPostRow("/y", ["list"])],
)
MEDIA = MediaRow(
    url="https://a.example/x.jpg",
    kind="image",
    file=None,
    bytes=None,
    sha256=None,
    width=None,
    height=None,
    alt=None,
    used_by=[],
    state="failed",
    problem="it is gone",
)


def test_only_fields_with_a_default_are_left_out() -> None:
    found = as_json(SITE)
    assert found["advertised"] is None
    assert found["stated_by"] == {}
    assert "outcomes" not in found
    assert found["probed"][1] == {"kind": "list", "url": "/blog", "posts": 3}
    assert [*as_json(MEDIA)][-2:] == ["state", "problem"]


@pytest.mark.parametrize("row", [SITE, ApiRow("an-id", 3, ["a warning"])])
def test_rows_of_sites_are_read_back(row: SiteRow | ApiRow) -> None:
    assert read_site_row(as_json(row)) == row


def test_links_and_media_are_read_back() -> None:
    links = LinksRow({"a.example": "given"}, [], {}, {"/x": "x.md"}, [LinkRow("a.html", "/gone", "no such post")], [])
    assert LinksRow.read(as_json(links)) == links
    assert MediaRow.read(as_json(MEDIA)) == MEDIA


@pytest.mark.parametrize("damaged", [None, [], {}, {"url": 3}])
def test_media_row_without_url_is_ignored(damaged: Any) -> None:
    assert MediaRow.read(damaged) is None


def test_values_of_a_wrong_type_count_as_missing() -> None:
    row = MediaRow.read({"url": "x", "file": 2, "copies": 3, "bytes": "many", "used_by": ["a.md", None]})
    assert row is not None
    assert (row.file, row.copies, row.bytes, row.used_by, row.paths) == (None, [], None, ["a.md"], [])


def test_only_paths_below_the_output_are_used() -> None:
    row = MediaRow.read({"url": "x", "file": "../secret", "copies": ["/etc/passwd", "media/x.jpg", "a\0b", ""]})
    assert row is not None
    assert row.paths == ["media/x.jpg"]
