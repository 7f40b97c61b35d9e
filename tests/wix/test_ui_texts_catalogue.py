"""Test the catalogue of interface texts: the strings of one kind are the same when all kinds are read."""

from __future__ import annotations

import pytest

from unwix.web.printed_dates import begins_with_english_date
from unwix.wix.ui_texts.catalogue import cells, strings, strings_of
from unwix.wix.ui_texts.match import classify, is_interface_label, split_counters


@pytest.mark.parametrize("kind", [*strings(), "no such kind"])
def test_the_strings_of_one_kind_are_those_among_all(kind: str) -> None:
    assert strings_of(kind) == strings().get(kind, {})
    assert list(strings_of(kind)) == list(strings().get(kind, {}))  # in the same order


def test_labels_of_an_update_do_not_begin_like_a_date() -> None:
    """Texts that do are read as dates without the catalogue."""
    for text in (text for texts in strings_of("updated").values() for text in texts):
        assert not text[0].isdecimal()
        assert not begins_with_english_date(text.replace("{date}", ""))


@pytest.mark.parametrize(
    "kind", ["share", "like", "views", "comments", "ratings", "see_all", "more", "social", "recent"]
)
def test_texts_next_to_a_post_are_labels_of_the_interface(kind: str) -> None:
    texts = [text.replace("{n}", "3") for texts in strings_of(kind).values() for text in texts]
    assert [text for text in texts if "{" not in text and not is_interface_label(text)] == []


def test_texts_of_widgets_are_labels_of_the_interface() -> None:
    texts = [text.replace("{}", "12") for text in cells("widgets.tsv") if text]
    assert [text for text in texts if not is_interface_label(f" {text}")] == []
    assert not any(map(is_interface_label, ("Lids", "Raku, outdoors", "Which course should come next?")))


@pytest.mark.parametrize(
    "line",
    [
        "Rated NaN out of 5 stars.",
        "5つ星のうちNaNと評価されています。",
        "별점 5점 중 NaN점을 주었습니다.",
        "Arvostelun tähtimäärä: NaN/5",
    ],
)
def test_rating_that_nobody_gave(line: str) -> None:
    found = classify(line)
    assert found is not None
    assert found.kind == "ratings"


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("41 views2 comments", ("41 views", "2 comments")),
        (
            "41 views2 comments3 likes. Post not marked as liked3",
            ("41 views", "2 comments", "3 likes. Post not marked as liked3"),
        ),
        ("조회수 12회댓글 0개좋아요한 게시물이 아닙니다.", ("조회수 12회", "댓글 0개", "좋아요한 게시물이 아닙니다.")),
        ("počet zobrazení: 10 komentářů", ("počet zobrazení: 1", "0 komentářů")),
        ("počet zobrazení: 123 komentářů", None),
    ],
)
def test_counters_without_anything_between_them(line: str, parts: tuple[str, ...] | None) -> None:
    found = classify(line)
    assert found is not None
    assert found.kind == "counters"
    assert split_counters(line) == parts


@pytest.mark.parametrize(
    "line",
    ["Write a comment...Write a comment...", "Write a comment... Write a comment...", "כתיבת תגובה...כתיבת תגובה..."],
)
def test_a_label_joined_with_its_placeholder(line: str) -> None:
    found = classify(line)
    assert found is not None
    assert found.kind == "write_comment"


@pytest.mark.parametrize("line", ["No No", "Never again, never again", "Search Search"])
def test_a_repetition_can_be_the_authors(line: str) -> None:
    assert classify(line) is None


@pytest.mark.parametrize("line", ["Comments (2)", "Kommentare (12)", "コメント（3）"])
def test_heading_of_comments_with_their_number(line: str) -> None:
    found = classify(line)
    assert found is not None
    assert found.kind == "comments_heading"
