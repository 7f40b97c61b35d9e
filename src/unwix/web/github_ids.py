"""Anchors: the ids that GitHub gives to headings, which in-page links point to.

Hugo, Jekyll (kramdown with GFM) and most others make the same ones of the same text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

#: Circled and squared letters, which Unicode calls symbols, though letters (its property Other_Alphabetic).
_LETTERS_TOO = ((0x24B6, 0x24EA), (0x1F130, 0x1F14A), (0x1F150, 0x1F16A), (0x1F170, 0x1F18A))


def github_id(text: str) -> str:
    """The id of a heading of that text: lower case, without what is no letter, mark, digit, `_` or `-`."""
    return "".join(c for c in text.lower() if _stays(c)).replace(" ", "-")


def _stays(char: str) -> bool:
    if char.isascii():
        return char.isalnum() or char in "_- "
    kind = unicodedata.category(char)
    return kind[0] in "LM" or kind in ("Nd", "Nl", "Pc") or any(a <= ord(char) < b for a, b in _LETTERS_TOO)


def github_ids(texts: Iterable[str]) -> list[str]:
    """The id of each heading of a page, in order: one that is taken gets the first free number."""
    last: dict[str, int] = {}
    ids = []
    for text in texts:
        wanted = found = github_id(text)
        while found in last:
            last[wanted] += 1
            found = f"{wanted}-{last[wanted]}"
        last[found] = 0
        ids.append(found)
    return ids
