"""Test that usual printed dates are read without dateparser, with its results."""

from __future__ import annotations

import importlib
from itertools import chain

import pytest

from unwix.web.printed_dates import _CODES, LANGUAGES, _by_dateparser, _english, printed_date
from unwix.web.usual_dates import _MONTHS, _months, date_without_year, is_no_date, usual_date

_FORMS = {
    "es": ("{} {} {}", "{} de {} de {}", "{} de {} {}"),
    "pt": ("{} de {} de {}", "{} {} {}"),
    "ru": ("{} {} {}", "{} {} {} г."),
    "uk": ("{} {} {}", "{} {} {} р."),
    "hu": ("{2}. {1} {0}.",),
}


@pytest.mark.parametrize("code", _MONTHS)
def test_usual_dates_are_what_dateparser_reads(code: str) -> None:
    assert code in LANGUAGES
    for name, month in _months(code).items():
        for word in (name, f"{name}."):
            for form in _FORMS.get(code, ("{} {} {}", "{}. {} {}")):
                for day, year in ((4, 2023), (29, 2018)):
                    text = form.format(day, word, year)
                    if month == 2 and day == 29:
                        assert usual_date(text, code) is None
                        continue
                    assert usual_date(text, code) == f"{year}-{month:02}-{day:02}"
                    assert usual_date(text, code) == _by_dateparser(text, code, True), text


@pytest.mark.parametrize("code", [*_MONTHS, "en", "he"])
def test_dates_without_a_year_are_unknown_to_dateparser(code: str) -> None:
    for name in [*_months(code)][::5] if code in _MONTHS else ("Mar", "January"):
        for text in (f"4 {name}", f"27. {name}.", f"{name} 27"):
            without_year = date_without_year(text, code)
            if without_year or _english(text, False):
                assert _by_dateparser(text, code, True) is None, text
                assert printed_date(text, code) is None
                with_year = _by_dateparser(text, code, False)
                assert without_year is None or with_year is None or without_year[2:] == with_year[5:]
                assert printed_date(text, code, year=False) == (without_year or _english(text, False))
    assert code not in _MONTHS or date_without_year(f"4. {next(iter(_months(code)))}.", code) == "--01-04"


@pytest.mark.parametrize(
    ("text", "code"),
    [("2023年3月4日", "ja"), ("2023年3月4日", "zh"), ("2023년 3월 4일", "ko"), ("2023년 12월 31일", "ko")],
)
def test_usual_dates_of_numbers_are_what_dateparser_reads(text: str, code: str) -> None:
    assert usual_date(text, code) == _by_dateparser(text, code, True) != None  # noqa: E711  # a chain


@pytest.mark.parametrize(
    "text", ["4 mars", "12.3.2023", "mars 2023", "4 foo 2023", "le 4 mars 2023", "4 mars 23", "4 mars 2023 12:30"]
)
def test_other_forms_are_left_to_dateparser(text: str) -> None:
    assert usual_date(text, "fr") is None


def test_each_language_has_twelve_months() -> None:
    for code, names in _MONTHS.items():
        assert len(names.split()) == 12, code
        assert set(_months(code).values()) == set(range(1, 13)), code
    assert printed_date("4. März 2023", "de-AT") == "2023-03-04"


@pytest.mark.parametrize("code", LANGUAGES)
def test_is_no_date_accepts_every_month_of_dateparser(code: str) -> None:
    names = "january february march april may june july august september october november december".split()
    info = importlib.import_module(f"dateparser.data.date_translation_data.{_CODES.get(code, code)}").info
    english = importlib.import_module("dateparser.data.date_translation_data.en").info
    for month in chain.from_iterable(one.get(name, ()) for one in (info, english) for name in names):
        for text in (f"4 {month} 2023", f"4. {month.upper()}.", f"{month} 4", f"{month.capitalize()}4"):
            assert not is_no_date(text, code), text


@pytest.mark.parametrize("code", [*LANGUAGES, "sr"])
def test_is_no_date_agrees_with_dateparser(code: str) -> None:
    texts = (
        "2 pommes de terre", "© 2022 Sundby", "100 0", "1000", "400 bénévoles", "2022년 7월 25일", "4 . Наименования", "3.0",
        "12 0", "20 21 22", "12.3.2023", "1⁄2 sachet", "4 m² Land", "In 2021,", "26 1", "9.32", "le 4", "Monday 4",
        "1/2 jus de citron", "3/4 cup of salsa", "Montag, 12.3.2023", "2 из 3 человек любят",
    )  # fmt: skip
    for text in texts:
        if is_no_date(text, code):
            assert _by_dateparser(text, code, False) is None, text
    assert is_no_date("400 volunteers", code) == (code != "sr" and code in LANGUAGES)
