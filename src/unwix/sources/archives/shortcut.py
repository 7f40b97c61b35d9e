"""Detect shortcuts to a web page (`.url` of Windows, `.desktop` of Linux): the report names the URL to pass instead."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from ...model.skipped import Skipped
from .member import Member, is_web_url, printable_name
from .streams import HEAD, Budget

#: The section with the URL; other sections may precede it.
_SECTION = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:\[[^\]\n]*\]\s*(?:[\w.]+=[^\n]*\n\s*)*)??"
    rb"\[(?:InternetShortcut|Desktop Entry)(?:\.[AW])?\]\s",
    re.I,
)
_URL = re.compile(rb"^\s*(?:Base)?URL(?:\[\$e\])?\s*=[ \t]*(\S+)", re.I | re.M)


def is_shortcut(head: bytes) -> bool:
    """Return True if a file is a shortcut, by its first bytes."""
    return _SECTION.match(head) is not None and _URL.search(head) is not None


def members(stream: io.BufferedReader, _budget: Budget) -> Iterator[Member]:
    """Raise Skipped with the URL."""
    match = _URL.search(stream.read(HEAD))
    raise shortcut_to(match[1].decode("utf-8", "replace") if match else "")
    yield  # pragma: no cover (a generator, as all members are)


def shortcut_to(url: str) -> Skipped:
    """Return the reason for a shortcut to a URL."""
    if not is_web_url(url):
        return Skipped("shortcut")
    return Skipped("shortcut", f"a shortcut to a web page, not the page; run unwix with its URL: {printable_name(url)}")
