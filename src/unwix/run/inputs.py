"""The inputs of a run: pages, and large web archives in slices that workers read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.page import Page
from ..readers.data_files.collect_names import names_of
from ..readers.sniff import Kind, sniff, sniff_file
from ..readers.text_dump.learn_site_lines import site_lines_of
from ..sources import FileSource, LiveSource, Source
from ..sources.slices import Slice, SliceSurvey, left_out_of, proposed_slices, settled_slices, survey
from .workers import Workers

if TYPE_CHECKING:
    from ..readers.documents.names import Names
    from ..readers.text_dump.site_lines import SiteLines

#: Kinds of files that are read before all others, because they contain facts about other files of the run.
_SEARCHED = frozenset({Kind.JSON, Kind.CSV, Kind.TEXT})
_HEAD = 4000


class Inputs:
    """The pages of files, directories and archives. Each archive is surveyed once, by the workers."""

    def __init__(self, sources: Iterable[Source], workers: Workers) -> None:
        self._sources, self._workers = list(sources), workers
        self._settled: dict[Path, list[tuple[Slice, SliceSurvey]]] = {}
        self._searched: dict[str, bool] = {}
        self._not_searched: set[int] = set()
        """Sources (their `id`) of nothing but saved pages."""

    def to_read(self, local_only: bool = False) -> Iterator[Page]:
        """Yield what to read, in order: pages, and slices of archives, each of which stands for its pages.

        With `local_only` nothing is fetched from live sites.
        """
        for source in self._local_sources() if local_only else self._sources:
            if not isinstance(source, FileSource):
                yield from source.pages()
                continue
            for file in source.files():
                if slices := self._slices_of(file, source):
                    yield from (part for part, _ in slices)
                    if (left_out := left_out_of(file.source, slices)) is not None:
                        yield left_out
                else:
                    yield from source.pages_in(file)

    def to_search(self) -> Iterator[Page]:
        """Yield the available pages that may contain facts about others; no slices that contain only saved pages."""
        for source in self._local_sources():
            if not isinstance(source, FileSource):
                yield from source.pages()
                continue
            if id(source) in self._not_searched:
                continue
            is_searched = False
            for file in source.files():
                if not self._is_searched(file, source):
                    continue
                is_searched = True
                slices = self._slices_of(file, source)
                for part, found in slices:
                    if found.kinds & _SEARCHED:
                        yield from part.pages()
                if not slices:
                    yield from source.pages_in(file)
            if not is_searched:
                self._not_searched.add(id(source))

    def pages(self, local_only: bool = False) -> Iterator[Page]:
        """Yield all pages, including those in slices."""
        for page in self.to_read(local_only):
            yield from page.pages() if isinstance(page, Slice) else (page,)

    def learned(self) -> tuple[Names | None, SiteLines | None]:
        """Return what files state about others: names of categories, tags and members, and a site's recurring lines."""
        live = [source for source in self._sources if isinstance(source, LiveSource)]
        names = names_of(
            lambda: chain(self.to_search(), *(source.name_pages() for source in live)),
            lambda: self.pages(local_only=True),
        )
        return names, site_lines_of(self.to_search())

    def _local_sources(self) -> list[Source]:
        return [source for source in self._sources if not isinstance(source, LiveSource)]

    def _is_searched(self, file: Page, source: FileSource) -> bool:
        """Return False for a file that is a saved page or cannot be read. Its first bytes are read once."""
        if file.path is None or source.may_be_archive(file):
            return True
        if source.is_html(file):
            return False
        key = str(file.path)
        if key not in self._searched:
            try:
                with file.open() as stream:
                    self._searched[key] = sniff_file(stream) in _SEARCHED
            except OSError:
                self._searched[key] = False
        return self._searched[key]

    def _slices_of(self, file: Page, source: FileSource) -> list[tuple[Slice, SliceSurvey]]:
        """Return the slices of a large web archive; none for any other file."""
        if file.path is None or not source.may_be_archive(file):
            return []
        if file.path not in self._settled:
            parts = proposed_slices(file, source.exclude_patterns)
            surveys = self._workers.map(partial(survey, kind_of=_kind), parts, _damaged)
            self._settled[file.path] = settled_slices(parts, surveys) if parts else []
        return self._settled[file.path]


def _kind(raw: bytes) -> Kind:
    return sniff(raw[:_HEAD])


def _damaged(part: Slice, _reason: str) -> SliceSurvey:
    return SliceSurvey(part.start, part.end, is_damaged=True)
