"""WXR: posts as one file that WordPress imports (Tools → Import → WordPress), version 1.2 of its format.

What is in it and how the importer reads it: github.com/WordPress/wordpress-importer (class-wp-import.php). Each picture
is an attachment of its own, so that WordPress downloads it and refers to its copy.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import escape
from posixpath import basename
from urllib.parse import urlsplit

from .records import Record, Records, Slugs

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
"""
_TAIL = "</channel>\n</rss>\n"
#: Characters that XML 1.0 cannot say.
_UNSAYABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def wxr(records: Records) -> Iterator[str]:
    """The file, piece by piece."""
    authors, categories, tags = Slugs("author"), Slugs("category"), Slugs("tag")
    origins: Counter[str] = Counter()
    pictures: dict[str, tuple[str, int]] = {}  # address → alternative text, number of the first post that shows it
    for number, record in enumerate(records(), 1):
        for slugs, names in ((authors, "authors"), (categories, "categories"), (tags, "tags")):
            for name in record.get(names, ()):  # type: ignore[attr-defined]
                slugs.of(name)
        if "old_address" in record:
            parts = urlsplit(record["old_address"])
            origins[f"{parts.scheme}://{parts.netloc}"] += 1
        for address, alt in _pictures(record):
            pictures.setdefault(address, (alt, number))
    posts = sum(1 for _ in records())
    ids = {address: posts + n for n, address in enumerate(pictures, 1)}
    origin = origins.most_common(1)[0][0] if origins else ""
    yield _HEAD
    yield from (_tag("title", ""), _tag("link", origin), _tag("wp:wxr_version", "1.2"))
    yield from (_tag("wp:base_site_url", origin), _tag("wp:base_blog_url", origin))
    yield from (_author(n, name, slug) for n, (name, slug) in enumerate(authors.items(), 1))
    yield from (
        f"<wp:category>{_data('wp:category_nicename', slug)}{_data('wp:cat_name', name)}</wp:category>\n"
        for name, slug in categories.items()
    )
    yield from (
        f"<wp:tag>{_data('wp:tag_slug', slug)}{_data('wp:tag_name', name)}</wp:tag>\n" for name, slug in tags.items()
    )
    for number, record in enumerate(records(), 1):
        yield from _post(number, record, authors, categories, tags, ids)
    for address, (alt, parent) in pictures.items():
        yield from _attachment(ids[address], address, alt, parent)
    yield _TAIL


def _pictures(record: Record) -> Iterator[tuple[str, str]]:
    """What WordPress can download: the cover, then what the body shows."""
    cover = [(record["cover"], record.get("cover_alt", ""))] if "cover" in record else []
    for address, alt in [*cover, *record.get("pictures", ())]:
        if address.startswith(("http://", "https://")):
            yield address, alt


def _post(
    number: int, record: Record, authors: Slugs, categories: Slugs, tags: Slugs, ids: dict[str, int]
) -> Iterator[str]:
    date = record.get("date", "")
    status = "draft" if record.get("draft") else "private" if record.get("restricted") else "publish"
    yield "<item>\n" + _data("title", record.get("title", "")) + _tag("link", record.get("old_address", ""))
    if "authors" in record:
        yield _data("dc:creator", authors.of(record["authors"][0]))
    yield f'<guid isPermaLink="false">{escape(_sayable(record.get("old_address", "")))}</guid>\n'
    yield _data("content:encoded", record.get("html", ""))
    yield _data("excerpt:encoded", record.get("description", ""))
    yield _tag("wp:post_id", str(number)) + _tag("wp:post_date", date) + _tag("wp:post_date_gmt", date)
    yield _tag("wp:comment_status", "closed" if record.get("closed") else "open") + _tag("wp:ping_status", "closed")
    yield _data("wp:post_name", record["slug"]) + _tag("wp:status", status) + _tag("wp:post_type", "post")
    yield _tag("wp:post_parent", "0") + _tag("wp:menu_order", "0") + _tag("wp:post_password", "")
    yield _tag("wp:is_sticky", "1" if record.get("pinned") else "0")
    for domain, slugs, names in (("category", categories, "categories"), ("post_tag", tags, "tags")):
        for name in record.get(names, ()):  # type: ignore[attr-defined]
            yield f'<category domain="{domain}" nicename="{slugs.of(name)}">{_cdata(name)}</category>\n'
    if (cover := ids.get(record.get("cover", ""))) is not None:
        yield _meta("_thumbnail_id", str(cover))
    yield "</item>\n"


def _attachment(number: int, address: str, alt: str, parent: int) -> Iterator[str]:
    # The importer takes an attachment of the same title for the same file: its name in the address tells them apart.
    yield "<item>\n" + _data("title", basename(urlsplit(address).path).rpartition(".")[0] or address)
    yield _tag("wp:post_id", str(number)) + _tag("wp:post_date", "") + _tag("wp:post_date_gmt", "")
    yield _tag("wp:comment_status", "closed") + _tag("wp:ping_status", "closed")
    yield _tag("wp:status", "inherit") + _tag("wp:post_type", "attachment") + _tag("wp:post_parent", str(parent))
    yield _tag("wp:menu_order", "0") + _tag("wp:post_password", "") + _tag("wp:is_sticky", "0")
    yield _data("wp:attachment_url", address)
    yield (_meta("_wp_attachment_image_alt", alt) if alt else "") + "</item>\n"


def _author(number: int, name: str, login: str) -> str:
    said = _tag("wp:author_id", str(number)) + _data("wp:author_login", login) + _data("wp:author_display_name", name)
    return f"<wp:author>{said}</wp:author>\n"


def _meta(key: str, value: str) -> str:
    return f"<wp:postmeta>{_tag('wp:meta_key', key)}{_data('wp:meta_value', value)}</wp:postmeta>\n"


def _tag(name: str, text: str) -> str:
    return f"<{name}>{escape(_sayable(text), quote=False)}</{name}>\n"


def _data(name: str, text: str) -> str:
    return f"<{name}>{_cdata(text)}</{name}>\n"


def _cdata(text: str) -> str:
    return f"<![CDATA[{_sayable(text).replace(']]>', ']]]]><![CDATA[>')}]]>"


def _sayable(text: str) -> str:
    return _UNSAYABLE.sub("�", text)
