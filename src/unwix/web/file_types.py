"""Detect the format of a media file from its bytes, for reading sources and for naming downloads."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import NamedTuple

#: The number of bytes at the start of a file that are enough to detect its format.
HEAD = 8192


class Format(NamedTuple):
    """A file format: the usual extension, and `image`, `video`, `audio`, `font`, `page` or `document`."""

    extension: str
    group: str


#: Formats whose signature is two to four letters, which a text can begin with ("BMW …"): only for binary files.
_WEAK = frozenset({"bmp", "exe", "swf", "aiff", "ps", "bz2", "cab", "lz", "ar", "mp3", "amr", "nes", "br", "crx", "Z"})
_GROUPS = {"application/font-sfnt": "font", "application/font-woff": "font"}
#: What can stand before `<svg>` in an SVG file. Possessive, so that many comments do not cause backtracking.
_BEFORE = rb"(?:<\?xml[^>]*>|<!doctype svg[^>\[]*(?:\[[^\]]*\])?\s*>|(?><!--.*?-->)|\s)*+"
_SVG = re.compile(_BEFORE + rb"<svg[\s>]", re.S | re.I)
_PAGE = re.compile(_BEFORE + rb"<(?:!doctype\s+html|html|head|body|title|meta|script)\b", re.S | re.I)
#: Bytes near the end of a complete file.
_ENDS = {"jpg": b"\xff\xd9", "png": b"IEND", "gif": b"\x3b", "pdf": b"%%EOF"}


def format_of(head: bytes) -> Format | None:
    """Return the format of a file that begins with `head`, or None for text and unknown formats."""
    text = head.removeprefix(b"\xef\xbb\xbf")[:HEAD]
    if text.lstrip()[:1] == b"<":
        if _SVG.match(text):
            return Format("svg", "image")
        return Format("html", "page") if _PAGE.match(text) else None
    import filetype

    kind = filetype.guess(head[:HEAD])
    if kind is None or (kind.extension in _WEAK and not _is_binary(head[:64])):
        return None
    extension = "png" if kind.extension == "apng" else kind.extension
    group = kind.mime.partition("/")[0]
    return Format(extension, _GROUPS.get(kind.mime, "document" if group == "application" else group))


def _is_binary(head: bytes) -> bool:
    return b"\0" in head or any(byte < 9 or byte in (11, 127) or 13 < byte < 32 for byte in head)


def image_size(path: Path) -> tuple[int, int] | None:
    """Return the width and height of an image in pixels, or None if the file does not state them.

    Raises OSError if the file cannot be read.
    """
    import imagesize  # importing it takes as long as importing a reader

    try:
        with path.open("rb") as file:
            # The library reads all of an SVG file, whatever its size.
            start = file.read(HEAD)
            is_svg = start.lstrip()[:1] == b"<"
            stream = io.BytesIO(start + file.read(1_000_000)) if is_svg else file
            stream.seek(0)
            width, height = imagesize.get(stream)
    except OSError:
        raise
    except Exception:  # damaged bytes raise many kinds of exceptions in the library
        return None
    return (int(width), int(height)) if 0 < width < 1_000_000 and 0 < height < 1_000_000 else None


def is_whole(path: Path, extension: str) -> bool:
    """Return whether a file has the end of its format, True if the format has none. Raises OSError."""
    size = path.stat().st_size
    with path.open("rb") as file:
        if extension == "webp":
            return int.from_bytes(file.read(8)[4:8], "little") + 8 <= size
        file.seek(max(0, size - 1024))
        return _ENDS.get(extension, b"") in file.read()
