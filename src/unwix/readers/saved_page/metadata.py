"""Read each front matter field from an ordered list of places, and record the place."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ...model.post import Metadata
from ...model.problems import Problem
from ...web.dates import instant
from ...web.json_path import obj
from ...web.saved_links import slug_of
from ...web.text_cleaning import plain
from ..documents.names import Names
from . import field_sources as at
from . import titles
from .other_markup import old_blog
from .other_markup.byline import amp_author, byline, reader_view_author
from .page_data import PageData
from .page_url import relative_slug

#: Replacement characters in an escaped text. The page has at most one character for each broken byte.
_DAMAGE = re.compile("\ufffd+")


def _hero_image(s: at.Sources) -> str | None:
    """Return the URL of the image above the post."""
    images = (image for hero in s.hooks("post-hero-image") for image in hero.iter("img"))
    return next((url for image in images if (url := at.cover_url(image.get("src")))), None)


#: For each field: the function that cleans a value (a wrong value becomes empty), and its places, best first. Facts:
#: docs/wix/pages.md#metadata, docs/wix/studio-pages.md#title-and-author.
FIELDS: dict[str, tuple[Callable[[Any], Any], list[at.FieldSource]]] = {
    "title": (
        plain,
        [
            ("data-hook post-title", titles.title_hook),
            ("title of the old blog", old_blog.old_title),
            ("the only h1 outside of the text", titles.visible_title),
            ("meta og:title", titles.og_title),
            at.post("title"),
            at.ld("headline"),
            ("first heading of the AMP copy", titles.amp_title),
            ("title of the page", titles.page_title),
        ],
    ),
    "slug": (
        plain,
        [
            ("URL of the page", lambda s: slug_of(s.url) if s.url else None),
            at.post("slug"),
            ("relative canonical link", lambda s: relative_slug(s.page)),
        ],
    ),
    "date": (
        instant,
        [
            at.meta("article:published_time"),
            at.ld("datePublished"),
            at.post("firstPublishedDate"),
            at.printed(is_updated=False),
            ("date of the old blog", old_blog.old_date),
            ("text above the body", lambda s: byline(s).date),
        ],
    ),
    "updated": (
        instant,
        [
            at.meta("article:modified_time"),
            at.ld("dateModified"),
            at.post("lastPublishedDate"),
            at.printed(is_updated=True),
            ("text above the body", lambda s: byline(s).updated),
        ],
    ),
    "authors": (
        lambda v: v if isinstance(v, list) else at.authors(v),
        [
            ("meta article:author", lambda s: at.authors(s.page.metas.get("article:author"))),
            ("JSON-LD author", lambda s: [n for a in s.ld.authors for n in at.authors(a)]),
            at.hook("user-name"),
            ("embedded post.owner", lambda s: at.authors((s.embedded.post.get("owner") or {}).get("name"))),
            ("author of the old blog", old_blog.old_authors),
            ("text above the body", lambda s: byline(s).authors),
            ("text above the title of the AMP copy", lambda s: at.authors(amp_author(s))),
            ("byline of Firefox's reader view", reader_view_author),
        ],
    ),
    "description": (plain, [at.meta("description"), at.meta("og:description"), at.ld("description")]),
    "categories": (
        list,
        [
            ("embedded categories", lambda s: s.embedded.labels("categories")),
            ("data-hook category-label-list__item", at.category_labels),
            ("post footer", lambda s: at.linked(s, "/categories/")),
            ("JSON-LD articleSection", at.section),
        ],
    ),
    "tags": (
        list,
        [
            ("embedded tags", lambda s: s.embedded.labels("tags")),
            ("data-hook tag-cloud-root", at.tag_cloud),
            ("post footer", lambda s: at.linked(s, "/tags/")),
            ("tags of the old blog", old_blog.old_tags),
        ],
    ),
    "cover": (
        plain,
        [
            ("embedded coverMedia", at.cover_media),
            ("meta og:image", lambda s: at.cover_url(s.page.metas.get("og:image"))),
            ("JSON-LD image", lambda s: at.cover_url(s.ld.text("image", "url") or s.ld.text("image"))),
            ("data-hook post-hero-image", _hero_image),
        ],
    ),
    "cover_alt": (plain, [("embedded coverMedia", at.embedded_alt), ("data-hook post-hero-image", at.hero_alt)]),
    "language": (plain, [("html lang", at.language), at.ld("inLanguage"), at.post("language")]),
    "canonical_url": (plain, [("URL of the page", lambda s: s.url)]),
    "reading_minutes": (
        at.nonnegative_number,
        [
            at.post("minutesToRead"),
            at.first_number("time-to-read"),
            ("text above the body", lambda s: byline(s).minutes),
        ],
    ),
    "views": (at.nonnegative_number, [at.metric("views"), at.stats("views", "view-count")]),
    "comments": (at.nonnegative_number, [at.metric("comments"), at.stats("comments", "comment-count")]),
    "likes": (at.nonnegative_number, [at.metric("likes"), at.first_number("like-button-with-count__like-count")]),
    "seo_title": (plain, [("meta og:title", titles.seo_title)]),
    "commenting": (plain, [("embedded post.commentingEnabled", at.commenting)]),
}


def read_metadata(sources: at.Sources) -> tuple[Metadata, dict[str, str], list[Problem]]:
    """Return the page's metadata, the place of each field, and problems with ambiguous fields."""
    metadata = Metadata()
    places: dict[str, str] = {}
    problems: list[Problem] = []
    for name, (clean, candidates) in FIELDS.items():
        for place, look in candidates:
            found = look(sources)
            value = clean(found) if found is not None else None
            if value is not None and value not in ([], ""):
                setattr(metadata, name, value)
                places[name] = place
                break
    _undo_damage(metadata, places)
    if metadata.title is None:
        problems.append(Problem("title-missing", "front matter", "the page states no title"))
    if metadata.date is None and (printed := at.hook("time-ago")[1](sources)):
        problems.append(
            Problem("date-unclear", "front matter", f"the page shows only “{printed}”, which is no exact date")
        )
    return metadata, places, problems


def _undo_damage(metadata: Metadata, places: dict[str, str]) -> None:
    """Take the title for search engines as the title if it is the same without the title's invalid bytes."""
    title, other = metadata.title or "", metadata.seo_title
    if "\ufffd" in title and other and re.fullmatch(_DAMAGE.sub(".{0,3}", re.escape(title)), other):
        metadata.title, metadata.seo_title = other, None
        places["title"] = places.pop("seo_title")


def printed_day(sources: at.Sources) -> str | None:
    """Return the day that the page prints as the post's date, or None if it prints no exact day."""
    day = at.printed(is_updated=False)[1](sources) or byline(sources).date
    return str(day) if day else None


def names_in_data(data: PageData) -> Names:
    """Return the names of categories, tags and the author in a page's own data."""
    names = Names()
    for value in (*data.categories, *data.tags, obj(data.post, "owner")):
        names.learn(value)
    return names


def add_from_document(data: PageData, metadata: Metadata, places: dict[str, str]) -> None:
    """Add the fields that the page does not show, from its own data."""
    from ..documents.metadata import document_metadata, drop_repeated

    document_fields, where, _ = document_metadata(data.post, names_in_data(data))
    for name, value in document_fields.as_dict().items():
        if name not in places and not (name == "author_id" and metadata.authors):
            setattr(metadata, name, value)
            places[name] = f"embedded {where.get(name, 'post')}"
    drop_repeated(metadata, places)
