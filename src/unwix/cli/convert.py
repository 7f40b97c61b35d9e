"""`unwix convert`: write each post of the sources into a folder."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .. import __version__
from . import OK, SOME_FAILED, WRONG_USAGE
from .options import count_pages, outcomes_of, progress, reading, sources_argument

if TYPE_CHECKING:
    from ..report import Report


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
    from ..output import REPORT, Folder
    from ..report import Report, post_line
    from ..run import Run

    total = count_pages(sources)
    folder = Folder(output)
    report = Report(__version__)
    try:
        for outcome, rows in Run(folder, report).take(progress(outcomes_of(sources, **chosen), total)):
            for row in rows:
                _line(json.dumps({"event": "post", **row}, ensure_ascii=False) if as_json else post_line(row))
            if as_json:
                skipped = [(outcome.source, outcome.skipped)] if outcome.skipped else []
                for source, reason in [*skipped, *outcome.left_out]:
                    click.echo(json.dumps({"event": "skipped", "source": source, "reason": reason}, ensure_ascii=False))
        folder.write(REPORT, report.as_json())
    finally:
        folder.remember()
    _finish(report, as_json, output / REPORT)
    if not report.rows:
        click.echo("No post found. unwix inspect FILE says what a file is; the reasons are in report.json.", err=True)
        sys.exit(WRONG_USAGE)
    sys.exit(SOME_FAILED if report.statuses["failed"] or (strict and report.lossy) else OK)


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
