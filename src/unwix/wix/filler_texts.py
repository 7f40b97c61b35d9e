"""Placeholder texts of Wix in the author's fields, which are not the author's words."""

from __future__ import annotations

#: Alternative texts of images without a description (docs/wix/viewer.md#alternative-text).
_FILLER_ALTS = frozenset({"ree"})
_LONGEST = 20


def is_filler(text: str) -> bool:
    """Return True for a text that is only Wix's placeholder."""
    return len(text) < _LONGEST and " ".join(text.split()).lower() in _FILLER_ALTS


def author_alt(alt: str | None) -> str:
    """Return an image's alternative text; an empty string for Wix's placeholder, which means that there is none."""
    text = " ".join((alt or "").split())
    return "" if is_filler(text) else text
