"""Collect names of categories, tags and members by their ids, from all files of a run.

A post of the API, of a draft or of a CMS export contains only ids. The names are in other responses
(docs/wix/api.md#categories-and-tags) and in the data of saved pages. So a run with documents searches its files once,
before it reads the first post.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ...model.errors import UnreadablePage
from ...model.page import Page
from ...web.encoding import decode
from ...web.json_path import json_value, parse_json
from ..documents.names import Names
from ..sniff import Kind, sniff, unzip
from .chunks import split

#: Strings that files with names contain and most files with posts do not; the search takes a hundredth of parsing the
#: JSON.
_SIGN = re.compile(rb"(?:[lL]abel|nickname|siteMemberId|base64)\\*\"")
_IN_A_PAGE = b"OldPostPageWarmupData"
_HEAD = 4000


def names_of(
    pages: Callable[[], Iterable[Page]], all_pages: Callable[[], Iterable[Page]] | None = None
) -> Names | None:
    """Return the names that the files of a run state; None if no file contains documents.

    `pages` yields the files; of two names for one id the first wins, and a JSON file wins over a saved page.
    `all_pages` also yields the saved pages, which `pages` may leave out. Unreadable files are ignored.
    """
    names, has_documents = Names(), False
    for page in pages():
        kind = _kind(page)
        has_documents |= kind in (Kind.JSON, Kind.CSV)
        if kind is Kind.JSON:
            for part in split(page):
                _add(names, part)
    if not has_documents:
        return None
    for page in (all_pages or pages)():
        if _kind(page) is Kind.HTML:
            _add(names, page)
    return names


def _kind(page: Page) -> Kind | None:
    if page.data is not None:
        return sniff(page.data[:_HEAD])
    try:
        if not page.is_larger(0):
            return None  # skip pipes: they can be read only once
        with page.open() as file:
            return sniff(file.read(_HEAD))
    except OSError:
        return None


def _add(names: Names, page: Page) -> None:
    try:
        names.merge(names_in(unzip(page.read())))
    except (UnreadablePage, RecursionError):
        return


def names_in(raw: bytes) -> Names:
    """Return the names that a file states: JSON, JSON Lines, or a page with embedded data."""
    names = Names()
    if sniff(raw) is Kind.HTML:
        if _IN_A_PAGE in raw:
            from ..saved_page import parse as html_page
            from ..saved_page.metadata import names_in_data
            from ..saved_page.page_data import page_data

            names = names_in_data(page_data(html_page.parse(raw)))
    elif _SIGN.search(raw):
        from .read_json import posts_in

        for _ in posts_in(list(_values(raw)), names):
            pass  # the walk collects the names
    return names


def _values(raw: bytes) -> Iterator[Any]:
    from .har import answers

    text, _ = decode(raw)
    try:
        value = parse_json(text)
    except ValueError:
        pass
    else:
        captured = answers(value)
        yield from [value] if captured is None else captured
        return
    for line in text.split("\n"):
        if _SIGN.search(line.encode("utf-8", "replace")):
            yield json_value(line)
