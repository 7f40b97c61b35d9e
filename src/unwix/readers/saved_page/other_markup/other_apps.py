"""Detect pages that show the posts of a third-party blog app, and find a post that was saved with its frame.

Such an app is a web page in a frame. Wix passes the app `instance=<signed data>` in the URL of the frame
(https://dev.wix.com/docs/build-apps/develop-your-app/extensions). Most saved pages contain none of the frame's text:
browsers save it as a separate file; only programs such as SingleFile keep it in the page (`srcdoc`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs

from ....model.article import Element, text_of
from ....web.urls import split_url
from .. import parse
from ..parse import HtmlPage
from .stray_content import has_stray_ends, take_stray_content

_BLOG = re.compile(r"blog", re.IGNORECASE)
_OWN_HOSTS = ("wix.com", "parastorage.com", "wixapps.net", "editorx.com")
_BLOG_HOOKS = ("post-", "feed-page", "category-page")
#: Classes that blog programs use for the text of a post: `post-body`, `entry-content`, `article_text`.
_BODY_CLASS = re.compile(
    r"(?:^|\s)(?:blog-?)?(?:post|entry|article)[-_]{0,2}(?:body|content|text)(?=\s|$)", re.IGNORECASE
)


def other_blog_app(page: HtmlPage, url: str | None) -> str | None:
    """Return the name of the app that shows a blog's posts in a frame, or None for any other page.

    The name is the host of the frame, or its title if the saving program replaced its URL.
    """
    return next((name for name, _ in _app_frames(page, url)), None)


def framed_post(page: HtmlPage, url: str | None) -> tuple[HtmlPage, Element] | None:
    """Return the document of an app's frame that was saved in the page, and the body of its only post."""
    for _, frame in _app_frames(page, url):
        if not (srcdoc := frame.get("srcdoc")):
            continue
        inner = parse.parse(srcdoc.encode("utf-8", "replace"))
        if (body := _only_body(inner)) is not None:
            take_stray_content(inner, body)
            inner.site = page.site
            inner.tree.set("lang", inner.tree.get("lang") or page.tree.get("lang") or "")
            return inner, body
    return None


def _app_frames(page: HtmlPage, url: str | None) -> Iterator[tuple[str, Element]]:
    """Yield the frames of third-party blog apps with the names of the apps."""
    if any(hook.startswith(_BLOG_HOOKS) for hook in page.hooks):
        return
    is_wix = "wix.com" in page.metas.get("generator", "").lower()
    around = f"{split_url(url or '').path} {page.metas.get('og:title', '')} {page.tree.findtext('.//title') or ''}"
    for frame in page.tree.iter("iframe"):
        src = frame.get("src") or frame.get("data-src") or ""
        own_name = f"{frame.get('title') or ''} {frame.get('id') or ''}"
        if host := _app_host(src):
            if _BLOG.search(f"{around} {src} {own_name}") or page.metas.get("og:type") == "article":
                yield host, frame
        elif is_wix and _is_saved(src) and _BLOG.search(own_name):
            yield f"“{(frame.get('title') or 'blog').strip()}”", frame


def _app_host(src: str) -> str | None:
    """Return the host of a frame to which Wix passes the data of an app, or None for any other frame."""
    parts = split_url(src)
    host = parts.hostname or ""
    is_app = "instance" in parse_qs(parts.query) and not host.endswith(_OWN_HOSTS)
    return host if host and is_app else None


def _is_saved(src: str) -> bool:
    """Return True for a frame whose URL is a saved file or missing."""
    return not re.match(r"(?:https?:)?//", src.strip(), re.IGNORECASE)


def _only_body(page: HtmlPage) -> Element | None:
    """Return the element with the text of the only post in an app's page: by schema.org or class."""
    nodes = [node for node in page.tree.iter() if isinstance(node.tag, str)]
    for found in (
        [node for node in nodes if node.get("itemprop") == "articleBody"],
        [node for node in nodes if _BODY_CLASS.search(node.get("class") or "")],
    ):
        outer = [node for node in found if not any(parent in found for parent in node.iterancestors())]
        if outer:
            has_text = text_of(outer[0]).strip() or has_stray_ends(page)
            return outer[0] if len(outer) == 1 and has_text else None
    return None
