"""Detect pages that show the posts of another blog app than Wix's own.

Such an app is a web page of its own in a frame: the saved page has none of its words. Wix passes the app
`instance=<signed data>` in the URL of the frame (https://dev.wix.com/docs/build-apps/develop-your-app/extensions).
"""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from ..parse import HtmlPage

_BLOG = "blog"
_OWN_HOSTS = ("wix.com", "parastorage.com", "wixapps.net", "editorx.com")


def other_blog_app(page: HtmlPage, url: str | None) -> str | None:
    """Return the host of the app that shows a blog's posts in a frame, or None for any other page."""
    if any(hook.startswith(("post-", "feed-page", "category-page")) for hook in page.hooks):
        return None
    around = f"{urlsplit(url or '').path} {page.metas.get('og:title', '')} {page.tree.findtext('.//title') or ''}"
    for frame in page.tree.iter("iframe"):
        src = frame.get("src") or frame.get("data-src") or ""
        try:
            parts = urlsplit(src)
            host = parts.hostname or ""
        except ValueError:
            continue
        is_app = "instance" in parse_qs(parts.query) and not host.endswith(_OWN_HOSTS)
        named = f"{around} {src} {frame.get('title') or ''} {frame.get('id') or ''}".lower()
        if host and is_app and (_BLOG in named or page.metas.get("og:type") == "article"):
            return host
    return None
