"""Test lines that recur in several dumps: menus, footers and categories are the site's, repeated text of authors stays."""

from __future__ import annotations

import json

from support.dump_stories import BYLINE, FOOTER, MENU, STORIES
from unwix.model.article import text_of
from unwix.model.page import Page
from unwix.model.post import Post
from unwix.readers.text_dump.learn_site_lines import site_lines_of
from unwix.readers.text_dump.reader import read_records, read_text

CLAIM = (
    "Harbour Notes is the journal of a small pier at the end of a long road, written by the people who wait there for "
    "the ferry, in all weathers, and read by those who missed it."
)
COUNTERS = ["12 views0 comments", "Post not marked as liked", "bottom of page"]


def run(*tail: str, head: bool = True, categories: tuple[str, ...] = ()) -> list[Post]:
    """Return the posts of a run over four dumps with the same lines around their bodies."""
    pages = []
    for n, (title, story) in enumerate(STORIES.items()):
        own = categories[n : n + 1]
        lines = [
            *(MENU if head else []),
            title,
            *BYLINE,
            story,
            f"{story[:40]} and that was all of it for today.",
            *own,
            *tail,
        ]
        pages.append(Page(f"{n}.txt", data="\n\n".join(lines).encode()))
    site_lines = site_lines_of(pages)
    return [read_text(page.source, page.data or b"", site_lines=site_lines)[0] for page in pages]


def last_lines(posts: list[Post]) -> set[str]:
    return {text_of(post.article[-1]) for post in posts}


def test_a_signature_above_the_counters_stays() -> None:
    assert last_lines(run("Yours, Ines", *COUNTERS)) == {"Yours, Ines"}
    assert last_lines(run("Ines from the pier", *COUNTERS)) == {"Ines from the pier"}


def test_repeated_links_of_the_author_stay() -> None:
    assert last_lines(run("All stories of the pier are printed in a book as well.", *COUNTERS)) == {
        "All stories of the pier are printed in a book as well."
    }


def test_recurring_lines_are_found_in_markdown_that_begins_with_many_tags() -> None:
    """Pandoc keeps the page's elements as tags, so that the first bytes look like HTML."""
    tags = "\n\n".join(f'<div id="layer_{n}" class="background">\n\n</div>' for n in range(100))
    pages = []
    for title, story in STORIES.items():
        text = "\n\n".join([tags, *MENU, f"# {title}", *BYLINE, story, *FOOTER])
        pages.append(Page("a.md", data=text.encode()))
    assert site_lines_of(pages) is not None


def test_a_footer_that_recurs_is_the_sites() -> None:
    posts = run(*FOOTER)
    assert all(line.endswith("for today.") for line in last_lines(posts))
    assert all(post.problems == [] for post in posts)
    assert all(post.ledger is not None and post.ledger.unaccounted == 0 for post in posts)


def test_a_text_that_recurs_above_a_whole_footer_is_left_out_with_a_warning() -> None:
    posts = run(CLAIM, *FOOTER)
    assert all(line.endswith("for today.") for line in last_lines(posts))
    assert {problem.kind for post in posts for problem in post.problems} == {"removed-by-guess"}


def test_a_text_that_recurs_without_a_footer_stays() -> None:
    assert last_lines(run(CLAIM, "bottom of page")) == {CLAIM}


def test_text_recurring_only_in_articles_stays() -> None:
    assert last_lines(run("Come and see the pier.", head=False)) == {"Come and see the pier."}


def test_a_label_that_recurs_above_the_counters_is_a_category() -> None:
    posts = run(*COUNTERS, categories=("Ferry tales", "Ferry tales", "Ferry tales", "Knots"))
    assert [post.metadata.categories for post in posts] == [["Ferry tales"]] * 3 + [[]]
    assert text_of(posts[3].article[-1]) == "Knots", "a single short line may be the author's last"


def test_a_button_that_is_in_the_menu_too_stays() -> None:
    assert last_lines(run("Boats", *COUNTERS)) == {"Boats"}


def test_a_title_that_other_posts_list_stays_a_title() -> None:
    others = [f"{title}" for title in STORIES]
    posts = run("Recent Posts", "See All", *others, "bottom of page")
    assert [post.metadata.title for post in posts] == list(STORIES)


def test_two_labels_that_another_post_has_as_well_are_categories() -> None:
    posts = run("Ferry tales", "Notes of the pier", *COUNTERS)[:2]
    assert [post.metadata.categories for post in posts] == [["Ferry tales", "Notes of the pier"]] * 2


def test_records_in_files_of_their_own_share_site_lines() -> None:
    pages = [
        Page(
            f"{n}.json",
            data=json.dumps(
                {"results": [{"raw_content": "\n\n".join([*MENU, title, *BYLINE, story, CLAIM, *FOOTER])}]}
            ).encode(),
        )
        for n, (title, story) in enumerate(STORIES.items())
    ]
    lines = site_lines_of(pages)
    posts = [read_records(page.source, page.data or b"", "json", site_lines=lines)[0] for page in pages]
    assert [post.metadata.title for post in posts] == list(STORIES)
    assert last_lines(posts) == set(STORIES.values()), "the text above the footer is the site's"
    assert {problem.kind for post in posts for problem in post.problems} == {"removed-by-guess"}


def test_tags_in_a_dump_without_blank_lines_have_words_of_the_title() -> None:
    title, story = "Knots of the ferry house", next(iter(STORIES.values()))
    tags = ["Ferry knots", "Old knots", "The pier", "House of ropes"]

    def read(*labels: str) -> Post:
        lines = ["top of page", "Harbour", "More", title, *BYLINE, story, *labels, "Harbour", *COUNTERS]
        return read_text("a.txt", "\n".join(lines).encode())[0]

    assert (read(*tags).metadata.tags, read(*tags).metadata.categories) == (tags, ["Harbour"])
    items = ["Flour from the mill", "Two eggs", "A pinch of salt", "Butter"]
    assert read(*items).metadata.tags == [], "a list that an author ends with"
    assert last_lines([read(*items)]) == {"Harbour"}
