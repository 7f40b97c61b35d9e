"""Test encodings: damage never changes the encoding of a text, and other encodings are not mistaken for UTF-8."""

from __future__ import annotations

import pytest

from support.prose import TEXTS
from unwix.web.encoding import decode, encoded_once

SENTENCES = {
    "de": "Über den Dächern von Köln weht ein müder Wind.",
    "es": "El año pasado llovió más, señora.",
    "en": "It’s a café – “quoted” text.",
    "ja": "粘土は回す前に休ませます。",
    "ko": "점토는 쉬어야 한다.",
    "ru": "Глина должна отдохнуть.",
    "he": "החימר צריך לנוח.",
}
HEAD = b'<html lang="%s"><head><meta charset="%s"></head><body><p>'
BROKEN = (b"\xff", b"\xae", b"\xe9", b"\xc3(", b"\xf0\x9f\x98", b"\xed\xa0\xbd")


def page(lang: str, charset: str | None, body: bytes) -> bytes:
    head = HEAD % (lang.encode(), (charset or "none").encode())
    return (head if charset else head.replace(b'<meta charset="none">', b"")) + body + b"</p></body></html>"


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("lang", SENTENCES)
@pytest.mark.parametrize("charset", ["utf-8", "UTF8", "windows-1252", None])
def test_one_broken_byte_does_not_change_the_encoding(lang: str, broken: bytes, charset: str | None) -> None:
    text, problems = decode(page(lang, charset, SENTENCES[lang].encode() + b" <i>" + broken + b"</i>"))
    assert SENTENCES[lang] in text
    assert [problem.kind for problem in problems] == ["encoding-damaged"]


def test_a_page_of_ascii_that_declares_utf8_stays_utf8() -> None:
    text, problems = decode(page("en", "utf-8", b"Clay \xff must rest."))
    assert "Clay \ufffd must rest." in text
    assert [(p.kind, p.detail) for p in problems] == [
        ("encoding-damaged", "1 byte sequence was replaced by U+FFFD: not UTF-8")
    ]


def test_replaced_bytes_are_counted_without_those_of_the_source() -> None:
    problems = decode("Köln, Füße, \ufffd ".encode() + b"\xff und \xfe")[1]
    assert [p.detail for p in problems] == ["2 byte sequences were replaced by U+FFFD: not UTF-8"]


@pytest.mark.parametrize(
    ("lang", "encoding"),
    [("de", "cp1252"), ("es", "cp1252"), ("ja", "cp932"), ("ko", "cp949"), ("ru", "cp1251"), ("he", "cp1255")],
)
@pytest.mark.parametrize("declared", ["utf-8", None])
def test_another_encoding_is_not_taken_for_damaged_utf8(lang: str, encoding: str, declared: str | None) -> None:
    text, problems = decode(page(lang, declared, (SENTENCES[lang] * 3).encode(encoding)))
    assert SENTENCES[lang] in text
    assert [problem.kind for problem in problems] == ["encoding-guessed"]


@pytest.mark.parametrize(
    "head",
    [
        b'<?xml version="1.0" encoding="windows-1251"?>',
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1251\r\n\r\n",
    ],
)
def test_the_encoding_is_declared_by_xml_and_by_headers(head: bytes) -> None:
    text, problems = decode(head + b"<p>" + SENTENCES["ru"].encode("cp1251"))
    assert SENTENCES["ru"] in text
    assert problems == []


@pytest.mark.parametrize("lang", SENTENCES)
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_a_text_that_was_encoded_twice_is_decoded(lang: str, encoding: str) -> None:
    raw = (SENTENCES[lang] * 2).encode()
    twice = "".join(bytes([b]).decode(encoding, "ignore") or chr(b) for b in raw).encode()
    text, problems = decode(twice)
    assert text == SENTENCES[lang] * 2
    assert [problem.kind for problem in problems] == ["encoding-guessed"]


@pytest.mark.parametrize(
    "text",
    [
        *SENTENCES.values(),
        "THE CAFÉ’S CAFÉ’S CAFÉ’S",
        "Write `é`, not `Ã©`: été, naïve, Noël, déjà vu.",
        "„Ä“ „Ö“ „Ü“",
        "NÃO, SÃO, MÃE",
    ],
)
def test_other_texts_were_not_encoded_twice(text: str) -> None:
    assert encoded_once(text.encode()) is None
    assert decode(text.encode()) == (text, [])


_ENCODINGS = {"pl": ("cp1250",), "cs": ("cp1250",), "ro": ("cp1250",), "tr": ("cp1254",)}


@pytest.mark.parametrize(
    ("language", "encoding"),
    [(language, name) for language in TEXTS for name in _ENCODINGS.get(language, ("cp1252", "mac_roman", "cp850"))],
)
@pytest.mark.parametrize("before", ["", "Title;Slug;Plain Content\r\n"])
def test_a_text_that_states_no_encoding_is_read_in_the_usual_one_of_its_language(
    language: str, encoding: str, before: str
) -> None:
    raw = (before + TEXTS[language]).encode(encoding, "ignore")
    text, problems = decode(raw)
    assert text == raw.decode(encoding)
    assert [problem.kind for problem in problems] == ([] if raw.isascii() else ["encoding-guessed"])
