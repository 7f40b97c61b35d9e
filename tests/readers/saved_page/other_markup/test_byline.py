"""Author, date and reading time of pages that print them as plain texts above the body."""

from __future__ import annotations

import pytest

from unwix.model.post import Metadata
from unwix.readers.saved_page.reader import read_saved_page

TEXT = '<div class="wixui-rich-text"><p class="font_8">{}</p></div>'
BODY = '<div class="wixui-rich-content-viewer"><div data-id="content-viewer"><p id="viewer-a1"><span>Unplug the lamp.</span></p></div></div>'


def read(texts: list[str], language: str, extra: str = "", head: str = "") -> Metadata:
    lines = "".join(map(TEXT.format, texts))
    page = (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><meta property="og:title" content="A lamp">'
        f'<meta property="og:type" content="article">{head}</head><body><header><p>Site Name Here</p></header><main>'
        f"<h1>A lamp</h1>{lines}{extra}{BODY}{TEXT.format('Someone Else')}</main></body></html>"
    )
    (post,) = read_saved_page("page.html", page.encode())
    return post.metadata


@pytest.mark.parametrize(
    ("language", "texts", "expected"),
    [
        ("en", ["Ada Potter", "May 4, 2023", "3 min read"], (["Ada Potter"], "2023-05-04", None, 3)),
        ("en", ["3 min read", "Ada Potter", "May 4, 2023", "Updated: May 6, 2023"], (["Ada Potter"], "2023-05-04", "2023-05-06", 3)),
        ("de", ["12. Okt. 2023", "Karla von Brandt", "4 Min. Lesezeit"], (["Karla von Brandt"], "2023-10-12", None, 4)),
        ("fr", ["Élodie Martin", "12 oct. 2023", "2 min de lecture"], (["Élodie Martin"], "2023-10-12", None, 2)),
        ("es", ["Ana de la Torre", "12 oct 2023"], (["Ana de la Torre"], "2023-10-12", None, None)),
        ("ja", ["森下かえで", "2023年10月12日", "読了時間: 3分"], (["森下かえで"], "2023-10-12", None, 3)),
        ("ko", ["김하나", "2023년 10월 12일", "3분 분량"], (["김하나"], "2023-10-12", None, 3)),
        ("he", ["3 דקות קריאה", "נועה לוי"], (["נועה לוי"], None, None, 3)),
        ("ru", ["Анна Белова", "12 октября 2023 г.", "3 мин. чтения"], (["Анна Белова"], "2023-10-12", None, 3)),
        ("ru", ["из чего делают лампы", "12 октября 2023 г."], ([], "2023-10-12", None, None)),
        # Two names: the author is unknown.
        ("en", ["Ada Potter", "Garden Stories", "May 4, 2023"], ([], "2023-05-04", None, None)),
        # No date and no reading time: nothing shows that this is a byline.
        ("en", ["Ada Potter"], ([], None, None, None)),
        ("en", ["what lamps are made of", "May 4"], ([], None, None, None)),
    ],
)  # fmt: skip
def test_texts_above_the_body_state_author_date_and_minutes(
    language: str, texts: list[str], expected: tuple[list[str], str | None, str | None, int | None]
) -> None:
    post = read(texts, language)
    assert (post.authors, post.date, post.updated, post.reading_minutes) == expected


def test_metadata_of_the_page_wins() -> None:
    head = '<meta property="article:author" content="Ben Caulker"><meta property="article:published_time" content="2023-05-03T22:00:00.000Z">'
    post = read(["Ada Potter", "May 4, 2023"], "en", head=head)
    assert (post.authors, post.date) == (["Ben Caulker"], "2023-05-03T22:00:00.000Z")


def test_links_to_lists_and_share_buttons_are_not_names() -> None:
    extra = '<p><a href="https://www.example.com/blog/categories/home-garden">Home Garden</a></p><ul><li>Copy Link</li></ul>'
    assert read(["Ada Potter", "May 4, 2023"], "en", extra).authors == ["Ada Potter"]
