"""Read dates and times in every form that has one meaning: ISO 8601, JavaScript, mail headers, epoch, spreadsheets.

A date that can mean two days (`1/5/2023`) is read only where the other dates of its table show the order
(`orders_of`), otherwise it is unclear and never guessed. Dates that Wix prints in a page: `printed_dates`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from .printed_dates import LANGUAGES, printed_date
from .text_cleaning import plain

#: Orders in which day, month and year can stand in a date of numbers.
ORDERS = frozenset({"dmy", "mdy", "ymd"})
#: The years that a number without a form, or a year of two digits, can mean: there were no blogs before.
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_SERIAL_START = datetime(1899, 12, 30)  # spreadsheets count days of local time
_TIME = r"(?:,?[T\s]\s*(?:at\s+)?(\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:[.,]\d+)?)?(?:\s*([ap])\.?m\.?)?)?"
_NUMBERS = re.compile(rf"(\d{{1,4}})([./-])\s?(\d{{1,2}})\2\s?(\d{{1,4}})\.?{_TIME}", re.I)
_WEEK = re.compile(r"\d{4}-?W\d\d")
_EXTENDED = re.compile(r"\d{4}-\d\d-\d\d")
#: The form in which Wix states times: nothing needs to be changed.
_USUAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)", re.A)
_WITHOUT_MINUTES = re.compile(r"\A[\d-]{10}T\d\d(?!\d|:)")
_WITHOUT_SECONDS = re.compile(r"\A[\d-]{10}T\d\d:\d\d(?!\d|:)")
_DIGITS = re.compile(r"(\d+)(?:[.,](\d+))?")
#: `Thu Jan 05 2023 11:00:00 GMT+0100 (Central European Standard Time)`, as JavaScript's `String(date)` writes it.
_JAVASCRIPT = re.compile(
    r"(?:[A-Z][a-z]{2} )?([A-Z][a-z]{2}) (\d{1,2}) (\d{4})"
    r"(?: (\d\d):(\d\d):(\d\d)(?: (?:GMT|UTC)?([+-]\d\d):?(\d\d))?)?(?: \(.*\))?"
)
#: `Jan 5, 2023`, `5 January 2023`, `05-Jan-23`, perhaps with a day of the week and a time.
_MONTH_FIRST = re.compile(
    rf"(?:[a-z]{{3,9}},?\s+)?([a-z]{{3,9}})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_TIME}", re.I
)
_DAY_FIRST = re.compile(
    rf"(?:[a-z]{{3,9}},?\s+)?(\d{{1,2}})(?:st|nd|rd|th)?[\s-]+([a-z]{{3,9}})\.?,?[\s-]+(\d{{4}}|\d\d){_TIME}", re.I
)
_MONTHS = {
    name[:length]: number
    for number, name in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
    for length in (3, 4, len(name))
}


def instant(value: Any) -> str | None:
    """Return a date or time as ISO 8601, if the value has a form with one meaning; None otherwise.

    ISO 8601 is returned unchanged, but with seconds: a time without them is a string in YAML. A string without a time
    gives a date, one without a zone a time without one. Numbers, and `{"$date": …}` of a database, are epoch
    milliseconds.
    """
    while isinstance(value, dict):
        value = value.get("$date", value.get("$numberLong"))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _epoch(float(value))
    text = plain(value)
    if text is None or len(text) > _LONGEST:
        return None
    if text.isascii() and text.isdigit() and 10 <= len(text) <= 13:
        return _epoch(float(text))
    return _iso(text) or _javascript(text) or _mail(text)


_LONGEST = 100


def read_date(text: str, orders: frozenset[str] = ORDERS, language: str | None = None) -> str | None:
    """Return the date of a table's cell as ISO 8601; None if it has no date, or one that can mean several days.

    `orders` are those that the dates of the table have (`orders_of`); month names are read in the language, or in
    all languages of Wix where no other day results.
    """
    cell = plain(text)
    if cell is None or len(cell) > _LONGEST:
        return None
    if (digits := _DIGITS.fullmatch(cell)) is not None and len(digits[1]) != len("20230105"):
        return _number(cell)
    if moment := instant(_database_value(cell)):
        return moment
    return _in_numbers(cell, orders) or _named_month(cell) or _printed(cell, language)


def orders_of(cells: Iterable[str]) -> frozenset[str]:
    """Return the orders of day, month and year that all dates of a table's cells can have."""
    orders = ORDERS
    for cell in cells:
        readings = _readings(cell.strip())
        # A date whose form shows its order says nothing of the others; one that is the same day in all orders neither.
        if readings and len(readings) < len(_orders_by_form(cell.strip())):
            orders &= readings.keys()
    return orders or ORDERS


def _database_value(cell: str) -> Any:
    """Return the value of a cell that contains JSON, such as `{"$date": "2023-01-15T10:00:00Z"}`, else the cell."""
    if not cell.startswith("{"):
        return cell
    try:
        return json.loads(cell)
    except ValueError:
        return cell


# ---- forms of programs ------------------------------------------------------------------------------------------


def _iso(text: str) -> str | None:
    if _USUAL.fullmatch(text):
        return text if _moment(text) else None
    if _DIGITS.fullmatch(text) and len(text) != len("20230105"):
        return None
    shaped = re.sub(r"(?<=\d) (?=(?:UTC|GMT|[+-]\d\d:?\d\d)\Z)", "", text)
    shaped = re.sub(r"(?:UTC|GMT)\Z", "Z", shaped)
    if _WEEK.fullmatch(shaped) or (moment := _moment(shaped)) is None:
        return None  # a week is not a day
    if not _EXTENDED.match(shaped):
        return moment.isoformat() if "T" in shaped else moment.date().isoformat()
    with_t = shaped[:10] + "T" + shaped[11:] if shaped[10:11] == " " else shaped
    return _WITHOUT_SECONDS.sub(r"\g<0>:00", _WITHOUT_MINUTES.sub(r"\g<0>:00", with_t))


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _javascript(text: str) -> str | None:
    match = _JAVASCRIPT.fullmatch(text)
    month = _MONTHS.get(match[1].lower()) if match else None
    if match is None or month is None:
        return None
    day = f"{match[3]}-{month:02}-{int(match[2]):02}"
    if match[4]:
        zone = f"{match[7]}:{match[8]}" if match[7] else ""
        day += f"T{match[4]}:{match[5]}:{match[6]}{'Z' if zone == '+00:00' else zone}"
    return _iso(day)


def _mail(text: str) -> str | None:
    """Return a date of a feed or of HTTP (RFC 5322): `Tue, 09 Jan 2024 10:38:28 GMT`."""
    if ":" not in text or not re.search(r"(?:[A-Z]{1,4}|[+-]\d{4})\s*(?:\(.*\))?\Z", text):
        return None
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return _text_of(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _epoch(value: float) -> str | None:
    """Return the instant of milliseconds or seconds since 1970."""
    for scale in (1000, 1):
        try:
            moment = datetime.fromtimestamp(value / scale, UTC)
        except (ValueError, OverflowError, OSError):
            continue
        if _FIRST_YEAR <= moment.year < _LAST_YEAR:
            return moment.isoformat(timespec="milliseconds" if value % 1000 or scale == 1000 else "seconds").replace(
                "+00:00", "Z"
            )
    return None


# ---- forms of spreadsheets --------------------------------------------------------------------------------------


def _number(cell: str) -> str | None:
    """Return the date of epoch milliseconds or seconds, or of a spreadsheet's serial number (days since 1899)."""
    value = float(cell.replace(",", "."))
    if value >= 10**8:
        return _epoch(value)
    try:
        moment = _SERIAL_START + timedelta(days=value)
    except OverflowError:
        return None
    if not _FIRST_YEAR <= moment.year < _LAST_YEAR:
        return None
    rounded = (moment + timedelta(milliseconds=500)).replace(microsecond=0)
    return rounded.date().isoformat() if value == int(value) else rounded.isoformat()


def _orders_by_form(cell: str) -> tuple[str, ...]:
    """Return the orders that a date of numbers can have by its separator and the place of a year of four digits."""
    match = _NUMBERS.fullmatch(cell)
    if match is None:
        return ()
    if len(match[1]) == 4:
        return ("ymd",)
    if match[2] == ".":
        return ("dmy",)  # in every language
    return ("dmy", "mdy") if len(match[4]) == 4 else ("dmy", "mdy", "ymd")


def _readings(cell: str) -> dict[str, date]:
    """Return the days that a date of numbers can mean, by their order of day, month and year."""
    match = _NUMBERS.fullmatch(cell)
    if match is None:
        return {}
    parts = (match[1], match[3], match[4])
    readings: dict[str, date] = {}
    for order in _orders_by_form(cell):
        by_name = dict(zip(order, parts, strict=True))
        year = by_name["y"]
        if len(year) not in (2, 4) or max(len(by_name["d"]), len(by_name["m"])) > 2:
            continue
        try:
            day = date(int(year) + (_FIRST_YEAR if len(year) == 2 else 0), int(by_name["m"]), int(by_name["d"]))
        except ValueError:
            continue
        if len(year) == 4 or day.year < _LAST_SHORT_YEAR:
            readings[order] = day
    return readings


#: A year of two digits from here on is no year of a blog: `5/1/31` is no date of 2031.
_LAST_SHORT_YEAR = 2030


def _in_numbers(cell: str, orders: frozenset[str]) -> str | None:
    readings = _readings(cell)
    possible = {day for order, day in readings.items() if order in orders} or set(readings.values())
    match = _NUMBERS.fullmatch(cell)
    if len(possible) != 1 or match is None:
        return None
    return _with_time(possible.pop(), match[5], match[6], match[7], match[8])


def _named_month(cell: str) -> str | None:
    """Return a date with an English month name."""
    if match := _MONTH_FIRST.fullmatch(cell):
        month, day, year, *clock = match.groups()
    elif match := _DAY_FIRST.fullmatch(cell):
        day, month, year, *clock = match.groups()
    else:
        return None
    number = _MONTHS.get(month.lower())
    try:
        that_day = date(int(year) + (_FIRST_YEAR if len(year) == 2 else 0), number or 0, int(day))
    except ValueError:
        return None
    return _with_time(that_day, *clock)


def _with_time(day: date, hour: str | None, minute: str | None, second: str | None, half: str | None) -> str | None:
    if hour is None or minute is None:
        return day.isoformat()
    hours = int(hour)
    if half is not None:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half.lower() == "p" else 0)
    try:
        return datetime.combine(day, time(hours, int(minute), int(second or 0))).isoformat()
    except ValueError:
        return None


def _printed(cell: str, language: str | None) -> str | None:
    """Return a date with a month name of another language, without its time."""
    if not any(c.isalpha() for c in cell) or not any(c.isdigit() for c in cell):
        return None
    if language and (moment := printed_date(cell, language)):
        return moment
    days = {moment for code in LANGUAGES if (moment := printed_date(cell, code))}
    return days.pop() if len(days) == 1 else None


def _text_of(moment: datetime) -> str | None:
    try:
        return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    except OverflowError:
        return None
