"""Write posts as one JSON file that Ghost imports (docs.ghost.org/migration/custom).

The lengths are the maximum that Ghost accepts (core/server/data/schema). Categories are tags, the first of which is the
post's primary tag. Ghost requires an e-mail address of each author: those in `.invalid` (RFC 2606) belong to
nobody.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from ..slugs import Slugs, transliterated_slug
from .records import Record, Records

_MAX_LENGTHS = {"custom_excerpt": 300, "meta_title": 300, "meta_description": 500, "feature_image_alt": 191}


def ghost_json(records: Records) -> Iterator[str]:
    """Yield the file in pieces."""
    latest = max((record.get("updated") or record.get("date") or "" for record in records()), default="")
    moment = datetime.fromisoformat(latest).replace(tzinfo=UTC) if latest else datetime.fromtimestamp(0, UTC)
    meta = {"exported_on": int(moment.timestamp()) * 1000, "version": "5.0.0"}
    yield f'{{"db": [{{"meta": {json.dumps(meta)}, "data": {{\n"posts": ['
    yield from _rows(_post(number, record) for number, record in enumerate(records(), 1))
    yield '],\n"posts_meta": ['
    yield from _rows(_meta(number, record) for number, record in enumerate(records(), 1))
    tags, authors = Slugs("tag", transliterated_slug), Slugs("author", transliterated_slug)
    for table, column, slugs, names in (
        ("posts_tags", "tag_id", tags, ("categories", "tags")),
        ("posts_authors", "author_id", authors, ("authors",)),
    ):
        yield f'],\n"{table}": ['
        yield from _rows(_relations(records, column, slugs, names))
    yield '],\n"tags": ['
    yield from _rows({"id": slug, "name": name, "slug": slug} for name, slug in tags.items())
    yield '],\n"users": ['
    yield from _rows(
        {"id": slug, "name": name, "slug": slug, "email": f"{slug}@authors.invalid", "roles": ["Contributor"]}
        for name, slug in authors.items()
    )
    yield "]\n}}]}\n"


def _post(number: int, record: Record) -> dict[str, Any]:
    return _known(
        id=str(number),
        title=record.get("title") or record["slug"],
        slug=record["slug"],
        html=record.get("html"),
        feature_image=record.get("cover"),
        featured=record.get("pinned"),
        type="post",
        status="draft" if record.get("draft") else "published",
        visibility="paid" if record.get("restricted") else "public",
        created_at=record.get("date"),
        published_at=record.get("date"),
        updated_at=record.get("updated"),
        custom_excerpt=record.get("description"),
    )


def _meta(number: int, record: Record) -> dict[str, Any]:
    description = record.get("description", "")
    too_long = description if len(description) > _MAX_LENGTHS["custom_excerpt"] else None
    row = _known(
        post_id=str(number),
        feature_image_alt=record.get("cover_alt"),
        meta_title=record.get("seo_title"),
        meta_description=record.get("seo_description") or too_long,
    )
    return row if len(row) > 1 else {}


def _relations(records: Records, column: str, slugs: Slugs, names: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for number, record in enumerate(records(), 1):
        unique = dict.fromkeys(name for field in names for name in record.get(field, ()))  # type: ignore[attr-defined]
        for order, name in enumerate(unique):
            yield {"post_id": str(number), column: slugs.of(name), "sort_order": order}


def _known(**values: Any) -> dict[str, Any]:
    return {
        name: value
        for name, value in values.items()
        if value and len(str(value)) <= _MAX_LENGTHS.get(name, len(str(value)))
    }


def _rows(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    for number, row in enumerate(row for row in rows if row):
        yield (",\n" if number else "\n") + json.dumps(row, ensure_ascii=False)
