"""Find lines that recur at the edges of the text dumps of a run, before the first dump is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from itertools import chain, islice
from typing import TYPE_CHECKING

from ...model.errors import UnwixError
from ...model.page import Page
from ...web.encoding import decode
from ..sniff import Kind, sniff, sniff_file, unzip

if TYPE_CHECKING:
    from .containers.part import Part
    from .site_lines import SiteLines
    from .tool_formats.dump import Dump

_HEAD = 4000
#: A file with more records has recurring lines within itself.
_LARGEST_RECORDS = 400_000
#: A record with the text of a page has this many line breaks; Wix's own documents have a node per line.
_LEAST_BREAKS = 8
_NODES = b'"nodes"'
_KINDS = (Kind.TEXT, Kind.JSON, Kind.CSV)


def site_lines_of(pages: Iterable[Page]) -> SiteLines | None:
    """Return the lines that recur in the text files of a run, or None.

    Unreadable files are reported when the run reads them.
    """
    files = _files(pages)
    first = next(files, None)
    if first is None:
        return None
    from .site_lines import learn

    site_lines = learn(_dumps(chain([first], files)))
    return site_lines if site_lines.top or site_lines.bottom else None


def _dumps(files: Iterable[bytes]) -> Iterator[Dump]:
    """Yield the dumps in files; none if they are too few for recurring lines."""
    from .site_lines import LEAST
    from .tool_formats.forms import undo

    parts = _parts(files)
    first = [*islice(parts, LEAST)]
    if len(first) == LEAST:
        yield from (undo(part.lines, part.stated.url, part.is_markdown) for part in chain(first, parts))


def _files(pages: Iterable[Page]) -> Iterator[bytes]:
    for page in pages:
        if _may_have_text(page):
            with suppress(UnwixError):
                yield unzip(page.read())


def _parts(files: Iterable[bytes]) -> Iterator[Part]:
    for raw in files:
        with suppress(UnwixError, RecursionError):
            yield from _parts_of(raw)


def _parts_of(raw: bytes) -> Iterator[Part]:
    """Yield the texts in a file: the file itself, or records with texts."""
    from .containers.records import is_text_table, parts_of_json, parts_of_table
    from .containers.split import split_text

    kind = sniff(raw)
    if kind is Kind.TEXT:
        yield from split_text(decode(raw)[0])
    elif len(raw) > _LARGEST_RECORDS:
        return
    elif kind is Kind.JSON and raw.count(b"\\n") >= _LEAST_BREAKS and _NODES not in raw:
        yield from parts_of_json(decode(raw)[0])[0]
    elif kind is Kind.CSV and is_text_table((text := decode(raw)[0])[:_HEAD].rpartition("\n")[0]):
        yield from parts_of_table(text)[0]


def _may_have_text(page: Page) -> bool:
    """Return True if a file is a text or contains records, by its first bytes. Pipes, readable once, stay closed."""
    if page.first_row is not None or page.error is not None or page.as_text:
        return False
    if page.data is not None:
        return sniff_file(BytesIO(page.data)) in _KINDS
    try:
        if not page.is_larger(0):
            return False
        with page.open() as file:
            return sniff_file(file) in _KINDS
    except OSError:
        return False
