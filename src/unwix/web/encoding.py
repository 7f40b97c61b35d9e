"""Decode the bytes of a text, and report what had to be guessed or replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.problems import Problem
from .language_detection import detect

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
#: More zero bytes than these at the start of a text are not damage.
_FEW_ZEROS = 20
_SEVEN_BIT = "iso-2022-jp"
_HEAD = 4096
#: The encoding that a page, an XML file or the headers of a saved answer declare.
_CHARSET = re.compile(
    rb"(?:<meta[^>]{0,200}?charset\s*=|<\?xml[^>]{0,200}?encoding\s*=|^content-type:[^\r\n]{0,200}?charset=)"
    rb"\s*[\"']?\s*([a-zA-Z0-9_:.-]+)",
    re.I | re.M,
)
_LANG = re.compile(rb"<html[^>]{0,300}?\blang\s*=\s*[\"']?([a-zA-Z]{2})", re.I)
#: The usual encoding of a text that is not UTF-8, by language (the list that browsers use); cp1252 for all others.
_BY_LANGUAGE = {
    **dict.fromkeys(("cs", "hu", "pl", "sk", "sl", "hr", "ro"), "cp1250"),
    **dict.fromkeys(("ru", "uk", "bg", "be", "sr", "mk", "kk"), "cp1251"),
    **dict.fromkeys(("et", "lt", "lv"), "cp1257"),
    **dict.fromkeys(("ar", "fa"), "cp1256"),
    "el": "cp1253", "tr": "cp1254", "he": "cp1255", "vi": "cp1258", "th": "cp874",
    "ja": "cp932", "ko": "cp949", "zh": "gb18030",
}  # fmt: skip
#: Other encodings of these languages, and frequent characters that show which of them a text is in.
_ALTERNATIVES = {
    "cp1251": (("koi8_r",), "оеаинтсрвл"),
    "cp932": (("euc_jp",), "のにはをたがでてとし"),
    "gb18030": (("big5",), "的一是不了在人有我這这個个們们"),
    "cp1252": (("mac_roman", "cp850"), "éèàáíóúâêôîãõçñäöüßåæø’“”–"),
}
#: Signs that a text read as cp1252 is in another encoding: symbols within words of Latin letters, and words of accented
#: letters only, as those of other scripts become.
_NOT_WESTERN = re.compile(r"[^\W\d_][¡-©«-¹»-¿ƒ†‡ˆ‰˜€™][^\W\d_]|[^\W\d_]{3}[¹³¿¡£¥]")
_NOT_LATIN = re.compile(r"[À-ÖØ-öø-ÿ]{3,}")
_SAMPLE, _RARE = 200_000, 20
#: No language of Western Europe has as many accented letters.
_MOST_HIGH = 0.3
_HIGH = re.compile(rb"[\x80-\xff]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
#: So few broken bytes alone do not contradict a declared UTF-8.
_FEW_BROKEN = 1


def utf16(raw: bytes) -> str | None:
    """Return the encoding of a UTF-16 text, by its byte order mark or by the zero bytes of its Latin letters."""
    for bom, name in _BOMS[1:]:
        if raw.startswith(bom):
            return name
    even, odd = raw[:400:2].count(0), raw[1:400:2].count(0)
    if even + odd <= _FEW_ZEROS:
        return None
    return "utf-16-be" if odd == 0 else "utf-16-le" if even == 0 else None


def switches(raw: bytes) -> bool:
    """Return True for a page in ISO-2022-JP: seven-bit bytes, which are valid UTF-8 of another meaning."""
    return _declared(raw) == _SEVEN_BIT and b"\x1b" in raw


def decode(raw: bytes) -> tuple[str, list[Problem]]:
    """Return the text of bytes in any encoding, with a problem if the encoding was guessed or bytes were replaced.

    In this order: the byte order mark; UTF-8 if it is valid, or if it is declared or mostly valid (broken bytes
    become U+FFFD and are counted); the declared encoding; the usual one of the page's language; a guess. Pages often
    declare a wrong encoding, while valid UTF-8 is never another encoding by chance. (ISO-2022-JP is the exception.)
    """
    for bom, name in _BOMS:
        if raw.startswith(bom):
            return _decode_as(raw[len(bom) :], name)
    if sure := utf16(raw) or (_SEVEN_BIT if switches(raw) else None):
        return _decode_as(raw, sure)
    try:
        text = raw.decode("utf-8")
        once = encoded_once(raw)
        return (text, []) if once is None else (once.decode("utf-8"), [ENCODED_TWICE])
    except UnicodeDecodeError as error:
        at_the_end = error.end == len(raw)
    if _is_damaged_utf8(raw, at_the_end):
        return _decode_as(raw, "utf-8")
    for name, problems in _candidates(raw):
        try:
            return raw.decode(name), problems
        except (LookupError, UnicodeDecodeError):
            continue
    return _guessed(raw)


def _is_damaged_utf8(raw: bytes, at_the_end: bool) -> bool:
    """Return True if bytes that are not valid UTF-8 are UTF-8 with damage, and not a text in another encoding."""
    valid = len(_MULTIBYTE.findall(raw))
    broken = _broken(raw.decode("utf-8", "replace"), raw)
    if valid > broken or (broken == 1 and at_the_end):
        return True
    return _declared(raw) in ("utf-8", "utf8") and (broken <= _FEW_BROKEN or valid * 4 > broken * 3)


def _broken(text: str, raw: bytes, name: str = "utf-8") -> int:
    """Count the replacement characters of a decoded text that its bytes do not contain themselves."""
    return text.count("\ufffd") - raw.count("\ufffd".encode(name))


def _declared(raw: bytes) -> str | None:
    match = _CHARSET.search(raw[:_HEAD])
    return match[1].decode("ascii").lower() if match else None


def _candidates(raw: bytes) -> Iterator[tuple[str, list[Problem]]]:
    """Yield the encodings that a text that is not UTF-8 probably has, with the problem to report for each."""
    if (declared := _declared(raw)) and declared not in ("utf-8", "utf8"):
        yield declared, []
    if language := _LANG.search(raw[:_HEAD]):
        name = _likeliest(raw, _BY_LANGUAGE.get(language[1].decode("ascii").lower(), "cp1252"))
        yield name, [_guess(f"the text is not UTF-8; it was read as {name}, usual for the page's language")]


def _likeliest(raw: bytes, usual: str) -> str:
    """Return the usual encoding of a language or another of its encodings, by the language's frequent characters."""
    others, frequent = _ALTERNATIVES.get(usual, ((), ""))
    scores = {name: sum(map(raw.decode(name, "replace").count, frequent)) for name in (usual, *others) if others}
    return max(scores, key=scores.__getitem__, default=usual)


def _usual_encoding(raw: bytes) -> str | None:
    """Return the usual encoding of the language of a text in Latin script, or None if it seems to be in another one."""
    sample = raw[:_SAMPLE].decode("cp1252", "replace")
    high = len(_HIGH.findall(raw[:_SAMPLE]))
    if high > len(sample) * _MOST_HIGH or sum(map(len, _NOT_LATIN.findall(sample))) > high / 2:
        return None
    language = detect(sample)
    if language is None and len(_NOT_WESTERN.findall(sample)) * _RARE > high:
        return None
    return _likeliest(raw, _BY_LANGUAGE.get(language or "", "cp1252"))


def _guessed(raw: bytes) -> tuple[str, list[Problem]]:
    if (name := _usual_encoding(raw)) is None:
        import charset_normalizer  # noqa: PLC0415  # slow to import, and few texts need it

        best = charset_normalizer.from_bytes(raw[:_SAMPLE]).best()
        name = best.encoding if best else "cp1252"
    try:
        text = raw.decode(name)
    except (LookupError, UnicodeDecodeError):
        text, name = raw.decode("cp1252", "replace"), "cp1252"
    return text, [_guess(f"the text is not UTF-8; it was read as {name}")]


def _guess(detail: str) -> Problem:
    return Problem("encoding-guessed", "file", detail)


def _decode_as(raw: bytes, name: str) -> tuple[str, list[Problem]]:
    try:
        return raw.decode(name), []
    except UnicodeDecodeError:
        text = raw.decode(name, "replace")
        count = _broken(text, raw, name) if name.startswith("utf") else text.count("\ufffd")
    return text, [Problem("encoding-damaged", "file", f"{_counted(count)} replaced by U+FFFD: not {name.upper()}")]


def _counted(count: int) -> str:
    return "1 byte sequence was" if count == 1 else f"{count} byte sequences were"


#: The characters that bytes above 0x7F become in cp1252 and in Latin-1.
_AS_CP1252 = {
    character: b
    for b in range(0x80, 0x100)
    for character in (chr(b), bytes([b]).decode("cp1252", "ignore"))
    if character
}
_NEXT = "".join(re.escape(character) for character, byte in _AS_CP1252.items() if byte < 0xC0)
# Leading bytes of Latin, Greek, Cyrillic, Hebrew and Arabic: `É’` is no pair.
_TWICE = re.compile(
    f"[\u00c2-\u00c5\u00ce-\u00d1\u00d7-\u00db][{_NEXT}]|[\u00e0-\u00ef][{_NEXT}]{{2}}|[\u00f0-\u00f4][{_NEXT}]{{3}}"
)
#: `Ã` and the like before a character that is a later byte of UTF-8, as bytes of a text that was encoded twice.
_TWICE_IN_UTF8 = re.compile(
    rb"\xc3[\x82-\x85\x8e-\x91\x97-\x9b\xa0-\xb4](?:\xc2[\x80-\xbf]|[\xc5\xc6\xcb]|\xe2[\x80\x82\x84])"
)
_LEAST_TWICE, _MOST_OTHERS, _LONGEST = 4, 0.05, 4
#: All bytes but the first of each character beyond ASCII.
_NOT_FIRST_BYTES = bytes(range(0xC0))
ENCODED_TWICE = Problem(
    "encoding-guessed", "file", "the text had been encoded twice (“Ã©” for “é”); the second encoding was undone"
)


def encoded_once(raw: bytes) -> bytes | None:
    """Undo the second encoding of a UTF-8 text that was read as cp1252 and encoded again; None for all other texts.

    Almost all characters beyond ASCII must be parts of such pairs: an author may write about `Ã©`.
    """
    if _TWICE_IN_UTF8.search(raw) is None:
        return None
    beyond_ascii = len(raw.translate(None, _NOT_FIRST_BYTES))
    if len(_TWICE_IN_UTF8.findall(raw)) * _LONGEST < beyond_ascii * (1 - _MOST_OTHERS):
        return None
    text = raw.decode("utf-8", "replace")
    in_pairs = sum(map(len, _TWICE.findall(text)))
    if in_pairs < _LEAST_TWICE or beyond_ascii - in_pairs > in_pairs * _MOST_OTHERS:
        return None
    return _TWICE.sub(_decoded_once, text).encode()


def _decoded_once(pair: re.Match[str]) -> str:
    try:
        return bytes(_AS_CP1252[character] for character in pair[0]).decode("utf-8")
    except UnicodeDecodeError:
        return pair[0]
