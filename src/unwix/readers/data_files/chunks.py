"""Split a large table or JSON Lines file into parts, each a small Page.

A blog of 100,000 posts is one file of many gigabytes. It is streamed and split between records, so it needs no more
memory than a small one, and its parts are distributed to all processes of a pool.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from msgspec.structs import replace

from ...model.errors import UnreadablePage
from ...model.page import MAX_BYTES, Page
from ...web.csv_tables import csv_rows
from ..sniff import Kind, sniff

#: Larger files are split into parts of about this many bytes.
LARGE, PART = 4_000_000, 250_000
_HEAD = 200_000
#: A record's number, its bytes, and whether a part must end after it.
_Record = tuple[int, bytes, bool]


def split(page: Page) -> Iterator[Page]:
    """Yield the parts of a large file of rows or lines, in order; any other page unchanged.

    A part of a table has the table's header. A single record may be as large as a page; a larger one fails alone. If
    the file cannot be read to its end, the last part is a page with that error.
    """
    if page.first_row is not None or not _is_large(page):
        yield page
        return
    count = 0
    try:
        with _opened(page) as stream:
            for part in _split(page, stream):
                yield part
                count += 1
    except UnreadablePage as error:
        yield Page(page.source, error=error)
        return
    except (OSError, EOFError, zlib.error) as error:
        if count:
            yield Page(page.source, error=UnreadablePage(f"the file is damaged; what precedes was read ({error})"))
    if not count:
        yield page


def _is_large(page: Page) -> bool:
    try:
        return page.is_larger(LARGE)
    except OSError:
        return False


@contextmanager
def _opened(page: Page) -> Iterator[BinaryIO]:
    """Open a file as a stream of its unpacked content: records of a crawl are often compressed."""
    with page.open() as file:
        is_packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        yield cast(BinaryIO, gzip.GzipFile(fileobj=file)) if is_packed else file


def _split(page: Page, stream: BinaryIO) -> Iterator[Page]:
    kind = sniff(stream.read(_HEAD))
    stream.seek(0)
    if kind is Kind.PARQUET:
        from ..text_dump.containers.parquet import rows_of_parquet

        records: tuple[bytes, Iterator[_Record]] | None = (b"", rows_of_parquet(stream))
    else:
        records = _rows(stream) if kind is Kind.CSV else _lines(stream) if kind is Kind.JSON else None
    if records is not None:
        yield from _parts(page, *records)


def _parts(page: Page, header: bytes, records: Iterator[_Record]) -> Iterator[Page]:
    pieces: list[bytes] = []
    size, first = 0, 0
    for number, raw, is_last in records:
        if pieces and size + len(raw) > PART:
            yield replace(page, path=None, data=header + b"".join(pieces), first_row=first)
            pieces, size = [], 0
        first = first if pieces else number
        pieces.append(raw)
        size += len(raw)
        if is_last:
            yield replace(page, path=None, data=header + b"".join(pieces), first_row=first)
            pieces, size = [], 0
    if pieces:
        yield replace(page, path=None, data=header + b"".join(pieces), first_row=first)


# ---- tables -----------------------------------------------------------------------------------------------------


class _Remembering:
    """Lines of a text, kept until `take_bytes` returns them.

    The csv module returns the cells of a record, but not its position in the file.
    """

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._seen: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._seen.append(line)
        return line

    def take_bytes(self) -> bytes:
        """Return the bytes of the lines since the last call."""
        text = "".join(self._seen)
        self._seen.clear()
        return text.encode("utf-8", "surrogateescape")


def _rows(stream: BinaryIO) -> tuple[bytes, Iterator[_Record]] | None:
    """Return a table's header and its rows as bytes; None for a table without posts."""
    from ..text_dump.containers.records import is_text_table
    from .cms_csv import header_of, is_table_of_posts

    wide = stream.read(2) in (b"\xff\xfe", b"\xfe\xff")
    stream.seek(0)
    # Bytes that are not UTF-8 stay unchanged: the reader of each part detects their encoding.
    text = io.TextIOWrapper(
        stream, "utf-16" if wide else "utf-8-sig", "replace" if wide else "surrogateescape", newline=""
    )
    head = text.read(_HEAD)
    text.seek(0)
    lines = _Remembering(iter(text))
    try:
        header_of(csv_rows(lines, head))
    except csv.Error:
        return None
    return (lines.take_bytes(), _rows_of(lines, head)) if is_table_of_posts(head) or is_text_table(head) else None


def _rows_of(lines: _Remembering, head: str) -> Iterator[_Record]:
    rows = csv_rows(lines, head)
    number = 1
    while True:
        number += 1
        try:
            next(rows)
        except StopIteration:
            return
        except csv.Error:  # the reader of this part reports the error; the next part begins after it
            rows = csv_rows(lines, head)
            yield number, lines.take_bytes(), True
        else:
            yield number, lines.take_bytes(), False


# ---- JSON Lines -------------------------------------------------------------------------------------------------


def _lines(stream: BinaryIO) -> tuple[bytes, Iterator[_Record]] | None:
    """Return the lines of a JSON Lines file; None for a file with a single value."""
    first = stream.readline(MAX_BYTES + 1)
    if not stream.read(1000).strip() or not _is_object(first):
        stream.seek(0)
        return None
    stream.seek(0)
    return b"", _lines_of(stream)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line.decode("utf-8-sig", "replace")), dict)
    except (ValueError, RecursionError):
        return False


def _lines_of(stream: BinaryIO) -> Iterator[_Record]:
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        rest = line
        while not rest.endswith(b"\n") and (rest := stream.readline(PART)):
            pass  # of a line that is too long, keep enough for the error message
        yield number, line, False
