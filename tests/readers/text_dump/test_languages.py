"""Test a generated page for each language of Wix's interface, in both layouts, with and without menu and counters."""

from __future__ import annotations

import re
from itertools import product

import pytest

from unwix.readers.text_dump.reader import read_text
from unwix.web.printed_dates import LANGUAGES
from unwix.wix.ui_texts.catalogue import strings
from unwix.wix.ui_texts.match import classify

TITLE, AUTHOR, DATE = "The lamp that nobody lit", "Ines Holm", "2021-05-06"
PARAGRAPHS = [
    "The lamp stood in the window of the old ferry house for forty years, and in all that time nobody was seen lighting it.",
    "On the night of the storm it burned all the same, and the three boats that were still out came home by its light.",
    "Since then the window is cleaned each Saturday, by people who say that they only happened to pass by with a cloth.",
]
#: 6 May 2021 as Wix prints it (docs/wix/ui-texts.md#date-forms-by-language).
DATES = {
    "en": "May 6, 2021", "de": "6. Mai 2021", "es": "6 may 2021", "fr": "6 mai 2021", "it": "6 mag 2021",
    "pt": "6 de mai. de 2021", "nl": "6 mei 2021", "ru": "6 мая 2021 г.", "uk": "6 трав. 2021 р.", "pl": "6 maj 2021",
    "cs": "6. 5. 2021", "da": "6. maj 2021", "sv": "6 maj 2021", "no": "6. mai 2021", "fi": "6. toukok. 2021",
    "el": "6 Μαΐ 2021", "he": "6 במאי 2021", "tr": "6 May 2021", "hu": "2021. máj. 6.", "ro": "6 mai 2021",
    "ja": "2021年5月6日", "ko": "2021년 5월 6일", "zh": "2021年5月6日", "th": "6 พ.ค. 2564", "vi": "6 thg 5, 2021",
    "id": "6 Mei 2021", "hi": "6 मई 2021", "ar": "٦ مايو ٢٠٢١",
}  # fmt: skip


def interface_texts(kind: str, language: str) -> list[str]:
    """Return the texts of a kind in a language, in English if it has none."""
    table = strings()[kind]
    return table.get(language) or table["en"]


def with_number(texts: list[str], number: str) -> str:
    """Return the first text that contains a number, with this one."""
    return next(text for text in texts if "{n}" in text).replace("{n}", number)


def page(language: str, *, title_first: bool, menu: bool, counters: bool, labels: bool) -> str:
    """Return a page as the text that a browser copies."""
    byline = [AUTHOR, DATES[language], with_number(interface_texts("minutes", language), "3")]
    head = [TITLE, *byline] if title_first else [*byline, TITLE]
    top = ["top of page"]
    if menu:
        top += [
            "Harbour",
            "Boats",
            "Use tab to navigate through the menu items.",
            *interface_texts("all_posts", language)[:1],
        ]
        top += ["Lamps", "Storms", interface_texts("search", language)[0], interface_texts("login", language)[0]]
    bottom = ["Lamps"] if labels else []
    if counters:
        bottom += [
            with_number(interface_texts("views", language), "12")
            + with_number(interface_texts("comments", language), "4")
        ]
    bottom += [
        interface_texts("recent", language)[0],
        interface_texts("see_all", language)[0],
        "Another evening",
        "bottom of page",
    ]
    return "\n\n".join([*top, *head, *PARAGRAPHS, *bottom]) + "\n"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("title_first", "menu", "counters"), [*product([True, False], repeat=3)])
def test_a_page_of_each_language(language: str, title_first: bool, menu: bool, counters: bool) -> None:
    text = page(language, title_first=title_first, menu=menu, counters=counters, labels=menu)
    (post,) = read_text("page.txt", text.encode())
    metadata = post.metadata
    assert (metadata.title, metadata.authors, metadata.date) == (TITLE, [AUTHOR], DATE)
    assert metadata.reading_minutes == 3
    assert (metadata.views, metadata.comments) == ((12, 4) if counters else (None, None))
    assert metadata.categories == (["Lamps"] if menu else [])
    assert [" ".join(p.itertext()) for p in post.article] == PARAGRAPHS
    assert post.ledger is not None
    assert post.ledger.unaccounted == 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["minutes", "views", "comments"])
@pytest.mark.parametrize("number", ["1", "2", "5", "21", "104", "1,204", "1.204", "1 204", "1\u202f204", "٣", "١٢"])
def test_each_form_of_a_number(language: str, kind: str, number: str) -> None:
    for text in interface_texts(kind, language):
        if "{n}" in text:
            interface_text = classify(text.replace("{n}", number))
            assert interface_text is not None, text
            assert interface_text.kind == kind, text


@pytest.mark.parametrize("kind", sorted({"like", "recent", "see_all", "all_posts", "commenting_off", "write_comment"}))
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_interface_text_is_classified(language: str, kind: str) -> None:
    for text in strings()[kind].get(language, []):
        interface_text = classify(re.sub(r"\{n\}", "3", text))
        assert interface_text is not None, text
        assert interface_text.kind == kind, text
