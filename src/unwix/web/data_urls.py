"""Data URLs: pictures that lie in a page itself, as SingleFile saves them, and what they are called by.

A picture that a page shows several times stands in its style sheet once, as `--sf-img-7: url("data:…")`, and each
`<img>` names that (https://github.com/gildas-lormeau/single-file-core, `processor-helper.js`).
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from hashlib import sha256

#: The folder that such pictures have in the names that are made for them: `inline/<hash of the bytes>`.
_FOLDER = "inline/"
#: A shorter one holds the place of a picture.
_SHORTEST = 2000
_PICTURE = re.compile(r"data:image/[\w.+-]{1,40};base64,(.+)", re.I | re.S)
_VARIABLE = re.compile(r"var\((--sf-img-\d{1,9})\)")
_IN_PAGE = re.compile(
    rb"(?:(--sf-img-\d{1,9}):\s{0,9}(?:/\*[^*]{0,4000}\*/\s{0,9})?url\(['\"]?)?"
    rb"data:image/[\w.+-]{1,40};base64,([A-Za-z0-9+/=]+)"
)


def inline_name(address: str | None, style: str | None = None) -> str | None:
    """What the picture of an `<img>` with this `src` and this `style` is called, when it lies in the page itself."""
    if style and (variable := _VARIABLE.search(style)):
        return _FOLDER + variable[1]
    found = _PICTURE.match(address) if address and len(address) > _SHORTEST else None
    data = _decoded(found[1]) if found else None
    return _name(data) if data else None


def is_inline(name: str) -> bool:
    """Whether a name is one that `inline_name` makes."""
    return name.startswith(_FOLDER)


def inline_pictures(page: bytes) -> Iterator[tuple[str, bytes]]:
    """The pictures that lie in a page, each by the names that `inline_name` has for it."""
    for found in _IN_PAGE.finditer(page):
        if found[1] is None and len(found[2]) < _SHORTEST - 100:
            continue
        if data := _decoded(found[2]):
            yield _name(data), data
            if found[1] is not None:
                yield _FOLDER + found[1].decode("ascii"), data


def _decoded(text: str | bytes) -> bytes | None:
    try:
        return base64.b64decode(text)
    except (ValueError, binascii.Error):
        return None


def _name(data: bytes) -> str:
    return _FOLDER + sha256(data).hexdigest()[:32]
