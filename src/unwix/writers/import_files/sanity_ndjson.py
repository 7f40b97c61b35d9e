"""Write posts as NDJSON for `sanity dataset import`: a document for each post, author and category.

The documents have the types and fields of the blog in Sanity's documentation. The import resolves references and
uploads images (sanity.io/docs/importing-data).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from .portable_text import image_asset
from .records import Record, Records, as_line


def sanity_ndjson(records: Records) -> Iterator[str]:
    """Yield the documents, one line each: authors, categories, posts."""
    for kind, field, title in (("author", "authors", "name"), ("category", "categories", "title")):
        names = dict.fromkeys(name for record in records() for name in record.get(field, ()))  # type: ignore[attr-defined]
        for name in names:
            yield as_line({"_id": _id(kind, name), "_type": kind, title: name, "slug": _slug(kind, name)})
    for record in records():
        yield as_line(_post(record))


def _post(record: Record) -> dict[str, Any]:
    authors = [_reference("author", name) for name in record.get("authors", ())]
    seo = {"title": record.get("seo_title"), "description": record.get("seo_description")}
    identity = record["id"]
    fields: dict[str, Any] = {
        "_id": f"drafts.{identity}" if record.get("draft") else identity,
        "_type": "post",
        "title": record.get("title") or record["slug"],
        "slug": {"_type": "slug", "current": record["slug"]},
        "publishedAt": _instant(record.get("date")),
        "updatedAt": _instant(record.get("updated")),
        "author": _without_key(authors[0]) if authors else None,
        "coAuthors": authors[1:],
        "mainImage": _cover(record),
        "categories": [_reference("category", name) for name in record.get("categories", ())],
        "tags": record.get("tags"),
        "excerpt": record.get("description"),
        "seo": {name: value for name, value in seo.items() if value},
        "language": record.get("language"),
        "originalUrl": record.get("old_url"),
        "body": json.loads(record.get("html") or "[]"),
    }
    return {name: value for name, value in fields.items() if value not in (None, [], {}, "")}


def _cover(record: Record) -> dict[str, Any] | None:
    if not (cover := record.get("cover")):
        return None
    alt = {"alt": record["cover_alt"]} if record.get("cover_alt") else {}
    return {"_type": "image", "_sanityAsset": image_asset(cover), **alt}


def _id(kind: str, name: str) -> str:
    return f"{kind}-{uuid5(NAMESPACE_URL, f'{kind}:{name}')}"


def _slug(kind: str, name: str) -> dict[str, str]:
    slug = "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split())
    return {"_type": "slug", "current": slug or _id(kind, name)}


def _reference(kind: str, name: str) -> dict[str, str]:
    identity = _id(kind, name)
    return {"_type": "reference", "_key": identity, "_ref": identity}


def _without_key(reference: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in reference.items() if name != "_key"}


def _instant(text: str | None) -> str | None:
    """Return a date and time of a record as Sanity's `datetime`."""
    return f"{text.replace(' ', 'T')}Z" if text else None
