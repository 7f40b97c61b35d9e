"""Read titles and texts of posts back from import files, to verify that the files contain them."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from html import unescape

from lxml import etree

from ...web.csv_tables import csv_rows
from .records import Record

_TAG = re.compile(r"<[^>]*>")
#: White space, and characters that XML does not allow.
_UNSEEN = re.compile("[\\s\x00-\x1f\ud800-\udfff\ufffd-\uffff]+")
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_SLUG = "{http://wordpress.org/export/1.2/}post_name"
_TYPE = "{http://wordpress.org/export/1.2/}post_type"

#: A function that yields title and body of each post in the text of a file.
ReadBack = Callable[[str], Iterator[tuple[str, str]]]


def wxr_posts(text: str) -> Iterator[tuple[str, str]]:
    """Yield title and body of each post of a WXR file."""
    root = etree.fromstring(text.encode(), etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True))
    for item in root.iter("item"):
        if item.findtext(_TYPE) == "post":
            # Titles with tags or entities are HTML.
            yield unescape(item.findtext("title") or "") or item.findtext(_SLUG) or "", item.findtext(_CONTENT) or ""


def ghost_posts(text: str) -> Iterator[tuple[str, str]]:
    """Yield title and body of each post of a Ghost file."""
    for post in json.loads(text)["db"][0]["data"]["posts"]:
        yield post.get("title", ""), post.get("html", "")


def table_posts(title: str, body: str) -> ReadBack:
    """Return a function that yields the cells in two columns of a table."""

    def read(text: str) -> Iterator[tuple[str, str]]:
        rows = csv_rows(io.StringIO(text, newline=""), text)
        names = next(rows)
        columns = names.index(title), names.index(body)
        for row in filter(None, rows):
            yield row[columns[0]], row[columns[1]]

    return read


def sanity_posts(text: str) -> Iterator[tuple[str, str]]:
    """Yield title and Portable Text of each post of an NDJSON file."""
    for line in filter(None, text.split("\n")):
        if (document := json.loads(line)).get("_type") == "post":
            yield document.get("title", ""), json.dumps(document.get("body", []), ensure_ascii=False)


def key_of(title: str, body: str) -> str:
    """Return title and text of a post as a key, without spaces and without tags, whose attributes a file may change."""
    return _UNSEEN.sub("", f"{title}\n{_TAG.sub('', body)}")


def title_in_file(record: Record) -> str:
    """Return the title of a post in a file: its slug if it has none."""
    return record.get("title") or record["slug"]
