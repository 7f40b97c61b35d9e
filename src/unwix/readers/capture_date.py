"""Find the date on which a page was saved or archived, as the program that saved it states it in the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

_ARCHIVED_URL = re.compile(rb"https?://web\.archive\.org/web/(\d{14})")
_ARCHIVED_PAGE = re.compile(
    rb"<(?:link|meta)\b[^<>]*\b(?:canonical|og:url)\b[^<>]*https?://web\.archive\.org/web/(\d{14})", re.I
)


def _digits(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def _archived(text: str) -> datetime:
    """Read `10:11:12 Jun 01, 2023`."""
    return datetime.strptime(text, "%H:%M:%S %b %d, %Y").replace(tzinfo=UTC)


def _javascript(text: str) -> datetime:
    """Read the date of JavaScript's `Date`: `Sun Sep 03 2023 10:11:12 GMT+0200`."""
    return datetime.strptime(text, "%a %b %d %Y %H:%M:%S GMT%z")


def _mail_date(text: str) -> datetime:
    """Read `Fri, 05 Jan 2024 10:11:12 GMT`."""
    from email.utils import parsedate_to_datetime  # noqa: PLC0415  # slow to import, and few pages need it

    return parsedate_to_datetime(text)


_MIRRORED = re.compile(rb"<!-- Mirrored from [^>]*?(\w{3}, \d\d? \w{3} \d{4} [\d:]{8} GMT) *-->")
_JAVASCRIPT = rb"(\w{3} \w{3} \d\d \d{4} [\d:]{8} GMT[+-]\d{4})"
#: The forms in a page, and how their dates are read: the Internet Archive first, because its pages are saved again. The
#: expression is searched for only after the string before it is found, which takes a tenth of the time.
_FORMS: tuple[tuple[bytes, re.Pattern[bytes], Callable[[str], datetime]], ...] = (
    (b"web.archive.org/web/", _ARCHIVED_PAGE, _digits),
    (b"FILE ARCHIVED ON", re.compile(rb"FILE ARCHIVED ON ([\d:]{8} \w{3} \d\d, \d{4})"), _archived),
    (b"<!-- Mirrored from", _MIRRORED, _mail_date),
    (
        b"Page saved with SingleFile",
        re.compile(rb"Page saved with SingleFile[^<>]*?saved date:\s*" + _JAVASCRIPT),
        _javascript,
    ),
    (b"savepage-date", re.compile(rb"<meta\b[^<>]*savepage-date[^<>]*?" + _JAVASCRIPT), _javascript),
    (b"using monolith", re.compile(rb"<!--\s*Saved from \S+ at (\S+) using monolith"), datetime.fromisoformat),
)


def capture_date(notes: bytes, url: str | None = None, stated: str | None = None) -> str | None:
    """Return the time of saving as ISO date in UTC, or None if it is unknown.

    `notes` are the comments of the page and the tags of its links and metadata. `url` is its own, if its source knows
    it: one of the Internet Archive contains the time. `stated` is the time that the source states, such as `WARC-Date`;
    what the page itself states comes first.
    """
    if (archived := _ARCHIVED_URL.match((url or "").encode())) and (moment := _read(archived[1], _digits)):
        return moment
    for sign, pattern, convert in _FORMS:
        if sign in notes and (match := pattern.search(notes)) and (moment := _read(match[1], convert)):
            return moment
    if stated is None:
        return None
    return _read(stated.encode(), datetime.fromisoformat) or _read(stated.encode(), _mail_date)


def _read(text: bytes, convert: Callable[[str], datetime]) -> str | None:
    try:
        moment = convert(text.decode("ascii", "replace"))
    except (ValueError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
