"""The API that the pages of a Wix site use, next to its pages: tokens, the list of all posts, documents, comments."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from support.fake_web import Asked, Reply
from support.wix_api import BEN, comment, ricos
from support.wix_site import SitePost, WixSite

Json = dict[str, Any]
JSON = "application/json"
CATEGORY = {"id": "cccccccc-0000-4000-8000-000000000001", "label": "Kilns & Fire", "slug": "kilns"}
TAG = {"id": "dddddddd-0000-4000-8000-000000000001", "label": "raku", "slug": "raku"}
OWNER = {"id": "aaaaaaaa-0000-4000-8000-000000000001", "name": "Ann Potter", "slug": "ann", "image": None}
HOST, CLIENT = "www.wixapis.com", "0f0f0f0f-1111-4222-8333-444444444444"
BLOG_APP = "14bcded7-0066-7c35-14d7-466cb3f09103"
_NODE = "/_api/communities-blog-node-api/v3"
_PAGE = "/_api/blog-frontend-adapter-public/v2/post-page/"


def reference(post: SitePost) -> str:
    return f"{post.number + 1:024x}"


@dataclass
class VisitorBlog:
    """The data of the API, and its faults. `open` serves it on the site's host and on Wix's."""

    site: WixSite
    hidden: set[str] = field(default_factory=set)
    """Slugs that are missing in the list of all posts."""
    total: int | None = None
    """The total of the list; None: the correct one."""
    lifetime: int | None = None
    """The number of requests until a token expires."""
    page_size: int = 100
    """The maximum number of items that the server returns."""
    with_urls: bool = True
    edits: dict[str, Callable[[Json], None]] = field(default_factory=dict)
    """By slug, a change of the post's object."""
    status: dict[str, int] = field(default_factory=dict)
    """By a part of a path, the status of the response."""
    comments: dict[str, list[Json]] = field(default_factory=dict)
    """By slug."""
    refuses_documents_of_clients: bool = False
    tokens: list[str] = field(default_factory=list)
    """The tokens that were issued, the newest last."""
    used: int = 0
    """The number of requests that the newest token was used for."""

    def open(self) -> None:
        self.site.web.answers.append(self._answer)
        self.site.web.put(f"https://{HOST}/", "")

    def api_paths(self) -> list[str]:
        return [path for path in self.site.web.paths() if "/_api/" in path or path.startswith(("/blog/v3", "/oauth2"))]

    # ---- objects ----------------------------------------------------------------------------------------------------

    def post(self, post: SitePost, document: bool = True) -> Json:
        day = post.date.isoformat().replace("+00:00", "Z")
        value: Json = {
            "id": f"00000000-0000-4000-8000-{post.number + 1:012x}",
            "title": post.title,
            "excerpt": "A few words.",
            "slug": post.slug,
            "firstPublishedDate": day,
            "lastPublishedDate": (post.date + timedelta(hours=1)).isoformat().replace("+00:00", "Z"),
            "categoryIds": [CATEGORY["id"]],
            "tagIds": [TAG["id"]],
            "memberId": OWNER["id"],
            "language": "en",
            "minutesToRead": 1,
            "commentingEnabled": True,
            "referenceId": reference(post),
            "metrics": {"comments": len(self.comments.get(post.slug, [])), "likes": 3, "views": 7},
        }
        if self.with_urls:
            value["url"] = {"base": self.site.root, "path": post.path}
        if document:
            lines = [f"Sentence {n} of {post.title}, about clay." for n in range(3)]
            value["richContent"] = ricos(*lines, "The end.")
        if post.slug in self.edits:
            self.edits[post.slug](value)
        return value

    def _listed(self) -> list[SitePost]:
        return [post for post in self.site.posts if post.slug not in self.hidden]

    def _list(self, limit: int, offset: int, document: bool) -> Json:
        posts = self._listed()[offset : offset + min(limit, self.page_size)]
        total = len(self._listed()) if self.total is None else self.total
        meta = {"count": len(posts), "offset": offset, "total": total}
        return {"posts": [self.post(post, document) for post in posts], "metaData": meta}

    def _page(self, post: SitePost) -> Json:
        value = {**self.post(post), "owner": OWNER}
        page = {"post": value, "categories": [CATEGORY], "tags": [TAG], "translations": {"like": "Like"}}
        return {"postPage": {"id": value["id"], **page, "appData": {"instance": self.tokens[-1]}}}

    # ---- requests ---------------------------------------------------------------------------------------------------

    def _answer(self, request: Asked) -> Reply | None:
        prefix = self.site.prefix if request.host == self.site.host else ""
        path = request.path.removeprefix(prefix)
        if not (path.startswith("/_api/") or request.host == HOST) or path == "/robots.txt":
            return None
        for part, status in self.status.items():
            if part in path:
                return _json({"message": "no", "details": {}}, status)
        if path in ("/_api/v1/access-tokens", "/_api/v2/dynamicmodel", "/oauth2/token"):
            return self._token(request, path)
        self.used += 1
        has_expired = self.lifetime is not None and self.used > self.lifetime
        if not self.tokens or request.headers.get("authorization") != self.tokens[-1] or has_expired:
            return _json({"message": "unauthorized", "details": {}}, 401)
        value = self._value(urlsplit(path).path, parse_qs(urlsplit(path).query), json.loads(request.body or b"{}"))
        return _json(value) if value is not None else _json({"message": "not found", "details": {}}, 404)

    def _token(self, request: Asked, path: str) -> Reply:
        self.tokens.append(f"token-{len(self.tokens)}.that-nobody-may-ever-see")
        self.used = 0
        if path == "/oauth2/token":
            if json.loads(request.body) != {"clientId": CLIENT, "grantType": "anonymous"}:
                return _json({"message": "unknown client"}, 400)
            return _json({"access_token": self.tokens[-1], "refresh_token": "x", "expires_in": 14400})
        apps = {"other": {"intId": 7, "instance": "wrong"}, BLOG_APP: {"intId": 5, "instance": self.tokens[-1]}}
        return Reply(json.dumps({"apps": apps}), headers={"Set-Cookie": "svSession=1"}, kind=JSON, etag=False)

    def _value(self, path: str, query: dict[str, list[str]], body: Json) -> Json | None:
        if path == f"{_NODE}/posts/query":
            return self._list(body["paging"]["limit"], body["paging"]["offset"], document=False)
        if path == "/blog/v3/posts":
            is_whole = "RICH_CONTENT" in query["fieldsets"]
            if is_whole and self.refuses_documents_of_clients:
                return None
            return self._list(int(query["paging.limit"][0]), int(query["paging.offset"][0]), is_whole)
        if path in (f"{_NODE}/categories", "/blog/v3/categories"):
            return {"categories": [CATEGORY], "metaData": {"count": 1, "offset": 0, "total": 1}}
        if path in (f"{_NODE}/tags/query", "/blog/v3/tags/query"):
            return {"tags": [TAG], "metaData": {"count": 1, "offset": 0, "total": 1}}
        if path.startswith("/_api/members/v1/members/"):
            member = path.rpartition("/")[2]
            return {"member": {"id": member, "profile": {"nickname": "Ben Kiln"}}} if member == BEN else None
        if path == "/_api/comments-ng/v1/comments/list-by-resource":
            return self._comments(query)
        if (match := re.fullmatch(re.escape(_PAGE) + "(.+)", path)) is not None:
            slug = unquote(match[1])
            assert query == {"postId": [slug], "translationsName": ["main"], "languageCode": ["en"]}
            return next((self._page(post) for post in self.site.posts if post.slug == slug), None)
        return None

    def _comments(self, query: dict[str, list[str]]) -> Json:
        (resource,) = query["resourceId"]
        post = next(post for post in self.site.posts if reference(post) == resource)
        found = self.comments.get(post.slug, [])
        start = int(query.get("cursorPaging.cursor", ["0"])[0])
        following = str(start + 2) if start + 2 < len(found) else None
        return {"comments": found[start : start + 2], "pagingMetadata": {"cursors": {"next": following}}}

    def write_comments(self, post: SitePost, number: int) -> None:
        self.comments[post.slug] = [comment(n, reference(post), f"Comment {n} on {post.title}.") for n in range(number)]


def _json(value: Json, status: int = 200) -> Reply:
    cookie = {"Set-Cookie": "svSession=a-session-that-nobody-may-ever-see; Path=/"}
    return Reply(json.dumps(value), status, cookie, kind=JSON, etag=status == 200)
