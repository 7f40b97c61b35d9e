"""Read the URLs in a sitemap or a sitemap index (sitemaps.org, docs/wix/discovery.md#sitemaps)."""

from __future__ import annotations

import zlib

from lxml import etree
from msgspec import Struct, field

from ...model.page import MAX_BYTES

#: The index, and its children with a blog's URLs, which it can omit (docs/wix/discovery.md#sitemaps).
INDEX, POSTS, CATEGORIES = "sitemap.xml", "blog-posts-sitemap.xml", "blog-categories-sitemap.xml"
#: Name of a child → what it lists. The old blog's pages were in one of their own (corpus, 2021).
KINDS = {POSTS: "posts", "blog-pages-sitemap.xml": "posts", CATEGORIES: "categories"}


class Sitemap(Struct):
    """The URLs in one sitemap."""

    children: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    alternates: list[str] = field(default_factory=list)
    """URLs of the same pages in other languages."""


def is_sitemap(data: bytes) -> bool:
    """Return whether bytes are a sitemap or a sitemap index."""
    head = data[:4000].lower()
    return b"<urlset" in head or b"<sitemapindex" in head


def decompressed(data: bytes) -> bytes:
    """Return the content of a gzip file (`.xml.gz`), up to the size of a page; other bytes are returned as they are."""
    if data[:2] != b"\x1f\x8b":
        return data
    try:
        return zlib.decompressobj(wbits=31).decompress(data, MAX_BYTES)
    except zlib.error:
        return data


def read(data: bytes) -> Sitemap:
    """Return the URLs in a sitemap, unchanged; of a damaged file, those before the damage."""
    # `recover` reads on behind damage; entities are not resolved, so that a small file cannot become a huge one.
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    sitemap = Sitemap()
    try:
        root = etree.fromstring(decompressed(data).lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return sitemap
    if root is None:
        return sitemap
    for node in root.iter("{*}loc"):
        text = (node.text or "").strip()
        parent = node.getparent()
        within = etree.QName(parent).localname if parent is not None else ""
        if text and within == "sitemap":
            sitemap.children.append(text)
        elif text and within == "url":
            sitemap.pages.append(text)
    for link in root.iter("{*}link"):
        if link.get("rel") == "alternate" and (href := (link.get("href") or "").strip()):
            sitemap.alternates.append(href)
    return sitemap
