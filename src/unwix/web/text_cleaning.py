"""Remove invisible characters, and those that no XML tree, file or URL can contain.

`without_controls` and `markup_without_controls` are for whole sources, so that readers and the independent count see
the same characters. `clean` and `plain` are for single texts.
"""

from __future__ import annotations

import re
from typing import Any

#: Control characters, noncharacters and lone surrogates; not line breaks and tabs.
_HIGH = "\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_HIGHEST = "".join(chr(plane * 0x10000 + 0xFFFE) + chr(plane * 0x10000 + 0xFFFF) for plane in range(1, 17))
_CONTROLS = f"\x00-\x08\x0e-\x1f{_HIGH}{_HIGHEST}"
_CONTROL = re.compile(f"[{_CONTROLS}]")
#: Separate from those above U+FFFF, so that a search is six times as fast.
_HIGH_CONTROL, _HIGHEST_CONTROL = re.compile(f"[{_HIGH}]"), re.compile(f"[{_HIGHEST}]")
# Zero-width space, word joiner, byte order mark and soft hyphen are removed; the joiners U+200C/D and the direction
# marks U+200E/F have a meaning in Persian, in emoji and in right-to-left text.
_DROP = re.compile(f"[\u200b\u2060\ufeff\u00ad{_CONTROLS}]")
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def clean(text: str) -> str:
    """Return the text without invisible characters, with every kind of line break as a line feed."""
    if text.isprintable():
        return text
    return _BREAKS.sub("\n", _DROP.sub("", text))


def without_controls(text: str) -> str:
    """Return a text without control characters; a vertical tab and a form feed are line breaks (Word writes them)."""
    if text.isprintable() or (len(text) > _SHORT and _is_clean(text.encode("utf-8", "surrogatepass"))):
        return text
    return _CONTROL.sub("", text.replace("\x0b", "\n").replace("\x0c", "\n"))


def without_high_controls(text: str) -> str:
    """Return a text without control characters above the ASCII ones, which may be separators in a file."""
    if text.isascii() and "\x7f" not in text:
        return text
    text = _HIGH_CONTROL.sub("", text)
    data = text.encode()
    return _HIGHEST_CONTROL.sub("", text) if b"\xbf\xbe" in data or b"\xbf\xbf" in data else text


def with_line_feeds(text: str) -> str:
    """Return a text with a line feed for each kind of line break."""
    return text if text.isprintable() else _BREAKS.sub("\n", text)


#: Characters that XML 1.0 cannot contain, not even as `&#…;`.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> str:
    """Return a text with U+FFFD for each character that XML 1.0 cannot contain."""
    return _NOT_XML.sub("\ufffd", text)


_ASCII_CONTROLS = bytes(b for b in (*range(9), *range(0x0E, 0x20), 0x7F))
_AS_BREAKS = bytes.maketrans(b"\x0b\x0c", b"\n\n")
#: Control characters and noncharacters in UTF-8, by their first byte, which is searched for at memory speed.
_ENCODED: tuple[tuple[bytes, re.Pattern[bytes]], ...] = (
    (b"\xc2", re.compile(rb"\xc2[\x80-\x84\x86-\x9f]")),
    (b"\xef", re.compile(rb"\xef(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])")),
    *(
        (first, re.compile(first + rb"[\x8f\x9f\xaf\xbf]\xbf[\xbe\xbf]"))
        for first in (b"\xf0", b"\xf1", b"\xf2", b"\xf3", b"\xf4")
    ),
)
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf]")
#: In a longer text its bytes are searched, which takes a tenth of the time.
_SHORT = 200


def _is_clean(data: bytes) -> bool:
    """Return whether the bytes of a text surely have no control character, noncharacter or half of a surrogate pair."""
    return (
        len(data.translate(None, _ASCII_CONTROLS + b"\x0b\x0c")) == len(data)
        and not any(first in data and pattern.search(data) for first, pattern in _ENCODED)
        and not _SURROGATE.search(data)
    )


_REFERENCE = re.compile(rb"&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));?", re.I)


def markup_without_controls(markup: bytes) -> bytes:
    """Return valid UTF-8 markup without control characters, literal or as a reference (`&#12;`)."""
    markup = markup.translate(_AS_BREAKS, _ASCII_CONTROLS)
    if not markup.isascii():
        for first, pattern in _ENCODED:
            if first in markup:
                markup = pattern.sub(b"", markup)
    return _REFERENCE.sub(_checked, markup) if b"&#" in markup else markup


def _checked(reference: re.Match[bytes]) -> bytes:
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    if number in (0x0B, 0x0C):
        return b"\n"
    # HTML reads 128 to 159 as characters of cp1252.
    dropped = number <= 0x10FFFF and not 0x80 <= number <= 0x9F and _CONTROL.match(chr(number))
    return b"" if dropped else reference[0]


_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TEMPLATE = re.compile(r"\{\w+\}")


def plain(value: Any) -> str | None:
    """Return a string as one clean line; None for other values, empty lines and templates (`{userName}`)."""
    if not isinstance(value, str):
        return None
    if not value.isprintable() or "  " in value:
        value = _INVISIBLE.sub("", _SPACES.sub(" ", value))
    value = value.strip()
    return None if not value or (value[0] == "{" and _TEMPLATE.fullmatch(value)) else value
