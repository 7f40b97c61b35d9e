"""Test articles whose byline, title and counters are in one line with the text, and whole pages in one line."""

from __future__ import annotations

import json

import pytest

from unwix.model.article import text_of
from unwix.model.post import Post
from unwix.model.skipped import Skipped
from unwix.readers.text_dump.reader import read_records, read_text

URL = "https://www.three-boats.example/post/the-third-boat"
TEXT = "The third boat is the smallest of them. Nobody rows it, because it belongs to the cat of the harbour master."
#: Title, line and its parts: authors, date, minutes, updated.
LINES = {
    "old order": (
        "The third boat",
        f"Ines Holm May 6, 2021 2 min read The third boat Updated: Jun 1, 2021 {TEXT} 12 views0 comments",
        (["Ines Holm"], "2021-05-06", 2, "2021-06-01"),
    ),
    "new order": (
        "The third boat",
        f"The third boat Ines Holm May 6, 2021 2 min read Updated: Jun 1, 2021 {TEXT}",
        (["Ines Holm"], "2021-05-06", 2, "2021-06-01"),
    ),
    "mail address": (
        "The third boat",
        f"ines@three-boats.example May 6, 2021 2 min read The third boat {TEXT}",
        (["ines@three-boats.example"], "2021-05-06", 2, None),
    ),
    "Spanish": (
        "El tercer barco",
        f"Inés Colina 5 oct 2020 2 Min. de lectura El tercer barco Actualizado: 27 jul 2023 {TEXT}",
        (["Inés Colina"], "2020-10-05", 2, "2023-07-27"),
    ),
    "Russian": (
        "Третья лодка",
        f"Инна Холм 5 окт. 2020 г. 2 мин. чтения Третья лодка Обновлено: 27 июл. 2023 г. {TEXT}",
        (["Инна Холм"], "2020-10-05", 2, "2023-07-27"),
    ),
    "Portuguese": (
        "O terceiro barco",
        f"Inês Holm 30 de set. de 2021 3 min de leitura O terceiro barco {TEXT}",
        (["Inês Holm"], "2021-09-30", 3, None),
    ),
}


def read(text: str, title: str) -> Post:
    return read_records("a.json", json.dumps({"url": URL, "title": title, "text": text}).encode(), "json")[0]


@pytest.mark.parametrize("name", LINES)
def test_joined_line_is_split(name: str) -> None:
    title, line, expected = LINES[name]
    post = read(line, title)
    metadata = post.metadata
    assert (metadata.authors, metadata.date, metadata.reading_minutes, metadata.updated) == expected
    assert (metadata.title, text_of(post.article)) == (title, TEXT)
    assert post.ledger is not None
    assert post.ledger.unaccounted == 0


@pytest.mark.parametrize(
    "line",
    [
        f"The third boat of May 6, 2021 was painted. {TEXT}",
        f"The third boat takes its time, and a 3 min read will not do. {TEXT}",
        f"A letter about the third boat came in. {TEXT}",
        f"Somebody wrote about it on May 6, 2021 in The third boat {TEXT}",
    ],
)
def test_a_sentence_with_the_title_stays_whole(line: str) -> None:
    assert text_of(read(line, "The third boat").article) == line


def test_a_whole_page_in_one_line_is_refused_also_with_a_head() -> None:
    page = f"top of page Home Boats More The third boat Ines Holm May 6, 2021 2 min read {TEXT * 6} bottom of page"
    with pytest.raises(Skipped) as reason:
        read(page, "The third boat")
    assert reason.value.kind == "no-line-breaks"
    head = f"---\ntitle: The third boat\nurl: {URL}\n---\n{page}"
    with pytest.raises(Skipped) as reason:
        read_text("a.md", head.encode())
    assert reason.value.kind == "no-line-breaks"
    (post,) = read_text("a.md", head.encode(), plain=True)
    assert text_of(post.article) == page
