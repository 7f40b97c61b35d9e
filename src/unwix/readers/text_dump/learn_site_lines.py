"""A look at all text dumps of a run before the first is read: which lines recur at their edges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from ...model.errors import UnwixError
from ...model.page import Page
from ...web.encoding import decode
from ..sniff import Kind, sniff, unzip
from .containers.part import Part
from .containers.split import split_text
from .site_lines import LEAST, SiteLines, learn
from .tool_formats.dump import Dump
from .tool_formats.forms import undo

_HEAD = 4000


def site_lines_of(pages: Iterable[Page]) -> SiteLines | None:
    """Return the lines that recur in the text files of a run, None where there are none.

    Files that cannot be read are left to the run, which reports them.
    """
    found = learn(_dumps(pages))
    return found if found.top or found.bottom else None


def _dumps(pages: Iterable[Page]) -> Iterator[Dump]:
    """Yield the dumps of a run, none where they are too few for a line to recur."""
    parts = _parts(pages)
    first = [*islice(parts, LEAST)]
    if len(first) == LEAST:
        yield from (undo(part.lines, part.stated.url) for part in chain(first, parts))


def _parts(pages: Iterable[Page]) -> Iterator[Part]:
    for page in pages:
        if _may_be_text(page):
            try:
                raw = unzip(page.read())
            except UnwixError:
                continue
            if sniff(raw) is Kind.TEXT:
                yield from split_text(decode(raw)[0])


def _may_be_text(page: Page) -> bool:
    """Return whether a file is a text by its first bytes. A pipe is not looked at: what is read from it is gone."""
    if page.first_row is not None or page.error is not None or page.as_text:
        return False
    if page.data is not None:
        return sniff(page.data[:_HEAD]) is Kind.TEXT
    try:
        if not page.is_larger(0):
            return False
        with page.open() as file:
            return sniff(file.read(_HEAD)) is Kind.TEXT
    except OSError:
        return False
