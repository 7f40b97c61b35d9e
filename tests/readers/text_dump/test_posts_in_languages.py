"""Test a whole page in each language, text and interface, with the heads that browsers and tools write."""

from __future__ import annotations

from itertools import product

import pytest

from support.dump_texts import DATES, interface_text
from support.posts_in_languages import POSTS, LanguagePost
from unwix.readers.text_dump.reader import read_text

#: The separators between blocks and between parts of the head, as browsers copy and tools print them.
GAPS = {"copied": ("\n\n", "\n"), "spaced": ("\n\n", "\n\n"), "close": ("\n", "\n")}


def page(language: str, post: LanguagePost, *, title_first: bool, author: bool, gap: str) -> str:
    """Return the text of a page with one category, a menu, related posts and a footer."""
    between, inside = GAPS[gap]
    byline = [post.author] * author + [DATES[language], interface_text("minutes", language, 3)]
    head = inside.join([post.title, *byline] if title_first else [*byline, post.title])
    top = ["top of page", *post.menu, interface_text("site_menu", language), interface_text("more", language)]
    top += ["Use tab to navigate through the menu items.", interface_text("all_posts", language), post.category]
    top += [interface_text("search", language), interface_text("login", language)]
    tail = [post.category, interface_text("views", language, 12), interface_text("comments", language, 4)]
    tail += [interface_text("like", language), interface_text("recent", language), interface_text("see_all", language)]
    tail += [f"{post.menu[1]} – {post.heading}", post.menu[0], post.footer, "bottom of page"]
    return between.join(line for line in [*top, head, *post.paragraphs, *tail] if line) + "\n"


@pytest.mark.parametrize("language", POSTS)
@pytest.mark.parametrize(("title_first", "author", "gap"), [*product([True, False], [True, False], GAPS)])
def test_a_page_whose_text_is_in_the_language(language: str, title_first: bool, author: bool, gap: str) -> None:
    expected = POSTS[language]
    text = page(language, expected, title_first=title_first, author=author, gap=gap)
    (post,) = read_text("page.txt", text.encode())
    metadata = post.metadata
    assert (metadata.title, metadata.authors, metadata.date) == (
        expected.title,
        [expected.author] * author,
        "2023-03-04",
    )
    assert (metadata.views, metadata.comments, metadata.categories) == (12, 4, [expected.category])
    assert ["".join(block.itertext()) for block in post.article] == [*expected.paragraphs]
    assert metadata.language == language
    assert post.ledger is not None
    assert post.ledger.unaccounted == 0


#: Fragments of a page's end that extractors leave below an article.
ENDS = [
    ("recent",), ("recent", "see_all"), ("comments_heading",), ("comments_heading", "write_comment"), ("login",),
    ("views",), ("follow_us",), ("Proudly created with Wix.com",), ("recent", "Old ropes, and where to buy new ones"),
]  # fmt: skip


@pytest.mark.parametrize("language", POSTS)
@pytest.mark.parametrize("end", ENDS, ids="-".join)
def test_fragments_of_the_end_are_not_the_article(language: str, end: tuple[str, ...]) -> None:
    expected = POSTS[language]
    texts = [kind if " " in kind else interface_text(kind, language) for kind in end]
    lines = [text for text in texts if text]  # some languages lack one
    head = f'---\ntitle: "{expected.title}"\nurl: https://www.garden.example/post/the-garden\n---\n\n'
    (post,) = read_text("page.txt", (head + "\n\n".join([*expected.paragraphs, *lines])).encode())
    assert ["".join(block.itertext()) for block in post.article] == [*expected.paragraphs]
    guessed = [problem.kind for problem in post.problems if problem.kind == "removed-by-guess"]
    assert guessed == ["removed-by-guess"] * ("Old ropes" in end[-1])


@pytest.mark.parametrize("language", POSTS)
def test_the_title_in_cards_below_a_text_does_not_hide_the_text(language: str) -> None:
    expected = POSTS[language]
    head = f'---\ntitle: "{expected.title}"\nurl: https://www.garden.example/post/the-garden\n---\n\n'
    tail = [interface_text("recent", language) or "", interface_text("see_all", language) or "", expected.title]
    (post,) = read_text("page.txt", (head + "\n\n".join([*expected.paragraphs, *tail])).encode())
    assert ["".join(block.itertext()) for block in post.article] == [*expected.paragraphs]


@pytest.mark.parametrize(
    "last", ["Recent posts of my sister: the ropes.", "Comments are welcome", "Log in to the garden"]
)
def test_an_authors_last_line_with_such_words_stays(last: str) -> None:
    expected = POSTS["en"]
    head = f'---\ntitle: "{expected.title}"\nurl: https://www.garden.example/post/the-garden\n---\n\n'
    (post,) = read_text("page.txt", (head + "\n\n".join([*expected.paragraphs, last])).encode())
    assert ["".join(block.itertext()) for block in post.article] == [*expected.paragraphs, last]
