"""Check by its first bytes whether a file from a server or an archive is of the expected kind."""

from __future__ import annotations

from ...web.file_types import Format, format_of
from .item import media_noun

#: The file types that are valid for a kind of media (`Format.group`); `image` for images.
_WANTED = {
    "video": frozenset({"video"}),
    "audio": frozenset({"audio", "video"}),
    "gif": frozenset({"image", "video"}),
}
_IMAGE = frozenset({"image"})


def validation_error(kind: str, url: str, head: bytes) -> str | None:
    """Return what is wrong with a file of that kind, or None, by its first bytes: servers send error pages as files."""
    file_format = format_of(head)
    if kind == "file":
        is_page = file_format is not None and file_format.group == "page"
        is_page_wanted = url.partition("?")[0].lower().endswith((".html", ".htm"))
        return "the server sends a page instead of the file" if is_page and not is_page_wanted else None
    if file_format is not None and file_format.group in _WANTED.get(kind, _IMAGE):
        return None
    return f"the server sends {_format_phrase(file_format)} instead of the {media_noun(kind)}"


def _format_phrase(file_format: Format | None) -> str:
    if file_format is None:
        return "something else"
    return "a page" if file_format.group == "page" else f"a file of the kind {file_format.extension}"
