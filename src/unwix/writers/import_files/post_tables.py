"""Write posts as the tables that Webflow and Shopify import: one row per post, with its body as HTML."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

from .read_back import title_in_file
from .records import Record, Records

#: A column and the function that returns its value for a post; None is an empty cell.
Column = tuple[str, Callable[[Record], str | None]]


def _date(field: str, pattern: str) -> Callable[[Record], str | None]:
    def value(record: Record) -> str | None:
        day, _, time = str(record.get(field) or "").partition(" ")
        return pattern.format(day=day, time=time) if day else None

    return value


def _joined(field: str, separator: str) -> Callable[[Record], str | None]:
    def value(record: Record) -> str | None:
        names: Any = record.get(field)
        return separator.join(names) if names else None

    return value


def _shopify_tags(record: Record) -> str:
    """Return categories and tags, separated by commas. A comma in a name becomes a space."""
    names = [*record.get("categories", ()), *record.get("tags", ())]
    return ", ".join(dict.fromkeys(" ".join(name.replace(",", " ").split()) for name in names))


#: The fields of Webflow's blog template; a column is assigned to a field of the collection during the import
#: (help.webflow.com: Import CMS content from a CSV file).
WEBFLOW: tuple[Column, ...] = (
    ("Name", title_in_file),
    ("Slug", lambda record: record["slug"]),
    ("Post Body", lambda record: record.get("html")),
    ("Post Summary", lambda record: record.get("description")),
    ("Main Image", lambda record: record.get("cover")),
    ("Main Image Alt", lambda record: record.get("cover_alt")),
    ("Published On", _date("date", "{day}T{time}Z")),
    ("Updated On", _date("updated", "{day}T{time}Z")),
    ("Author", _joined("authors", "; ")),
    ("Categories", _joined("categories", "; ")),
    ("Tags", _joined("tags", "; ")),
    ("Featured", lambda record: "true" if record.get("pinned") else "false"),
    ("Draft", lambda record: "true" if record.get("draft") else "false"),
    ("SEO Title", lambda record: record.get("seo_title")),
    ("SEO Description", lambda record: record.get("seo_description")),
    ("Original URL", lambda record: record.get("old_url")),
)
#: The columns of Matrixify's sheet “Blog Posts” (matrixify.app/documentation/blog-posts); Shopify itself has no import.
SHOPIFY: tuple[Column, ...] = (
    ("Handle", lambda record: record["slug"]),
    ("Command", lambda record: "MERGE"),
    ("Title", title_in_file),
    ("Author", _joined("authors", ", ")),
    ("Body HTML", lambda record: record.get("html")),
    ("Summary HTML", lambda record: record.get("description")),
    ("Tags", _shopify_tags),
    ("Created At", _date("date", "{day} {time} +0000")),
    ("Updated At", _date("updated", "{day} {time} +0000")),
    ("Published", lambda record: "FALSE" if record.get("draft") else "TRUE"),
    ("Published At", _date("date", "{day} {time} +0000")),
    ("Image Src", lambda record: record.get("cover")),
    ("Image Alt Text", lambda record: record.get("cover_alt")),
    ("Blog: Handle", lambda record: "news"),
    ("Blog: Title", lambda record: "News"),
    ("Metafield: title_tag [string]", lambda record: record.get("seo_title")),
    ("Metafield: description_tag [string]", lambda record: record.get("seo_description")),
)


def post_table(columns: tuple[Column, ...]) -> Callable[[Records], Iterator[str]]:
    """Return the function that yields the rows of a table with these columns."""

    def write(records: Records) -> Iterator[str]:
        yield _row([name for name, _ in columns])
        for record in records():
            yield _row([value(record) or "" for _, value in columns])

    return write


def _row(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
