"""Test URLs of a Wix site: lists, posts, and pages of lists."""

from __future__ import annotations

import pytest

from unwix.sources.urls import is_list, is_post_by_shape, split_page_number


@pytest.mark.parametrize(
    ("place", "list_", "post"),
    [
        ("/blog", True, False),
        ("/blog-2", True, False),
        ("/", True, False),
        ("/blog/categories/kilns", True, False),
        ("/blog/tags/post", True, False),
        ("/amp/post/clay", True, False),
        ("/profile/ann/profile", True, False),
        ("/sitemap.xml", True, False),
        ("/post/clay", False, True),
        ("/post/blog", False, True),
        ("/post/blog-2", False, True),
        ("/post/2016/11/22/search", False, True),
        ("/single-post/blog", False, True),
        ("/blog/post/tags", False, True),
        ("/stories/clay", False, False),
        ("/blog-2/clay", False, False),
    ],
)
def test_lists_and_posts(place: str, list_: bool, post: bool) -> None:
    assert (is_list(place), is_post_by_shape(place)) == (list_, post)


@pytest.mark.parametrize(
    ("url", "first", "number"),
    [
        ("https://a.example/blog", "https://a.example/blog", 1),
        ("https://a.example/blog/page/3", "https://a.example/blog", 3),
        ("https://a.example/blog/page/3?lang=fr", "https://a.example/blog?lang=fr", 3),
        ("https://a.example/blog?page=12", "https://a.example/blog", 12),
        ("https://a.example/blog?page=2&lang=fr", "https://a.example/blog?lang=fr", 2),
        ("https://a.example/blog?lang=fr&page=2", "https://a.example/blog?lang=fr", 2),
        ("https://a.example/blog?homepage=2", "https://a.example/blog?homepage=2", 1),
    ],
)
def test_pages_of_lists(url: str, first: str, number: int) -> None:
    assert split_page_number(url) == (first, number)
