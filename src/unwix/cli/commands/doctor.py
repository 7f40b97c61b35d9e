"""`unwix doctor`: diagnose a source without converting it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import click

from ..console import OK, WRONG_USAGE
from ..help import command
from ..options.output import jobs_option
from ..options.reading import count_pages, pages_of
from ..options.sources import SourceType, fetching, opened
from ..terminal.progress import Progress


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
    from ...diagnose.doctor import examine_files, examine_site
    from ...run.workers import Workers, convert_pages
    from ...sources import LiveSource

    progress = Progress()
    with opened((source,), chosen, progress) as opened_sources, Workers(jobs) as workers:
        if not isinstance(opened_sources[0], LiveSource):
            outcomes = convert_pages(workers, pages_of(opened_sources))
            findings = examine_files(
                [str(source)],
                progress.each(outcomes, "reading", count_pages(opened_sources), lambda outcome: outcome.source),
            )
        else:
            findings = examine_site(opened_sources[0])  # type: ignore[arg-type]  # the only other kind that an argument can name
        progress.end()
        columns = shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else None
        for line in findings.lines(columns):
            click.echo(line)
    sys.exit(OK if findings.posts else WRONG_USAGE)
