"""Documented forms of files that programs import which no test can run here.

Redirection (WordPress plugin): redirection.me/developer/json-export.

Matrixify (Shopify app): matrixify.app/documentation/blog-posts, the sheet's columns in the order of its export. `Handle`
to `Tags`, `Published At` and the columns of the blog are also in the documentation of the app Altera, which reads the same
sheet (support.getaltera.com/en/articles/11490226-blog-post-fields); images, other dates and metafields are as public scripts
write them for Matrixify.

Webflow: help.webflow.com, “Import CMS content from a CSV file”. Its own export has `Name`, `Slug`, `Updated On` and
`Published On`; names of a multi-reference are separated by semicolons
(webflow.com/updates/csv-import-now-supports-reference-and-multi-reference-fields). The other columns are assigned by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

#: The JSON file of the plugin Redirection: the required fields of its documentation, and the values that it lists.
REDIRECTION: dict[str, Any] = {
    "type": "object",
    "required": ["groups", "redirects"],
    "additionalProperties": False,
    "properties": {
        "groups": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["id", "name", "module_id", "enabled"],
                "additionalProperties": False,
                "properties": {
                    "id": {"type": "integer"},
                    "name": {"type": "string", "minLength": 1},
                    "redirects": {"type": "integer"},
                    "module_id": {"enum": [1, 2, 3]},
                    "enabled": {"type": "boolean"},
                },
            },
        },
        "redirects": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["url", "match_data", "action_code", "action_type", "action_data", "match_type", "enabled"],
                "additionalProperties": False,
                "properties": {
                    "id": {"type": "integer"},
                    "url": {"type": "string", "pattern": r"^\^?/"},
                    "match_url": {"type": "string"},
                    "match_data": {
                        "type": "object",
                        "required": ["source"],
                        "additionalProperties": False,
                        "properties": {
                            "source": {
                                "type": "object",
                                "required": ["flag_query", "flag_case", "flag_trailing", "flag_regex"],
                                "additionalProperties": False,
                                "properties": {
                                    "flag_query": {"enum": ["exact", "exactorder", "ignore", "pass"]},
                                    "flag_case": {"type": "boolean"},
                                    "flag_trailing": {"type": "boolean"},
                                    "flag_regex": {"type": "boolean"},
                                },
                            }
                        },
                    },
                    "action_code": {"enum": [301, 302, 303, 304, 307, 308]},
                    "action_type": {"enum": ["url", "error", "nothing", "pass"]},
                    "action_data": {
                        "type": "object",
                        "required": ["url"],
                        "additionalProperties": False,
                        "properties": {"url": {"type": "string", "minLength": 1}},
                    },
                    "match_type": {"enum": ["url", "server", "ip", "referrer", "useragent"]},
                    "title": {"type": "string"},
                    "hits": {"type": "integer"},
                    "regex": {"type": "boolean"},
                    "group_id": {"type": "integer"},
                    "position": {"type": "integer"},
                    "last_access": {"type": "string"},
                    "enabled": {"type": "boolean"},
                },
            },
        },
    },
}

_Check = Callable[[str], bool]


def _matches(pattern: str) -> _Check:
    return lambda cell: re.fullmatch(pattern, cell, re.S) is not None


def _is_list(separator: str) -> _Check:
    return lambda cell: all(part == part.strip() != "" for part in cell.split(separator + " "))


_URL = _matches(r"https?://\S+")
_HTML = _matches(r"\s*(<.*>)?\s*")
_TEXT = _matches(r".*")
_SLUG = _matches("[a-z0-9]+(-[a-z0-9_]+)*[a-z0-9_-]*")
_MATRIXIFY_TIME = _matches(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}")

#: Columns of Matrixify's sheet “Blog Posts” and the possible values of their cells; a metafield's column states its
#: type.
MATRIXIFY: Mapping[str, _Check] = {
    "Handle": _SLUG,
    "Command": _matches("NEW|MERGE|UPDATE|REPLACE|DELETE|IGNORE"),
    "Title": _matches(".+"),
    "Author": _TEXT,
    "Body HTML": _HTML,
    "Summary HTML": _TEXT,
    "Tags": _is_list(","),
    "Created At": _MATRIXIFY_TIME,
    "Updated At": _MATRIXIFY_TIME,
    "Published": _matches("TRUE|FALSE"),
    "Published At": _MATRIXIFY_TIME,
    "Image Src": _URL,
    "Image Alt Text": _TEXT,
    "Blog: Handle": _SLUG,
    "Blog: Title": _matches(".+"),
    "Metafield: title_tag [string]": _TEXT,
    "Metafield: description_tag [string]": _TEXT,
}
#: Fields of a Webflow collection and the possible values of their cells: dates in ISO 8601, switches, names separated
#: by semicolons.
WEBFLOW: Mapping[str, _Check] = {
    "Name": _matches(".+"),
    "Slug": _SLUG,
    "Post Body": _HTML,
    "Post Summary": _TEXT,
    "Main Image": _URL,
    "Main Image Alt": _TEXT,
    "Published On": _matches(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"),
    "Updated On": _matches(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"),
    "Author": _is_list(";"),
    "Categories": _is_list(";"),
    "Tags": _is_list(";"),
    "Featured": _matches("true|false"),
    "Draft": _matches("true|false"),
    "SEO Title": _TEXT,
    "SEO Description": _TEXT,
    "Original URL": _URL,
}
#: Cells that may not be empty.
REQUIRED = {"Handle", "Command", "Title", "Published", "Blog: Handle", "Name", "Slug", "Featured", "Draft"}


def table_faults(columns: Mapping[str, _Check], rows: list[dict[str, str]]) -> Iterator[str]:
    """Yield the cells that the importing program would refuse."""
    if rows and [*rows[0]] != [*columns]:
        yield f"columns: {[*rows[0]]}"
        return
    for number, row in enumerate(rows, 2):
        for name, cell in row.items():
            if (not cell and name in REQUIRED) or (cell and not columns[name](cell)):
                yield f"line {number}, {name}: {cell[:80]!r}"
