"""Represent a post as plain data for an import file: its fields, and its body as HTML."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, TypedDict, cast
from uuid import NAMESPACE_URL, uuid5

from ...model.article import Element
from ...model.post import Metadata


class Record(TypedDict, total=False):
    """A post. Unknown fields are absent."""

    id: str
    """A UUID that is the same in each run."""
    slug: str
    title: str
    html: str
    """The body: HTML, or the form of the target (`ImportFormat.body`)."""
    date: str
    """UTC, as `2024-09-27 11:42:11`."""
    local_date: str
    """The same moment in the blog's time zone."""
    updated: str
    description: str
    authors: list[str]
    categories: list[str]
    tags: list[str]
    cover: str
    cover_alt: str
    draft: bool
    scheduled: bool
    """A draft that will be published at its date."""
    restricted: bool
    """Visible only to readers with a paid plan."""
    pinned: bool
    closed: bool
    """Comments are turned off."""
    language: str
    old_url: str
    seo_title: str
    seo_description: str
    images: list[tuple[str, str]]
    """The images of the body, in order: URL and alternative text."""
    comments: list[dict[str, Any]]
    """Threads of readers' comments, in the form of their data file (`blog.comments`)."""


Records = Callable[[], Iterator[Record]]
"""A function that yields the posts of a run each time it is called."""


def post_id(url: str | None, slug: str) -> str:
    """Return a UUID that is the same in each run: it depends on the post's old URL and its slug."""
    return str(uuid5(NAMESPACE_URL, f"{url or ''}#{slug}"))


def record_of(metadata: Metadata, slug: str, html: str, article: Element) -> Record:
    """Return the record of a post. A date without a time is the beginning of that day."""
    known: dict[str, object] = {
        "id": post_id(metadata.canonical_url, slug),
        "slug": slug,
        "title": metadata.title,
        "html": html,
        "date": utc_time(metadata.date),
        "local_date": _local(metadata.date),
        "updated": utc_time(metadata.updated),
        "description": metadata.description,
        "authors": metadata.authors,
        "categories": metadata.categories,
        "tags": list(dict.fromkeys([*metadata.tags, *metadata.hashtags])),
        "cover": metadata.cover,
        "cover_alt": metadata.cover_alt,
        "draft": metadata.draft,
        "scheduled": metadata.scheduled,
        "restricted": bool(metadata.pricing_plans),
        "pinned": metadata.pinned or metadata.featured,
        "closed": metadata.commenting == "closed",
        "language": metadata.language,
        "old_url": metadata.canonical_url,
        "seo_title": metadata.seo_title,
        "seo_description": metadata.seo_description,
        "images": [(img.get("src") or "", img.get("alt") or "") for img in article.iter("img")],
    }
    return cast(Record, {name: value for name, value in known.items() if value})


_FORM = "%Y-%m-%d %H:%M:%S"


def _local(text: str | None) -> str | None:
    """Return a date and time without its time zone; None if it states no time zone, or UTC."""
    moment = _moment(text)
    return moment.strftime(_FORM) if moment is not None and moment.utcoffset() else None


def utc_time(text: str | None) -> str | None:
    """Return an ISO date, with or without a time, in UTC as `2024-09-27 11:42:11`; None for other text."""
    moment = _moment(text)
    if moment is None:
        return None
    return (moment.astimezone(UTC) if moment.tzinfo else moment).strftime(_FORM)


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text or "")
    except ValueError:
        return None


#: Characters that programs read as line ends (Python's `splitlines`) and that JSON does not escape.
_LINE_ENDS = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def as_line(record: Mapping[str, Any]) -> str:
    """Return a record as one line of JSON."""
    line = json.dumps(record, ensure_ascii=False)
    for end, escaped in _LINE_ENDS.items():
        line = line.replace(end, escaped)
    return line + "\n"


def json_lines(records: Records) -> Iterator[str]:
    """Yield the records unchanged, one line each."""
    return (as_line(record) for record in records())
