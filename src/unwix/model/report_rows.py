"""Rows of report.json and media.json that several layers share, and the only place that turns rows into JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import NODEFAULT, Struct, field
from msgspec.structs import fields


class LinkRow(Struct, frozen=True):
    """A link to the old site that stays unchanged, and the reason."""

    source: str
    href: str
    reason: str


class LinksRow(Struct):
    """What is known about the old site's URLs: the `links` of report.json."""

    sites: dict[str, str]
    """The hosts of the old site, and how each is known."""
    suggested_sites: list[str]
    lists: dict[str, str]
    """The paths of categories, tags and authors, and their names."""
    aliases: dict[str, str]
    """Other paths of posts on the old site, and their files."""
    not_exported: list[LinkRow]
    missing_anchors: list[LinkRow]

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> LinksRow:
        """Return the row from a report that may have been edited; incomplete links are left out."""
        return cls(
            content.get("sites") or {},
            _texts(content.get("suggested_sites")),
            content.get("lists") or {},
            content.get("aliases") or {},
            _link_rows(content.get("not_exported")),
            _link_rows(content.get("missing_anchors")),
        )


class ProbeRow(Struct, frozen=True):
    """A place of a site that was requested: how many posts it listed, or why it could not be read."""

    kind: str
    """sitemap, feed, list, category, visitor-api or page."""
    url: str
    posts: int | None
    error: str | None = None


class FoundPostRow(Struct, frozen=True):
    """A post of a site: how it was found, and its result if something was written."""

    url: str
    found_by: list[str]
    outcome: str | None = None


class SiteRow(Struct, frozen=True, kw_only=True):
    """A live site, and how its posts were found."""

    site: str
    advertised: int | None
    """The number of posts that the site states."""
    stated_by: dict[str, int]
    found: int
    found_by: dict[str, int]
    found_only_by: dict[str, list[str]]
    outcomes: dict[str, int] | None = None
    documents: int
    probed: list[ProbeRow]
    warnings: list[str]
    posts: list[FoundPostRow]


class ApiRow(Struct, frozen=True):
    """A blog that was read through the API with the owner's key."""

    api: str
    """The id of the site."""
    requests: int
    warnings: list[str]


class MediaRow(Struct, frozen=True, kw_only=True):
    """A file of media.json. It is missing where `file`, `bytes` and `sha256` are None."""

    url: str
    kind: str
    file: str | None
    bytes: int | None
    sha256: str | None
    width: int | None
    height: int | None
    alt: str | None
    used_by: list[str]
    state: str
    copies: list[str] = field(default_factory=list)
    from_: str | None = None
    """The origin of the file, if it is not its URL."""
    problem: str | None = None
    """Why it is not the original, or why it is missing."""

    @classmethod
    def read(cls, content: Any) -> MediaRow | None:
        """Return a row of a media.json that may have been edited, or None without a URL.

        A value of another type than its field's counts as missing.
        """
        if not isinstance(content, dict) or not isinstance(content.get("url"), str):
            return None
        values: dict[str, Any] = {name: _text(content.get(name)) for name in ("file", "sha256", "alt", "problem")}
        values |= {name: _text(content.get(name)) or "" for name in ("url", "kind", "state")}
        values |= {name: _number(content.get(name)) for name in ("bytes", "width", "height")}
        values |= {name: _texts(content.get(name)) for name in ("used_by", "copies")}
        return cls(from_=_text(content.get("from")), **values)

    @property
    def paths(self) -> list[str]:
        """The files of the row that are below OUTPUT: one, or one for each post in a bundle."""
        named = [path for path in (self.file, *self.copies) if path]
        return [path for path in named if ".." not in path.split("/") and path[0] != "/" and "\0" not in path]


def as_json(row: Any) -> dict[str, Any]:
    """Return a row as a JSON object in the order of its fields. A field that has its default value is left out."""
    return {
        one.name.removesuffix("_"): _value(value)
        for one in fields(row)
        if (value := getattr(row, one.name)) != one.default and (value or one.default_factory is NODEFAULT)
    }


def read_site_row(row: Mapping[str, Any]) -> SiteRow | ApiRow:
    """Return a row of `sites` in report.json. Raises TypeError or KeyError if it is not one."""
    if "api" in row:
        return ApiRow(**row)
    probed = [ProbeRow(**probe) for probe in row["probed"]]
    posts = [FoundPostRow(**post) for post in row["posts"]]
    return SiteRow(**{**row, "probed": probed, "posts": posts})


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return [_value(one) for one in value]
    return as_json(value) if isinstance(value, Struct) else value


def _link_rows(value: Any) -> list[LinkRow]:
    rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    return [LinkRow(*(str(row.get(name)) for name in ("source", "href", "reason"))) for row in rows]


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) else None


def _texts(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
