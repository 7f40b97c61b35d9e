"""The steps of a run with a cache: the results of an earlier run for the same page or post are reused.

The objects here replace the functions of `steps` in the workers. They are sent to worker processes.
"""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple, replace

from ...blog.edits.edit import NO_CHOICES
from ...model.page import Page
from ...readers.documents.names import Names
from ...readers.text_dump.site_lines import SiteLines
from ...writers.front_matter.fields import NO_CHANGES
from ..steps import ReadResult, WriteTask, merge_duplicates, read_page, write_task
from ..write_post import Options, WrittenPost
from .keys import digest, page_key, program_key
from .store import store_of

#: Options that affect only the text of a post, with their defaults: a run for another target reads no page again.
_FOR_WRITING: dict[str, Any] = {
    "target": "markdown",
    "changes": NO_CHANGES,
    "keep_underline": False,
    "time_zone": None,
    "edits": NO_CHOICES,
}


class _WatchedNames(Names):
    """Names that record whether a reader used them."""

    is_used: bool = False

    def __getattribute__(self, name: str) -> Any:
        if name in ("labels", "members", "copy", "merge", "learn"):
            self.is_used = True
        return super().__getattribute__(name)


class _WatchedLines(SiteLines):
    """Site lines that record whether a reader used them."""

    is_used: bool = False

    def __getattribute__(self, name: str) -> Any:
        if name in ("top", "bottom", "texts", "labels", "merged", "in_text", "texts_in", "labels_in"):
            self.is_used = True
        return super().__getattribute__(name)


class _Remembered(Struct, frozen=True):
    """The result of a page, and the keys of the names and site lines that it was read with; None if none were used."""

    names_key: bytes | None
    lines_key: bytes | None
    result: ReadResult

    def fits(self, names_key: bytes, lines_key: bytes) -> bool:
        return self.names_key in (None, names_key) and self.lines_key in (None, lines_key)


class CachedRead(Struct, frozen=True):
    """`steps.read_page` with a cache.

    A page depends on the names and the site lines of the whole run only if its reader uses them, so that one new tag
    does not invalidate all pages.
    """

    folder: Path
    options: Options
    program: bytes
    options_key: bytes
    names_key: bytes
    lines_key: bytes

    @classmethod
    def of(cls, folder: Path, options: Options) -> CachedRead:
        """Return the step for the options of a run."""
        names, lines = options.names or Names(), options.site_lines or SiteLines()
        return cls(
            folder,
            options,
            program_key(),
            digest("read", replace(options, names=None, site_lines=None, **_FOR_WRITING)),
            digest(tuple(sorted(names.labels.items())), tuple(sorted(names.members.items()))),
            digest(tuple(map(sorted, (lines.top, lines.bottom, lines.texts, lines.labels)))),
        )

    def __call__(self, page: Page) -> ReadResult:
        """Return the posts of a page, from an earlier run or read now."""
        content = page_key(page)
        if content is None:
            return read_page(page, self.options)
        store = store_of(self.folder)
        key = digest(self.program, self.options_key, content)
        known = _load(store.get(key))
        if isinstance(known, _Remembered) and known.fits(self.names_key, self.lines_key):
            return known.result
        names, lines = self._watched()
        result = read_page(page, replace(self.options, names=names, site_lines=lines))
        if result.failed is None and page_key(page) == content:  # unless the file was changed while it was read
            used = (self.names_key if names.is_used else None, self.lines_key if lines.is_used else None)
            store.put(key, _dump(_Remembered(*used, result)))
        return result

    def recall(self, page: Page) -> ReadResult | None:
        """Return the cached result for a page, or None. Nothing is read or stored."""
        content = page_key(page)
        if content is None:
            return None
        known = _load(store_of(self.folder).get(digest(self.program, self.options_key, content)))
        if isinstance(known, _Remembered) and known.fits(self.names_key, self.lines_key):
            return known.result
        return None

    def flush(self) -> None:
        """Write pending results."""
        store_of(self.folder).flush()

    def _watched(self) -> tuple[_WatchedNames, _WatchedLines]:
        names, lines = self.options.names or Names(), self.options.site_lines or SiteLines()
        return _WatchedNames(names.labels, names.members), _WatchedLines(
            lines.top, lines.bottom, lines.texts, lines.labels
        )


class CachedMerge(Struct, frozen=True):
    """`steps.merge_duplicates` with a cache."""

    folder: Path
    program: bytes

    @classmethod
    def of(cls, folder: Path) -> CachedMerge:
        """Return the step."""
        return cls(folder, program_key())

    def __call__(self, duplicates: list[bytes]) -> tuple[bytes, bytes]:
        """Return the merged post with its summary."""
        store = store_of(self.folder)
        key = digest(self.program, "merge", *duplicates)
        known = _load(store.get(key))
        if not isinstance(known, tuple):
            known = merge_duplicates(duplicates)
            store.put(key, _dump(known))
        summary, post = known
        return summary, post

    def flush(self) -> None:
        """Write pending results."""
        store_of(self.folder).flush()


class CachedWrite(Struct, frozen=True):
    """`steps.write_task` with a cache."""

    folder: Path
    options: Options
    program: bytes
    options_key: bytes

    @classmethod
    def of(cls, folder: Path, options: Options) -> CachedWrite:
        """Return the step for the options of a run."""
        return cls(folder, options, program_key(), digest("write", options))

    def __call__(self, task: WriteTask) -> WrittenPost | str:
        """Return the written post, or a sentence if that failed."""
        store = store_of(self.folder)
        key = digest(self.program, self.options_key, *map(_in_order, astuple(task)))
        known = _load(store.get(key))
        if isinstance(known, WrittenPost):
            return known
        written = write_task(task, self.options)
        if isinstance(written, WrittenPost):
            store.put(key, _dump(written))
        return written

    def flush(self) -> None:
        """Write pending results."""
        store_of(self.folder).flush()


def _in_order(value: Any) -> Any:
    """Return a part of a task in a form in which equal parts have the same `repr`, whatever their order."""
    if isinstance(value, dict):
        return sorted(value.items())
    return sorted(value) if isinstance(value, set | frozenset) else value


def _dump(value: Any) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def _load(value: bytes | None) -> Any:
    """Return what was stored, or None if it cannot be read."""
    if value is None:
        return None
    try:
        return pickle.loads(value)
    except Exception:  # damaged bytes can raise any exception
        return None
