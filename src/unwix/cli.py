"""Command line: the only file that prints or exits."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from . import __version__
from .errors import OutputFailed, UnwixError

if TYPE_CHECKING:
    from .pipeline import Outcome
    from .report import Report

OK, SOME_FAILED, WRONG_USAGE, STOPPED = 0, 1, 2, 130
_F = TypeVar("_F", bound=Callable[..., Any])
_SOURCES = click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", type=click.Path(path_type=Path))


def _reading(command: _F) -> _F:
    """The options of all commands that convert."""
    options = (
        click.option(
            "--jobs",
            "-j",
            type=click.IntRange(0, 256),
            metavar="N",
            help="Worker processes; default: one for each core. 0 works in this process.",
        ),
        click.option(
            "--as",
            "kind",
            type=click.Choice(["auto", "text"]),
            default="auto",
            help="text: take text without signs of Wix for a post as it stands.",
        ),
        click.option("--include-deleted", is_flag=True, help="Write posts too that Wix keeps in its trash."),
        click.option(
            "--keep",
            type=click.Choice(["underline"]),
            multiple=True,
            help="Keep what Markdown has no word for, as HTML.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="unwix", message="%(prog)s %(version)s")
def cli() -> None:
    """Turn saved Wix blog posts into clean Markdown with front matter, and prove that nothing was lost.

    SOURCE is a file or a folder, which is walked. What a file is, is told by its content.
    """


@cli.command()
@_SOURCES
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
@_reading
@click.option(
    "--sidecar",
    is_flag=True,
    help="Keep each post's own document, where the source has it, as POST.ricos.json beside it.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 also when a post lost something, or the saved page lacks it.")
@click.option("--json", "as_json", is_flag=True, help="Print events as JSON Lines instead of text.")
def convert(sources: tuple[Path, ...], output: Path, target: str, strict: bool, as_json: bool, **reading: Any) -> None:
    """Write each post in SOURCE as Markdown into OUTPUT."""
    from .output import REPORT, Folder
    from .report import Report, post_line
    from .run import Run

    total = _count(sources)
    folder = Folder(output)
    report = Report(__version__)
    try:
        for outcome, rows in Run(folder, report).take(_progress(_outcomes(sources, **reading), total)):
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


@cli.command()
@_SOURCES
@click.option(
    "--expect",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="OUTPUT",
    help="Folder that the posts should be equal to.",
)
@_reading
@click.option("--strict", is_flag=True, help="Fail also for what the saved page itself lacks.")
def check(sources: tuple[Path, ...], expect: Path | None, strict: bool, **reading: Any) -> None:
    """Convert in memory and write nothing; exit with 1 when a post lost something or differs from OUTPUT."""
    from .check import Expected
    from .report import Report, counted, lost_something, post_line
    from .run import Run

    expected = Expected(expect)
    report = Report(__version__)
    faults = 0
    for _, rows in Run(expected, report).take(_progress(_outcomes(sources, **reading), _count(sources))):
        for row in rows:
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


@cli.command()
@click.argument("source", type=click.Path(path_type=Path))
def inspect(source: Path) -> None:
    """Say what SOURCE is, where each field came from, what is in it, and what is missing."""
    from .inspection import inspect_page
    from .sources.files import pages

    for number, page in enumerate(pages([source])):
        if number:
            click.echo("")
        for line in inspect_page(page):
            click.echo(line)


@cli.command()
@click.option(
    "--from",
    "page",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="PAGE",
    help="A saved page of 2023-24.",
)
def chrome(page: Path) -> None:
    """Print what Wix prints around a post in PAGE's language, as a catalogue file for readers/chrome/."""
    from .page import Page
    from .readers.saved_page import chrome_catalogue

    click.echo(chrome_catalogue(Page(page.as_posix(), path=page).read()), nl=False)


def _outcomes(
    sources: tuple[Path, ...],
    *,
    jobs: int | None,
    kind: str,
    keep: tuple[str, ...],
    include_deleted: bool,
    sidecar: bool = False,
) -> Iterator[Outcome]:
    from .batch import convert_pages
    from .pipeline import Options
    from .readers.names import names_of
    from .sources.files import pages

    names = names_of(lambda: pages(sources))
    options = Options(keep_underline="underline" in keep, include_deleted=include_deleted, sidecar=sidecar, names=names)
    return convert_pages(pages(sources, plain=kind == "text"), jobs, options=options)


def _count(sources: tuple[Path, ...]) -> int:
    from .sources.files import pages

    return sum(1 for _ in pages(sources))


def _progress(outcomes: Iterator[Outcome], total: int) -> Iterator[Outcome]:
    """The outcomes, with a bar on stderr where that is a terminal."""
    if not sys.stderr.isatty():
        yield from outcomes
        return
    start = time.monotonic()
    done = 0

    def rate(_outcome: object) -> str:
        return f"{done / max(1e-3, time.monotonic() - start):.0f}/s"

    with click.progressbar(length=total, label="pages", file=sys.stderr, show_pos=True, item_show_func=rate) as bar:
        last: Outcome | None = None
        for outcome in outcomes:
            yield outcome
            done += 1
            # A large file has an outcome for each of its parts.
            if last is not None and last.source != outcome.source:
                bar.update(1, outcome)
            last = outcome
        bar.update(1, last)


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


def main() -> NoReturn:
    """Run the command line: a user's mistake is one sentence, never a traceback."""
    try:
        code = cli.main(prog_name="unwix", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else OK)
    except (click.exceptions.Abort, KeyboardInterrupt):
        _say("Stopped. The files that were written are whole; run the same command again to go on.")
        sys.exit(STOPPED)
    except click.ClickException as error:
        error.show()
        sys.exit(WRONG_USAGE)
    except UnwixError as error:
        _say(str(error))
        sys.exit(SOME_FAILED if isinstance(error, OutputFailed) else WRONG_USAGE)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(OK)


def _say(text: str) -> None:
    click.echo(f"unwix: {text}", err=True)
