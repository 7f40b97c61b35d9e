"""Texts that Wix itself puts where authors write: they are not the author's words."""

from __future__ import annotations

#: Alternative texts of images without a description (docs/wix/viewer.md#alternative-text).
_FILLER_ALTS = frozenset({"ree"})
_LONGEST = 20


def is_filler(text: str) -> bool:
    """Return True for a text that is nothing but Wix's filler."""
    return len(text) < _LONGEST and " ".join(text.split()).lower() in _FILLER_ALTS


def author_alt(alt: str | None) -> str:
    """Return an image's alternative text; an empty string for Wix's filler, which stands for a missing one."""
    text = " ".join((alt or "").split())
    return "" if is_filler(text) else text
