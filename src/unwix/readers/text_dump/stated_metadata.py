"""Fill the metadata of a post from what a container states about it."""

from __future__ import annotations

import re

from ...model.post import Metadata
from ...web.saved_links import slug_of
from ...web.urls import split_url
from ...wix.media_urls import original_url
from ...wix.tracking import without_tracking
from .containers.part import Stated

_SITE_SUFFIX = re.compile(r"\s+[|·–—-]\s+([^|·–—]+)\Z")


def fill_metadata(metadata: Metadata, provenance: dict[str, str], stated: Stated) -> None:
    """Copy the metadata that a container states to the fields that are empty."""
    url = without_tracking(stated.url) if stated.url else None
    values = {
        "canonical_url": url,
        "slug": slug_of(url) if url else stated.slug,
        "title": _title_without_site(stated),
        "cover": stated.cover and original_url(stated.cover),
        "authors": stated.authors,
        "date": stated.date,
        "updated": stated.updated,
        "description": stated.description,
        "categories": stated.categories,
        "tags": stated.tags,
    }
    for name, value in values.items():
        if value and not getattr(metadata, name):
            setattr(metadata, name, value)
            provenance[name] = stated.where
    if stated.date and len(metadata.date or "") < len(stated.date) and same_day(stated.date, metadata.date):
        metadata.date, provenance["date"] = stated.date, stated.where


def same_day(moment: str, other: str | None) -> bool:
    """Return True for two dates or times of one day."""
    return other is not None and moment[:10] == other[:10]


def _title_without_site(stated: Stated) -> str | None:
    """Return the stated title without the site's name after it, if the container or the URL states that name."""
    title = stated.title
    match = _SITE_SUFFIX.search(title) if title else None
    if title and match:
        suffix = "".join(c for c in match[1].casefold() if c.isalnum())
        site = "".join(c for c in (stated.site_name or "").casefold() if c.isalnum())
        host = "".join(c for c in (split_url(stated.url or "").hostname or "").casefold() if c.isalnum())
        if suffix and (suffix == site or suffix in host):
            return title[: match.start()]
    return title
