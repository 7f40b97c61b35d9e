"""Turn a JSON Feed (https://jsonfeed.org/version/1.1) into the elements of RSS, which `feed.py` reads.

The stream of a reading service (Feedly, Inoreader, FreshRSS) is turned into a JSON Feed first.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from lxml import etree

from ..fidelity.ledger.shown_strings import shown_strings
from ..model.article import Element
from ..model.errors import UnreadablePage
from ..web.json_path import objects, parse_json
from ..web.text_cleaning import without_controls
from .feed_fields import FIELD
from .feed_streams import as_json_feed_item

#: What the beginning of a JSON Feed contains.
SIGN = b"jsonfeed.org/version"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
#: The element of RSS for each field of an item, best first.
_FIELDS = {
    "title": ("title",),
    "link": ("url", "external_url"),
    "guid": ("id",),
    "pubDate": ("date_published",),
    _CONTENT: ("content_html",),
    "description": ("summary",),
}
#: The types of the fields that are read, or that have no text of the author. A value of another type is not read.
_READ = {
    "title": str, "url": str, "external_url": str, "id": str, "date_published": str, "date_modified": str,
    "content_html": str, "summary": str, "author": dict, "authors": list, "tags": list, "image": str,
    "banner_image": str, "language": str,
}  # fmt: skip


def as_rss(text: str) -> Element:
    """Return the feed as RSS. Raises UnreadablePage if the text is not JSON."""
    try:
        feed = parse_json(text)
    except (ValueError, RecursionError):
        raise UnreadablePage("the file looks like a JSON feed, but cannot be read as JSON") from None
    root = etree.Element("rss")
    if isinstance(feed, dict):
        if isinstance(language := feed.get("language"), str):
            etree.SubElement(root, "language").text = language
        root.extend(_item(as_json_feed_item(item)) for item in objects(feed, "items"))
    return root


def _item(fields: dict[str, Any]) -> Element:
    item = etree.Element("item")
    for name, keys in _FIELDS.items():
        if value := next((text for key in keys if isinstance(text := fields.get(key), str) and text), None):
            etree.SubElement(item, name).text = value
    if item.find(_CONTENT) is None and isinstance(text := fields.get("content_text"), str):
        paragraphs = (escape(paragraph.strip()) for paragraph in text.split("\n\n"))
        etree.SubElement(item, _CONTENT).text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs if paragraph)
    for author in objects({"authors": fields.get("authors") or [fields.get("author")]}, "authors"):
        if isinstance(author.get("name"), str):
            etree.SubElement(item, _CREATOR).text = author["name"]
    tags = fields.get("tags")
    for tag in tags if isinstance(tags, list) else []:
        if isinstance(tag, str):
            etree.SubElement(item, "category").text = tag
    if isinstance(image := fields.get("image"), str):
        etree.SubElement(item, "enclosure", url=image, type="image")
    item.extend(_unread(fields))
    return item


def _unread(fields: dict[str, Any]) -> Iterator[Element]:
    """Yield an element for each text of a field that RSS does not have."""
    for name, value in fields.items():
        is_body = name == "content_text" and not isinstance(fields.get("content_html"), str)
        if not is_body and not (name in _READ and isinstance(value, _READ[name])):
            for text in shown_strings(value, name):
                field = etree.Element(FIELD, name=without_controls(name))
                field.text = without_controls(text)
                yield field
