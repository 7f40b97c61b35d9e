"""Formats: what kind of media file bytes are, told by the bytes alone: for reading sources and for naming downloads."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import NamedTuple

import filetype

#: So much of a file's start is enough to tell it.
HEAD = 8192


class Format(NamedTuple):
    """A file format: the usual ending of its files, and `image`, `video`, `audio`, `font`, `page` or `document`."""

    ending: str
    group: str


#: Signatures of two to four letters that a text may begin with ("BMW …", "FORM …"): they count for binary files only.
_WEAK = frozenset({"bmp", "exe", "swf", "aiff", "ps", "bz2", "cab", "lz", "ar", "mp3", "amr", "nes", "br", "crx", "Z"})
_GROUPS = {"application/font-sfnt": "font", "application/font-woff": "font"}
#: A drawing's own file starts with it; in a fragment of a page one stands somewhere in a button.
#: Possessive: a thousand comments could be split up in too many ways.
_BEFORE = rb"(?:<\?xml[^>]*>|<!doctype svg[^>\[]*(?:\[[^\]]*\])?\s*>|(?><!--.*?-->)|\s)*+"
_SVG = re.compile(_BEFORE + rb"<svg[\s>]", re.S | re.I)
_PAGE = re.compile(_BEFORE + rb"<(?:!doctype\s+html|html|head|body|title|meta|script)\b", re.S | re.I)
#: How whole files end: the last bytes, or what must stand near the end.
_ENDS = {"jpg": b"\xff\xd9", "png": b"IEND", "gif": b"\x3b", "pdf": b"%%EOF"}


def format_of(head: bytes) -> Format | None:
    """The format of a file with this beginning; None for text and for what nobody knows."""
    text = head.removeprefix(b"\xef\xbb\xbf")[:HEAD]
    if text.lstrip()[:1] == b"<":
        if _SVG.match(text):
            return Format("svg", "image")
        return Format("html", "page") if _PAGE.match(text) else None
    found = filetype.guess(head[:HEAD])
    if found is None or (found.extension in _WEAK and not _is_binary(head[:64])):
        return None
    ending = "png" if found.extension == "apng" else found.extension
    group = found.mime.partition("/")[0]
    return Format(ending, _GROUPS.get(found.mime, "document" if group == "application" else group))


def _is_binary(head: bytes) -> bool:
    return b"\0" in head or any(byte < 9 or byte in (11, 127) or 13 < byte < 32 for byte in head)


def picture_size(path: Path) -> tuple[int, int] | None:
    """Width and height of a picture as it is shown, in pixels; None when its file does not tell.

    Raises OSError when it cannot be read.
    """
    import imagesize  # half of the time that importing a reader takes

    try:
        with path.open("rb") as file:
            # A drawing is XML, which the library reads whole.
            start = file.read(HEAD)
            drawing = start.lstrip()[:1] == b"<"
            stream = io.BytesIO(start + file.read(1_000_000)) if drawing else file
            stream.seek(0)
            width, height = imagesize.get(stream)
    except OSError:
        raise
    except Exception:  # the library meets damaged bytes with whatever its parts raise
        return None
    return (int(width), int(height)) if 0 < width < 1_000_000 and 0 < height < 1_000_000 else None


def is_whole(path: Path, ending: str) -> bool:
    """Whether a file ends as files of its format do; True where that cannot be told. Raises OSError."""
    size = path.stat().st_size
    with path.open("rb") as file:
        if ending == "webp":
            return int.from_bytes(file.read(8)[4:8], "little") + 8 <= size
        file.seek(max(0, size - 1024))
        return _ENDS.get(ending, b"") in file.read()
