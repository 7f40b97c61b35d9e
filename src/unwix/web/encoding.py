"""Encoding: bytes of a text as a string, and what had to be guessed."""

from __future__ import annotations

import re

import charset_normalizer

from ..model.problems import Problem

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
#: Zero bytes at the start of a text that may be damage.
_FEW_ZEROS = 20
_SEVEN = b"iso-2022-jp"
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]+)", re.I)
_LANG = re.compile(rb"<html[^>]{0,300}?\blang\s*=\s*[\"']?([a-zA-Z]{2})", re.I)
#: What a text that is not UTF-8 is encoded in, by language (the list that browsers go by); all others in cp1252.
_BY_LANGUAGE = {
    **dict.fromkeys(("cs", "hu", "pl", "sk", "sl", "hr", "ro"), "cp1250"),
    **dict.fromkeys(("ru", "uk", "bg", "be", "sr", "mk", "kk"), "cp1251"),
    **dict.fromkeys(("et", "lt", "lv"), "cp1257"),
    **dict.fromkeys(("ar", "fa"), "cp1256"),
    "el": "cp1253", "tr": "cp1254", "he": "cp1255", "vi": "cp1258", "th": "cp874",
    "ja": "cp932", "ko": "cp949", "zh": "gb18030",
}  # fmt: skip


def utf16(raw: bytes) -> str | None:
    """The encoding of a text in UTF-16, by its mark, or without one by the zero bytes of its Latin letters."""
    for bom, name in _BOMS[1:]:
        if raw.startswith(bom):
            return name
    even, odd = raw[:400:2].count(0), raw[1:400:2].count(0)
    if even + odd <= _FEW_ZEROS:
        return None
    return "utf-16-be" if odd == 0 else "utf-16-le" if even == 0 else None


def switches(raw: bytes) -> bool:
    """Whether it is Japanese in seven bits, which are valid UTF-8 and say something else in it."""
    return b"\x1b" in raw and (declared := _CHARSET.search(raw[:4096])) is not None and declared[1].lower() == _SEVEN


def decode(raw: bytes) -> tuple[str, list[Problem]]:
    """Text of any encoding as a string, and what had to be guessed.

    In order: byte order mark, UTF-8 if it is valid, the encoding that the page declares, a guess by its bytes.
    (Valid UTF-8 is never anything else by chance, while pages that other programs saved often declare wrongly; the
    exception is ISO-2022-JP, which switches to another alphabet by an escape.)
    """
    for bom, name in _BOMS:
        if raw.startswith(bom):
            return _decode_as(raw[len(bom) :], name)
    if sure := utf16(raw) or (_SEVEN.decode() if switches(raw) else None):
        return _decode_as(raw, sure)
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError as error:
        # A long text that is UTF-8 but for a few bytes is damaged UTF-8, not another encoding.
        damaged = raw.decode("utf-8", "replace")
        broken = damaged.count("\ufffd")
        if (error.start > 0 and broken * 200 < sum(1 for c in damaged if ord(c) > 127)) or (
            broken == 1 and error.end == len(raw)
        ):
            return damaged, [Problem("encoding-damaged", "file", f"{broken} bytes are not UTF-8 and were replaced")]
    return _declared(raw) or _guessed(raw)


def _declared(raw: bytes) -> tuple[str, list[Problem]] | None:
    """The text in the encoding that the page declares, or is usual for its language; None where neither is right."""
    if declared := _CHARSET.search(raw[:4096]):
        name = declared[1].decode("ascii")
        if name.lower() not in ("utf-8", "utf8"):
            try:
                return raw.decode(name), []
            except (LookupError, UnicodeDecodeError):
                pass
    if language := _LANG.search(raw[:4096]):
        name = _BY_LANGUAGE.get(language[1].decode("ascii").lower(), "cp1252")
        detail = f"the text is not UTF-8; it was read as {name}, usual for the page's language"
        try:
            return raw.decode(name), [Problem("encoding-guessed", "file", detail)]
        except UnicodeDecodeError:
            pass
    return None


def _guessed(raw: bytes) -> tuple[str, list[Problem]]:
    best = charset_normalizer.from_bytes(raw[:200_000]).best()
    name = best.encoding if best else "cp1252"
    try:
        text = raw.decode(name)
    except (LookupError, UnicodeDecodeError):
        text, name = raw.decode("cp1252", "replace"), "cp1252"
    return text, [Problem("encoding-guessed", "file", f"the text is not UTF-8; it was read as {name}")]


def _decode_as(raw: bytes, name: str) -> tuple[str, list[Problem]]:
    try:
        return raw.decode(name), []
    except UnicodeDecodeError:
        text = raw.decode(name, "replace")
        return text, [
            Problem("encoding-damaged", "file", f"{text.count(chr(0xFFFD))} bytes are not {name} and were replaced")
        ]
