"""The requests that a visitor's browser sends to a Wix site for its posts, and how the answers are read.

Facts: docs/wix/api.md#site-endpoints, docs/wix/api.md#visitor-token-of-an-oauth-client.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from msgspec import Struct

from ...web.json_path import Json, dig, json_object, obj
from ..api.requests import BLOG_APP, items_of
from ..urls import normalize_url

#: Wix's host for the REST API and its tokens.
HOST = "https://www.wixapis.com"
#: The apps whose token gives access to posts, best first (docs/wix/api.md#access-token).
_APPS = ("22bef345-3c5b-4c18-b782-74d4085112ff", BLOG_APP)
#: The `intId` of the app that stands for the whole site.
_SITE_APP = -666
#: The number of posts, categories, tags or comments per request: the maximum of the API.
PAGE_SIZE = 100
#: The Blog API on the site's own host, and on Wix's.
SITE_BLOG, CLIENT_BLOG = "/_api/communities-blog-node-api/v3", f"{HOST}/blog/v3"
#: Paths that answer with a token: the current one, and the one of older sites.
TOKEN_PATHS = ("/_api/v1/access-tokens", "/_api/v2/dynamicmodel")
_PAGING = ("metaData", "pagingMetadata", "pagingMetaData")


class Call(Struct, frozen=True):
    """A request: the path or URL, and the body of a POST."""

    url: str
    body: Json | None = None


class ListedPost(Struct, frozen=True):
    """A post in the list of all posts."""

    slug: str
    url: str | None
    """None if the answer contains no URL."""
    language: str | None = None
    has_document: bool = False


# ---- requests -------------------------------------------------------------------------------------------------------


def posts_of_site(offset: int) -> Call:
    """Return the request for a page of the list of all posts; programs send exactly this form."""
    return Call(f"{SITE_BLOG}/posts/query", {"paging": {"limit": PAGE_SIZE, "offset": offset}})


def posts_of_client(offset: int, documents: bool = True) -> Call:
    """Return the same request for the REST API, whose lists can contain the documents of the posts."""
    fieldsets = ["RICH_CONTENT", "URL"] if documents else ["URL"]
    query = [("paging.limit", str(PAGE_SIZE)), ("paging.offset", str(offset)), *(("fieldsets", f) for f in fieldsets)]
    return Call(f"{CLIENT_BLOG}/posts?{urlencode(query)}")


def categories_at(base: str, offset: int) -> Call:
    """Return the request for a page of the categories; `base` is `SITE_BLOG` or `CLIENT_BLOG`."""
    return Call(f"{base}/categories?paging.limit={PAGE_SIZE}&paging.offset={offset}&fieldsets=URL")


def tags_at(base: str, offset: int) -> Call:
    """Return the request for a page of the tags."""
    return Call(
        f"{base}/tags/query", {"query": {"paging": {"limit": PAGE_SIZE, "offset": offset}}, "fieldsets": ["URL"]}
    )


def document_of(slug: str, language: str) -> Call:
    """Return the request for one post with its document (docs/wix/api.md#post-page)."""
    name = quote(slug, safe="")
    query = urlencode({"postId": slug, "translationsName": "main", "languageCode": language})
    return Call(f"/_api/blog-frontend-adapter-public/v2/post-page/{name}?{query}")


def comments_on(resource: str, cursor: str | None) -> Call:
    """Return the request for a page of the comments on a post (docs/wix/api.md#comments)."""
    query = {"appId": BLOG_APP, "contextId": resource, "resourceId": resource, "commentSort.order": "OLDEST_FIRST"}
    query["cursorPaging.limit"] = str(PAGE_SIZE)
    if cursor:
        query["cursorPaging.cursor"] = cursor
    return Call(f"/_api/comments-ng/v1/comments/list-by-resource?{urlencode(query)}")


def member_of(member: str) -> Call:
    """Return the request for the public profile of a member (docs/wix/api.md#members)."""
    return Call(f"/_api/members/v1/members/{quote(member, safe='')}?fieldsets=PUBLIC")


def token_of_client(client_id: str) -> Call:
    """Return the request for the token of an OAuth client."""
    return Call(f"{HOST}/oauth2/token", {"clientId": client_id, "grantType": "anonymous"})


# ---- answers --------------------------------------------------------------------------------------------------------


def parse(data: bytes) -> Json | None:
    """Return the JSON object of an answer, None if it is something else."""
    return json_object(data)


def token_in(answer: Json) -> str | None:
    """Return the token in an answer."""
    if (token := _text(answer, "access_token")) is not None:
        return token
    apps = obj(answer, "apps")
    site_wide = [app for app in apps.values() if isinstance(app, dict) and app.get("intId") == _SITE_APP]
    for app in (*(apps.get(name) for name in _APPS), *site_wide):
        if token := _text(app, "instance") or _text(app, "accessToken"):
            return token
    return None


def posts_in(answer: Json, root: str) -> Iterator[ListedPost]:
    """Yield the posts of a list. `root` is the URL of the site, for posts whose URL names no host."""
    for post in items_of(answer):
        if slug := _text(post, "slug"):
            has_document = bool(post.get("richContent"))
            yield ListedPost(slug, _url(post.get("url"), root), _text(post, "language"), has_document)


def urls_of_lists(answer: Json, root: str) -> Iterator[str]:
    """Yield the URLs of the lists of posts of categories or tags, where the answer contains them."""
    for item in items_of(answer):
        if url := _url(item.get("url"), root):
            yield url


def total_in(answer: Json) -> int | None:
    """Return how many objects a list has on all its pages, None if the answer does not state it."""
    for name in _PAGING:
        total = dig(answer, name, "total")
        if isinstance(total, int) and not isinstance(total, bool) and total >= 0:
            return total
    return None


def cursor_in(answer: Json) -> str | None:
    """Return the cursor of the next page of a list, None on the last page."""
    for name in _PAGING:
        paging = answer.get(name)
        if cursor := _text(dig(paging, "cursors"), "next") or _text(paging, "cursor"):
            return cursor
    return None


def post_in(answer: Json) -> Json | None:
    """Return the post of a post page with its document, None if the answer contains no document."""
    post = obj(answer, "postPage", "post")
    return post if post.get("richContent") or post.get("content") else None


def resources_of(post: Json) -> list[str]:
    """Return the ids by which comments name a post, the most likely first."""
    return [value for name in ("referenceId", "internalId") if (value := _text(post, name))]


def comments_of(post: Json) -> int | None:
    """Return how many comments a post has, None if it does not state it."""
    for path in (("metrics", "comments"), ("postCountInfo", "comments"), ("totalComments",)):
        count = dig(post, *path)
        if isinstance(count, int) and not isinstance(count, bool):
            return count
    return None


def comments_in(answer: Json) -> Iterator[Json]:
    """Yield the comments in an answer, replies included."""
    stack: list[Any] = [answer.get("commentReplies"), answer.get("comments")]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(value)
        elif isinstance(value, dict):
            if "resourceId" in value and "content" in value:
                yield value
            else:
                stack.extend(value.values())


def author_of(comment: Json) -> str | None:
    """Return the id of the member who wrote a comment, None if the comment states a name itself."""
    author = comment.get("author")
    return None if _text(author, "authorName") else _text(author, "memberId")


def _text(value: Any, name: str) -> str | None:
    text_value = dig(value, name)
    return text_value if isinstance(text_value, str) and text_value else None


def _url(value: Any, root: str) -> str | None:
    """Return the URL of an object `{base, path}`, of a path or of a whole URL."""
    base, path = _text(value, "base") or root, _text(value, "path")
    if path is not None:
        return normalize_url(f"{base.rstrip('/')}/{path.lstrip('/')}")
    return normalize_url(value, f"{root}/") if isinstance(value, str) and value else None
