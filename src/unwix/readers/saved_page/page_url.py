"""Determine the URL of the post that a page shows, from all places that state it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode

from ...web.saved_links import LinkRestorer, slug_of
from ...web.urls import SAVED_PAGE, split_url
from ...wix.post_urls import parse_url
from .page_data import PageData
from .parse import HtmlPage, JsonLd

#: Wix's server sometimes writes `https://post/slug` because it does not know the host of its site: that is not a host.
_URL = re.compile(r"https?://(?P<host>[^/\s]+)(?P<path>.*)")
_HOST = re.compile("[.:]")
_CLIMBS = re.compile(r"(?:\.{1,2}/)*")


def page_url(page: HtmlPage, ld: JsonLd, data: PageData) -> str | None:
    """Return the post's own URL, or None if the page states none.

    In this order: `og:url`, an absolute canonical link, JSON-LD, the post's own data, the URL from the source, the
    comment of the saving program, and the settings of the viewer (docs/wix/pages.md#the-pages-own-url).
    """
    url = data.post.get("url")
    base, path = (url.get("base"), url.get("path")) if isinstance(url, dict) else (None, None)
    of_post = base + path if isinstance(base, str) and isinstance(path, str) and base and path else None
    mirrored = f"https://{page.mirrored}" if page.mirrored else None
    canonical = list(_canonical(page))
    if mirrored and page.is_amp:
        # The AMP page's own URL is not the post's; its canonical link is, but the saving program may have made it
        # relative.
        return LinkRestorer(mirrored, page.depth).restore(canonical[0]).href if canonical and canonical[0] else None
    stated_urls = [page.metas.get("og:url"), *canonical]
    known = (page.url, page.saved_from, mirrored)
    for candidate in (*stated_urls, ld.text("url"), ld.text("mainEntityOfPage", "@id"), of_post):
        if found := _absolute(candidate, page.base):
            return found
    for candidate in known:
        if found := _absolute(candidate, page.base):
            return _without_visit(found)
    return _requested(page, stated_urls) or _below_base(page, stated_urls)


def _canonical(page: HtmlPage) -> Iterator[str | None]:
    return (link.get("href") for link in page.tree.iter("link") if (link.get("rel") or "").lower() == "canonical")


def _absolute(candidate: str | None, base: str | None) -> str | None:
    """Return a URL with a host, one of Wix's without a host below the site's base; None for any other text."""
    match = _URL.match(candidate.strip()) if isinstance(candidate, str) else None
    if match is None:
        return None
    if _HOST.search(match["host"]):
        return match[0]
    site = _URL.match(base or "")
    return f"{site[0].rstrip('/')}/{match['host']}{match['path']}" if site and _HOST.search(site["host"]) else None


def _requested(page: HtmlPage, stated_urls: list[str | None]) -> str | None:
    """Return the URL that the page was requested with, which no saving program rewrites.

    In a page that a browser saved after a click on another post, it is the first page's: then relative URLs contain
    another slug.
    """
    found = _absolute(page.requested, page.base)
    if found is None:
        return None
    url = _without_visit(found)
    others = [other for one in stated_urls if (other := _relative_post(page, one))]
    slug = (slug_of(url) or "").casefold()
    # HTTrack appends digits to file names.
    same = not others or any((slug_of(other) or "").casefold().startswith(slug) for other in others)
    return url if same else others[0]


def _without_visit(url: str) -> str:
    """Return a URL without what belongs to one visit: tracking parameters, and the place in the page."""
    if "?" not in url and "#" not in url:
        return url
    parts = split_url(url)
    query = urlencode([(name, value) for name, value in parse_qsl(parts.query) if name == "lang"])
    return parts._replace(query=query, fragment="").geturl()


def _below_base(page: HtmlPage, stated_urls: list[str | None]) -> str | None:
    return next((url for one in stated_urls if (url := _relative_post(page, one))), None)


def relative_slug(page: HtmlPage) -> str | None:
    """Return the slug in a relative canonical link to a post: saving programs write such a link into AMP pages.

    Without the URL of the site, the slug is all that it states.
    """
    for stated_url in _canonical(page):
        if stated_url and "//" not in stated_url:
            path = SAVED_PAGE.sub("", _CLIMBS.sub("", stated_url.partition("#")[0].partition("?")[0])).strip("/")
            parsed = parse_url(f"https://www.example.com/{path}")
            if parsed is not None and parsed.kind == "post":
                return slug_of(path)
    return None


def _relative_post(page: HtmlPage, stated_url: str | None) -> str | None:
    """Return the absolute form of a relative URL if it is the URL of a post: `../../post/slug/`."""
    if not page.base or not stated_url or "//" in stated_url:
        return None
    path = SAVED_PAGE.sub("", _CLIMBS.sub("", stated_url.partition("#")[0].partition("?")[0])).strip("/")
    url = _absolute(f"{page.base.rstrip('/')}/{path}", None)
    parsed = parse_url(url) if url and path else None
    return url if parsed is not None and parsed.kind == "post" else None
