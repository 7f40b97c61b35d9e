"""A server on this machine that responds like Wix's REST API, in the forms of its documentation."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from unwix.sources.api.client import ApiClient
from unwix.sources.http.public_hosts import Endpoint
from unwix.sources.http.rate_limit import Clock

Json = dict[str, Any]
KEY = "IST.a-key-that-nobody-may-ever-see.0123456789"
SITE_ID = "12345678-90ab-cdef-1234-567890abcdef"
ADA = "aaaaaaaa-0000-4000-8000-000000000001"
BEN = "bbbbbbbb-0000-4000-8000-000000000002"


def ricos(*paragraphs: str) -> Json:
    nodes = [
        {"type": "PARAGRAPH", "id": f"p{n}", "nodes": [{"type": "TEXT", "id": "", "nodes": [], "textData": {"text": text, "decorations": []}}], "paragraphData": {}}
        for n, text in enumerate(paragraphs)
    ]  # fmt: skip
    return {"nodes": nodes, "metadata": {"version": 1}, "documentStyle": {}}


def reference(number: int) -> str:
    return f"{number:024x}"


def post(number: int, **more: Any) -> Json:
    return {
        "id": f"00000000-0000-4000-8000-{number:012x}",
        "title": f"Pot {number}",
        "excerpt": "A few words.",
        "contentText": f"The text of pot {number}.",
        "firstPublishedDate": f"2024-03-{number % 28 + 1:02}T11:45:14.164Z",
        "lastPublishedDate": "2024-04-18T12:42:16.183Z",
        "url": {"base": "https://www.potter-lane.example", "path": f"/post/pot-{number}"},
        "slug": f"pot-{number}",
        "featured": False,
        "pinned": False,
        "categoryIds": ["cccccccc-0000-4000-8000-000000000001"],
        "memberId": ADA,
        "hashtags": ["clay"],
        "commentingEnabled": True,
        "minutesToRead": 1,
        "tagIds": ["dddddddd-0000-4000-8000-000000000001"],
        "language": "en",
        "metrics": {"comments": 2, "likes": 3, "views": 40 + number},
        "richContent": ricos(f"The text of pot {number}."),
        "referenceId": reference(number),
        "heroImage": None,
        "media": None,
        "translationId": None,
        "seoData": None,
        **more,
    }


def draft(number: int, status: str, **more: Any) -> Json:
    made = post(
        number, status=status, editingSessionId="e", changeOrigin="MANUAL", editedDate="2025-01-02T03:04:05.678Z"
    )
    for name in ("firstPublishedDate", "lastPublishedDate", "url", "slug", "metrics", "referenceId", "contentText"):
        del made[name]
    return {**made, "slugs": [f"pot-{number}"], **more}


def comment(number: int, resource: str, text: str, parent: str | None = None, **more: Any) -> Json:
    return {
        "id": f"eeeeeeee-0000-4000-8000-{number:012x}",
        "createdDate": f"2024-05-{number % 28 + 1:02}T10:00:00.000Z",
        "appId": "14bcded7-0066-7c35-14d7-466cb3f09103",
        "contextId": resource,
        "resourceId": resource,
        "content": {"richContent": ricos(text), "mentions": [], "attachments": []},
        "author": {"memberId": BEN},
        "parentComment": {"id": parent, "status": "PUBLISHED"} if parent else None,
        "replyCount": 0,
        "status": "PUBLISHED",
        "rating": None,
        **more,
    }


@dataclass
class Blog:
    """The data of the server, its paging, and its faults."""

    posts: list[Json] = field(default_factory=lambda: [post(n) for n in range(1, 8)])
    drafts: list[Json] = field(
        default_factory=lambda: [
            draft(20, "UNPUBLISHED"),
            draft(21, "SCHEDULED", scheduledPublishDate="2030-01-01T00:00:00Z"),
            draft(1, "PUBLISHED"),
        ]
    )
    trash: list[Json] = field(default_factory=lambda: [draft(30, "DELETED")])
    categories: list[Json] = field(
        default_factory=lambda: [{"id": "cccccccc-0000-4000-8000-000000000001", "label": "Kilns", "slug": "kilns"}]
    )
    tags: list[Json] = field(
        default_factory=lambda: [{"id": "dddddddd-0000-4000-8000-000000000001", "label": "fire", "slug": "fire"}]
    )
    members: dict[str, str] = field(default_factory=lambda: {ADA: "Ada Potter", BEN: "Ben Kiln"})
    comments: list[Json] = field(default_factory=list)
    page: int = 3
    """The maximum number of items that it returns at once."""
    cursors: bool = True
    before: Callable[[str, int], tuple[int, Json | bytes, dict[str, str]] | None] = lambda _path, _number: None
    """For a path and the number of the request: another response (status, body and headers) instead of the usual one.
    """
    asked: list[tuple[str, Json | None, dict[str, str]]] = field(default_factory=list)

    def answer(self, path: str, query: dict[str, list[str]], body: Json | None) -> tuple[int, Json]:
        if path.startswith("/members/v1/members/"):
            name = self.members.get(path.rpartition("/")[2])
            return (
                (200, {"member": {"id": path.rpartition("/")[2], "profile": {"nickname": name, "slug": "x"}}})
                if name
                else (404, {"message": "no such member", "details": {}})
            )
        lists: dict[str, tuple[str, list[Json]]] = {
            "/blog/v3/posts/query": ("posts", self.posts),
            "/blog/v3/categories/query": ("categories", self.categories),
            "/blog/v3/tags/query": ("tags", self.tags),
            "/blog/v3/draft-posts/query": ("draftPosts", [d for d in self.drafts if d["status"] != "PUBLISHED"]),
            "/blog/v3/draft-posts/trash-bin": ("draftPosts", self.trash),
            "/comments/v1/comments/query-cursor": ("comments", self.comments),
        }
        if path not in lists:
            return 404, {"message": "not found", "details": {}}
        name, things = lists[path]
        asked = (body or {}).get("query", {})
        cursor = asked.get("cursorPaging", {}).get("cursor")
        paging = (
            asked.get("cursorPaging")
            or asked.get("paging")
            or {key.removeprefix("paging."): value[0] for key, value in query.items() if key.startswith("paging.")}
        )
        start = int(cursor.removeprefix("at-")) if cursor else int(paging.get("offset", 0))
        if cursor and (asked.get("filter") or asked.get("sort")):
            return 400, {"message": "a cursor knows its filter", "details": {}}
        size = min(int(paging.get("limit", 50)), self.page)
        part = things[start : start + size]
        message: Json = {"count": len(part), "offset": start, "total": len(things), "cursors": None}
        if self.cursors:
            message["cursors"] = {"next": f"at-{start + size}" if start + size < len(things) else None, "prev": None}
        expected = (body or {}).get("fieldsets", [])
        if name == "posts" and "RICH_CONTENT" not in expected:
            part = [{key: value for key, value in one.items() if key != "richContent"} for one in part]
        key = "metaData" if path.endswith("trash-bin") else "pagingMetadata"
        return 200, {name: part or None, key: message}


@contextmanager
def serving(blog: Blog) -> Iterator[str]:
    """Yield the URL of a server for this blog's API."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one(self) -> None:
            parts = urlsplit(self.path)
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            body = json.loads(raw) if raw else None
            blog.asked.append((self.path, body, dict(self.headers)))
            number = sum(1 for path, _, _ in blog.asked if urlsplit(path).path == parts.path)
            other = blog.before(parts.path, number)
            if other is None and self.headers.get("Authorization") != KEY:
                other = 401, {"message": "unauthorized", "details": {}}, {}
            if other is None and self.headers.get("wix-site-id") != SITE_ID:
                other = 403, {"message": "no such site", "details": {}}, {}
            status, answer, headers = other or (*blog.answer(parts.path, parse_qs(parts.query), body), {})
            content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            for name, value in {
                "Content-Type": "application/json",
                "Content-Length": str(len(content)),
                **headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = handle_one  # noqa: N815  # the library's names

        def log_message(self, *_args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield f"http://wix-api.example:{server.server_address[1]}"
        finally:
            server.shutdown()


@dataclass
class Time:
    """A clock that does not wait."""

    at: float = 0.0
    waits: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.at += seconds

    def clock(self) -> Clock:
        return Clock(lambda: self.at, self.sleep, lambda: 0.5)


def here(_host: str, port: int) -> list[Endpoint]:
    """Resolve every name to this machine."""
    return [Endpoint("127.0.0.1", port, trusted=True)]


def api(base: str, time: Time | None = None, key: str = KEY) -> ApiClient:
    return ApiClient(key, SITE_ID, base=base, resolve=here, clock=(time or Time()).clock())
