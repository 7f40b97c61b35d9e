"""Split a large web archive into slices that processes read independently of each other.

A slice begins and ends between two records. In an uncompressed archive, records state their length. In a compressed
one, each record is a gzip member; members are found by searching, so it is verified afterwards that each slice begins
where the previous one ended. An archive that fails this check, or is damaged, is read in one piece.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from msgspec import Struct, field
from msgspec.structs import replace

from ..model.page import Page
from .archives.byte_ranges import BEGIN, MAGIC, ByteRange, PackedRange, unpacks_to_record
from .archives.member import Member
from .archives.open_archive import walk
from .archives.streams import Budget, counted, decompressed
from .files import without_excluded

if TYPE_CHECKING:
    from zipfile import ZipInfo

#: The size of a slice in bytes of the file. Compressed pages have about a tenth of their size.
PLAIN_SIZE, GZIP_SIZE = 16_000_000, 2_000_000
#: The maximum number of files in a slice of a ZIP.
_MOST_ENTRIES = 2_000
_ZIP = b"PK\x03\x04"
_BLOCK = 65_536
_HEADERS = 100_000
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.I | re.M)
_RECORD_END = b"\r\n\r\n"


class Slice(Page, frozen=True):
    """A part of a web archive, from the byte `start` to the byte `end` of its file."""

    start: int = 0
    end: int = 0
    size: int = 0
    """The size of the whole file."""
    first_text: int = 0
    """The number of texts (records of a WET file) before the slice."""
    entries: tuple[ZipInfo, ...] = ()
    """The files of a slice of a ZIP archive, which has no beginning and end."""
    exclude: tuple[str, ...] = ()
    """Patterns of members to leave out (`files.is_excluded`)."""
    is_large: bool = True
    """It is a task by itself (`run.executors.chunks`)."""

    def is_larger(self, size: int) -> bool:
        """Return False: a slice is small enough."""
        return False

    def pages(self) -> Iterator[Page]:
        """Yield the pages of the slice. Records that are no pages are not mentioned."""
        with self.open() as file:
            if self.entries:
                yield from self.pages_of_entries(file, Budget.of(self.size))
                return
            stream = cast(io.BufferedReader, io.BufferedReader(ByteRange(file, self.start, self.end), _BLOCK))
            budget = Budget.of(self.size)
            yield from self.pages_in(decompressed(stream, budget), budget, Counter())

    def pages_of_entries(self, file: BinaryIO, budget: Budget) -> Iterator[Page]:
        """Yield the pages among the entries of a slice of a ZIP."""
        from .archives.zip import entry_members

        yield from self._walk(entry_members(file, self.entries), budget)

    def _walk(self, members: Iterator[Member], budget: Budget) -> Iterator[Page]:
        archive = Page(self.source, self.path, as_text=self.as_text)
        return without_excluded(walk(members, archive, budget, 1), self.exclude)

    def pages_in(self, stream: io.BufferedReader, budget: Budget, left_out: Counter[str]) -> Iterator[Page]:
        """Yield the pages in the content of the slice, and count the other records in `left_out`."""
        from .archives.warc import warc_members

        yield from self._walk(warc_members(stream, budget, left_out, self.first_text), budget)


class SliceSurvey(Struct, frozen=True):
    """The contents of a slice, and where it really begins and ends."""

    start: int
    end: int
    """Equal to `start` if no record begins in the slice."""
    texts: int = 0
    unpacked: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    kinds: frozenset[Any] = frozenset()
    is_damaged: bool = False


def proposed_slices(page: Page, exclude: tuple[str, ...] = ()) -> list[Slice]:
    """Return the slices of a large web archive, before they are surveyed; none for any other file."""
    if page.path is None or page.data is not None:
        return []
    try:
        size = page.path.stat().st_size
        with page.open() as file:
            head = file.read(_BLOCK)
            if head.startswith(BEGIN):
                bounds = list(_plain_bounds(file, size))
            elif unpacks_to_record(head):
                bounds = [*range(0, size, GZIP_SIZE), size]
            elif head.startswith(_ZIP):
                return _zip_slices(page, file, size, exclude)
            else:
                return []
    except OSError:
        return []
    if len(bounds) < 3 or bounds[-1] != size:
        return []
    whole = Slice(page.source, page.path, as_text=page.as_text, size=size, exclude=exclude)
    return [replace(whole, start=start, end=end) for start, end in pairwise(bounds)]


def _zip_slices(page: Page, file: BinaryIO, size: int, exclude: tuple[str, ...]) -> list[Slice]:
    from .archives.zip import plain_entries

    whole = Slice(page.source, page.path, as_text=page.as_text, size=size, exclude=exclude)
    slices: list[Slice] = []
    batch: list[ZipInfo] = []
    batch_size = 0
    for entry in plain_entries(file) if size >= 2 * GZIP_SIZE else ():
        batch.append(entry)
        batch_size += entry.compress_size
        if batch_size >= GZIP_SIZE or len(batch) >= _MOST_ENTRIES:
            slices.append(replace(whole, entries=tuple(batch)))
            batch, batch_size = [], 0
    if batch:
        slices.append(replace(whole, entries=tuple(batch)))
    return slices if len(slices) > 1 else []


def survey(part: Slice, kind_of: Callable[[bytes], Any]) -> SliceSurvey:
    """Return the contents of a proposed slice; `kind_of` classifies the bytes of a page."""
    with part.open() as file:
        if part.entries:
            budget = Budget.of(part.size)
            allowed = budget.left
            kinds = {kind_of(page.data) for page in part.pages_of_entries(file, budget) if page.data is not None}
            damaged = budget.damages > 0
            return SliceSurvey(0, 0, unpacked=allowed - budget.left, kinds=frozenset(kinds), is_damaged=damaged)
        head = file.read(len(MAGIC))
        packed = PackedRange(file, part.start, part.end) if head == MAGIC else None
        if packed is not None and packed.start is None:
            return SliceSurvey(part.end, part.end)
        raw = packed or ByteRange(file, part.start, part.end)
        budget, left_out = Budget.of(part.size), Counter[str]()
        allowed = budget.left
        stream = counted(raw, budget)
        pages = part.pages_in(stream, budget, left_out)
        kinds = {kind_of(page.data) for page in pages if page.data is not None}
        start, end = (part.start, part.end) if packed is None else (cast(int, packed.start), packed.end)
        return SliceSurvey(
            start,
            end,
            budget.texts,
            allowed - budget.left,
            left_out,
            frozenset(kinds),
            is_damaged=budget.damages > 0 or (packed is not None and packed.is_damaged),
        )


def settled_slices(parts: list[Slice], surveys: Iterable[SliceSurvey]) -> list[tuple[Slice, SliceSurvey]]:
    """Return the slices with their true boundaries; none if the archive must be read in one piece."""
    settled: list[tuple[Slice, SliceSurvey]] = []
    if parts[0].entries:
        settled = list(zip(parts, surveys, strict=True))
        unpacked = sum(surveyed.unpacked for _, surveyed in settled)
        is_whole = unpacked <= Budget.of(parts[0].size).left and not any(surveyed.is_damaged for _, surveyed in settled)
        return settled if is_whole else []
    position = texts = unpacked = 0
    for part, surveyed in zip(parts, surveys, strict=True):
        if surveyed.is_damaged:
            return []
        if surveyed.end == surveyed.start:
            if position < part.end:
                return []
            continue
        if surveyed.start != position:
            return []
        settled.append((replace(part, start=surveyed.start, end=surveyed.end, first_text=texts), surveyed))
        position, texts, unpacked = surveyed.end, texts + surveyed.texts, unpacked + surveyed.unpacked
    if position != parts[-1].size or unpacked > Budget.of(parts[-1].size).left:
        return []
    return settled


def left_out_of(source: str, settled: list[tuple[Slice, SliceSurvey]]) -> Page | None:
    """Return the page that stands for all records of an archive that are not pages; None if there are none."""
    from .archives.warc import records_left_out

    total: Counter[str] = Counter()
    for _, surveyed in settled:
        total += surveyed.left_out
    return Page(source, error=records_left_out(total)) if total else None


def _plain_bounds(file: BinaryIO, size: int) -> Iterator[int]:
    """Yield the boundaries of slices of an uncompressed archive, and its end; fewer if it is damaged."""
    position, last = 0, 0
    yield 0
    while position < size:
        file.seek(position)
        headers, separator, _ = file.read(4096).partition(_RECORD_END)
        if not separator:
            file.seek(position)
            headers, separator, _ = file.read(_HEADERS).partition(_RECORD_END)
        length = _LENGTH.search(headers)
        if not separator or length is None or not headers.startswith(BEGIN):
            return
        position += len(headers) + len(separator) + int(length[1]) + len(_RECORD_END)
        file.seek(position - len(_RECORD_END))
        if file.read(len(_RECORD_END)) != _RECORD_END:
            return
        if position - last >= PLAIN_SIZE and position < size:
            yield position
            last = position
    yield size
