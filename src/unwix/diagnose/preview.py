"""A conversion that writes nothing, for commands that describe sources."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from types import TracebackType

from ..run.inputs import Inputs
from ..run.output_folder import NullSink
from ..run.report import Report
from ..run.rows import PostRow
from ..run.run import Run
from ..run.steps import ReadResult
from ..run.workers import Workers
from ..run.write_post import Options
from ..sources import Source


class Preview:
    """The run that `unwix convert` would do with its default options: the same posts, duplicates and problems.

    Call `read` to its end, then `write` to its end; then `report` is complete.
    """

    def __init__(self, sources: Iterable[Source], workers: Workers) -> None:
        self.report = Report("", dry_run=True)
        self.pages = 0
        """The number of pages read."""
        self._workers = workers
        self._inputs = Inputs(sources, workers)
        self._run = Run(NullSink(), self.report)

    def __enter__(self) -> Preview:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._run.close()
        self.report.rows.close()

    def read(self) -> Iterator[ReadResult]:
        """Read all pages."""
        names, site_lines = self._inputs.learned()
        self._run.options = Options(names=names, site_lines=site_lines)
        for result in self._run.read(self._workers, self._inputs.to_read()):
            self.pages += 1
            yield result

    def write(self) -> Iterator[PostRow]:
        """Write all posts to nowhere, to compare them with their sources."""
        return self._run.write(self._workers, self._run.plan(self._workers))

    def rows(self) -> Iterator[PostRow]:
        """Yield the rows of the report."""
        return (json.loads(row) for row in self.report.rows)
