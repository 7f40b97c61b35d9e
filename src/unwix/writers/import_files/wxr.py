"""Posts as one WXR file (version 1.2), which WordPress imports.

Its elements and how the importer reads them: github.com/WordPress/wordpress-importer (class-wp-import.php). Each image
is an attachment of its own, so that WordPress downloads it and refers to its own copy.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import escape, unescape
from posixpath import basename
from urllib.parse import urlsplit

from ..slugs import Slugs, latin_slug, transliterated_slug
from .records import Record, Records

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
"""
_TAIL = "</channel>\n</rss>\n"
#: A site keeps the ids of the file where they are free; a new site already uses the first few.
_FIRST_ID = 100_001
#: The plugins Yoast SEO, Rank Math and All in One SEO read these.
_SEO = {
    "seo_title": ("_yoast_wpseo_title", "rank_math_title", "_aioseo_title"),
    "seo_description": ("_yoast_wpseo_metadesc", "rank_math_description", "_aioseo_description"),
}
_IMAGE = re.compile(r'(<!-- wp:image \{)"id":0,(.*?-->\n<figure[^>]*>(?:<a [^>]*>)?)(<img src="([^"]*)"[^>]*>)')
_IMAGE_CLASS = re.compile(r'(<img src="([^"]*)"[^>]*?) class="wp-image-0"')
#: Characters that XML 1.0 does not have.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def wxr(records: Records) -> Iterator[str]:
    """Yield the file in pieces."""
    # WordPress's user names are ASCII: it refuses others, or strips them until two are the same.
    authors = Slugs("author", transliterated_slug)
    categories, tags = Slugs("category", latin_slug), Slugs("tag", latin_slug)
    origins: Counter[str] = Counter()
    images: dict[str, tuple[str, int]] = {}  # URL → alternative text, number of the first post that shows it
    for number, record in enumerate(records(), _FIRST_ID):
        for slugs, names in ((authors, "authors"), (categories, "categories"), (tags, "tags")):
            for name in record.get(names, ()):  # type: ignore[attr-defined]
                slugs.of(name)
        if "old_url" in record:
            parts = urlsplit(record["old_url"])
            origins[f"{parts.scheme}://{parts.netloc}"] += 1
        for url, alt in _images(record):
            images.setdefault(url, (alt, number))
    first_image = _FIRST_ID + sum(1 for _ in records())
    ids = {url: first_image + n for n, url in enumerate(images)}
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
    for number, record in enumerate(records(), _FIRST_ID):
        yield from _post(number, record, authors, categories, tags, ids)
    for url, (alt, parent) in images.items():
        yield from _attachment(ids[url], url, alt, parent)
    yield _TAIL


def _images(record: Record) -> Iterator[tuple[str, str]]:
    """Yield what WordPress can download: the cover, then the images of the body."""
    cover = [(record["cover"], record.get("cover_alt", ""))] if "cover" in record else []
    for url, alt in [*cover, *record.get("images", ())]:
        if url.startswith(("http://", "https://")):
            yield url, alt


def _post(
    number: int, record: Record, authors: Slugs, categories: Slugs, tags: Slugs, ids: dict[str, int]
) -> Iterator[str]:
    date = record.get("date", "")
    status = "private" if record.get("restricted") else "publish"
    if record.get("draft"):
        status = "future" if record.get("scheduled") and date else "draft"
    yield "<item>\n" + _data("title", record.get("title", "")) + _tag("link", record.get("old_url", ""))
    if "authors" in record:
        yield _data("dc:creator", authors.of(record["authors"][0]))
    yield f'<guid isPermaLink="false">{escape(_xml_text(record.get("old_url", "")))}</guid>\n'
    yield _data("content:encoded", _with_ids(record.get("html", ""), ids))
    yield _data("excerpt:encoded", record.get("description", ""))
    yield (
        _tag("wp:post_id", str(number))
        + _tag("wp:post_date", record.get("local_date", date))
        + _tag("wp:post_date_gmt", date)
    )
    yield _tag("wp:comment_status", "closed" if record.get("closed") else "open") + _tag("wp:ping_status", "closed")
    yield _data("wp:post_name", record["slug"]) + _tag("wp:status", status) + _tag("wp:post_type", "post")
    yield _tag("wp:post_parent", "0") + _tag("wp:menu_order", "0") + _tag("wp:post_password", "")
    yield _tag("wp:is_sticky", "1" if record.get("pinned") else "0")
    for domain, slugs, names in (("category", categories, "categories"), ("post_tag", tags, "tags")):
        for name in record.get(names, ()):  # type: ignore[attr-defined]
            yield f'<category domain="{domain}" nicename="{slugs.of(name)}">{_cdata(name)}</category>\n'
    if (cover := ids.get(record.get("cover", ""))) is not None:
        yield _meta("_thumbnail_id", str(cover))
    for field, keys in _SEO.items():
        for key in keys if field in record else ():
            yield _meta(key, str(record[field]))  # type: ignore[literal-required]
    yield "</item>\n"


def _with_ids(body: str, ids: dict[str, int]) -> str:
    """Return a body with the attachments' ids in its blocks and classes; other images have none."""

    def block(match: re.Match[str]) -> str:
        number = ids.get(unescape(match[4]))
        setting = f'"id":{number},' if number else ""
        return f"{match[1]}{setting}{match[2]}{match[3]}"

    def image(match: re.Match[str]) -> str:
        number = ids.get(unescape(match[2]))
        return f'{match[1]} class="wp-image-{number}"' if number else match[1]

    return _IMAGE_CLASS.sub(image, _IMAGE.sub(block, body))


def _attachment(number: int, url: str, alt: str, parent: int) -> Iterator[str]:
    # The importer takes attachments of the same title for the same file: the name in the URL is unique.
    yield "<item>\n" + _data("title", basename(urlsplit(url).path).rpartition(".")[0] or url)
    yield _tag("wp:post_id", str(number)) + _tag("wp:post_date", "") + _tag("wp:post_date_gmt", "")
    yield _tag("wp:comment_status", "closed") + _tag("wp:ping_status", "closed")
    yield _tag("wp:status", "inherit") + _tag("wp:post_type", "attachment") + _tag("wp:post_parent", str(parent))
    yield _tag("wp:menu_order", "0") + _tag("wp:post_password", "") + _tag("wp:is_sticky", "0")
    yield _data("wp:attachment_url", url)
    yield (_meta("_wp_attachment_image_alt", alt) if alt else "") + "</item>\n"


def _author(number: int, name: str, login: str) -> str:
    inside = _tag("wp:author_id", str(number)) + _data("wp:author_login", login) + _data("wp:author_display_name", name)
    return f"<wp:author>{inside}</wp:author>\n"


def _meta(key: str, value: str) -> str:
    return f"<wp:postmeta>{_tag('wp:meta_key', key)}{_data('wp:meta_value', value)}</wp:postmeta>\n"


def _tag(name: str, text: str) -> str:
    return f"<{name}>{escape(_xml_text(text), quote=False)}</{name}>\n"


def _data(name: str, text: str) -> str:
    return f"<{name}>{_cdata(text)}</{name}>\n"


def _cdata(text: str) -> str:
    return f"<![CDATA[{_xml_text(text).replace(']]>', ']]]]><![CDATA[>')}]]>"


def _xml_text(text: str) -> str:
    return _NOT_XML.sub("�", text)
