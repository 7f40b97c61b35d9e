"""Dump split: several posts in one text file, cut apart.

Known forms: dumps one after another with or without `top of page`, `# URL` lines between them, mailbox separators
(docs/wix/text-dumps.md#several-posts-in-one-file), and Common Crawl's WET records with their headers.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from .head import title_line
from .lines import Lines
from .rewrap import Line
from .tool_formats import numbered

_ADDRESS = re.compile(r"\s*(?:#+|URL:|Source:|Address:|=+|-{2,})\s*(https?://\S+?)\s*[=-]*\s*\Z", re.I)
#: A line of a mail-like head above the post.
_HEADER = re.compile(r"(?:X-URL|Content-Location|Link|Subject)\s*:\s*(https?://\S+)\s*\Z", re.I)
_BARE = re.compile(r"\s*(https?://\S+)\s*\Z")
_HEADERS = 8
#: A body has so many letters at least; a card of a recent post has its title and perhaps a teaser.
_LEAST_BODY = 200
_MAILBOX = re.compile(r"From \S+ .*\b\d{4}\s*\Z")
_PAGE_BREAK = re.compile(r"\s*\f|\s*(?:={5,}|-{5,}|\*{5,}|_{5,}|#{5,})\s*\Z")
_TOP = re.compile(r"\s*top of page\s*\Z", re.I)


@dataclass(frozen=True, slots=True)
class Part:
    """One post's lines, and what the separator tells of it."""

    lines: list[Line]
    address: str | None = None
    saved: str | None = None
    """When it was saved, ISO 8601: the reference for dates like `5 days ago`."""


def split_text(text: str) -> list[Part]:
    """The posts in a text, one or more."""
    lines = numbered(text)
    first = next((n for n, line in enumerate(lines) if line.text.strip()), 0)
    tops = sum(bool(_TOP.match(line.text)) for line in lines)
    for separator in (_ADDRESS, _MAILBOX, _PAGE_BREAK, _TOP):
        if separator is _PAGE_BREAK and tops == 1:
            continue  # one page: a text browser shows fields and rules so
        marks = [n for n, line in enumerate(lines) if separator.match(line.text)]
        if len(marks) > 1 or (marks == [first] and separator is _ADDRESS):
            # What stands above the first separator has none of its own, and may be a post as well.
            return _parts(lines, marks if marks[0] <= first else [0, *marks])
    return _parts(lines, _bylines(lines) or [0])


def _parts(lines: list[Line], marks: list[int]) -> list[Part]:
    parts = []
    for start, end in zip(marks, [*marks[1:], len(lines)], strict=True):
        found = _ADDRESS.match(lines[start].text)
        own = lines[start + 1 : end] if found or _MAILBOX.match(lines[start].text) else lines[start:end]
        parts.append(Part(own, found[1] if found else _address_in([line.text for line in own[:_HEADERS]])))
    return parts


def _address_in(lines: list[str]) -> str | None:
    """The address in the first lines of a part, where a mail box's separator or a page break stands above it."""
    filled = [line for line in lines if line.strip()]
    bare = _BARE.match(filled[0]) if filled else None
    return (
        bare[1]
        if bare
        else next((found[1] for line in filled if (found := _HEADER.match(line) or _ADDRESS.match(line))), None)
    )


def _bylines(text: list[Line]) -> list[int]:
    """Where each post of a row begins: at the title above its byline, when the one before has ended in between."""
    lines = Lines(text)
    kind = "author" if lines.kinds.count("author") > 1 else "minutes"
    anchors = [n for n, k in enumerate(lines.kinds) if k == kind]
    ends = [n for n, k in enumerate(lines.kinds) if k in ("counters", "views", "like", "recent", "commenting_off")]
    starts: list[int] = []
    last = -1
    for anchor in anchors:
        between = bisect_right(ends, last) < bisect_left(ends, anchor)
        if not starts or (between and _has_body(lines, anchor, ends)):
            starts.append(title_line(lines, anchor) if starts else 0)
            last = anchor
    return starts if len(starts) > 1 else []


def _has_body(lines: Lines, anchor: int, ends: list[int]) -> bool:
    """Whether a text follows a byline; the cards of recent posts may have a byline each, and no more than a teaser."""
    behind = bisect_right(ends, anchor)
    end = ends[behind] if behind < len(ends) else len(lines.text)
    own = [lines.bare[n] for n in lines.filled(anchor + 1, end) if lines.kinds[n] is None]
    return len(own) > 1 and sum(map(len, own)) > _LEAST_BODY


def split_wet(raw: bytes) -> Iterator[Part]:
    """The texts of a WET file: its `conversion` records, with their addresses and dates."""
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415  # only this kind of file needs it

    for record in ArchiveIterator(BytesIO(raw)):
        if record.rec_type == "conversion":
            headers = record.rec_headers
            text = record.content_stream().read().decode("utf-8", "replace")
            yield Part(numbered(text), headers.get_header("WARC-Target-URI"), headers.get_header("WARC-Date"))
