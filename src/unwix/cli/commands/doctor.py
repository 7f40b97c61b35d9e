"""`unwix doctor`: diagnose a source without converting it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..console import OK, WRONG_USAGE
from ..help import command
from ..options.output import jobs_option
from ..options.reading import count_pages
from ..options.sources import SourceType, fetching, opened
from ..terminal.progress import Progress

if TYPE_CHECKING:
    from ...diagnose.doctor import Findings
    from ...run.workers import Workers
    from ...sources import Source


@command(
    "Diagnose a source: contents, missing content, next command.",
    "unwix doctor saved-pages/",
    "unwix doctor https://www.example.com",
)
@click.argument("source", type=SourceType())
@jobs_option("Default: one per core.")
@fetching
def doctor(source: str | Path, jobs: int | None, **chosen: Any) -> None:
    """Show what SOURCE contains, what is missing, and which command converts it.

    SOURCE is a file, a directory or the URL of a Wix site. Nothing is written.
    """
    from ...diagnose.doctor import examine_site
    from ...run.workers import Workers
    from ...sources import LiveSource

    progress = Progress()
    with opened((source,), chosen, progress) as opened_sources, Workers(jobs) as workers:
        if not isinstance(opened_sources[0], LiveSource):
            findings = diagnosis(str(source), opened_sources, workers, progress)
        else:
            findings = examine_site(opened_sources[0])  # type: ignore[arg-type]  # the only other kind that an argument can name
        progress.end()
        columns = shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else None
        for line in findings.lines(columns):
            click.echo(line)
    sys.exit(OK if findings.posts else WRONG_USAGE)


def diagnosis(source: str, sources: Sequence[Source], workers: Workers, progress: Progress) -> Findings:
    """Return what files and directories contain; show the progress."""
    from ...diagnose.doctor import examine_files
    from ...diagnose.preview import Preview

    with Preview(sources, workers) as preview:
        for _ in progress.each(preview.read(), "reading", count_pages(sources), lambda result: result.source):
            pass
        for _ in progress.each(preview.write(), "comparing", None, lambda row: row["source"]):
            pass
        return examine_files([source], preview)
