"""Read the front matter fields from the object that contains a post's document.

One table serves all forms of the object: Blog API v3 (docs/wix/api.md#post-object), the page's own data, the old
communities-blog API (docs/wix/api.md#communities-blog-api), Velo records
(docs/wix/ricos.md#where-documents-are-stored), and rows of a CMS export, for which cms_csv.py uses the same names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote

from ...model.post import Metadata
from ...model.problems import Problem
from ...web.dates import instant
from ...web.json_path import Json, dig, first_line, flag, line, number, obj, objects
from ...web.saved_links import slug_of
from ...web.text_cleaning import clean, plain
from ...wix import media_urls as media
from ...wix.ids import is_id
from .names import Names


def _count(value: Any) -> int | None:
    value_found = number({"n": value}, "n")
    return value_found if value_found is not None and value_found >= 0 else None


def _is_true(value: Any) -> bool | None:
    return True if value is True or (isinstance(value, str) and value.lower() == "true") else None


Look = Callable[[Json, Names], Any]
Place = tuple[str, Look]


def _at(*path: str) -> Place:
    first, is_nested = path[0], len(path) > 1

    def look(post: Json, _names: Names) -> Any:
        value_found = post.get(first)
        if is_nested and value_found is not None:
            value_found = dig(value_found, *path[1:])
        return clean(value_found) if isinstance(value_found, str) else value_found

    return "post." + ".".join(path), look


def _slug(post: Json, _names: Names) -> str | None:
    slugs = post.get("slugs")
    slug = (
        line(post, "slug")
        or line(post, "seoSlug")
        or (slugs[-1] if isinstance(slugs, list) and slugs and isinstance(slugs[-1], str) else "")
    )
    return unquote(slug) or None


def post_url(post: Json) -> str | None:
    """Return the post's own URL, None if the object states none with a host."""
    base, path = line(post, "url", "base"), line(post, "url", "path")
    whole = base.rstrip("/") + "/" + path.lstrip("/") if base and path else ""
    candidates = (whole, *(line(post, name) for name in ("url", "link", "publicUrl")))
    return next((c for c in candidates if c.startswith(("http://", "https://"))), None)


def _path_slug(post: Json, _names: Names) -> str | None:
    path = post_url(post) or line(post, "url", "path") or line(post, "postPageUrl")
    return slug_of(path) if path else None


_AUTHOR_NAMES = (
    ("owner", "name"),
    ("owner", "profile", "nickname"),
    ("author", "name"),
    ("author", "nickname"),
    ("author", "profile", "nickname"),
    ("member", "profile", "nickname"),
    ("author",),
    ("authorName",),
)
_AUTHOR_IDS = (("memberId",), ("owner", "id"), ("owner", "siteMemberId"), ("author",), ("author", "id"))


def _author(post: Json, names: Names) -> list[str]:
    candidates = (line(post, *path) for path in _AUTHOR_NAMES if path[0] in post)
    name = next((name for name in candidates if name and not is_id(name)), None)
    name = name or names.members.get(_author_id(post) or "")
    return [name] if name else [label for label in _labels(post, names, ("authors",)) if label]


def _author_id(post: Json) -> str | None:
    ids = (line(post, *path) for path in _AUTHOR_IDS if path[0] in post)
    return next((member for member in ids if is_id(member)), None)


def _items(post: Json, fields: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield id and label of each category or tag in some fields; either may be empty.

    Items are objects with a label (and usually an id), ids, or names, which are yielded as ids.
    """
    for name in fields:
        if (value := post.get(name)) is None:
            continue
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                label = first_line(item, ("label",), ("menuLabel",), ("name",), ("title",))
                yield first_line(item, ("id",), ("_id",)), label
            elif text := line({"item": item}, "item"):
                yield text, ""


def _labels(post: Json, names: Names, fields: tuple[str, ...]) -> list[str]:
    """Return the names of categories or tags: those of the objects, else those that the run knows for their ids."""
    items = list(_items(post, fields))
    own = {key: label for key, label in items if key and label}
    labels = (label or own.get(key) or names.labels.get(key) or ("" if is_id(key) else key) for key, label in items)
    return list(dict.fromkeys(label for label in labels if label))


_CATEGORIES = ("mainCategory", "categoryIds", "categories")
_TAGS = ("tagIds", "tags")


def _cover(post: Json, _names: Names) -> str | None:
    """Return the URL of the original cover: `media`, `coverMedia` (2022), or `coverImage` and `heroImage` (older)."""
    for holder, enabled in (
        (obj(post, "media"), True),
        (obj(post, "coverMedia"), flag(post, "coverMedia", "enabled") is not False),
    ):
        if not holder:
            continue
        image = dig(holder, "wixMedia", "image") or dig(holder, "image") or dig(holder, "embedMedia", "thumbnail")
        if enabled and (url := _image_url(image)):
            return url
    return next((url for name in ("coverImage", "heroImage") if (url := _image_url(post.get(name)))), None)


def _image_url(value: Any) -> str | None:
    if value is None:
        return None
    value_stated = first_line(
        {"image": value}, ("image",), *(("image", key) for key in ("url", "id", "src", "fileName"))
    )
    url = media.image_url(value_stated) if value_stated else None
    return url if url and url.startswith("http") else None


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
    descriptions = (line(t, "props", "content") for t in tags if line(t, "props", "name") == "description")
    return next((text for text in descriptions if text), None) or line(post, "seoDescription") or None


def _strings(value: Any) -> list[str]:
    return [text for item in value if (text := line({"v": item}, "v"))] if isinstance(value, list) else []


def state(post: Json) -> str | None:
    """Return `draft`, `scheduled`, `deleted` or `unlisted`; None for a published post (docs/wix/api.md#post-status)."""
    status = line(post, "status").lower()
    if status in ("deleted", "scheduled", "unlisted"):
        return status
    if status in ("unpublished", "draft", "in_review", "pending_review") or (not status and flag(post, "isDraft")):
        return "draft"
    # Drafts have editing fields and no publication date.
    is_edited = "editingSessionId" in post or "changeOrigin" in post
    return "draft" if not status and is_edited and not post.get("firstPublishedDate") else None


#: For each field: the function that cleans a value, and where the value can be, best first.
FIELDS: dict[str, tuple[Callable[[Any], Any], list[Place]]] = {
    "title": (plain, [_at("title")]),
    "slug": (plain, [("post.slug", _slug), ("post.url", _path_slug)]),
    "date": (instant, [_at("firstPublishedDate"), _at("publishedDate"), _at("scheduledPublishDate")]),
    "updated": (instant, [_at("lastPublishedDate"), _at("editedDate")]),
    "authors": (_strings, [("post.owner, or a member that a file names", _author)]),
    "description": (plain, [_at("excerpt")]),
    "categories": (_strings, [("post.categoryIds", lambda post, names: _labels(post, names, _CATEGORIES))]),
    "tags": (_strings, [("post.tagIds", lambda post, names: _labels(post, names, _TAGS))]),
    "cover": (plain, [("post.media", _cover)]),
    "cover_alt": (plain, [("post.media", _cover_alt)]),
    "language": (plain, [_at("language"), _at("lang")]),
    "canonical_url": (plain, [("post.url", lambda post, _names: post_url(post))]),
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
    """Return the metadata of a post's object, the provenance of each field, and their problems."""
    metadata = Metadata()
    provenance: dict[str, str] = {}
    problems: list[Problem] = []
    for name, (cleaned, candidates) in FIELDS.items():
        for place, look in candidates:
            stated = look(post, names)
            if stated is None:
                continue  # most posts lack most of the fields
            value = cleaned(stated)
            if value is not None and value not in ([], ""):
                setattr(metadata, name, value)
                provenance[name] = place
                break
    drop_repeated(metadata, provenance)
    problems += [*_unknown_names(post, metadata, names), *_unclear_dates(post, metadata)]
    if metadata.title is None:
        problems.append(Problem("title-missing", "front matter", "the file states no title"))
    if metadata.draft:
        problems.append(Problem("not-published", "front matter", f"Wix says of this post: {state(post)}"))
    return metadata, provenance, problems


def drop_repeated(metadata: Metadata, provenance: dict[str, str]) -> None:
    """Remove the title and the description for search engines where they repeat those of the post."""
    for name in ("seo_title", "seo_description"):
        if getattr(metadata, name) == getattr(metadata, name.removeprefix("seo_")):
            setattr(metadata, name, None)
            provenance.pop(name, None)


def _unknown_names(post: Json, metadata: Metadata, names: Names) -> Iterator[Problem]:
    """Yield a problem for ids without a known name; ids are never written as names."""
    if not metadata.authors and (author := _author_id(post)):
        metadata.author_id = author
        yield Problem("unresolved-names", "authors", "the file states only the id of the author")
    for kind, fields in (("categories", _CATEGORIES), ("tags", _TAGS)):
        items = list(_items(post, fields))
        own = {key for key, label in items if label}
        unknown = {key for key, _ in items if is_id(key) and key not in own and key not in names.labels}
        if unknown:
            yield Problem("unresolved-names", kind, f"the file states only the ids of {len(unknown)} of the {kind}")


def _unclear_dates(post: Json, metadata: Metadata) -> Iterator[Problem]:
    """Yield a problem for each date in the object that is ambiguous."""
    for name in ("date", "updated"):
        if getattr(metadata, name) is None:
            for _, look in FIELDS[name][1]:
                if value_stated := line({"date": look(post, Names())}, "date"):
                    yield Problem(
                        "date-unclear", "front matter", f"the {name} “{value_stated[:60]}” has no certain meaning"
                    )
                    break
