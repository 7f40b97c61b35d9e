"""Document metadata: the front matter's fields from the object round a post's document.

One table for all forms of the object: Blog API v3 (docs/wix/api.md#post-object), the page's own data, the old
communities-blog API (docs/wix/api.md#communities-blog-api), Velo records
(docs/wix/ricos.md#where-documents-are-stored), and rows of a CMS export, for which cms_csv.py uses the same names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from ...model.post import Metadata
from ...model.problems import Problem
from ...web.json_path import Json, dig, first_line, flag, line, number, obj, objects
from ...web.printed_dates import instant
from ...web.saved_links import slug_of
from ...web.text_cleaning import clean, plain
from ...wix import media_urls as media
from ...wix.ids import is_id
from .names import Names


def when(value: Any) -> str | None:
    """An instant from a string, `{"$date": …}` (docs/wix/ricos.md#where-documents-are-stored) or milliseconds."""
    if isinstance(value, dict):
        value = value.get("$date")
    if isinstance(value, int) and not isinstance(value, bool) and 10**11 < value < 10**13:
        return datetime.fromtimestamp(value / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return instant(value)


def _count(value: Any) -> int | None:
    found = number({"n": value}, "n")
    return found if found is not None and found >= 0 else None


def _is_true(value: Any) -> bool | None:
    return True if value is True or (isinstance(value, str) and value.lower() == "true") else None


Look = Callable[[Json, Names], Any]
Place = tuple[str, Look]


def _at(*path: str) -> Place:
    def look(post: Json, _names: Names) -> Any:
        found = dig(post, *path)
        return clean(found) if isinstance(found, str) else found

    return "post." + ".".join(path), look


def _slug(post: Json, _names: Names) -> str | None:
    slugs = post.get("slugs")
    found = (
        line(post, "slug")
        or line(post, "seoSlug")
        or (slugs[-1] if isinstance(slugs, list) and slugs and isinstance(slugs[-1], str) else "")
    )
    return unquote(found) or None


def address(post: Json) -> str | None:
    """The post's own address, when it is whole."""
    base, path = line(post, "url", "base"), line(post, "url", "path")
    candidates = (
        base.rstrip("/") + "/" + path.lstrip("/") if base and path else "",
        line(post, "url"),
        line(post, "link"),
        line(post, "publicUrl"),
    )
    return next((c for c in candidates if c.startswith(("http://", "https://"))), None)


def _path_slug(post: Json, _names: Names) -> str | None:
    path = address(post) or line(post, "url", "path") or line(post, "postPageUrl")
    return slug_of(path) if path else None


def _author(post: Json, names: Names) -> list[str]:
    told = (
        line(post, "owner", "name"),
        line(post, "author", "name"),
        line(post, "author", "nickname"),
        line(post, "author"),
        line(post, "authorName"),
    )
    known = next((name for name in told if name and not is_id(name)), None)
    known = known or names.members.get(_author_id(post) or "")
    return [known] if known else []


def _author_id(post: Json) -> str | None:
    ids = (
        line(post, "memberId"),
        line(post, "owner", "id"),
        line(post, "owner", "siteMemberId"),
        line(post, "author"),
        line(post, "author", "id"),
    )
    return next((found for found in ids if found and is_id(found)), None)


def _id_list(post: Json, *fields: str) -> Iterator[str]:
    for name in fields:
        value = post.get(name)
        for item in value if isinstance(value, list) else [value]:
            found = line(item, "id") or line(item, "_id") if isinstance(item, dict) else line({"v": item}, "v")
            if found:
                yield found


def _labels(post: Json, names: Names, *fields: str) -> list[str]:
    """Names of categories or tags: objects with a label, names themselves, or ids that the file resolves."""
    told = {
        line(o, "id") or line(o, "_id"): first_line(o, ("label",), ("menuLabel",), ("name",), ("title",))
        for f in fields
        for o in objects(post, f)
    }
    found = (told.get(i) or names.labels.get(i) or (None if is_id(i) else i) for i in _id_list(post, *fields))
    return list(dict.fromkeys(name for name in found if name))


_CATEGORIES = ("mainCategory", "categoryIds", "categories")
_TAGS = ("tagIds", "tags")


def _cover(post: Json, _names: Names) -> str | None:
    """The cover's original: `media` of today, `coverMedia` of 2022, `coverImage` and `heroImage` of older answers."""
    for holder, enabled in (
        (obj(post, "media"), True),
        (obj(post, "coverMedia"), flag(post, "coverMedia", "enabled") is not False),
    ):
        image = dig(holder, "wixMedia", "image") or dig(holder, "image") or dig(holder, "embedMedia", "thumbnail")
        if enabled and (found := _picture(image)):
            return found
    return next((found for name in ("coverImage", "heroImage") if (found := _picture(post.get(name)))), None)


def _picture(value: Any) -> str | None:
    name = (
        line(value)
        if isinstance(value, str)
        else next((n for key in ("url", "id", "src", "fileName") if (n := line(value, key))), "")
    )
    name = value.strip() if isinstance(value, str) else name
    found = media.image_url(name) if name else None
    return found if found and found.startswith("http") else None


def _cover_alt(post: Json, _names: Names) -> str | None:
    of_media = (("media", "altText"), ("media", "wixMedia", "image", "altText"))
    return (
        first_line(
            post, *of_media, ("coverMedia", "altText"), ("coverMedia", "alt"), ("coverMedia", "image", "altText")
        )
        or None
    )


def _commenting(post: Json, _names: Names) -> str | None:
    enabled = flag(post, "commentingEnabled")
    if enabled is None and (disabled := flag(post, "isCommentsDisabled")) is not None:
        enabled = not disabled
    return {True: "open", False: "closed"}.get(enabled) if enabled is not None else None


def _seo(post: Json, name: str) -> str | None:
    tags = objects(post, "seoData", "tags")
    if name == "title":
        return (
            next((line(t, "children") for t in tags if line(t, "type") == "title" and line(t, "children")), None)
            or line(post, "seoTitle")
            or None
        )
    named = (line(t, "props", "content") for t in tags if line(t, "props", "name") == "description")
    return next((n for n in named if n), None) or line(post, "seoDescription") or None


def _strings(value: Any) -> list[str]:
    return [found for item in value if (found := line({"v": item}, "v"))] if isinstance(value, list) else []


def state(post: Json) -> str | None:
    """`draft`, `scheduled`, `deleted` or `unlisted`; None for a published post (docs/wix/api.md#post-status)."""
    told = line(post, "status").lower()
    if told in ("deleted", "scheduled", "unlisted"):
        return told
    if told in ("unpublished", "draft", "in_review", "pending_review") or (not told and flag(post, "isDraft")):
        return "draft"
    # Drafts have editing fields and no date of publication.
    return (
        "draft"
        if not told and ("editingSessionId" in post or "changeOrigin" in post) and not post.get("firstPublishedDate")
        else None
    )


#: For each field: how a value is made clean, and the places it may be in, best first.
FIELDS: dict[str, tuple[Callable[[Any], Any], list[Place]]] = {
    "title": (plain, [_at("title")]),
    "slug": (plain, [("post.slug", _slug), ("post.url", _path_slug)]),
    "date": (when, [_at("firstPublishedDate"), _at("publishedDate"), _at("scheduledPublishDate")]),
    "updated": (when, [_at("lastPublishedDate"), _at("editedDate")]),
    "authors": (_strings, [("post.owner, or a member that a file names", _author)]),
    "description": (plain, [_at("excerpt")]),
    "categories": (_strings, [("post.categoryIds", lambda post, names: _labels(post, names, *_CATEGORIES))]),
    "tags": (_strings, [("post.tagIds", lambda post, names: _labels(post, names, *_TAGS))]),
    "cover": (plain, [("post.media", _cover)]),
    "cover_alt": (plain, [("post.media", _cover_alt)]),
    "language": (plain, [_at("language"), _at("lang")]),
    "canonical_url": (plain, [("post.url", lambda post, _names: address(post))]),
    "reading_minutes": (_count, [_at("minutesToRead"), _at("timeToRead")]),
    "views": (_count, [_at("metrics", "views"), _at("postCountInfo", "views"), _at("viewCount")]),
    "comments": (
        _count,
        [_at("metrics", "comments"), _at("postCountInfo", "comments"), _at("totalComments"), _at("commentCount")],
    ),
    "likes": (_count, [_at("metrics", "likes"), _at("postCountInfo", "likes"), _at("likeCount")]),
    "commenting": (plain, [("post.commentingEnabled", _commenting)]),
    "hashtags": (_strings, [_at("hashtags")]),
    "featured": (_is_true, [_at("featured"), _at("isFeatured")]),
    "pinned": (_is_true, [_at("pinned"), _at("isPinned")]),
    "draft": (_is_true, [("post.status", lambda post, _names: state(post) in ("draft", "scheduled", "deleted"))]),
    "scheduled": (_is_true, [("post.status", lambda post, _names: state(post) == "scheduled")]),
    "unlisted": (_is_true, [("post.status", lambda post, _names: state(post) == "unlisted")]),
    "translation_id": (plain, [_at("translationId")]),
    "seo_title": (plain, [("post.seoData", lambda post, _names: _seo(post, "title"))]),
    "seo_description": (plain, [("post.seoData", lambda post, _names: _seo(post, "description"))]),
    "pricing_plans": (_strings, [_at("pricingPlanIds")]),
}


def document_metadata(post: Json, names: Names) -> tuple[Metadata, dict[str, str], list[Problem]]:
    """The metadata of a post's object, the place of each field, and what is unclear in it."""
    metadata = Metadata()
    places: dict[str, str] = {}
    problems: list[Problem] = []
    for name, (mend, candidates) in FIELDS.items():
        for place, look in candidates:
            value = mend(look(post, names))
            if value is not None and value not in ([], ""):
                setattr(metadata, name, value)
                places[name] = place
                break
    for name, same in (("seo_title", metadata.title), ("seo_description", metadata.description)):
        if getattr(metadata, name) == same:
            setattr(metadata, name, None)
            places.pop(name, None)
    problems += _unknown_names(post, metadata, names)
    if metadata.title is None:
        problems.append(Problem("title-missing", "front matter", "the file tells no title"))
    if metadata.draft:
        problems.append(Problem("not-published", "front matter", f"Wix says of this post: {state(post)}"))
    return metadata, places, problems


def _unknown_names(post: Json, metadata: Metadata, names: Names) -> Iterator[Problem]:
    """Ids that nothing in the file gives a name to: never written as names."""
    if not metadata.authors and (author := _author_id(post)):
        metadata.author_id = author
        yield Problem("unresolved-names", "authors", "the file tells only the id of the author")
    for kind, fields in (("categories", _CATEGORIES), ("tags", _TAGS)):
        told = {line(o, "id") or line(o, "_id") for f in fields for o in objects(post, f)}
        unknown = {i for i in _id_list(post, *fields) if is_id(i) and i not in names.labels and i not in told}
        if unknown:
            yield Problem("unresolved-names", kind, f"the file tells only the ids of {len(unknown)} of the {kind}")
