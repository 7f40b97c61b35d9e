"""`unwix convert`: write the posts of the sources as Markdown files."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from ...version import __version__
from .. import events
from ..config import config_option, repeat_command
from ..console import OK, SOME_FAILED, WRONG_USAGE, machine_readable, say
from ..help import command
from ..locking import lock_output
from ..options.api import asking, comments_of, unless_api
from ..options.filters import filtering, take_filters
from ..options.links import linking, links_of, moved
from ..options.media import media_line, media_options, take_media
from ..options.output import is_stream, output_option, record_stream
from ..options.param_types import OneOf
from ..options.reading import count_pages, read_all, reading, text_options, workers_of
from ..options.repeat_command import recorded
from ..options.sources import SourceType, opened, take_reports
from ..options.targets import paths_of, refuse_of_files, targeting
from ..prune import prune_files
from ..terminal.progress import Progress, is_screen, line
from ..terminal.run_log import RunLog
from ..terminal.summary_table import RunSummary, closing_table, without_color

if TYPE_CHECKING:
    from ...blog.media.plan import Media
    from ...run.output_folder import Folder
    from ...run.report import Report
    from ...run.run import Rewriter, Run
    from ...run.steps import ReadResult
    from ...run.workers import Workers


@command(
    "Convert posts to Markdown files.",
    "unwix convert saved-pages/ -o posts/",
    "unwix convert https://www.example.com -o blog/ --to hugo --media copy",
    "unwix convert pages.zip blog-feed.xml -o posts/ --dry-run",
)
@click.argument("sources", nargs=-1, metavar="SOURCE...", type=SourceType(), callback=unless_api)
@output_option
@targeting
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
    streams = is_stream(output, as_json, chosen)
    output = output or Path("unwix-output")  # a dry run shows names below it, and writes nothing
    refuse_of_files({**chosen, "review": review})
    log, progress = RunLog(quiet, verbose, log_file, on_stderr=streams), Progress(is_quiet=quiet)
    done = _convert(
        ctx,
        sources,
        output,
        dry_run=dry_run,
        streams=streams,
        prune=prune,
        as_json=as_json,
        log=log,
        progress=progress,
        chosen=chosen,
    )
    report = done.report
    page = None
    if review and report.rows and not dry_run:
        from ...review import write_review

        page = write_review(output, jobs=chosen["jobs"])
    if done.media is not None and report.rows and not dry_run:
        _print_media(done.media, output, as_json, log)
    path = None if dry_run or done.folder.is_left else output / REPORT
    command_line = repeat_command(ctx)
    summary = RunSummary(report, sources, output, path, page, done.media is None, chosen["target"], command_line)
    _finish(summary, as_json, log)
    if report.rows and not as_json:
        log.hint(f"To repeat: {command_line}")
    code = _code(report, done.run.filtered, strict)
    if code == SOME_FAILED and (quiet or as_json):
        say(f"{report.results_line()}{f'; see {path.as_posix()}' if path else ''}")
    sys.exit(code)


class _Conversion(NamedTuple):
    """A run that has ended."""

    run: Run
    report: Report
    folder: Folder
    media: Media | None


def _convert(
    ctx: click.Context,
    sources: tuple[str | Path, ...],
    output: Path,
    *,
    dry_run: bool,
    streams: bool,
    prune: str | None,
    as_json: bool,
    log: RunLog,
    progress: Progress,
    chosen: dict[str, Any],
) -> _Conversion:
    """Read, plan and write all posts."""
    from ...run.import_file import sink_of
    from ...run.output_folder import REPORT, DryRunFolder, Folder
    from ...run.report import Report
    from ...run.run import Run

    report, filters, links = Report(__version__, dry_run=dry_run), take_filters(chosen), links_of(**chosen)
    records = record_stream(output) if streams and not dry_run else nullcontext()
    with records as stream, opened(sources, chosen, progress, output) as found:
        if not dry_run and not streams:
            lock_output(output)
        total = count_pages(found)
        media = take_media(chosen, output, not dry_run, ctx.obj, found)
        recorded_options = {"options": text_choices} if (text_choices := recorded(ctx)) else {}
        state = {"unwix": __version__, "target": chosen["target"], **recorded_options}
        folder_type = DryRunFolder if dry_run or streams else Folder
        folder = folder_type(output.parent if streams else output, state)
        try:
            with workers_of(chosen) as workers:
                options, paths = text_options(found, **chosen), paths_of(**chosen)
                rewriters: list[Rewriter] = [links] if media is None else [links, media]
                sink = stream or sink_of(folder, paths.target)
                run = Run(sink, report, options, filters, paths=paths, rewriters=rewriters)
                if chosen["comments"]:
                    run.comments = comments_of(found, options.names)
                readings = read_all(run, workers, found, total, progress, chosen["comments"])
                _read(readings, as_json, log)
                _write(run, workers, as_json, progress, log)
            report.links = links.as_dict()
            take_reports(report, found)
            if dry_run:
                _list_network_use(media, moved(report, links), as_json, log)
            if not streams and (report.rows or (report.skipped and not folder.has_files)):
                prune_files(folder, media if not dry_run else None, prune, as_json, log)
                folder.write(REPORT, report.as_json())
            else:  # a wrong path must not change the report of the posts that are there
                folder.leave()
        finally:
            folder.remember()
    return _Conversion(run, report, folder, media)


def _print_media(media: Media, output: Path, as_json: bool, log: RunLog) -> None:
    if as_json:
        line(events.event("media", **media.summary()))
    else:
        log.result(media_line(media, output))


def _code(report: Report, filtered: int, strict: bool) -> int:
    """Return the exit code; print the reason if the run has no posts."""
    if not report.rows:
        click.echo(_NOTHING if not filtered else _NOTHING_LEFT, err=True)
        return WRONG_USAGE
    totals = report.totals()
    bad = totals["failed"] or totals["lossy"] or (strict and (totals["incomplete"] or report.possible_posts()))
    return SOME_FAILED if bad else OK


_NOTHING = (
    "No blog post found. Give saved pages of posts or the URL of the site (https://…); "
    "unwix inspect FILE shows what is in a file."
)
_NOTHING_LEFT = "The filters exclude all posts found."


def _list_network_use(media: Media | None, redirected: Iterable[tuple[str, str]], as_json: bool, log: RunLog) -> None:
    """Print what a real run would download, and which old URLs would be redirected."""
    for url in media.to_download() if media is not None else ():
        line(events.event("download", url=url)) if as_json else log.detail(f"{'download':<10} {url}")
    for old, new in redirected:
        line(events.event("redirect", old=old, new=new)) if as_json else log.detail(f"{'redirect':<10} {old} → {new}")


def _read(readings: Iterable[ReadResult], as_json: bool, log: RunLog) -> None:
    for read in readings:
        skipped = [(read.source, read.skipped)] if read.skipped else []
        for source, reason in [*skipped, *read.left_out]:
            if as_json:
                line(events.event("skipped", source=source, **reason.as_dict()))
            log.log(f"{'skipped':<10} {source}: {reason}")


def _write(run: Run, workers: Workers, as_json: bool, progress: Progress, log: RunLog) -> None:
    from ...run.import_file import ImportFile
    from ...run.report import post_line

    plan = run.plan(workers)
    for row in progress.each(run.write(workers, plan), "writing", len(plan)):
        if as_json:
            line(events.event("post", **row))
            continue
        text = post_line(row, run.report.dry_run)
        log.post(row, text + (f"  kept; the new version is in {row['output']}.new" if row["file"] == "edited" else ""))
    if isinstance(run.sink, ImportFile) and plan and run.sink.finish() == "edited":
        name = run.paths.target.file
        say(f"{name}: kept (edited); the new version is in {name}.new.")


def _finish(ending: RunSummary, as_json: bool, log: RunLog) -> None:
    """Print the results, the problems and what to do next."""
    from .review import review_line

    report, review, path = ending.report, ending.review, ending.path
    for text in report.warnings():
        if as_json:
            click.echo(events.event("warning", text=text))
        else:
            log.hint(f"warning: {text}")
    if as_json:
        if review is not None:
            click.echo(events.review_written(review))
        click.echo(events.done(report))
        return
    if is_screen(sys.stdout) and (report.rows or report.skipped) and not log.quiet and not log.on_stderr:
        for text in closing_table(ending):
            click.echo(text, color=False if without_color() else None)
            log.log(click.unstyle(text))
        return
    first, *problems = report.summary()
    log.result(first)
    for text in problems:
        log.hint(text)
    if report.dry_run and report.rows:
        log.hint("Nothing was written. Run the command without --dry-run to write the files.")
    if path is not None and (report.kinds.total() or report.skipped):
        log.hint(f"Details of problems and skipped files: {path.as_posix()}")
    if review is not None:
        log.result(review_line(review))
