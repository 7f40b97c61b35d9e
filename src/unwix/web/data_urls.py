"""Find images that are embedded in a page as data URLs, as SingleFile saves them.

SingleFile writes an image that a page shows several times into the style sheet once, as `--sf-img-7: url("data:…")`,
and each `<img>` refers to that variable (https://github.com/gildas-lormeau/single-file-core, `processor-helper.js`).
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from hashlib import sha256

#: The directory in the name of an embedded image: `inline/<hash of the bytes>`.
_FOLDER = "inline/"
#: A shorter data URL is a placeholder for an image that was not loaded.
_SHORTEST = 2000
_IMAGE = re.compile(r"data:image/[\w.+-]{1,40};base64,(.+)", re.I | re.S)
_VARIABLE = re.compile(r"var\((--sf-img-\d{1,9})\)")
_IN_PAGE = re.compile(
    rb"(?:(--sf-img-\d{1,9}):\s{0,9}(?:/\*[^*]{0,4000}\*/\s{0,9})?url\(['\"]?)?"
    rb"data:image/[\w.+-]{1,40};base64,([A-Za-z0-9+/=]+)"
)


def inline_name(src: str | None, style: str | None = None) -> str | None:
    """Return the name of the image of an `<img>` with this `src` and `style`, or None if it is not embedded."""
    if style and (variable := _VARIABLE.search(style)):
        return _FOLDER + variable[1]
    match = _IMAGE.match(src) if src and len(src) > _SHORTEST else None
    data = _decoded(match[1]) if match else None
    return _name(data) if data else None


def is_inline(name: str) -> bool:
    """Return whether `inline_name` has made this name."""
    return name.startswith(_FOLDER)


def inline_images(page: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the name and bytes of each embedded image of a page; an image can have two names."""
    for match in _IN_PAGE.finditer(page):
        if match[1] is None and len(match[2]) < _SHORTEST - 100:
            continue
        if data := _decoded(match[2]):
            yield _name(data), data
            if match[1] is not None:
                yield _FOLDER + match[1].decode("ascii"), data


def _decoded(text: str | bytes) -> bytes | None:
    try:
        return base64.b64decode(text)
    except (ValueError, binascii.Error):
        return None


def _name(data: bytes) -> str:
    return _FOLDER + sha256(data).hexdigest()[:32]
