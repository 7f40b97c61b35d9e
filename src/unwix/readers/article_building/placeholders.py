"""Texts of placeholders: what the Markdown shows for content that the source does not contain."""

from __future__ import annotations

#: For each missing thing: the kind of problem, its name, and what the source lacks.
_MISSING: dict[str, tuple[str, str, str]] = {
    "video": ("video-url-missing", "video", "URL"),
    "gallery": ("gallery-missing", "gallery", "images"),
    "image": ("image-not-in-page", "image", "URL"),
    "GIF": ("image-not-in-page", "GIF", "URL"),
    "audio": ("audio-missing", "audio player", "URL"),
    "embed": ("embed-missing", "embedded page", "URL"),
    "map": ("block-missing", "map", "location"),
    "file": ("attachment-url-missing", "file", "URL"),
    "content": ("block-missing", "content of a closed item", "text"),
}
PAGE, DOCUMENT = "the saved page", "the document"


def placeholder_text(thing: str, source: str = PAGE, name: str = "") -> tuple[str, str]:
    """Return the kind of problem and the text for a missing thing; a block of an unknown kind is named by its kind."""
    kind, called, lacks = _MISSING.get(thing, ("block-missing", f"block of the kind “{thing}”", "content"))
    named = f" “{name}”" if name else ""
    return kind, f"missing {called}{named}: {source} does not contain its {lacks}"
