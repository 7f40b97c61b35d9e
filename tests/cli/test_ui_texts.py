"""Test the catalogue of Wix's interface texts: its files, and how a page of 2023-24 gives a new one."""

from __future__ import annotations

import json
import re
import tomllib
from importlib import resources
from pathlib import Path

import pytest

from support.terminal import run
from unwix.readers.saved_page.page_data import BLOG_APP
from unwix.wix.ui_texts import catalogue as chrome
from unwix.wix.ui_texts import from_page as learn

FILES = sorted(file.name for file in resources.files("unwix.wix.ui_texts").iterdir() if file.name.endswith(".toml"))
MARKS = {"S", "L", "R", "U"}
#: Kinds without an official key; all others are those of `learn.KEYS`.
OTHER_KINDS = {
    "edge",
    "menu",
    "cookies",
    "social",
    "download",
    "legal",
    "all_posts",
    "more",
    "comments_heading",
    "banner",
    "widget_label",
    "subscribed",
    "site_menu",
    "follow_us",
}
HOLES = re.compile(r"\{[^}]*\}")


def table(name: str) -> dict[str, dict[str, list[str]]]:
    data = tomllib.loads(resources.files("unwix.wix.ui_texts").joinpath(name).read_text(encoding="utf-8"))
    assert data.pop("language") == name.removesuffix(".toml")
    return data


def test_there_is_a_file_for_each_language() -> None:
    assert len(FILES) == 29, "28 languages, and one for what stands on pages of all"


@pytest.mark.parametrize("name", FILES)
def test_kinds_and_marks_are_known(name: str) -> None:
    for kind, by_mark in table(name).items():
        assert kind in OTHER_KINDS | learn.KEYS.keys(), kind
        assert by_mark, f"[{kind}] is empty"
        assert by_mark.keys() <= MARKS


@pytest.mark.parametrize("name", FILES)
def test_no_string_occurs_twice(name: str) -> None:
    for kind, by_mark in table(name).items():
        strings = [text.casefold() for texts in by_mark.values() for text in texts]
        assert len(strings) == len(set(strings)), kind


@pytest.mark.parametrize("name", FILES)
def test_each_string_is_plain_and_matches_itself(name: str) -> None:
    for kind, by_mark in table(name).items():
        for text in (text for texts in by_mark.values() for text in texts):
            assert text == text.strip()
            assert text
            assert not re.search(r"NAME|\bNaN\b|\([^)]*$|^[^(]*\)", text), text
            assert set(HOLES.findall(text)) <= {"{n}", "{date}", "{any}"}, text
            assert ("{date}" in text) == (kind == "updated"), text
            line = text.replace("{n}", "12").replace("{date}", "1.2.2023").replace("{any}", "PDF")
            assert chrome.lines()[kind].match(line + (" Ada Crewe" if kind == "author" else "")), text


def test_counters_match_with_and_without_spaces() -> None:
    for line in (
        "209 views0 comments",
        "209 views 0 comments",
        "50 vues0 commentaire",
        "0 просмотров0 комментариев",
        "1.2K views3 comments",
        "12 Ansichten1 Kommentar",
    ):
        match = chrome.lines()["counters"].match(line)
        assert match, line


@pytest.mark.parametrize(
    "number", ["7", "1,204", "1.204", "1 204", "1\u00a0204", "1.2K", "1,2 тыс.", "1.2万", "٨٩", "3M"]
)
def test_counters_can_be_abbreviated(number: str) -> None:
    assert re.fullmatch(chrome.NUMBER, number)


def test_a_number_does_not_take_the_letter_of_the_next_word() -> None:
    match = re.search(chrome.NUMBER, "5 Kommentare")
    assert match
    assert match[0] == "5"


@pytest.mark.parametrize(
    "line",
    [
        "I have 3 comments on that",
        "The Search",
        "Recent Posts and what they teach",
        "Writers picture themselves",
        "see all of it",
    ],
)
def test_sentence_is_not_interface_text(line: str) -> None:
    assert [kind for kind, pattern in chrome.lines().items() if pattern.match(line)] == []


# ---- a catalogue from a page ----------------------------------------------------------------------------------------

TRANSLATIONS = {
    "time-to-read.label": "{minutes} Min. gelesen",
    "post-footer.view-count": "{count, plural, =0 {0 Blicke} one {# Blick} other {# Blicke}}",
    "post.update-date": "Geändert: {date}",
    "recent-posts.title": "Neue Beiträge",
    "aria-label.authors-picture": "Bild von",
    "text-editor.comment-placeholder": "Schreib “was”...",
    "unknown.key": "nothing",
}


def test_forms_of_a_plural() -> None:
    assert learn.forms(TRANSLATIONS["post-footer.view-count"]) == ["0 Blicke", "{n} Blick", "{n} Blicke"]


def test_learned_catalogue_is_a_catalogue_file() -> None:
    data = tomllib.loads(learn.catalogue(TRANSLATIONS, "de"))
    assert data == {
        "language": "de",
        "author": {"L": ["Bild von"]},
        "minutes": {"L": ["{n} Min. gelesen"]},
        "updated": {"L": ["Geändert: {date}"]},
        "views": {"L": ["0 Blicke", "{n} Blick", "{n} Blicke"]},
        "recent": {"L": ["Neue Beiträge"]},
        "write_comment": {"L": ["Schreib “was”..."]},
    }


def page(translations: dict[str, str]) -> str:
    answer = json.dumps({"postPageResponse": {"data": {"postPage": {"translations": translations}}}})
    data = {"appsWarmupData": {BLOG_APP: {"OldPostPageWarmupData:ssr": answer}}}
    return f'<!doctype html><html lang="de"><head></head><body><script type="application/json" id="wix-warmup-data">{json.dumps(data)}</script></body></html>'


def test_ui_texts_of_a_page_are_printed_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "seite.html").write_text(page(TRANSLATIONS), encoding="utf-8")
    code, out, err = run("ui-texts", "--from", tmp_path / "seite.html")
    assert (code, err) == (0, "")
    assert tomllib.loads(out)["minutes"] == {"L": ["{n} Min. gelesen"]}


def test_ui_texts_of_a_page_without_a_table_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html><body><p>Nothing.</p></body></html>", encoding="utf-8")
    code, out, err = run("ui-texts", "--from", tmp_path / "page.html")
    assert code == 2
    assert out == ""
    assert "no table of Wix's texts" in err
