"""Classify the URLs in a post: a file of the output, a page of the site, a place on the web."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from typing import Literal, NamedTuple
from urllib.parse import unquote

Kind = Literal["page", "site", "file", "web", "unsafe", "machine", "empty"]
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
#: Characters that browsers remove from a URL before they read its scheme.
_LEFT_OUT = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]")
#: Schemes that run a script or contain a page.
_UNSAFE = frozenset({"javascript", "vbscript", "livescript", "data"})
_DATA_IMAGE = re.compile(r"data:image/(?:png|jpe?g|gif|webp|avif)[;,]", re.I)
_MACHINE = re.compile(r"(?:https?:)?//(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?:[:/]|$)", re.I)


class Place(NamedTuple):
    """The target of a URL."""

    kind: Kind
    """`page`: in the post itself; `file`: in the output; `site`: an absolute path of the built site; `web`: elsewhere;
    `unsafe`: runs a script; `machine`: on the computer that the page was saved on."""
    path: str = ""
    """For `file` the path below the output, which may leave it (`..`); for `site` the path."""
    fragment: str = ""


def place_of(url: str, document: str) -> Place:
    """Return the target of a URL in the post `document` (its path below the output)."""
    bare = _LEFT_OUT.sub("", url)
    if not bare:
        return Place("empty")
    scheme = _SCHEME.match(bare)
    if scheme:
        return Place(_kind_of_scheme(scheme[1].lower(), bare))
    if bare.startswith(("//", "\\\\")):
        return Place("machine" if bare[0] == "\\" or _MACHINE.match(bare) else "web")
    path, _, fragment = url.strip().partition("#")
    path = normal(unquote(path.partition("?")[0]))
    fragment = unquote(fragment)
    if not path:
        return Place("page", fragment=fragment) if "?" not in url else Place("site", "", fragment)
    if path.startswith("/"):
        return Place("site", path, fragment)
    return Place("file", posixpath.normpath(posixpath.join(posixpath.dirname(document), path)), fragment)


def _kind_of_scheme(scheme: str, bare: str) -> Kind:
    if scheme in _UNSAFE:
        return "web" if _DATA_IMAGE.match(bare) else "unsafe"
    if scheme == "file" or len(scheme) == 1 or _MACHINE.match(bare):  # C:\ is not a scheme
        return "machine"
    return "web"


def normal(path: str) -> str:
    """Return a path in composed Unicode (NFC), which not every file system preserves."""
    return unicodedata.normalize("NFC", path)


def climbs(path: str) -> bool:
    """Return True if a path leads out of the directory that it is relative to."""
    return path == ".." or path.startswith("../")
