"""Write dates in the blog's own time zone: Wix states instants in UTC, and prints the day of the site's zone.

A date keeps its instant and gets the zone's offset, so its day is the one that visitors of the blog see.
Facts: docs/wix/pages.md#time-zone.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct, field
from msgspec.structs import replace

from ..model.post import Metadata
from ..model.post_summary import PostSummary
from ..model.problems import Problem
from ..wix.post_urls import parse_url

_DAY = len("2024-09-27")


class TimeZones(Struct):
    """The time zones that the pages of a run state, for posts whose own source states none."""

    chosen: str | None = None
    """The zone that the user chose for all posts."""
    _by_site: dict[str, str] = field(default_factory=dict)
    """Zones by site id, and by base URL."""

    def add(self, summary: PostSummary) -> None:
        """Learn the zone of a post's site."""
        for key in _keys(summary) if summary.time_zone else ():
            self._by_site.setdefault(key, str(summary.time_zone))

    def zone_of(self, summary: PostSummary) -> str | None:
        """Return the zone of a post: the user's, its own, its site's, or the only known one if it names no site."""
        if known := self.chosen or summary.time_zone:
            return known
        if not self._by_site:
            return None
        keys = _keys(summary)
        if zone := next((self._by_site[key] for key in keys if key in self._by_site), None):
            return zone
        zones = set(self._by_site.values())
        return zones.pop() if not keys and len(zones) == 1 else None

    def localize(self, summary: PostSummary) -> None:
        """Give the summary the dates that the post will have. It can be called several times."""
        metadata = summary.metadata
        metadata.date, metadata.updated, _ = _local(metadata, self.zone_of(summary), summary.printed_day)


def _keys(summary: PostSummary) -> list[str]:
    url = parse_url(summary.metadata.canonical_url or "")
    return [key for key in (summary.site, url.base if url else None) if key]


def local_dates(metadata: Metadata, zone: str | None, printed_day: str | None = None) -> tuple[Metadata, list[Problem]]:
    """Return the metadata with dates in a zone (a copy if they change), and what disagrees with the printed day.

    Without a zone the printed day replaces an instant that is on the day before or after it.
    """
    date, updated, problems = _local(metadata, zone, printed_day)
    if (date, updated) == (metadata.date, metadata.updated):
        return metadata, problems
    return replace(metadata, date=date, updated=updated), problems


def _local(
    metadata: Metadata, zone: str | None, printed_day: str | None
) -> tuple[str | None, str | None, list[Problem]]:
    """Return the two dates in a zone, and what disagrees with the printed day."""
    date, updated = in_zone(metadata.date, zone), in_zone(metadata.updated, zone)
    problems: list[Problem] = []
    if date and printed_day and len(date) > _DAY and date[:_DAY] != printed_day:
        if zone is None and _is_next_day(date, printed_day):
            date = printed_day
        else:
            detail = f"the page prints {printed_day}, and its data states {date}" + (f" ({zone})" if zone else "")
            problems.append(Problem("date-differs", "date", detail))
    return date, updated, problems


@lru_cache(maxsize=4096)  # the plan of a run asks three times for each post
def in_zone(text: str | None, zone: str | None) -> str | None:
    """Return a moment with the offset of a zone; any other text, and a moment without an offset, as it is."""
    if not text or not zone or len(text) <= _DAY:
        return text
    try:
        moment = datetime.fromisoformat(text)
        local = moment.astimezone(ZoneInfo(zone)) if moment.tzinfo else moment
    except (ValueError, KeyError, OverflowError):
        return text
    if local.utcoffset() == moment.utcoffset():
        return text
    return local.isoformat(timespec="milliseconds" if local.microsecond else "seconds")


def _is_next_day(date: str, printed: str) -> bool:
    try:
        days = datetime.fromisoformat(printed).date() - datetime.fromisoformat(date).date()
    except ValueError:
        return False
    return abs(days) == timedelta(days=1)
