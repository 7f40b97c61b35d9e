"""Complaints: what is wrong with the bytes of a file, wherever they came from: a server, an archive."""

from __future__ import annotations

from ...web.file_types import Format, format_of
from .item import media_noun

#: What the bytes of a kind of media may be (`Format.group`); of an image, `image`.
_WANTED = {
    "video": frozenset({"video"}),
    "audio": frozenset({"audio", "video"}),
    "gif": frozenset({"image", "video"}),
}
_IMAGE = frozenset({"image"})


def validation_error(kind: str, url: str, head: bytes) -> str | None:
    """Return what is wrong with a file of that kind by its first bytes, or None: servers send error pages as files."""
    found = format_of(head)
    if kind == "file":
        is_page = found is not None and found.group == "page"
        wanted = url.partition("?")[0].lower().endswith((".html", ".htm"))
        return "the server sends a page instead of the file" if is_page and not wanted else None
    if found is not None and found.group in _WANTED.get(kind, _IMAGE):
        return None
    return f"the server sends {_called(found)} instead of the {media_noun(kind)}"


def _called(found: Format | None) -> str:
    if found is None:
        return "something else"
    return "a page" if found.group == "page" else f"a file of the kind {found.extension}"
