"""Classify: which of a page's elements are the bodies of posts, and what the page is when there are none."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from ...model.article import Element
from ...model.skipped import Skipped
from ..article_building.context import ANCHOR
from .parse import HtmlPage

_STYLES: Callable[[Element], list[str]] = etree.XPath(
    "descendant-or-self::*[self::div or self::section]/@style", smart_strings=False
)  # type: ignore[assignment]  # of texts only
_VIEWERS = ("content-viewer", "rich-content-viewer")
_NOT_FOUND = re.compile(r"\s*(404\b|page not found\b)", re.I)

#: The kind and detail of a page that is not a post, by a hook in it, then by a part of its URL, in this order.
_BY_HOOK: tuple[tuple[str, str, str | None], ...] = (
    ("not-found-page", "not-found-page", "a “post not found” page"),
    ("forum-content-wrapper", "forum-page", None),
    ("feed-page-root", "list-page", "a blog list page"),
    ("category-page-root", "category-page", None),
    ("profile-page-root", "member-page", None),
)
_BY_ADDRESS: tuple[tuple[re.Pattern[str], str, str | None], ...] = (
    (re.compile(r"/(?:blog/)?(?:explore/)?categor(?:y|ies)/", re.I), "category-page", None),
    (re.compile(r"/(?:blog/)?tags/", re.I), "tag-page", None),
    (re.compile(r"/(?:blog/)?hashtags/", re.I), "tag-page", "a blog hashtag page"),
    (re.compile(r"/(?:blog/)?archive/\d{4}", re.I), "archive-page", None),
    (re.compile(r"/profile/", re.I), "member-page", None),
    (re.compile(r"/forum(?:/|$)", re.I), "forum-page", None),
    (re.compile(r"/blog/?$|/blog/page/\d+", re.I), "list-page", "a blog list page"),
)


def body_elements(page: HtmlPage) -> list[Element]:
    """The elements that hold a post's whole body: one on a post page, several on a list page that shows posts whole.

    `data-hook="post-description"` alone is no proof: list pages use it for their teasers
    (docs/wix/pages.md#recognizing-a-post). If an HTML fragment does not include that element, the viewer's element
    with the version is the body.
    """
    if "not-found-page" in page.hooks:
        return []
    if is_amp(page):
        return _amp_body(page)
    found = [node for node in page.hooks.get("post-description", []) if _is_body(node)]
    if not found and "post-list-item" not in page.hooks and "forum-content-wrapper" not in page.hooks:
        viewers = [n for n in page.tree.iter() if n.get("data-rce-version")] or [
            n for n in page.tree.iter() if n.get("data-id") in _VIEWERS
        ]
        found = [node for node in viewers if _has_blocks(node)]
        found = [node for node in found if not any(other in node.iterancestors() for other in found)]
        found = found or _loose_blocks(page) or _keyed_blocks(page)
    if len(found) > 1 and page.metas.get("og:type") == "article":
        return [max(found, key=lambda node: sum(1 for _ in node.iter()))]
    return found


def _loose_blocks(page: HtmlPage) -> list[Element]:
    """The body of a fragment that is nothing but a post's blocks: there is no element in it without one."""
    body = page.tree.find("body") if page.tree.tag == "html" else page.tree
    if body is None or page.metas or len(body) == 0:
        return []
    return [body] if all(_has_blocks(node) for node in body) else []


def _keyed_blocks(page: HtmlPage) -> list[Element]:
    """The body of a post page that lost all hooks: the element round all blocks, whose keys are left."""
    if page.hooks or page.metas.get("og:type", "article") != "article":
        return []
    keyed = [n for n in page.tree.iter() if isinstance(n.tag, str) and (n.get("id") or "").startswith(ANCHOR)]
    if not keyed:
        return []
    last = {*keyed[-1].iterancestors()}
    around = next((a for a in keyed[0].iterancestors() if a in last), None)
    return [around] if around is not None and around.tag not in ("html", "body") else []


def _is_body(node: Element) -> bool:
    return _has_blocks(node) and not any("line-clamp" in style.lower() for style in _STYLES(node))


def _has_blocks(node: Element) -> bool:
    """Whether the viewer's blocks are in an element: they have keys, and since 2022 markers behind them."""
    return any(
        (n.get("id") or "").startswith(ANCHOR)
        or (n.get("data-hook") or "").startswith("rcv-block")
        or n.get("data-id") in _VIEWERS
        or n.get("data-rce-version")
        for n in node.iter()
        if isinstance(n.tag, str)
    )


def is_amp(page: HtmlPage) -> bool:
    """Whether it is a page's AMP copy."""
    return page.tree.get("amp") is not None or page.tree.get("⚡") is not None


def _amp_body(page: HtmlPage) -> list[Element]:
    """The content of an AMP copy: what stands between the element with the title and the one with the categories."""
    title = next(page.tree.iter("h1"), None)
    for around in title.iterancestors("div") if title is not None else ():
        content = around.getnext()
        if content is not None and content.tag == "div" and len(content):
            return [content]
    return []


def skip_reason(page: HtmlPage) -> Skipped:
    """Return why a page without a post is skipped."""
    for hook, kind, detail in _BY_HOOK:
        if hook in page.hooks:
            return Skipped(kind, detail)
    if page.truncated and not page.hooks:
        return Skipped("empty-page")
    title = page.tree.findtext(".//title") or ""
    if _NOT_FOUND.match(page.metas.get("og:title", title)) or _NOT_FOUND.match(title):
        return Skipped("not-found-page")
    address = page.metas.get("og:url") or page.address or (page.mirrored[0] if page.mirrored else "") or ""
    for pattern, kind, detail in _BY_ADDRESS:
        if pattern.search(address):
            return Skipped(kind, detail)
    if "post-page-root" in page.hooks or "post-page" in page.hooks:
        return Skipped("post-not-loaded")
    if "post-list-item" in page.hooks or "post-list-root" in page.hooks:
        return Skipped("list-page")
    if "wix.com" in page.metas.get("generator", "").lower() or page.hooks:
        if page.tree.find('.//input[@type="password"]') is not None:
            return Skipped("login-page")
        return Skipped("site-page")
    return Skipped("other-page")
