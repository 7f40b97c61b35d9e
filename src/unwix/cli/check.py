"""`unwix check`: convert in memory, for CI; the exit code tells."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from .. import __version__
from . import OK, SOME_FAILED, WRONG_USAGE
from .config import config_option
from .filtering import filtering, take_filters
from .options import count_pages, pages_of, progress, reading, sources_argument, text_options
from .targeting import paths_of, targeting


@click.command()
@sources_argument
@click.option(
    "--expect",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="OUTPUT",
    help="Folder that the posts should be equal to.",
)
@targeting
@reading
@filtering
@config_option
@click.option("--strict", is_flag=True, help="Fail also for what the saved page itself lacks.")
def check(sources: tuple[Path, ...], expect: Path | None, strict: bool, **chosen: Any) -> None:
    """Convert in memory and write nothing; exit with 1 when a post lost something or differs from OUTPUT."""
    from ..batch import Workers
    from ..check import Expected
    from ..report import Report, counted, lost_something, post_line
    from ..run import Run
    from ..sources import open_sources

    opened = open_sources(sources, plain=chosen["kind"] == "text")
    filters = take_filters(chosen)
    expected = Expected(expect)
    report = Report(__version__)
    faults = 0
    with Workers(chosen["jobs"]) as workers:
        run = Run(expected, report, text_options(opened, **chosen), filters, paths=paths_of(**chosen))
        readings = run.read(workers, pages_of(opened))
        for _ in progress(readings, "reading", count_pages(opened), lambda read: read.source):
            pass
        plan = run.plan()
        for row in progress(run.write(workers, plan), "checking", len(plan)):
            if row["status"] == "failed" or not row["fidelity"]["lossless"] or (strict and lost_something(row)):
                faults += 1
                click.echo(post_line(row))
    for line in expected.differences():
        faults += 1
        click.echo(line, nl=not line.endswith("\n"))
    if not report.rows:
        click.echo("No post found in the sources.", err=True)
        sys.exit(WRONG_USAGE)
    click.echo(f"{counted(len(report.rows), 'post')} checked: {'all well' if not faults else 'not all well'}")
    sys.exit(SOME_FAILED if faults else OK)
