"""Addresses: what kind of place an address in a post means, and which file of the output that is."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from typing import Literal, NamedTuple
from urllib.parse import unquote

Kind = Literal["page", "site", "file", "web", "unsafe", "machine", "empty"]
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
#: What browsers leave out of an address before they look at its scheme.
_LEFT_OUT = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]")
#: Schemes that run a program or carry a page of their own.
_UNSAFE = frozenset({"javascript", "vbscript", "livescript", "data"})
_DATA_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp|avif)[;,]", re.I)
_MACHINE = re.compile(r"(?:https?:)?//(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?:[:/]|$)", re.I)


class Place(NamedTuple):
    """What an address means."""

    kind: Kind
    """`page` a place in the post itself, `file` one below the output, `site` an absolute path of the built site, `web`
    an address elsewhere, `unsafe` one that runs a program, `machine` one of the computer that the page was saved on."""
    path: str = ""
    """Of a file: its path below the output, which may climb out of it (`..`); of `site`, the path."""
    fragment: str = ""


def place_of(address: str, document: str) -> Place:
    """The place that an address means in the post of that name (its path below the output)."""
    bare = _LEFT_OUT.sub("", address)
    if not bare:
        return Place("empty")
    scheme = _SCHEME.match(bare)
    if scheme:
        return Place(_kind_of_scheme(scheme[1].lower(), bare))
    if bare.startswith(("//", "\\\\")):
        return Place("machine" if bare[0] == "\\" or _MACHINE.match(bare) else "web")
    path, _, fragment = address.strip().partition("#")
    path = normal(unquote(path.partition("?")[0]))
    fragment = unquote(fragment)
    if not path:
        return Place("page", fragment=fragment) if "?" not in address else Place("site", "", fragment)
    if path.startswith("/"):
        return Place("site", path, fragment)
    return Place("file", posixpath.normpath(posixpath.join(posixpath.dirname(document), path)), fragment)


def _kind_of_scheme(scheme: str, bare: str) -> Kind:
    if scheme in _UNSAFE:
        return "web" if _DATA_PICTURE.match(bare) else "unsafe"
    if scheme == "file" or len(scheme) == 1 or _MACHINE.match(bare):  # C:\ is no scheme
        return "machine"
    return "web"


def normal(path: str) -> str:
    """A path as it is compared: in composed Unicode, which not every file system keeps."""
    return unicodedata.normalize("NFC", path)


def climbs(path: str) -> bool:
    """Whether a path leads out of the folder that it is relative to."""
    return path == ".." or path.startswith("../")
