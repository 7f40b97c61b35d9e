"""Pictures: whether a file of the output is one that a browser can show."""

from __future__ import annotations

import warnings
from pathlib import Path

from lxml import etree

#: Endings of the pictures that Pillow reads; other files need only not be empty.
RASTER = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".bmp", ".tif", ".tiff", ".ico"})
#: No camera makes more: a file that claims more is there to fill the memory (Pillow's limit is 179 million).
_MOST_PIXELS = 300_000_000


def file_fault(path: Path) -> str | None:
    """What is wrong with a file, in a few words; None when nothing is."""
    try:
        if path.stat().st_size == 0:
            return "the file is empty"
        ending = path.suffix.lower()
        if ending == ".svg":
            return _svg_fault(path)
        if ending in RASTER:
            return _raster_fault(path)
    except OSError as error:
        return f"it cannot be read: {error.strerror or error}"
    return None


def _raster_fault(path: Path) -> str | None:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  # a tenth of a second, which most runs do not need

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of large pictures, which are judged below, and of odd metadata
            with Image.open(path) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    return f"it claims {picture.width} × {picture.height} pixels"
                picture.draft("L", (64, 64))  # of a JPEG all bytes are read, and an eighth of the pixels made
                picture.load()
    except UnidentifiedImageError:
        return "it is no picture"
    except Image.DecompressionBombError:
        return "it claims more pixels than any picture has"
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, OverflowError, MemoryError) as error:
        return f"it does not decode: {str(error) or type(error).__name__}"
    return None


def _svg_fault(path: Path) -> str | None:
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        root = etree.parse(path, parser).getroot()
    except etree.XMLSyntaxError as error:
        return f"it does not decode: {error.msg}"
    return None if etree.QName(root).localname == "svg" else "it is no picture"
