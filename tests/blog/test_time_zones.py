"""Test that dates are in the blog's time zone: the same instant with the offset of the zone."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import post_pages as pages
from support.terminal import run
from unwix.blog.time_zones import TimeZones, in_zone, local_dates
from unwix.model.post import Metadata
from unwix.model.post_summary import PostSummary
from unwix.readers.saved_page.page_data import time_zone

#: Zone, instant, result: in winter and summer time, at the change, at local midnight and around it.
ZONES = [
    ("Asia/Kolkata", "2019-07-01T18:30:00.000Z", "2019-07-02T00:00:00+05:30"),
    ("Asia/Kolkata", "2019-07-01T18:29:59.000Z", "2019-07-01T23:59:59+05:30"),
    ("America/Los_Angeles", "2024-03-10T07:30:00.123Z", "2024-03-09T23:30:00.123-08:00"),
    ("America/Los_Angeles", "2024-03-10T10:00:00Z", "2024-03-10T03:00:00-07:00"),
    ("America/Mexico_City", "2023-01-01T05:59:00Z", "2022-12-31T23:59:00-06:00"),
    ("America/St_Johns", "2024-07-01T02:29:00Z", "2024-06-30T23:59:00-02:30"),
    ("Europe/Berlin", "2024-10-27T00:30:00Z", "2024-10-27T02:30:00+02:00"),
    ("Europe/Berlin", "2024-10-27T01:30:00Z", "2024-10-27T02:30:00+01:00"),
    ("Europe/London", "2024-06-30T23:30:00Z", "2024-07-01T00:30:00+01:00"),
    ("Asia/Seoul", "2024-02-28T15:00:00Z", "2024-02-29T00:00:00+09:00"),
    ("Asia/Jerusalem", "2024-12-31T22:00:00Z", "2025-01-01T00:00:00+02:00"),
    ("Australia/Lord_Howe", "2024-01-01T12:59:00Z", "2024-01-01T23:59:00+11:00"),
    ("Pacific/Auckland", "2024-04-06T14:00:00Z", "2024-04-07T02:00:00+12:00"),
    ("Pacific/Kiritimati", "2024-12-31T10:00:00Z", "2025-01-01T00:00:00+14:00"),
    ("Pacific/Pago_Pago", "2025-01-01T10:59:00Z", "2024-12-31T23:59:00-11:00"),
    ("Asia/Kathmandu", "2024-01-01T18:15:00Z", "2024-01-02T00:00:00+05:45"),
    # The offset is already that of the zone, so that nothing changes.
    ("Europe/London", "2024-01-01T10:00:00.000Z", "2024-01-01T10:00:00.000Z"),
]


@pytest.mark.parametrize(("zone", "value", "written"), ZONES)
def test_an_instant_gets_the_offset_of_the_zone(zone: str, value: str, written: str) -> None:
    assert in_zone(value, zone) == written


@pytest.mark.parametrize("text", ["2024-01-02", "2024-01-02T03:04:05", "soon", "", None, "0001-01-01T01:00:00+02:00"])
def test_a_date_without_an_offset_stays(text: str | None) -> None:
    assert in_zone(text, "Pacific/Pago_Pago") == text
    assert in_zone(text, None) == text


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)), st.sampled_from(sorted({z for z, _, _ in ZONES})))  # fmt: skip
def test_the_instant_is_kept(moment: datetime, zone: str) -> None:
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    written = datetime.fromisoformat(in_zone(moment.isoformat(), zone) or "")
    assert written == moment
    assert written.utcoffset() == moment.astimezone(ZoneInfo(zone)).utcoffset()


STATED = "2019-07-01T18:30:00.000Z"


@pytest.mark.parametrize(
    ("zone", "printed", "date", "differs"),
    [
        ("Asia/Kolkata", "2019-07-02", "2019-07-02T00:00:00+05:30", False),
        ("Asia/Kolkata", "2019-07-01", "2019-07-02T00:00:00+05:30", True),
        (None, "2019-07-02", "2019-07-02", False),
        (None, "2019-07-01", STATED, False),
        (None, "2019-06-20", STATED, True),
        (None, None, STATED, False),
    ],
)
def test_zone_then_printed_day_then_utc(zone: str | None, printed: str | None, date: str, differs: bool) -> None:
    found, problems = local_dates(Metadata(date=STATED), zone, printed)
    assert found.date == date
    assert [problem.kind for problem in problems] == ["date-differs"] * differs


def summary(url: str | None, zone: str | None = None, site: str | None = None) -> PostSummary:
    return PostSummary("x", "feed", Metadata(canonical_url=url), time_zone=zone, site=site)


def test_a_post_without_a_zone_has_that_of_its_site() -> None:
    zones = TimeZones()
    zones.add(summary("https://www.one.example/post/a", "Asia/Seoul", "site-1"))
    assert zones.zone_of(summary("https://one.example/post/b")) == "Asia/Seoul"
    assert zones.zone_of(summary("https://user.wixsite.com/one/post/b", site="site-1")) == "Asia/Seoul"
    assert zones.zone_of(summary(None)) == "Asia/Seoul"
    assert zones.zone_of(summary("https://two.example/post/b")) is None
    zones.add(summary("https://two.example/post/c", "Europe/Berlin"))
    assert zones.zone_of(summary(None)) is None
    assert TimeZones("Asia/Tokyo").zone_of(summary("https://one.example/post/a", "Asia/Seoul")) == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("raw", "zone"),
    [
        (b'{"timeZone":"Asia\\/Kolkata"}', "Asia/Kolkata"),
        (b'{"timezone" : "America/Argentina/Buenos_Aires"}', "America/Argentina/Buenos_Aires"),
        (b'{"timeZone":"Mars/Olympus","timezone":"Europe/Prague"}', "Europe/Prague"),
        (b'{"timeZone":"../../etc/passwd"}', None),
        (b'{"timeZone":"UTC"}', None),
        (b"timeZone: Asia/Kolkata", None),
    ],
)
def test_the_zone_of_a_page(raw: bytes, zone: str | None) -> None:
    assert time_zone(raw) == zone


MODEL = '<script type="application/json" id="wix-viewer-model">{"locale":{"timeZone":"Asia\\/Kolkata"}}</script>'


@pytest.mark.parametrize(
    ("target", "file"),
    [
        ("jekyll", "_posts/2019-07-02-lamp.md"),
        ("markdown", "2019/lamp.md"),
        ("hugo", None),
        ("astro", None),
        ("eleventy", None),
        ("zola", None),
        ("pelican", None),
        ("mkdocs", None),
        ("obsidian", None),
    ],
)
def test_files_and_fields_of_each_target(target: str, file: str | None, tmp_path: Path) -> None:
    page = pages.post_page(title="Lamp", slug="lamp", head=MODEL).replace(b"2025-03-04T05:06:07.891Z", STATED.encode())
    (tmp_path / "a.html").write_bytes(page)
    path = ["--path", "{year}/{slug}.md"] if target == "markdown" else []
    assert run("convert", tmp_path / "a.html", "-o", tmp_path / "out", "--to", target, "-j", 0, *path).code == 0
    report: dict[str, Any] = json.loads((tmp_path / "out/report.json").read_text())
    output = report["posts"][0]["output"]
    assert file is None or output == file
    text = (tmp_path / "out" / output).read_text()
    assert re.search(r"(?im)^\w+:? (?:= )?['\"]?2019-07-02[T ]00:00", text), text


def test_wordpress_has_local_and_universal_time(tmp_path: Path) -> None:
    page = pages.post_page(title="Lamp", slug="lamp").replace(b"2025-03-04T05:06:07.891Z", STATED.encode())
    (tmp_path / "a.html").write_bytes(page)
    result = run("convert", tmp_path / "a.html", "-o", tmp_path / "out", "--to", "wordpress", "-j", 0, "--timezone", "Asia/Kolkata")  # fmt: skip
    assert result.code == 0
    (file,) = (tmp_path / "out").glob("*.xml")
    text = file.read_text()
    assert "<wp:post_date>2019-07-02 00:00:00</wp:post_date>" in text
    assert "<wp:post_date_gmt>2019-07-01 18:30:00</wp:post_date_gmt>" in text


@pytest.mark.parametrize(
    ("zone", "hint"),
    [
        ("Europe/Berln", "Did you mean “Europe/Berlin”?"),
        ("tokyo", "Did you mean “Asia/Tokyo”?"),
        ("New York", "Did you mean “America/New_York”?"),
        ("my home", "Write it as Europe/Berlin."),
    ],
)
def test_a_wrong_zone_is_one_sentence(zone: str, hint: str, tmp_path: Path) -> None:
    result = run("convert", tmp_path, "-o", tmp_path / "out", "--timezone", zone)
    assert result.code == 2
    assert f"“{zone}” is not a time zone. {hint}" in result.err
