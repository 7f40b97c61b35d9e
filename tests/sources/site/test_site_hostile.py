"""Test malicious sites: pages, sitemaps, feeds and robots.txt that would take all memory, or never end."""

from __future__ import annotations

import pytest

from unwix.model.errors import UnwixError
from unwix.sources.http.robots import Robots
from unwix.sources.site import page_signs, sitemaps
from unwix.sources.site import post_index as index
from unwix.sources.site.feeds import read_links
from unwix.sources.site.post_index import PostIndex
from unwix.sources.urls import SiteBase, normalize_url, parse_user_url
from unwix.wix.post_counts import stated_total

PAGE = "https://www.example.com/blog"
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12))
    + b"]><urlset><url><loc>https://www.example.com/post/&m;</loc></url><channel><item><link>&m;</link></item></channel>"
    b"</urlset>"
)


@pytest.mark.parametrize(
    "data",
    [
        b"<script" * 300_000,
        b"<script>" * 300_000,
        b"<style " * 300_000,
        b'<script id="wix-viewer-model"' * 50_000,
        b'pagingMetaData":{' * 100_000,
        b"<div>" * 100_000 + b"<a href='/post/a'>x</a>" * 10,
        b'<div data-hook="post-list-item">' * 20_000 + b"<a href='/post/a'>x</a>" * 2000,
        b"\0" * 1_000_000,
        b"<a href='" + b"x" * 1_000_000,
        b"",
    ],
)
def test_page_is_examined_in_bounded_time(data: bytes) -> None:
    page_signs.links(PAGE, data)
    page_signs.model(data)
    stated_total(data)
    page_signs.is_post(data)
    page_signs.is_not_found(data)


@pytest.mark.parametrize(
    "value",
    [
        "[]",
        "{}",
        '{"site": []}',
        '{"siteFeaturesConfigs": {"multilingual": {"siteLanguages": 7}}}',
        '{"site": {"externalBaseUrl": "javascript:alert(1)"}}',
        "[" * 100_000,
    ],
)
def test_odd_site_model_is_ignored(value: str) -> None:
    found = page_signs.model(f'<script id="wix-viewer-model">{value}</script>'.encode())
    assert (found.base, found.name, found.languages) == (None, None, [])


def test_entities_are_not_expanded() -> None:
    assert sum(map(len, sitemaps.read(LAUGHS).pages)) < 1000
    assert sum(map(len, read_links(LAUGHS).items)) < 1000


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<urlset>",
        b"\x1f\x8b broken",
        b"<urlset><url><loc>",
        b"<a>" * 100_000,
        b"<urlset><url/></urlset>",
        b"\xff\xfe<\0",
    ],
)
def test_damaged_sitemap_or_feed_is_read_partly(data: bytes) -> None:
    assert sitemaps.read(data) == sitemaps.Sitemap()
    assert read_links(data).items == []


def test_truncated_sitemap_is_read_up_to_the_cut() -> None:
    half = (
        b"<urlset><url><loc>https://www.example.com/post/a</loc></url><url><loc>https://www.example.com/post/b</loc></u"
    )
    assert len(sitemaps.read(half).pages) == 2


def test_a_file_outside_is_not_read() -> None:
    outside = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><urlset><url><loc>/&a;</loc></url></urlset>'
    assert sitemaps.read(outside).pages in ([], ["/"])


def test_robots_rules_with_many_wildcards_are_ignored() -> None:
    rules = Robots.read(200, b"User-agent: *\nDisallow: /" + b"*a" * 60 + b"$\nDisallow: /private\n")
    assert rules.allows(f"https://www.example.com/{'a' * 5000}b")
    assert not rules.allows("https://www.example.com/private/x")


@pytest.mark.parametrize(
    ("status", "data", "allowed"),
    [
        (200, b"User-agent: *\nDisallow: /", False),
        (200, b"<!DOCTYPE html><p>Disallow: /", True),
        (404, b"User-agent: *\nDisallow: /", True),
        (200, b"\xff\xfe\0\0" * 1000, True),
        (503, b"", False),
    ],
)
def test_robots_txt_rules(status: int, data: bytes, allowed: bool) -> None:
    assert Robots.read(status, data).allows(PAGE) is allowed


def test_post_index_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "MAX_POSTS", 10)
    found = PostIndex([SiteBase.of(PAGE)])
    added = [found.add(f"https://www.example.com/post/{n}", "sitemap") for n in range(20)]
    assert sum(added) == len(found) == 10


@pytest.mark.parametrize(
    ("address", "tidied"),
    [
        ("/post/möhren säen#x", "https://www.example.com/post/m%C3%B6hrens%C3%A4en"),
        ("//other.example/a", "https://other.example/a"),
        ("https://EXAMPLE.com:443/a", "https://example.com/a"),
        ("https://münchen.example/a", "https://xn--mnchen-3ya.example/a"),
        ("javascript:alert(1)", None),
        ("mailto:a@example.com", None),
        ("https://user:secret@example.com/a", "https://example.com/a"),
        ("https://[::1", None),
        ("https://example.com:99999/", None),
        ("https:///a", "https://www.example.com/a"),
        ("http://\u0000", None),
        ("https://" + "a" * 70 + ".é/", None),
    ],
)
def test_urls_are_normalized(address: str, tidied: str | None) -> None:
    assert normalize_url(address, PAGE) == tidied


@pytest.mark.parametrize("text", ["", "https://", "http://[::1", "https:///", " "])
def test_invalid_url_is_reported(text: str) -> None:
    with pytest.raises(UnwixError, match=r"is not a URL\. Give one such as https://www\.example\.com\."):
        parse_user_url(text)
