"""Test the catalogue of interface texts: the strings of one kind are the same when all kinds are read."""

from __future__ import annotations

import pytest

from unwix.web.printed_dates import begins_with_english_date
from unwix.wix.ui_texts.catalogue import cells, strings, strings_of
from unwix.wix.ui_texts.match import classify, is_interface_label


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
