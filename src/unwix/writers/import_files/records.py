"""Records: a post as plain data for an import file: what its fields say, and its body as HTML."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TypedDict, cast

from ...model.article import Element
from ...model.post import Metadata
from ..targets.permalinks import ascii_slug


class Record(TypedDict, total=False):
    """One post. What is unknown is not there."""

    slug: str
    title: str
    html: str
    date: str
    """UTC, as `2024-09-27 11:42:11`."""
    updated: str
    description: str
    authors: list[str]
    categories: list[str]
    tags: list[str]
    cover: str
    cover_alt: str
    draft: bool
    restricted: bool
    """Only for readers with a paid plan."""
    pinned: bool
    closed: bool
    """Nobody may comment."""
    old_address: str
    seo_title: str
    seo_description: str
    pictures: list[tuple[str, str]]
    """The pictures of the body, in order: address and alternative text."""


Records = Callable[[], Iterator[Record]]
"""The posts of a run, as often as they are asked for."""


def record_of(metadata: Metadata, slug: str, html: str, article: Element) -> Record:
    """The record of a post. A date without a time is the beginning of that day."""
    known: dict[str, object] = {
        "slug": slug,
        "title": metadata.title,
        "html": html,
        "date": _moment(metadata.date),
        "updated": _moment(metadata.updated),
        "description": metadata.description,
        "authors": metadata.authors,
        "categories": metadata.categories,
        "tags": list(dict.fromkeys([*metadata.tags, *metadata.hashtags])),
        "cover": metadata.cover,
        "cover_alt": metadata.cover_alt,
        "draft": metadata.draft,
        "restricted": bool(metadata.pricing_plans),
        "pinned": metadata.pinned or metadata.featured,
        "closed": metadata.commenting == "closed",
        "old_address": metadata.canonical_url,
        "seo_title": metadata.seo_title,
        "seo_description": metadata.seo_description,
        "pictures": [(img.get("src") or "", img.get("alt") or "") for img in article.iter("img")],
    }
    return cast(Record, {name: value for name, value in known.items() if value})


def _moment(said: str | None) -> str | None:
    try:
        found = datetime.fromisoformat(said or "")
    except ValueError:
        return None
    return (found.astimezone(UTC) if found.tzinfo else found).strftime("%Y-%m-%d %H:%M:%S")


def as_line(record: Record) -> str:
    """The record as one line of JSON."""
    return json.dumps(record, ensure_ascii=False) + "\n"


class Slugs:
    """Names of categories, tags or authors in addresses: no two have one."""

    def __init__(self, usual: str) -> None:
        """`usual` is for names in other than Latin letters."""
        self._usual = usual
        self._by_name: dict[str, str] = {}

    def of(self, name: str) -> str:
        """The slug of a name, the same each time."""
        if name not in self._by_name:
            plain = ascii_slug(name) or f"{self._usual}-{len(self._by_name) + 1}"
            free, number, taken = plain, 1, set(self._by_name.values())
            while free in taken:
                number += 1
                free = f"{plain}-{number}"
            self._by_name[name] = free
        return self._by_name[name]

    def items(self) -> Iterator[tuple[str, str]]:
        """All names so far, each with its slug."""
        yield from self._by_name.items()
