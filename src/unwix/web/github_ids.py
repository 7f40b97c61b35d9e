"""Compute the ids that GitHub gives to headings. Hugo, Jekyll (kramdown with GFM) and most others give the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

#: Circled and squared letters: symbols by their category, but letters by the property Other_Alphabetic.
_LETTERS_TOO = ((0x24B6, 0x24EA), (0x1F130, 0x1F14A), (0x1F150, 0x1F16A), (0x1F170, 0x1F18A))


def github_id(text: str) -> str:
    """Return the id of a heading: lower case, only letters, combining marks, digits, `_` and `-`."""
    return "".join(c for c in text.lower() if _stays(c)).replace(" ", "-")


def _stays(char: str) -> bool:
    if char.isascii():
        return char.isalnum() or char in "_- "
    kind = unicodedata.category(char)
    return kind[0] in "LM" or kind in ("Nd", "Nl", "Pc") or any(a <= ord(char) < b for a, b in _LETTERS_TOO)


def github_ids(texts: Iterable[str]) -> list[str]:
    """Return the id of each heading of a page, in order; a duplicate gets the first free number."""
    last: dict[str, int] = {}
    ids = []
    for text in texts:
        plain_id = unique_id = github_id(text)
        while unique_id in last:
            last[plain_id] += 1
            unique_id = f"{plain_id}-{last[plain_id]}"
        last[unique_id] = 0
        ids.append(unique_id)
    return ids
