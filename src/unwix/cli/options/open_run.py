"""Open a run of `convert` or `check` from the options of the command."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ..terminal.progress import Progress
from .api import comments_of
from .filters import take_filters
from .links import links_of
from .reading import read_all, text_options, workers_of
from .targets import paths_of

if TYPE_CHECKING:
    from ...blog.links.resolve import Links
    from ...blog.media.plan import Media
    from ...blog.rewriter import Rewriter
    from ...run.inputs import Inputs
    from ...run.output_folder import Sink
    from ...run.report import Report
    from ...run.rows import PostRow
    from ...run.run import Run
    from ...run.steps import ReadResult
    from ...run.workers import Workers
    from ...sources import Source
    from ...writers.target import Target


class OpenRun(Struct, frozen=True):
    """A run with its workers. Call `read` to its end, then `write`."""

    run: Run
    workers: Workers
    links: Links
    progress: Progress
    _sources: list[Source]
    _inputs: Inputs
    _total: int
    _comments: bool

    def read(self) -> Iterator[ReadResult]:
        """Read all pages and show the progress."""
        return read_all(self.run, self.workers, self._sources, self._inputs, self._total, self.progress, self._comments)

    def write(self, phase: str) -> Iterator[PostRow]:
        """Plan the run, write all posts and show the progress under the name of the phase."""
        plan = self.run.plan(self.workers)
        return self.progress.each(self.run.write(self.workers, plan), phase, len(plan))


@contextmanager
def open_run(
    sources: list[Source],
    total: int,
    chosen: dict[str, Any],
    report: Report,
    sink: Callable[[Target], Sink],
    media: Media | None,
    progress: Progress,
) -> Iterator[OpenRun]:
    """Start the workers and yield the run. At the end, add its links to the report.

    `total` is the number of pages as far as it is known; `chosen` has the options of the command.
    """
    from ...run.inputs import Inputs
    from ...run.run import Run

    filters, links = take_filters(chosen), links_of(**chosen)
    with workers_of(chosen) as workers:
        inputs = Inputs(sources, workers)
        options, paths = text_options(inputs, **chosen), paths_of(**chosen)
        rewriters: list[Rewriter] = [links] if media is None else [links, media]
        run = Run(sink(paths.target), report, options, filters, paths=paths, rewriters=rewriters)
        if comments := bool(chosen.get("comments")):
            run.comments = comments_of(sources, options.names)
        yield OpenRun(run, workers, links, progress, sources, inputs, total, comments)
    report.links = links.report()
