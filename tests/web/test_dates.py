"""Test dates: every unambiguous form is read; a date that can mean two days is not."""

from __future__ import annotations

import pytest

from unwix.web.dates import instant, orders_of, read_date


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2023-01-05", "2023-01-05"),
        ("20230105", "2023-01-05"),
        ("2023-01-05T10:00:00.000Z", "2023-01-05T10:00:00.000Z"),
        ("2023-01-05 10:00:00", "2023-01-05T10:00:00"),
        ("2023-01-05 10:00", "2023-01-05T10:00:00"),
        ("2023-01-05T10:00Z", "2023-01-05T10:00:00Z"),
        ("2023-01-05T10:00+05:30", "2023-01-05T10:00:00+05:30"),
        ("2023-01-05 10:00:00 UTC", "2023-01-05T10:00:00Z"),
        ("2023-01-05 10:00:00 +0530", "2023-01-05T10:00:00+0530"),
        ("Thu Jan 05 2023 11:00:00 GMT+0100 (Central European Standard Time)", "2023-01-05T11:00:00+01:00"),
        ("Thu Jan 05 2023 10:00:00 GMT+0000 (Coordinated Universal Time)", "2023-01-05T10:00:00Z"),
        ("Thu Jan 05 2023", "2023-01-05"),
        ("Thu, 05 Jan 2023 10:00:00 GMT", "2023-01-05T10:00:00Z"),
        ("Thu, 5 Jan 2023 10:00:00 +0200", "2023-01-05T08:00:00Z"),
        (1672912800000, "2023-01-05T10:00:00.000Z"),
        ("1672912800000", "2023-01-05T10:00:00.000Z"),
        ({"$date": "2023-01-05T10:00:00Z"}, "2023-01-05T10:00:00Z"),
        ({"$date": {"$numberLong": "1672912800000"}}, "2023-01-05T10:00:00.000Z"),
        ("2023-13-45", None),
        ("Jan 5, 2023", None),
        ("5 days ago", None),
        ("", None),
        (None, None),
        (True, None),
        (44931, None),
        (10**30, None),
        (float("nan"), None),
        ("Thu Foo 05 2023", None),
        ("Thu Feb 31 2023", None),
    ],
)
def test_forms_of_programs(value: object, expected: str | None) -> None:
    assert instant(value) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Jan 5, 2023", "2023-01-05"),
        ("January 5, 2023 at 10:05 PM", "2023-01-05T22:05:00"),
        ("Sept 5th, 2023", "2023-09-05"),
        ("5 January 2023", "2023-01-05"),
        ("Thursday, 5 January 2023", "2023-01-05"),
        ("05-Jan-23", "2023-01-05"),
        ("1/15/2023", "2023-01-15"),
        ("1/15/2023 10:00 AM", "2023-01-15T10:00:00"),
        ("1/15/2023, 12:30:05 a.m.", "2023-01-15T00:30:05"),
        ("1/15/23 9:30", "2023-01-15T09:30:00"),
        ("15/01/2023 22:10:05", "2023-01-15T22:10:05"),
        ("15-01-2023", "2023-01-15"),
        ("5/5/2023", "2023-05-05"),
        ("2023/01/05 10:00:00", "2023-01-05T10:00:00"),
        ("15.01.2023", "2023-01-15"),
        ("5.1.2023 10:30", "2023-01-05T10:30:00"),
        ("05.01.23", "2023-01-05"),
        ("2023. 1. 5.", "2023-01-05"),
        ("2023년 1월 5일", "2023-01-05"),
        ("2023年1月5日", "2023-01-05"),
        ("5. Januar 2023", "2023-01-05"),
        ("5 janvier 2023", "2023-01-05"),
        ("5 de enero de 2023", "2023-01-05"),
        ("5 января 2023", "2023-01-05"),
        ("44931", "2023-01-05"),
        ("44931.41", "2023-01-05T09:50:24"),
        ("44931,5", "2023-01-05T12:00:00"),
        ("1672912800000", "2023-01-05T10:00:00.000Z"),
        ("1672912800", "2023-01-05T10:00:00.000Z"),
        ('{"$date":"2023-01-05T10:00:00.000Z"}', "2023-01-05T10:00:00.000Z"),
        ("{not JSON}", None),
        ("1.6729128E+12", None),
        ("1/5/2023", None),
        ("05-01-2023", None),
        ("1/5/23", None),
        ("13/45/2023", None),
        ("2023-13-45", None),
        ("31.02.2023", None),
        ("15.01.2023 25:00", None),
        ("spring, when it was warm", None),
        ("Jan 5", None),
        ("yesterday", None),
        ("12", None),
        ("", None),
        ("1" * 90, None),
    ],
)
def test_forms_of_spreadsheets(cell: str, expected: str | None) -> None:
    assert read_date(cell) == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1/5/2023", "1/15/2023"], "2023-01-05"),
        (["1/5/2023", "15/1/2023", "", "no date"], "2023-05-01"),
        (["1/5/2023", "2/6/2023"], None),
        (["1/5/2023", "2023-01-15", "15.01.2023"], None),
    ],
)
def test_the_other_dates_of_a_table_show_the_order(cells: list[str], expected: str | None) -> None:
    assert read_date("1/5/2023", orders_of(cells)) == expected


def test_dates_that_contradict_each_other_leave_the_clear_ones() -> None:
    orders = orders_of(["1/15/2023", "15/1/2023", "1/5/2023"])
    assert read_date("15/1/2023", orders) == "2023-01-15"
    assert read_date("1/5/2023", orders) is None
