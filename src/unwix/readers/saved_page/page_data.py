"""Read the JSON about its post that a page of 2023 to early 2025 embeds (docs/wix/pages.md#embedded-data)."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from ...model.facts import text_key
from ...model.problems import Problem
from ...web.json_path import line, obj, objects
from ...web.saved_links import slug_of
from ...wix.ids import is_id
from .parse import HtmlPage

#: The Wix Blog app's id, the same on all sites.
BLOG_APP = "14bcded7-0066-7c35-14d7-466cb3f09103"
_KEY = "OldPostPageWarmupData"
_APP = f'"{BLOG_APP}"'.encode()
_APP_DATA = re.compile(rf'"{BLOG_APP}"\s*:\s*(?=\{{)')
_DECODER = json.JSONDecoder()
#: The number of bytes searched for ids; real pages have one id.
_MOST = 20_000
_TIME_ZONE = re.compile(rb'"time[zZ]one"\s*:\s*"([A-Za-z_]{2,20}(?:\\?/[A-Za-z_+\-0-9]{2,30}){1,2})"')
_ESCAPED = re.compile(r"%u([0-9a-fA-F]{4})|%([0-9a-fA-F]{2})")


class PageData(Struct, dict=True):
    """The page's `postPage` object; everything is empty if the page has none."""

    post: dict[str, Any] = field(default_factory=dict)
    categories: list[dict[str, Any]] = field(default_factory=list)
    tags: list[dict[str, Any]] = field(default_factory=list)
    metrics: dict[str, Any] = field(default_factory=dict)
    translations: dict[str, Any] = field(default_factory=dict)
    """The Blog app's texts in the page's language."""
    problem: Problem | None = None

    def set_aside(self) -> PageData:
        """Return what remains if the data is another post's: the Blog app's texts, and a problem."""
        detail = f"the page contains the data of another post, “{line(self.post, 'title')[:80]}”; it was not used"
        return PageData(translations=self.translations, problem=Problem("sources-disagree", "page data", detail))

    @cached_property
    def nodes(self) -> dict[str, dict[str, Any]]:
        """Return the rich content's nodes by id: the page shows node `abc` as the element `viewer-abc`."""
        content = self.post.get("richContent")
        top = content.get("nodes") if isinstance(content, dict) else None
        return {node["id"]: node for node in _walk(top) if isinstance(node.get("id"), str) and node["id"]}

    def is_of_another_post(self, title: str | None, url: str | None) -> bool:
        """Return True if the data belongs to another post than the page, whose title and URL are given.

        A browser saves the page after a click on another post with the data of the page that it loaded first.
        """
        own_title, own_slug = line(self.post, "title"), line(self.post, "slug")
        slug = slug_of(url) if url else None
        return (
            bool(title and slug and own_title and own_slug)
            and text_key(own_title) != text_key(title or "")
            and own_slug != slug
        )

    def labels(self, kind: str) -> list[str]:
        """Return names of the post's own `categories` or `tags`, in the post's order."""
        ids = self.post.get("categoryIds" if kind == "categories" else "tagIds")
        known = self.categories if kind == "categories" else self.tags
        without_id = [item.get("label") for item in known if not item.get("id")]
        names = {i: item.get("label") for item in known if isinstance(i := item.get("id"), str)}
        own = [i for i in (ids if isinstance(ids, list) else []) if isinstance(i, str)]
        labels = [*(names.get(i) for i in own), *without_id]
        return list(dict.fromkeys(name for name in labels if isinstance(name, str) and name.strip()))


def time_zone(raw: bytes, settings_at: int = 0) -> str | None:
    """Return the time zone of the site, or None if the page states none that exists.

    Source: docs/wix/pages.md#time-zone. `#wix-viewer-model`, which may begin at `settings_at`, and the settings of apps
    state it.
    """
    for match in chain(_TIME_ZONE.finditer(raw, settings_at), _TIME_ZONE.finditer(raw, 0, settings_at)):
        name = match[1].decode("ascii").replace("\\/", "/")
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            continue
        return name
    return None


def _walk(nodes: Any) -> Iterator[dict[str, Any]]:
    stack = [nodes]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(reversed(value))
        elif isinstance(value, dict):
            yield value
            stack.append(value.get("nodes"))


def page_data(page: HtmlPage) -> PageData:
    """Return the post's data that the page embeds, in any of its three forms."""
    for opening, content in page.scripts:
        if b"wix-warmup-data" not in opening or _KEY.encode() not in content:
            continue
        try:
            for name, value in _app_data(content.decode("utf-8", "replace")).items():
                if name.startswith(_KEY) and isinstance(value, str):
                    return _post_page(_unpack(value))
        except (ValueError, KeyError, TypeError, AttributeError, binascii.Error, RecursionError):
            return PageData(
                problem=Problem("embedded-data-unreadable", "page data", "the post's data in the page is damaged")
            )
    return PageData()


def _app_data(script: str) -> dict[str, Any]:
    """Return the data of the Blog app in a script. The data of other apps, half of the script, is not parsed."""
    if (app := _APP_DATA.search(script)) is not None:
        data, _ = _DECODER.raw_decode(script, app.end())
        if any(name.startswith(_KEY) for name in data):
            return dict(data)
    return dict(json.loads(script)["appsWarmupData"][BLOG_APP])


def _unpack(value: str) -> dict[str, Any]:
    """Return the JSON in the string: plain, or as base64 of JavaScript's `escape()` text."""
    if not value.lstrip().startswith("{"):
        value = unescape(base64.b64decode(value).decode("latin-1"))
    data = json.loads(value)
    if not isinstance(data, dict):
        raise ValueError("not an object")
    return data


def unescape(text: str) -> str:
    """Return JavaScript's old `unescape`: `%uXXXX` is a UTF-16 unit, `%XX` a Latin-1 character."""
    try:  # Return text decoded like JavaScript's old `unescape`: `%uXXXX` is a UTF-16 unit, `%XX` a Latin-1 character.
        escaped = text.replace("\\", "\\\\").replace("%u", "\\u").replace("%", "\\x")
        units = escaped.encode("latin-1").decode("unicode_escape")
    except UnicodeError:  # a `%` that begins no escape stays
        units = _ESCAPED.sub(lambda m: chr(int(m[1] or m[2], 16)), text)
    return units.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _post_page(value: dict[str, Any]) -> PageData:
    answer = value.get("postPageResponse", value)
    page = (answer.get("data") or {}).get("postPage") or {}
    embedded_post = page.get("post")
    post: dict[str, Any] = embedded_post if isinstance(embedded_post, dict) else {}
    metadata = ((value.get("postPageMetadataResponse") or {}).get("data") or {}).get("postMetadata") or {}
    counts = {
        "views": metadata.get("viewCount"),
        "comments": metadata.get("totalComments"),
        "likes": metadata.get("likeCount"),
    }
    for source in (post.get("metrics"), post.get("postCountInfo")):
        if isinstance(source, dict):
            counts = {name: source.get(name) if value is None else value for name, value in counts.items()}
    return PageData(post, objects(page, "categories"), objects(page, "tags"), counts, obj(page, "translations"))


def id_on(page: HtmlPage, slug: str | None) -> str | None:
    """Return the post's id that pages since 2025 state as `{"<slug>": "<id>"}`, or None.

    A page that a browser saved after a visit to another post still contains the first post's id, so only the id under
    the page's own slug counts. Source: docs/wix/pages.md#post-id-only.
    """
    for opening, content in page.scripts if slug else ():
        place = content.find(_APP) if b"wix-warmup-data" in opening else -1
        start = content.find(b"{", place) if place >= 0 else -1
        if start < 0:
            continue
        try:
            ids, _ = _DECODER.raw_decode(content[start : start + _MOST].decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            continue
        if is_id(identity := line(ids, str(slug))):
            return identity
    return None
