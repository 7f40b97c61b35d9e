"""Find the viewer's element around a post's first block in the bytes of a page without the hooks of the blog."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

#: The attributes of the elements that contain the blocks of the editor (docs/wix/viewer.md#container).
_VIEWER = re.compile(rb"""<(\w+)\s[^<>]*?(data-rce-version=|data-id=["']?(?:rich-)?content-viewer\b)""")
_BLOCK = re.compile(rb"""\bid=["']?viewer-|data-hook=["']?rcv-block""")
#: Comments, scripts and attributes can contain tags that are none. Without an end they end with the page.
_NO_TAG = rb"<!--(?:.*?-->|.*)|<(?:script|style|textarea)\b(?:.*?</(?:script|style|textarea)\s*>|.*)"
_ATTRIBUTES = rb"""(?:[^<>"']|"[^"]*"|'[^']*')*"""
#: At most so many viewers before the post's are looked at.
_MOST_VIEWERS = 50


class ViewerRegion(NamedTuple):
    """The positions of a viewer's element in the bytes of a page."""

    start: int
    at: int
    """The position of the attribute that identifies the viewer."""
    end: int
    is_whole: bool
    """False if stray end tags may have closed the element early."""


def viewer_around(raw: bytes, blocks: Sequence[str]) -> ViewerRegion | None:
    """Return the outermost viewer around the first of the blocks, or None if no element of a viewer contains it."""
    block = raw.find(f'id="{blocks[0]}"'.encode()) if blocks else -1
    if block < 0:
        return None
    for number, viewer in enumerate(_VIEWER.finditer(raw, 0, block)):
        if number == _MOST_VIEWERS:
            break
        end = _element_end(raw, viewer.start(), viewer[1])
        if end is not None and end > block:
            return ViewerRegion(viewer.start(), viewer.start(2), end, _is_whole(raw, end, viewer[1], blocks))
    return None


def _is_whole(raw: bytes, end: int, name: bytes, blocks: Sequence[str]) -> bool:
    """Return True if an element that ends there has all of its content: no block that follows is outside a viewer."""
    balance = sum(-1 if is_end else 1 for is_end, _ in _tags(raw, 0, name))
    if balance < 0 or raw.find(f'id="{blocks[-1]}"'.encode(), 0, end) < 0:
        return False
    stray = _BLOCK.search(raw, end)
    other = _VIEWER.search(raw, end)
    return stray is None or (other is not None and other.start() < stray.start())


def _element_end(raw: bytes, start: int, name: bytes) -> int | None:
    """Return the end of the element that starts there, or None if its end tag is missing."""
    depth = 0
    for is_end, end in _tags(raw, start, name):
        depth += -1 if is_end else 1
        if depth == 0:
            return end
    return None


def _tags(raw: bytes, start: int, name: bytes) -> Iterator[tuple[bool, int]]:
    """Yield for each tag of a name whether it is an end tag, and its end."""
    pattern = rb"%b|<(?:(/?)(%b)|/?\w[\w:-]*)(?![\w:-])%b>" % (_NO_TAG, name, _ATTRIBUTES)
    for tag in re.compile(pattern, re.S | re.I).finditer(raw, start):
        if tag[2]:
            yield bool(tag[1]), tag.end()
