"""Read WARC files with the responses that a crawler recorded, Common Crawl's texts (WET), and ARC, the older format.

https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import Any, BinaryIO, cast

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader, DecompressingBufferedReader
from warcio.recordloader import ArchiveLoadFailed

from ...model.errors import UnreadablePage
from ...model.page import MAX_BYTES
from ...model.skipped import Skipped
from .content_encoding import charset_of, decode_body
from .member import Member, is_web_url, printable_name
from .streams import HEAD, Budget, Damaged, counted, describe_error
from .warc_records import RecordSplitter

#: A field of unwix, as WARC allows, for a response that was requested only to find posts (a sitemap, a list).
PURPOSE, SEARCH = "Unwix-Purpose", "search"
#: The limit for headers, which are held in memory; normal ones have some hundred bytes.
_LONGEST_HEADERS = 1_000_000
#: Texts of a WET file are passed to the reader in portions of about this size.
_PORTION = 4_000_000
#: Prefixes of the `Content-Type` of files that pages consist of besides HTML. There are dozens per page.
_RESOURCES = {
    "image/": "images", "font/": "fonts", "application/font": "fonts", "application/x-font": "fonts",
    "video/": "videos", "audio/": "audio files", "text/css": "style sheets",
    "text/javascript": "scripts", "application/javascript": "scripts", "application/x-javascript": "scripts",
}  # fmt: skip
#: Those of them that a post can show.
_KEPT = frozenset({"images", "videos", "audio files"})
#: `Content-Range` of a partial response: start, end, and total length (RFC 9110 section 14.4).
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)\Z")


class _Lines(DecompressingBufferedReader):  # type: ignore[misc]
    """Reads the lines of headers, with limited length."""

    left = _LONGEST_HEADERS

    def readline(self, length: int | None = None) -> bytes:
        line: bytes = super().readline(min(length or HEAD, HEAD))
        self.left -= len(line)
        if self.left < 0:
            raise Damaged("the headers of a record do not end")
        return line


class _Records(ArchiveIterator):  # type: ignore[misc]
    """warcio's records. It does not write to stderr, and counts the bytes of headers."""

    INC_RECORD = ""

    def __init__(self, stream: BinaryIO, arc: bool) -> None:
        super().__init__(stream, arc2warc=arc)
        self.reader = _Lines(self.fh)

    def _next_record(self, next_line: Any) -> Any:
        self.reader.left = _LONGEST_HEADERS
        return super()._next_record(next_line)


def members(stream: io.BufferedReader, budget: Budget) -> Iterator[Member]:
    """Yield the pages among the records, by URL; texts of a WET file in portions.

    All other records are counted, and reported once at the end.
    """
    left_out: Counter[str] = Counter()
    yield from warc_members(stream, budget, left_out)
    if left_out:
        yield Member("", refusal=records_left_out(left_out))


def records_left_out(counts: Counter[str]) -> Skipped:
    """Return the reason for leaving out the records that are not pages, with the number of each kind."""
    return Skipped("web-archive-records", ", ".join(f"{kind} ({count})" for kind, count in sorted(counts.items())))


def warc_members(
    stream: io.BufferedReader, budget: Budget, left_out: Counter[str], first_text: int = 0
) -> Iterator[Member]:
    """Yield the pages of an archive or of a part of it, and count the other records in `left_out`.

    `first_text` is the number of texts of a WET file before this part.
    """
    texts = _Texts(first_text)
    for record in _records(stream, budget):
        if record.rec_type == "conversion":
            budget.texts += 1
            yield from texts.add(record)
        elif record.rec_type == "revisit":
            left_out["answers that were equal to an earlier one"] += 1
        elif record.rec_type in ("response", "resource"):
            what = _what_else(record)
            if what is not None:
                left_out[what] += 1
            if what is None or what in _KEPT:
                yield _member(record, budget, aside=what is not None)
        if _is_cut_off(record):
            raise Damaged("the last record is not whole")
    yield from texts.rest()


def _records(stream: io.BufferedReader, budget: Budget) -> Iterator[Any]:
    """Yield the records of an archive. An unparsable one is recorded in the budget, and the next ones follow."""
    if stream.peek(8).startswith(b"filedesc"):
        yield from _Records(stream, arc=True)
        return
    for data in RecordSplitter(stream, budget).records():
        with data:
            try:
                yield from _Records(cast(BinaryIO, data), arc=False)
            except (ArchiveLoadFailed, ValueError) as error:
                budget.damage = budget.damage or describe_error(error)


def _member(record: Any, budget: Budget, aside: bool) -> Member:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    return Member(
        printable_name(url),
        partial(_content, record, budget),
        url=url if is_web_url(url) else None,
        captured=record.rec_headers.get_header("WARC-Date"),
        charset=charset_of(_header(record, "content-type")),
        is_response=record.rec_type == "response",
        aside=aside,
        all_there=partial(_is_all_there, record),
    )


def _is_all_there(record: Any) -> bool:
    """Return True if a record is complete: crawlers truncate large files, and players request parts."""
    if record.rec_headers.get_header("WARC-Truncated") or _is_cut_off(record):
        return False
    if record.http_headers is None or record.http_headers.get_statuscode() != "206":
        return True
    part = _RANGE.match(_header(record, "content-range"))
    return part is not None and int(part[1]) == 0 and int(part[2]) + 1 == int(part[3])


def _content(record: Any, budget: Budget) -> BinaryIO:
    """Return the body of a response without chunking and compression."""
    body = record.raw_stream
    if _header(record, "transfer-encoding") == "chunked":
        if record.length > MAX_BYTES:  # warcio holds a chunk in memory, and one chunk may be the whole body
            raise UnreadablePage("the answer has more than 50 MB; a saved post page has at most that")
        body = ChunkedDataReader(body)
    return cast(BinaryIO, decode_body(counted(body, budget), _header(record, "content-encoding")))


def _what_else(record: Any) -> str | None:
    """Return the reason why a response is not a page, or None if it may be one."""
    if record.rec_headers.get_header(PURPOSE) == SEARCH:
        return "answers that only lead to posts"
    if record.rec_type == "response":
        if record.http_headers is None:
            return "answers of other protocols"
        status = record.http_headers.get_statuscode()
        if status[:1] == "3":
            return "redirects"
        if status[:1] != "2":
            return f"answers with status {status if status.isdecimal() else '?'}"
    elif not is_web_url(record.rec_headers.get_header("WARC-Target-URI")):
        return "records about the recording"
    kind = _header(record, "content-type") or (record.content_type or "").lower()
    return next((what for begin, what in _RESOURCES.items() if kind.startswith(begin)), None)


def _header(record: Any, name: str) -> str:
    return ((record.http_headers and record.http_headers.get_header(name)) or "").strip().lower()


def _is_cut_off(record: Any) -> bool:
    """Return True if the file ends before the record does."""
    stream = record.raw_stream
    while getattr(stream, "limit", 0) > 0:
        if not stream.read(HEAD):
            return True
    return False


class _Texts:
    """The texts of a WET file as records, a few megabytes at a time."""

    def __init__(self, first: int) -> None:
        """`first` is the number of texts before these."""
        self._held: list[bytes] = []
        self._size = 0
        self._number = self._first = first

    def add(self, record: Any) -> Iterator[Member]:
        """Add one record; yield a portion when there is enough."""
        text = record.raw_stream.read(MAX_BYTES)
        head = "".join(
            f"{name}: {value}\r\n"
            for name in ("WARC-Type", "WARC-Target-URI", "WARC-Date")
            if (value := record.rec_headers.get_header(name))
        )
        raw = f"WARC/1.0\r\n{head}Content-Length: {len(text)}\r\n\r\n".encode("utf-8", "replace") + text + b"\r\n\r\n"
        if self._size + len(raw) > _PORTION:
            yield from self.rest()
        self._held.append(raw)
        self._size += len(raw)
        self._number += 1

    def rest(self) -> Iterator[Member]:
        """Yield what was added since the last portion."""
        if self._held:
            name = f"record-{self._first + 1}" if self._first else ""
            yield Member(name, partial(BytesIO, b"".join(self._held)), whole=True)
            self._held, self._size, self._first = [], 0, self._number
