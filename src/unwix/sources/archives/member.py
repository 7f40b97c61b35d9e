"""Members: the content of an archive, before it becomes a Page."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import BinaryIO

from msgspec import Struct

from ...model.errors import UnwixError

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_LONGEST_NAME = 1000
#: Directories and files without content of the site's owner, in a directory and in an archive alike.
SKIPPED_FOLDERS = frozenset({".git", ".hg", ".svn", ".venv", "node_modules", "__pycache__", "__MACOSX", "hts-cache"})
SKIPPED_FILES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", "unwix.toml"})


class Member(Struct, frozen=True):
    """A file in an archive, or a response in a web archive. Read its bytes before you request the next member.

    Without a name it stands for the archive itself.
    """

    name: str
    open: Callable[[], BinaryIO] = BytesIO
    url: str | None = None
    """Its URL on the web, if the archive states it."""
    captured: str | None = None
    """When it was saved, if the archive states it."""
    refusal: UnwixError | None = None
    """Why its bytes are missing."""
    charset: str | None = None
    """The character encoding that its server stated, unless it is UTF-8."""
    whole: bool = False
    """Its bytes are a page in any case: they are not opened as an archive."""
    is_response: bool = False
    """It was sent by a server, so that a page of a Wix site contains all signs of one."""
    aside: bool = False
    """An image, a style sheet and the like, which is not a page (`resources.py` reads it)."""
    all_there: Callable[[], bool] = lambda: True
    """Set when its bytes were read: True if the archive contains all of them."""


def printable_name(name: str) -> str:
    """Return a name for reports: without control characters, and of limited length."""
    return _CONTROL.sub("\ufffd", name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))[:_LONGEST_NAME]


def plain_name(name: str) -> str:
    """Return the name of a file in an archive for reports, with `/` and without `..`.

    Nothing is ever written under this name.
    """
    parts = printable_name(name).replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", ".."))


def is_skipped(name: str) -> bool:
    """Return True for files that operating systems leave in archives."""
    *folders, last = name.split("/")
    return last in SKIPPED_FILES or not SKIPPED_FOLDERS.isdisjoint(folders)


def is_web_url(name: str | None) -> bool:
    """Return True if a member's name is a web URL."""
    return name is not None and name.lower().startswith(("http://", "https://"))
