"""Text cleaning: a text without characters that say nothing to a reader."""

from __future__ import annotations

import re
from typing import Any

# Zero-width space, word joiner, byte order mark and soft hyphen say nothing to a reader; the joiners U+200C/D and the
# direction marks U+200E/F do, in Persian, in emoji and in right-to-left text. Control characters cannot be in XML.
_DROP = re.compile("[\u200b\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")


_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def clean(text: str) -> str:
    """The text without characters that say nothing, every kind of line break a line feed."""
    return _BREAKS.sub("\n", _DROP.sub("", text))


_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad\x00-\x1f\x7f\ud800-\udfff]")
_TEMPLATE = re.compile(r"\{\w+\}")


def plain(value: Any) -> str | None:
    """Return a string as one clean line; None for other values, for an empty line and for a template (`{userName}`)."""
    if not isinstance(value, str):
        return None
    value = _INVISIBLE.sub("", _SPACES.sub(" ", value)).strip()
    return None if not value or _TEMPLATE.fullmatch(value) else value
