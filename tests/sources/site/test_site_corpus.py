"""Test real sitemaps and feeds of the corpus, and the links of real pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.paths import SHARED_DIR
from unwix.sources.site import page_signs, sitemaps
from unwix.sources.site.feeds import is_feed, read_links
from unwix.sources.site.post_index import PostIndex
from unwix.sources.urls import SiteBase, is_list, is_post_by_shape
from unwix.wix.post_counts import stated_total

CORPUS = SHARED_DIR / "corpus"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus (../shared/corpus) is not here")
SITEMAPS = sorted((CORPUS / "sitemaps").glob("*/*.xml"))
FEEDS = sorted((CORPUS / "feeds").glob("*/*.xml"))
LISTS = sorted((CORPUS / "not-posts").glob("*/*.html"))


def test_the_corpus_has_what_is_tested() -> None:
    if CORPUS.is_dir():
        assert len(SITEMAPS) >= 4
        assert len(FEEDS) >= 10
        assert len(LISTS) >= 12


@pytest.mark.parametrize("path", SITEMAPS, ids=lambda path: path.parent.name)
def test_a_sitemap_is_read_whole(path: Path) -> None:
    data = path.read_bytes()
    read = sitemaps.read(data)
    assert sitemaps.is_sitemap(data)
    assert len(read.children) + len(read.pages) == len(re.findall(rb"<loc>", data))
    assert {sitemaps.KINDS.get(child.rsplit("/", 1)[-1]) for child in read.children} & {"posts"}


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_feed_is_read_whole_and_all_its_items_are_posts(path: Path) -> None:
    data = path.read_bytes()
    assert is_feed(data)
    text = read_links(data)
    assert len(text.items) == len(re.findall(rb"<item\b", data)) > 0
    assert text.blog
    index = PostIndex([SiteBase.of(text.blog)])
    assert all(index.add(item, "feed") for item in text.items)
    assert len(index) == len(text.items)


@pytest.mark.parametrize("path", LISTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_other_pages_are_not_posts(path: Path) -> None:
    data = path.read_bytes()
    assert page_signs.is_wix(data)
    assert not page_signs.is_post(data)


def test_links_of_a_list_page_are_read() -> None:
    """A list of 21 posts of 2024, nine on the first page, with data that state the total."""
    paths = [path for path in LISTS if stated_total(path.read_bytes()) == 21]
    assert paths
    for path in paths:
        data = path.read_bytes()
        base = page_signs.model(data).base
        assert base
        links = page_signs.links(f"{base}blog", data)
        posts = {link for link in links.listed if is_post_by_shape(SiteBase.of(base).place(link) or "")}
        assert len(posts) == 9
        assert {page for link in links.others if "/page/" in link for page in re.findall(r"page/(\d)", link)} == {
            "2",
            "3",
        }
        assert links.feeds


@pytest.mark.parametrize("path", sorted((CORPUS / "pages").glob("*/*.html")), ids=lambda path: path.stem[:40])
def test_real_post_is_detected(path: Path) -> None:
    data = path.read_bytes()
    assert page_signs.is_wix(data)
    assert not page_signs.is_not_found(data)
    assert page_signs.is_post(data)
    canonical = page_signs.links("https://www.example.com/post/a", data).canonical
    assert canonical is None or not is_list(SiteBase.of(canonical).place(canonical) or "")
