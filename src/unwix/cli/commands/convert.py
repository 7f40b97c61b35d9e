"""`unwix convert`: write the posts of the sources as Markdown files."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from ...version import __version__
from ..config import config_option, repeat_command
from ..console import OK, SOME_FAILED, WRONG_USAGE, batch_notes, columns_of, folded, machine_readable, say
from ..help import command
from ..locking import lock_output
from ..options.api import asking, unless_api
from ..options.filters import filtering
from ..options.links import linking, moved
from ..options.media import media_options, take_media
from ..options.open_run import OpenRun, open_run
from ..options.output import is_same_folder, is_stream, output_option, output_url, record_stream
from ..options.param_types import OneOf
from ..options.reading import count_pages, reading
from ..options.repeat_command import recorded
from ..options.sources import SourceType, opened, take_reports
from ..options.targets import file_limits, refuse_of_files, split_option, targeting
from ..options.themes import put_theme_files, theme_option, use_theme
from ..prune import prune_files
from ..terminal.progress import Progress
from ..terminal.run_log import RunLog
from ..terminal.run_output import JsonOutput, RunOutput, TextOutput
from ..terminal.summary_table import RunSummary

if TYPE_CHECKING:
    from ...blog.media.plan import Media
    from ...run.output_folder import Folder, Sink
    from ...run.report import Report
    from ...run.run import Run
    from ...run.steps import ReadResult
    from ...writers.target import Target


@command(
    "Convert posts to Markdown files.",
    "unwix convert saved-pages/ -o posts/",
    "unwix convert https://www.example.com -o blog/ --to hugo --media copy",
    "unwix convert pages.zip blog-feed.xml -o posts/ --dry-run",
)
@click.argument("sources", nargs=-1, metavar="SOURCE...", type=SourceType(), callback=unless_api)
@output_option
@targeting
@theme_option
@split_option
@linking
@reading
@filtering
@media_options
@click.option(
    "--sidecar",
    is_flag=True,
    help="Also write the original post data (Ricos JSON) to POST.ricos.json where the source has it.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be written without writing anything.")
@click.option(
    "--prune",
    type=OneOf(["list", "remove"]),
    help="List or delete files of earlier runs that have no source in this run. Edited files are always kept.",
)
@asking
@config_option
@click.option("--review", is_flag=True, help="Also write the page of `unwix review`.")
@click.option("--strict", is_flag=True, help="Exit with code 1 also if a post is incomplete.")
@click.option("--json", "as_json", is_flag=True, help="Print events as JSON Lines instead of text.")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors.")
@click.option("--verbose", "-v", is_flag=True, help="Print a line for every post, also on a terminal.")
@click.option(
    "--log-file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Also write a line for every post, and all results, to FILE.",
)
@click.pass_context
def convert(
    ctx: click.Context,
    /,
    *,
    sources: tuple[str | Path, ...],
    output: Path | None,
    dry_run: bool,
    prune: str | None,
    review: bool,
    strict: bool,
    as_json: bool,
    quiet: bool,
    verbose: bool,
    log_file: Path | None,
    **chosen: Any,
) -> None:
    """Convert the posts in SOURCE to Markdown files in OUTPUT.

    SOURCE is a file, a directory (searched recursively), an archive, the URL of a Wix site, or - for standard input. A
    file in OUTPUT that you have edited is kept; its new version is written next to it as FILE.new.
    """
    from ...run.output_folder import REPORT

    if as_json:
        machine_readable()
    if output is None and not dry_run:
        raise click.UsageError(
            "Missing option '--output' / '-o'. Name the directory for the posts, or use --dry-run.", ctx
        )
    use_theme(ctx, chosen)
    streams = is_stream(output, as_json, {**chosen, "review": review, "prune": prune})
    output = output or Path("unwix-output")  # a dry run shows names below it, and writes nothing
    refuse_of_files({**chosen, "review": review})
    if not quiet and not dry_run and any(is_same_folder(source, output) for source in sources):
        say(
            f"{output} is also a source: the posts are written among its pages. Use another directory for -o to keep "
            "them apart."
        )
    run_output = (JsonOutput if as_json else TextOutput)(RunLog(quiet, verbose, log_file, on_stderr=streams))
    conversion = _convert(
        ctx,
        sources,
        output,
        dry_run=dry_run,
        streams=streams,
        prune=prune,
        shown=run_output,
        progress=Progress(is_quiet=quiet),
        chosen=chosen,
    )
    report = conversion.report
    page = None
    if review and report.rows and not dry_run:
        from ...review import write_review

        page = write_review(output, jobs=chosen["jobs"], cache=conversion.cache)
    path = None if dry_run or conversion.folder.is_left else output / REPORT
    summary = RunSummary(
        report,
        sources,
        output,
        path,
        page,
        conversion.media is None,
        chosen["target"],
        repeat_command(ctx),
        output_url(ctx),
    )
    if conversion.media is not None and report.rows and not dry_run:
        run_output.media(conversion.media, summary.shown(output / "media.json"))
    run_output.finish(summary)
    code = _code(report, strict)
    if code == WRONG_USAGE:
        _report_nothing(report, sources, conversion.run.filtered)
    if code == SOME_FAILED and (quiet or as_json) and batch_notes.get() is None:
        say(f"{report.results_line()}{f'; see {summary.shown(path)}' if path else ''}")
    sys.exit(code)


class _Conversion(NamedTuple):
    """A run that has ended."""

    run: Run
    report: Report
    folder: Folder
    media: Media | None
    cache: Path | None
    """The directory where the run remembered its results."""


def _convert(
    ctx: click.Context,
    sources: tuple[str | Path, ...],
    output: Path,
    *,
    dry_run: bool,
    streams: bool,
    prune: str | None,
    shown: RunOutput,
    progress: Progress,
    chosen: dict[str, Any],
) -> _Conversion:
    """Read, plan and write all posts."""
    from ...blog.media.index_file import MEDIA
    from ...run.output_folder import REPORT, DryRunFolder, Folder
    from ...run.read_report import refuse_foreign_file
    from ...run.report import Report

    report = Report(__version__, dry_run=dry_run)
    records = record_stream(output, chosen["target"]) if streams and not dry_run else nullcontext()
    with records as stream, opened(sources, chosen, progress, output) as opened_sources:
        if not dry_run and not streams:
            lock_output(output)
        total = count_pages(opened_sources)  # before OUTPUT is created: a source can be missing
        media = take_media(chosen, output, not dry_run, ctx.obj, opened_sources)
        recorded_options = {"options": text_choices} if (text_choices := recorded(ctx)) else {}
        state = {"unwix": __version__, "target": chosen["target"], **recorded_options}
        folder_type = DryRunFolder if dry_run or streams else Folder
        folder = folder_type(output.parent if streams else output, state)
        if not streams and not folder.has_files:
            for name in (REPORT, *([MEDIA] if media is not None else [])):
                refuse_foreign_file(output / name)
        try:

            def sink(target: Target) -> Sink:
                if not target.file:
                    return stream or folder
                from ...run.import_file import sink_of

                return stream or sink_of(folder, target, file_limits(chosen))

            with open_run(opened_sources, total, chosen, report, sink, media, progress) as opened_run:
                _read(opened_run.read(), shown)
                _write(opened_run, shown)
            take_reports(report, opened_sources)
            if dry_run:
                _show_plan(report, media, opened_run, shown)
            if report.rows:
                put_theme_files(folder, chosen["theme"], report)
            if not streams and (report.rows or (report.skipped and not folder.has_files)):
                prune_files(folder, media if not dry_run else None, prune, shown)
                folder.write(REPORT, report.as_json())
            else:  # a wrong path must not change the report of the posts that are there
                folder.leave()
        finally:
            folder.remember()
    return _Conversion(opened_run.run, report, folder, media, opened_run.workers.cache)


def _show_plan(report: Report, media: Media | None, opened_run: OpenRun, shown: RunOutput) -> None:
    """Print the media that a run without `--dry-run` would download, and the redirects of the posts that move."""
    for url in media.to_download() if media is not None else ():
        shown.download(url)
    for old, new in moved(report, opened_run.links):
        shown.redirect(old, new)


def _code(report: Report, strict: bool) -> int:
    """Return the exit code."""
    if not report.rows:
        return WRONG_USAGE
    totals = report.totals()
    bad = totals["failed"] or totals["lossy"] or (strict and (totals["incomplete"] or report.possible_posts()))
    return SOME_FAILED if bad else OK


def _report_nothing(report: Report, sources: tuple[str | Path, ...], filtered: int) -> None:
    """Print why a run has no posts; in a batch, leave the reason to its table."""
    from ..terminal.nothing_found import nothing_found, reasons_in_short

    notes = batch_notes.get()
    if notes is not None:
        notes.append(_ALL_FILTERED if filtered else reasons_in_short(report))
        return
    for text in [_ALL_FILTERED] if filtered else nothing_found(report, sources):
        click.echo(folded(text, 4 if text.startswith(" ") else 0, columns_of(sys.stderr)), err=True)


_ALL_FILTERED = "The filters exclude all posts found. Change or remove options such as --since and --slug."


def _read(readings: Iterable[ReadResult], run_output: RunOutput) -> None:
    for read in readings:
        for source, reason in [*([(read.source, read.skipped)] if read.skipped else []), *read.left_out]:
            run_output.skipped(source, reason)


def _write(opened_run: OpenRun, run_output: RunOutput) -> None:
    run = opened_run.run
    for row in opened_run.write("writing"):
        run_output.post(row, run.report.dry_run)
    if not run.paths.target.file:
        return
    from ...run.import_file import ImportFile

    if isinstance(run.sink, ImportFile) and run.report.rows:
        for name in run.sink.finish():
            say(f"{name}: kept (edited); the new version is in {name}.new.")
        run.report.merged_names = run.sink.merged_names()
