"""Restore a page as it was archived from its replay by pywb (Conifer, Arquivo.pt, Archive-It, the UK Web Archive …).

pywb inserts `<its URL>/<collection>/<time><kind>_/` before every URL, and a script into the head
(https://github.com/webrecorder/pywb). The Internet Archive's own forms are in `wayback.py`.
"""

from __future__ import annotations

import re
from collections import Counter

_COMMENT = b"<!-- WB Insert -->"
_SIGNS = (b"wbinfo.", b"/wombat.js")
#: The script is in the head.
_HEAD = 100_000
_INSERT = re.compile(rb"<!-- WB Insert -->.*?<!-- End WB Insert -->", re.S)
_PREFIXED = re.compile(rb"[\"'(=\s]((?:https?:)?//[^\"'\s<>()]{1,200}?/|/(?:[\w.-]+/)+)\d{14}(?:[a-z]{2}_)?/https?:/")
#: The minimum number of prefixes in a replayed page; an author's links to an archive are fewer.
_OFTEN = 3


def undo_replay(raw: bytes, notes: bytes) -> bytes:
    """Return the page without the replay's insertions; a page that is not a replay unchanged.

    `notes` are the comments of the page.
    """
    if _COMMENT not in notes and not any(raw.find(sign, 0, _HEAD) >= 0 for sign in _SIGNS):
        return raw
    raw = _INSERT.sub(b"", raw)
    prefixes = Counter(_PREFIXED.findall(raw))
    for prefix in sorted((p for p, times in prefixes.items() if times >= _OFTEN), key=len, reverse=True):
        raw = re.sub(rb"(?<=[\"'(=\s])" + re.escape(prefix) + rb"\d{14}(?:[a-z]{2}_)?/(?=https?:/)", b"", raw)
    return raw
