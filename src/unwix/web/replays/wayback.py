"""Restore a page as it was archived from the Internet Archive's replay of it.

The replay inserts `https://web.archive.org/web/<time><kind>_/` before every URL, scripts into the head, a toolbar into
the body and comments after it (https://github.com/internetarchive/wayback; pywb and wombat do the same). An author's
own link to the archive is inside of such a prefix, and stays.
"""

from __future__ import annotations

import re

_HOST = b"web.archive.org"
#: How much of a page is searched for the archive's host: the archive writes at both ends of a page.
_HEAD, _TAIL = 100_000, 10_000
#: Strings that only the archive's own server writes into a page.
_SIGNS = (
    b"BEGIN WAYBACK TOOLBAR INSERT",
    b"End Wayback Rewrite JS Include",
    b"FILE ARCHIVED ON",
    b"/_static/js/wombat",
)
#: Notes of a browser and SingleFile about the URL of a saved page.
_SAVED = re.compile(rb"(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)https?://web\.archive\.org/web/")
#: The page's own URL with the archive's prefix: evidence enough if somebody has removed everything else.
_OWN_URL = re.compile(
    rb"<(?:link|meta)\b[^<>]*\b(?:canonical|og:url)\b[^<>]*?=\s*[\"']?https?://web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/"
    rb"https?:",
    re.I,
)
_TIME = rb"\d{4,14}(?:[a-z]{2}_)?"
#: The prefix before a URL, with the URL's scheme and host, so that a second prefix inside of it stays. The archive
#: writes it in full, from its root, or without a scheme; in JSON with escaped slashes, in a query encoded.
_PREFIXES = (
    re.compile(rb"(?:https?:)?//web\.archive\.org/web/" + _TIME + rb"/(https?:)/{1,2}([^/\"'\s<>\\]*)", re.I),
    re.compile(rb"(?<=[\"'(=,\s])/web/" + _TIME + rb"/(https?:)/{1,2}([^/\"'\s<>\\]*)", re.I),
    re.compile(
        rb"(?:https?:)?\\/\\/web\.archive\.org\\/web\\/" + _TIME + rb"\\/(https?:)(?:\\/){1,2}([^/\"'\s<>\\]*)", re.I
    ),
    re.compile(
        rb"https?%3A%2F%2Fweb\.archive\.org%2Fweb%2F" + _TIME + rb"%2F(https?%3A)(?:%2F){1,2}([^%/\"'\s<>\\&]*)", re.I
    ),
)
_SLASHES = (b"//", b"//", rb"\/\/", b"%2F%2F")
#: URLs without scheme and host: an email address, an anchor.
_OTHER = re.compile(
    rb"(?:(?:https?:)?//web\.archive\.org)?/web/" + _TIME + rb"/((?:mailto|tel|sms|javascript|data):)", re.I
)
_INSERTS = (
    re.compile(rb"<!-- BEGIN WAYBACK TOOLBAR INSERT -->.*?<!-- END WAYBACK TOOLBAR INSERT -->", re.S),
    # From the first of its scripts to the comment after the last.
    re.compile(
        rb"<script[^>]*(?:archive\.org|/_static/)[^>]*>(?:(?!</head).)*?<!-- End Wayback Rewrite JS Include -->", re.S
    ),
    re.compile(rb"<!--\s*FILE ARCHIVED ON .*?-->", re.S),
    re.compile(rb"<!--\s*playback timings .*?-->", re.S),
)
#: `id_` requests the page as it was archived, without rewriting.
_ADDRESS = re.compile(r"https?://web\.archive\.org/web/\d{4,14}([a-z]{2}_)?/(https?:)/{1,2}(.*)", re.I | re.S)


def undo_replay(raw: bytes, notes: bytes, url: str | None = None) -> bytes:
    """Return the page without the replay's insertions; a page that is not a replay unchanged.

    `notes` are the comments of the page and the tags of its links and metadata; `url` is its own, if its source knows
    it.
    """
    if not _is_replay(raw, notes, url):
        return raw
    for insert in _INSERTS:
        raw = insert.sub(b"", raw)
    for prefix, slashes in zip(_PREFIXES, _SLASHES, strict=True):
        raw = prefix.sub(lambda match, between=slashes: match[1] + between + match[2], raw)  # type: ignore[misc]
    return _OTHER.sub(rb"\1", raw)


def _is_replay(raw: bytes, notes: bytes, url: str | None) -> bool:
    replayed = _ADDRESS.match(url or "")
    if replayed is not None and replayed[1] != "id_":
        return _HOST in raw
    if _HOST in notes and _OWN_URL.search(notes) is not None:
        return True
    if raw.find(_HOST, 0, _HEAD) < 0 and raw.find(_HOST, max(0, len(raw) - _TAIL)) < 0:
        return False
    return any(sign in raw for sign in _SIGNS) or _SAVED.search(raw[:4000]) is not None


def archived_url(url: str) -> str:
    """Return the original URL inside an archive's replay URL; any other URL unchanged."""
    match = _ADDRESS.match(url)
    return f"{match[2]}//{match[3]}" if match else url
