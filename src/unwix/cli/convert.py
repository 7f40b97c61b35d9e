"""`unwix convert`: write each post of the sources into a folder."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .. import __version__
from . import OK, SOME_FAILED, WRONG_USAGE
from .options import count_pages, pages_of, progress, reading, sources_argument, text_options

if TYPE_CHECKING:
    from ..batch import Workers
    from ..page import Page
    from ..report import Report
    from ..run import Run


@click.command()
@sources_argument
@click.option(
    "--output",
    "-o",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="OUTPUT",
    help="Folder for the posts and report.json.",
)
@click.option(
    "--to",
    "target",
    type=click.Choice(["markdown"]),
    default="markdown",
    show_default=True,
    help="What the posts are for.",
)
@reading
@click.option(
    "--sidecar",
    is_flag=True,
    help="Keep each post's own document, where the source has it, as POST.ricos.json beside it.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 also when a post lost something, or the saved page lacks it.")
@click.option("--json", "as_json", is_flag=True, help="Print events as JSON Lines instead of text.")
def convert(sources: tuple[Path, ...], output: Path, target: str, strict: bool, as_json: bool, **chosen: Any) -> None:
    """Write each post in SOURCE as Markdown into OUTPUT."""
    from ..batch import Workers
    from ..output import REPORT, Folder
    from ..report import Report
    from ..run import Run
    from ..sources import open_sources

    opened = open_sources(sources, plain=chosen["kind"] == "text")
    total = count_pages(opened)
    folder = Folder(output, {"unwix": __version__, "target": target})
    report = Report(__version__)
    try:
        with Workers(chosen["jobs"]) as workers:
            run = Run(folder, report, text_options(opened, **chosen))
            _read(run, workers, pages_of(opened), total, as_json)
            _write(run, workers, as_json)
        folder.write(REPORT, report.as_json())
    finally:
        folder.remember()
    _finish(report, as_json, output / REPORT)
    if not report.rows:
        click.echo("No post found. unwix inspect FILE says what a file is; the reasons are in report.json.", err=True)
        sys.exit(WRONG_USAGE)
    sys.exit(SOME_FAILED if report.statuses["failed"] or (strict and report.lossy) else OK)


def _read(run: Run, workers: Workers, pages: Iterator[Page], total: int, as_json: bool) -> None:
    for read in progress(run.read(workers, pages), "reading", total, lambda read: read.source):
        if as_json:
            skipped = [(read.source, read.skipped)] if read.skipped else []
            for source, reason in [*skipped, *read.left_out]:
                _line(json.dumps({"event": "skipped", "source": source, "reason": reason}, ensure_ascii=False))


def _write(run: Run, workers: Workers, as_json: bool) -> None:
    from ..report import post_line

    plan = run.plan()
    for row in progress(run.write(workers, plan), "writing", len(plan)):
        _line(json.dumps({"event": "post", **row}, ensure_ascii=False) if as_json else post_line(row))


def _line(text: str) -> None:
    """A line on stdout; where the bar is on the same terminal, it makes room."""
    if sys.stdout.isatty() and sys.stderr.isatty():
        click.echo("\r\x1b[2K", nl=False, err=True)
    click.echo(text)


def _finish(report: Report, as_json: bool, path: Path) -> None:
    if as_json:
        totals = {
            "posts": len(report.rows),
            **report.statuses,
            "lossless": report.lossless,
            "skipped": len(report.skipped),
        }
        click.echo(json.dumps({"event": "done", **totals}, ensure_ascii=False))
        return
    first, *problems = report.summary()
    click.echo(first)
    for line in problems:
        click.echo(line, err=True)
    if report.kinds.total() or report.skipped:
        click.echo(f"What was skipped and what each problem is about: {path.as_posix()}", err=True)
