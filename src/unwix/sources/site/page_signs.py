"""Read from a page of a live site what the search for posts needs: its kind, its links, the model of the site."""

from __future__ import annotations

import json
import re
from typing import Any

from lxml import etree
from msgspec import Struct, field

from ...model.article import Element
from ...web.json_path import dig, objects
from ..urls import normalize_url

#: Each page that Wix serves contains at least one of these (docs/wix/pages.md#page-signs-of-wix).
_SIGNS = (b"Wix.com Website Builder", b"wix-viewer-model", b"static.parastorage.com", b"static.wixstatic.com")
_MODEL = b'id="wix-viewer-model"'
_NOT_FOUND = re.compile(rb"data-hook=[\"']not-found-page|data-hook=[\"']empty-states__title")
#: A page behind a password: the model lists it (seen empty in every public page of the corpus).
_PASSWORD = re.compile(rb"\"passwordProtected\":\s*\{\s*\"")
_MEMBERS = re.compile(rb"\"protectedHomepage\":\s*true")
#: Scripts, styles and drawings are nine tenths of a page, and nothing in them is a link.
_NOISE = re.compile(rb"<(script|style|svg)\b", re.I)


def is_wix(data: bytes) -> bool:
    """Return whether a page was served by Wix."""
    return any(sign in data for sign in _SIGNS)


def is_not_found(data: bytes) -> bool:
    """Return whether a page is the “not found” page of Wix, whatever its status was."""
    return _NOT_FOUND.search(data) is not None and b"rcv-block" not in data


def is_post(data: bytes) -> bool:
    """Return whether a page shows one whole post and no list."""
    whole = b'data-hook="post-description"' in data or b"data-rce-version=" in data
    return whole and b'data-hook="post-list-item"' not in data.split(b'data-hook="post-description"')[0]


def has_document(data: bytes) -> bool:
    """Return whether a page contains the document of its post (docs/wix/pages.md#the-postpage-object)."""
    return b"postPage" in data and b"richContent" in data


class SiteModel(Struct):
    """The data of Wix about the site in a page; empty if the page has none."""

    base: str | None = None
    name: str | None = None
    languages: list[str] = field(default_factory=list)
    """The URL of the site in each of its languages."""
    password: bool = False
    members: bool = False
    """The site is for members only."""


def model(data: bytes) -> SiteModel:
    """Return the model of the site in a page (docs/wix/pages.md#viewer-model)."""
    site_model = SiteModel(password=_PASSWORD.search(data) is not None, members=_MEMBERS.search(data) is not None)
    start = data.find(b">", max(data.find(_MODEL), 0)) + 1
    try:
        value: Any = json.loads(data[start : data.find(b"</script>", start)]) if _MODEL in data else {}
    except (ValueError, RecursionError):
        return site_model
    site_model.base = _text(dig(value, "site", "externalBaseUrl"))
    features = dig(value, "siteFeaturesConfigs")
    name = dig(features, "siteWixCodeSdk", "siteDisplayName")
    site_model.name = name if isinstance(name, str) else None
    urls = (_text(language.get("url")) for language in objects(features, "multilingual", "siteLanguages"))
    site_model.languages += [url for url in urls if url]
    return site_model


def _text(value: Any) -> str | None:
    return normalize_url(value) if isinstance(value, str) and value else None


class PageLinks(Struct):
    """The absolute URLs of a page, each kind in the order of the page."""

    listed: list[str] = field(default_factory=list)
    """In the entries of a list of posts."""
    others: list[str] = field(default_factory=list)
    feeds: list[str] = field(default_factory=list)
    alternates: list[str] = field(default_factory=list)
    """The page in other languages."""
    canonical: str | None = None
    amp: str | None = None


def links(url: str, data: bytes) -> PageLinks:
    """Return the links of the page at a URL."""
    page_links = PageLinks()
    try:
        parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
        tree = etree.fromstring(_without_noise(data.replace(b"\0", b"")), parser)
    except (etree.XMLSyntaxError, ValueError):
        return page_links
    if tree is None:
        return page_links
    for node in tree.iter("link"):
        _take_head(page_links, node, url)
    within = 0  # entries of a list that are open
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if node.get("data-hook") == "post-list-item":
            within += 1 if event == "start" else -1
        elif event == "start" and node.tag == "a" and (href := normalize_url(node.get("href") or "#", url)):
            (page_links.listed if within else page_links.others).append(href)
    return page_links


def _without_noise(data: bytes) -> bytes:
    """Return a page without its scripts, styles and SVG images; an unclosed one stays, with everything after it."""
    pieces: list[bytes] = []
    at = 0
    while start := _NOISE.search(data, at):
        end = data.find(b"</" + start[1], start.end())
        if end < 0:
            break
        pieces.append(data[at : start.start()])
        at = data.find(b">", end) + 1 or len(data)
    pieces.append(data[at:])
    return b"".join(pieces)


def _take_head(page_links: PageLinks, node: Element, url: str) -> None:
    relation = (node.get("rel") or "").lower()
    href = normalize_url(node.get("href") or "", url) if node.get("href") else None
    if href is None:
        return
    if relation == "canonical":
        page_links.canonical = page_links.canonical or href
    elif relation == "amphtml":
        page_links.amp = page_links.amp or href
    elif relation == "alternate" and "rss" in (node.get("type") or "").lower():
        page_links.feeds.append(href)
    elif relation == "alternate" and node.get("hreflang"):
        page_links.alternates.append(href)
