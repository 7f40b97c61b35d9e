"""Write posts, images, authors and terms as elements of WXR (version 1.2), which WordPress imports.

How the importer reads them: github.com/WordPress/wordpress-importer (class-wp-import.php). Each image is an attachment,
so that WordPress downloads it and refers to its own copy.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import escape, unescape
from posixpath import basename

from msgspec import Struct

from ...web.text_cleaning import xml_text
from ...web.urls import split_url
from ..slugs import Slugs, latin_slug, transliterated_slug
from .records import Record, Records
from .wxr_comments import comments
from .wxr_elements import cdata, data, tag

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
"""
_TAIL = "</channel>\n</rss>\n"
#: A site keeps the ids of the file if they are free; a new site already uses the first few.
_FIRST_ID = 100_001
_NEVER = "0000-00-00 00:00:00"
#: The fields of the plugins Yoast SEO, Rank Math and All in One SEO.
_SEO = {
    "seo_title": ("_yoast_wpseo_title", "rank_math_title", "_aioseo_title"),
    "seo_description": ("_yoast_wpseo_metadesc", "rank_math_description", "_aioseo_description"),
}
_IMAGE = re.compile(r'(<!-- wp:image \{)"id":0,(.*?-->\n<figure[^>]*>(?:<a [^>]*>)?)(<img src="([^"]*)"[^>]*>)')
_IMAGE_CLASS = re.compile(r'(<img src="([^"]*)"[^>]*?) class="wp-image-0"')


class WxrItem(Struct, frozen=True):
    """A post, and the elements that a file must contain before it."""

    terms: tuple[str, ...]
    """Its author, categories and tags."""
    images: dict[str, str]
    """Its images by their URLs."""
    text: str


class Wxr:
    """Slugs and ids that all files of a blog share, so that each file can be imported alone."""

    def __init__(self, records: Records) -> None:
        # WordPress's user names are ASCII: it refuses others, or removes characters until two names are equal.
        self.authors = Slugs("author", transliterated_slug)
        self.categories, self.tags = Slugs("category", latin_slug), Slugs("tag", latin_slug)
        self.alt_texts: dict[str, str] = {}
        """The alternative text of each image by its URL."""
        origins: Counter[str] = Counter()
        months: list[str] = []
        next_id = _FIRST_ID
        for record in records():
            next_id += 1
            for slugs, names in ((self.authors, "authors"), (self.categories, "categories"), (self.tags, "tags")):
                for name in record.get(names, ()):  # type: ignore[attr-defined]
                    slugs.of(name)
            if "old_url" in record:
                parts = split_url(record["old_url"])
                origins[f"{parts.scheme}://{parts.netloc}"] += 1
            for url, alt in _images(record):
                self.alt_texts.setdefault(url, alt)
            months.append(record.get("date", "")[:7])
        self.ids = {url: next_id + n for n, url in enumerate(self.alt_texts)}
        """The id of each image by its URL."""
        self._author_ids = {name: number for number, (name, _) in enumerate(self.authors.items(), 1)}
        self._origin = origins.most_common(1)[0][0] if origins else ""
        self._latest_month = max(months, default="")

    def head(self) -> str:
        """Return the beginning of a file."""
        urls = ("link", "wp:base_site_url", "wp:base_blog_url")
        return _HEAD + tag("title", "") + tag("wp:wxr_version", "1.2") + "".join(tag(n, self._origin) for n in urls)

    def tail(self) -> str:
        """Return the end of a file."""
        return _TAIL

    def items(self, records: Records) -> Iterator[WxrItem]:
        """Yield the posts, each with the elements that it needs."""
        for number, record in enumerate(records(), _FIRST_ID):
            terms = tuple(self._terms(record))
            yield WxrItem(terms, dict(self._attachments(number, record)), "".join(_post(number, record, self)))

    def _terms(self, record: Record) -> Iterator[str]:
        for name in record.get("authors", ()):
            yield _author(self._author_ids[name], name, self.authors.of(name))
        for name in record.get("categories", ()):
            inside = data("wp:category_nicename", self.categories.of(name)) + data("wp:cat_name", name)
            yield f"<wp:category>{inside}</wp:category>\n"
        for name in record.get("tags", ()):
            yield f"<wp:tag>{data('wp:tag_slug', self.tags.of(name))}{data('wp:tag_name', name)}</wp:tag>\n"

    def _attachments(self, number: int, record: Record) -> Iterator[tuple[str, str]]:
        month = record.get("date", "")[:7] or self._latest_month
        for url in dict.fromkeys(url for url, _ in _images(record)):
            yield url, _attachment(self.ids[url], url, self.alt_texts[url], number, month.replace("-", "/"))


def _images(record: Record) -> Iterator[tuple[str, str]]:
    """Yield the images that WordPress can download: the cover, then those of the body."""
    cover = [(record["cover"], record.get("cover_alt", ""))] if "cover" in record else []
    for url, alt in [*cover, *record.get("images", ())]:
        if url.startswith(("http://", "https://")):
            yield url, alt


def _post(number: int, record: Record, blog: Wxr) -> Iterator[str]:
    date = record.get("date", "")
    status = "private" if record.get("restricted") else "publish"
    if record.get("draft"):
        status = "future" if record.get("scheduled") and date else "draft"
    # WordPress refuses a post without title, text and excerpt.
    title = record.get("title") or ("" if record.get("html") else record["slug"])
    yield "<item>\n" + data("title", _title(title)) + tag("link", record.get("old_url", ""))
    if "authors" in record:
        yield data("dc:creator", blog.authors.of(record["authors"][0]))
    yield _guid(record.get("old_url") or f"urn:uuid:{record['id']}")
    yield data("content:encoded", _with_ids(record.get("html", ""), blog.ids))
    yield data("excerpt:encoded", record.get("description", ""))
    yield (
        tag("wp:post_id", str(number))
        + tag("wp:post_date", record.get("local_date", date))
        + tag("wp:post_date_gmt", date)
    )
    yield tag("wp:comment_status", "closed" if record.get("closed") else "open") + tag("wp:ping_status", "closed")
    yield data("wp:post_name", record["slug"]) + tag("wp:status", status) + tag("wp:post_type", "post")
    yield tag("wp:post_parent", "0") + tag("wp:menu_order", "0") + tag("wp:post_password", "")
    yield tag("wp:is_sticky", "1" if record.get("pinned") else "0")
    for domain, slugs, names in (("category", blog.categories, "categories"), ("post_tag", blog.tags, "tags")):
        for name in record.get(names, ()):  # type: ignore[attr-defined]
            yield f'<category domain="{domain}" nicename="{slugs.of(name)}">{cdata(name)}</category>\n'
    if (cover := blog.ids.get(record.get("cover", ""))) is not None:
        yield _meta("_thumbnail_id", str(cover))
    for field, keys in _SEO.items():
        for key in keys if field in record else ():
            yield _meta(key, str(record[field]))  # type: ignore[literal-required]
    yield from comments(record.get("comments", ()))
    yield "</item>\n"


def _title(text: str) -> str:
    """Return a title as HTML, because WordPress reads tags in it; a title without tags is unchanged."""
    return escape(text, quote=False) if re.search(r"<[a-zA-Z/!?]", text) or unescape(text) != text else text


def _with_ids(body: str, ids: dict[str, int]) -> str:
    """Return a body with the attachments' ids in its blocks and classes; images without an attachment get none."""

    def block(match: re.Match[str]) -> str:
        number = ids.get(unescape(match[4]))
        setting = f'"id":{number},' if number else ""
        return f"{match[1]}{setting}{match[2]}{match[3]}"

    def image(match: re.Match[str]) -> str:
        number = ids.get(unescape(match[2]))
        return f'{match[1]} class="wp-image-{number}"' if number else match[1]

    return _IMAGE_CLASS.sub(image, _IMAGE.sub(block, body))


def _attachment(number: int, url: str, alt: str, parent: int, month: str) -> str:
    """Return an image that WordPress downloads into the directory of a month (`2024/03`).

    The importer skips an attachment with the title and date of an existing one. In that case it does not replace the
    image's URL in posts of other files either. A date of zeros, which WordPress replaces by the time of the import,
    never matches.
    """
    path = split_url(url).path
    pieces = (
        "<item>\n" + data("title", basename(path).rpartition(".")[0] or url),
        _guid(url),
        tag("wp:post_id", str(number)) + tag("wp:post_date", _NEVER if month else "") + tag("wp:post_date_gmt", ""),
        tag("wp:comment_status", "closed") + tag("wp:ping_status", "closed"),
        tag("wp:status", "inherit") + tag("wp:post_type", "attachment") + tag("wp:post_parent", str(parent)),
        tag("wp:menu_order", "0") + tag("wp:post_password", "") + tag("wp:is_sticky", "0"),
        data("wp:attachment_url", url),
        _meta("_wp_attached_file", f"{month}/{basename(path)}") if month else "",
        (_meta("_wp_attachment_image_alt", alt) if alt else "") + "</item>\n",
    )
    return "".join(pieces)


def _author(number: int, name: str, login: str) -> str:
    inside = tag("wp:author_id", str(number)) + data("wp:author_login", login) + data("wp:author_display_name", name)
    return f"<wp:author>{inside}</wp:author>\n"


def _meta(key: str, value: str) -> str:
    return f"<wp:postmeta>{tag('wp:meta_key', key)}{data('wp:meta_value', value)}</wp:postmeta>\n"


def _guid(text: str) -> str:
    return f'<guid isPermaLink="false">{escape(xml_text(text))}</guid>\n'
