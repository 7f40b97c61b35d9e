"""Describe the requests to Wix's REST API as data (docs/wix/api.md#blog-endpoints, docs/wix/api.md#comments).

Each list is requested page by page. Each call names the permission that the owner's key needs.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from ...web.json_path import Json, obj, objects

#: The blog among Wix's apps: comments are kept by app.
BLOG_APP = "14bcded7-0066-7c35-14d7-466cb3f09103"
_CHANGED = {"fieldName": "editedDate", "order": "ASC"}
_PUBLISHED = {"fieldName": "firstPublishedDate", "order": "ASC"}


class Call(Struct, frozen=True):
    """One list of the API."""

    name: str
    """The listed objects; also the directory of the responses."""
    path: str
    permission: str
    """Its name in Wix's dashboard."""
    query: Json | None = field(default_factory=dict)
    """The query in the body of a POST, without the paging; None for a GET."""
    body_fields: Json = field(default_factory=dict)
    """Fields of the body other than the query."""
    fieldsets: tuple[tuple[str, ...], ...] = ((),)
    """Fieldsets to request: the newest names first, then those of older versions."""
    limit: int = 100
    older: str | None = None
    """The path in older versions."""
    cursors: bool = True
    """True if it has cursors from the first page; otherwise it is read by offset until a response has a cursor."""
    essential: bool = False
    """Without it, nothing can be converted."""


POSTS = Call(
    "posts",
    "/blog/v3/posts/query",
    "Read Blog",
    {"sort": [_PUBLISHED]},
    fieldsets=(
        ("URL", "CONTENT_TEXT", "RICH_CONTENT", "METRICS", "SEO", "REFERENCE_ID"),
        ("URL", "CONTENT_TEXT", "RICH_CONTENT", "METRICS", "SEO"),
        ("URL", "CONTENT_TEXT", "RICH_CONTENT", "COUNTERS", "SEO"),
    ),
    limit=50,  # a post can have 400 kB
    essential=True,
)
CATEGORIES = Call(
    "categories", "/blog/v3/categories/query", "Read Blog", fieldsets=(("URL",), ()), older="/blog/v2/categories/query",
    cursors=False,
)  # fmt: skip
TAGS = Call(
    "tags",
    "/blog/v3/tags/query",
    "Read Blog",
    fieldsets=(("URL",), ()),
    older="/blog/v2/tags/query",
    cursors=False,
)
#: Wix also lists a published post among the drafts, in the editor's version.
DRAFTS = Call(
    "drafts",
    "/blog/v3/draft-posts/query",
    "Manage Blog",
    {"filter": {"status": {"$ne": "PUBLISHED"}}, "sort": [_CHANGED]},
    fieldsets=(("URL", "RICH_CONTENT"), ("RICH_CONTENT",)),
    limit=50,
    cursors=False,
)
TRASH = Call("trash", "/blog/v3/draft-posts/trash-bin", "Manage Blog", None, fieldsets=((),), limit=50, cursors=False)
COMMENTS = Call(
    "comments",
    "/comments/v1/comments/query-cursor",
    "Read Comments",
    body_fields={"appId": BLOG_APP},
    older="/comments/v1/comments/query",
)
#: In this order; members (authors of posts and comments) are requested when the posts are known.
CALLS = (POSTS, CATEGORIES, TAGS, DRAFTS, TRASH)
MEMBER, MEMBER_PERMISSION = "/members/v1/members/{}?fieldsets=PUBLIC", "Read Members"
#: The keys of the lists in responses.
_ITEMS = ("posts", "draftPosts", "deletedDraftPosts", "categories", "tags", "comments")
_PAGING = ("pagingMetadata", "metaData", "pagingMetaData", "metadata")


def items_of(answer: Any) -> list[Json]:
    """Return the objects that a response lists; an empty list may be null."""
    name = next((name for name in _ITEMS if isinstance(answer, dict) and name in answer), "")
    return objects(answer, name)


def next_page(answer: Any, call: Call, paging: Json, limit: int) -> Json | None:
    """Return the paging of the next page of a list, None after the last page.

    `paging` is that of the request.
    """
    paging_info: Json = next((answer[key] for key in _PAGING if isinstance(answer.get(key), dict)), {})
    cursors = paging_info.get("cursors")
    cursor = obj(paging_info, "cursors").get("next") or paging_info.get("cursor")
    count = len(items_of(answer))
    if isinstance(cursor, str) and cursor and count and paging_info.get("hasNext") is not False:
        return None if cursor == paging.get("cursor") else {"limit": limit, "cursor": cursor}
    if "cursor" in paging or (call.cursors and cursors):
        return None
    offset = int(paging.get("offset", 0)) + count
    total = paging_info.get("total")
    if not count or (isinstance(total, int) and offset >= total) or (total is None and count < paging["limit"]):
        return None
    return {"limit": limit, "offset": offset}


def request_of(call: Call, paging: Json, fieldsets: tuple[str, ...]) -> tuple[list[tuple[str, str]], Json | None]:
    """Return the query string and the body of the request for one page of a list."""
    if call.query is None:
        return [*((f"paging.{name}", str(value)) for name, value in paging.items())], None
    name = "cursorPaging" if "cursor" in paging or (call.cursors and "offset" not in paging) else "paging"
    # A cursor includes its filter and order.
    query = {**({} if "cursor" in paging else call.query), name: paging}
    fields = {"fieldsets": list(fieldsets)} if fieldsets else {}
    return [], {**call.body_fields, "query": query, **fields}
