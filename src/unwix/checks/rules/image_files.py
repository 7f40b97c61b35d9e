"""Tests of image files: whether a browser can show them."""

from __future__ import annotations

import warnings
from pathlib import Path

from lxml import etree

#: Extensions of the images that Pillow decodes; other files must only not be empty.
RASTER = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".bmp", ".tif", ".tiff", ".ico"})
#: No camera produces more; a file that claims more is an attack on memory (Pillow's limit is 179 million).
_MOST_PIXELS = 300_000_000


def file_fault(path: Path) -> str | None:
    """Return what is wrong with a file, or None."""
    try:
        if path.stat().st_size == 0:
            return "the file is empty"
        extension = path.suffix.lower()
        if extension == ".svg":
            return _svg_fault(path)
        if extension in RASTER:
            return _raster_fault(path)
    except OSError as error:
        return f"cannot be read: {error.strerror or error}"
    return None


def _raster_fault(path: Path) -> str | None:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  # a tenth of a second, which most runs do not need

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about large images, which are checked below, and odd metadata
            with Image.open(path) as image:
                if image.width * image.height > _MOST_PIXELS:
                    return f"claims {image.width} × {image.height} pixels"
                image.draft("L", (64, 64))  # reads all bytes of a JPEG, but creates an eighth of the pixels only
                image.load()
    except UnidentifiedImageError:
        return "not an image"
    except Image.DecompressionBombError:
        return "claims more pixels than any image has"
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, OverflowError, MemoryError) as error:
        return f"cannot be decoded: {str(error) or type(error).__name__}"
    return None


def _svg_fault(path: Path) -> str | None:
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        root = etree.parse(path, parser).getroot()
    except etree.XMLSyntaxError as error:
        return f"cannot be decoded: {error.msg}"
    return None if etree.QName(root).localname == "svg" else "not an image"
