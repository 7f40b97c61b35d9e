"""Test a mirror that states one URL on all pages: each post is written once, for any order of its files."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from unwix.blog.duplicates.find import DuplicateFinder
from unwix.model.post import Metadata
from unwix.model.post_summary import PostSummary

HOME = "https://www.example.com/"


def text_of(number: int, revision: int) -> list[str]:
    """Return a text of 60 words; a revision differs in its last words."""
    rng = random.Random(number)
    words = [f"w{rng.randrange(10_000)}" for _ in range(60)]
    return [*words[:55], *(f"r{revision}" for _ in range(5))] if revision else words


def count_written(pages: list[tuple[int, int]], titles: int) -> int:
    """Return the number of posts among pages of (post, revision); `titles` is the number of different titles."""
    entries = [
        PostSummary(
            f"{n}.html",
            "viewer",
            Metadata(title=f"Title {post % titles}", canonical_url=HOME, date="2024-01-02T03:04:05Z"),
            digest=f"{post}-{revision}",
        )
        for n, (post, revision) in enumerate(pages)
    ]
    finder = DuplicateFinder(entries.__getitem__, lambda number: text_of(*pages[number]))
    for number, entry in enumerate(entries):
        finder.is_new(number, entry)
    grouped = sum(len(group) - 1 for group in finder.groups.values())
    return len(entries) - grouped


@given(
    posts=st.integers(1, 70),
    copies=st.integers(1, 3),
    titles=st.sampled_from([1, 2, 40, 1000]),
    revised=st.booleans(),
    order=st.randoms(use_true_random=False),
)
def test_each_post_is_written_once_for_any_file_order(
    posts: int, copies: int, titles: int, revised: bool, order: random.Random
) -> None:
    pages = [(post, copy if revised else 0) for post in range(posts) for copy in range(copies)]
    order.shuffle(pages)
    assert count_written(pages, titles) == posts
