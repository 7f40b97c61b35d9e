"""`unwix convert`: write each post of the sources into a folder."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .. import __version__
from . import OK, SOME_FAILED, WRONG_USAGE, events, machine_readable, say
from .config import config_option, repeating
from .help import command
from .locking import lock_output
from .options.api import asking, comments_of, unless_api
from .options.filters import filtering, take_filters
from .options.links import linking, links_of, moved
from .options.media import media_options, take_media
from .options.media import told as told_media
from .options.param_types import OneOf
from .options.reading import count_pages, read_all, reading, text_options
from .options.repeat_command import recorded
from .options.sources import SourceType, opened, take_reports
from .options.targets import paths_of, refuse_of_files, targeting
from .progress import Progress, line
from .summary_table import RunSummary, closing_table, colourless

if TYPE_CHECKING:
    from ..blog.media.plan import Media
    from ..review import Review
    from ..run.output_folder import Folder
    from ..run.report import Report
    from ..run.run import Rewriter, Run
    from ..run.workers import Workers
    from ..sources import Source


@command(
    "Write each post as Markdown into a folder.",
    "unwix convert saved-pages/ -o posts/",
    "unwix convert https://www.example.com -o blog/ --to hugo --media copy",
    "unwix convert pages.zip blog-feed.xml -o posts/ --dry-run",
)
@click.argument("sources", nargs=-1, metavar="SOURCE...", type=SourceType(), callback=unless_api)
@click.option(
    "--output",
    "-o",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="OUTPUT",
    help="Folder for the posts and report.json.",
)
@targeting
@linking
@reading
@filtering
@media_options
@click.option(
    "--sidecar",
    is_flag=True,
    help="Keep each post's own document, where the source has it, as POST.ricos.json beside it.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option(
    "--prune",
    type=OneOf(["list", "remove"]),
    help="List or remove files of earlier runs that no source of this run makes; edited ones always stay.",
)
@asking
@config_option
@click.option("--review", is_flag=True, help="Write the page of `unwix review` too: each post beside its source.")
@click.option("--strict", is_flag=True, help="Exit with 1 also when a post lost something, or the saved page lacks it.")
@click.option("--json", "as_json", is_flag=True, help="Print events as JSON Lines instead of text.")
@click.pass_context
def convert(
    ctx: click.Context,
    /,
    *,
    sources: tuple[str | Path, ...],
    output: Path,
    dry_run: bool,
    prune: str | None,
    review: bool,
    strict: bool,
    as_json: bool,
    **chosen: Any,
) -> None:
    """Write each post in SOURCE as Markdown into OUTPUT.

    SOURCE is a file, a folder, an archive, or the address of a site; there may be several, of any kinds. A file in
    OUTPUT that you have edited is kept, and the new text put beside it as `.new`.
    """
    from ..run.import_file import sink_of
    from ..run.output_folder import REPORT, DryRunFolder, Folder
    from ..run.report import Report
    from ..run.run import Run
    from ..run.workers import Workers

    if as_json:
        machine_readable()
    progress = Progress()
    report = Report(__version__, dry_run=dry_run)
    filters = take_filters(chosen)
    refuse_of_files({**chosen, "review": review})
    links = links_of(**chosen)
    with opened(sources, chosen, progress) as found:
        if not dry_run:
            lock_output(output)
        total = count_pages(found)
        media = take_media(chosen, output, not dry_run, ctx.obj, found)
        told = {"options": said} if (said := recorded(ctx)) else {}
        folder = (DryRunFolder if dry_run else Folder)(
            output, {"unwix": __version__, "target": chosen["target"], **told}
        )
        try:
            with Workers(chosen["jobs"]) as workers:
                options, paths = text_options(found, **chosen), paths_of(**chosen)
                rewriters: list[Rewriter] = [links] if media is None else [links, media]
                run = Run(sink_of(folder, paths.target), report, options, filters, paths=paths, rewriters=rewriters)
                if chosen["comments"]:
                    run.comments = comments_of(found, options.names)
                _read(run, workers, found, total, as_json, progress)
                _write(run, workers, as_json, progress)
            report.links = links.as_dict()
            take_reports(report, found)
            if dry_run:
                _foretell(media, moved(report, links), as_json)
            if report.rows or (report.skipped and not folder.has_files):
                _prune(folder, media if not dry_run else None, prune, as_json)
                folder.write(REPORT, report.as_json())
            else:  # a wrong path takes nothing away, nor what the report says of the posts that are there
                folder.leave()
        finally:
            folder.remember()
    made = _reviewed(output, chosen["jobs"]) if review and report.rows and not dry_run else None
    if media is not None and report.rows and not dry_run:
        line(events.event("media", **media.summary()) if as_json else told_media(media, output))
    path = None if dry_run or folder.is_left else output / REPORT
    _finish(RunSummary(report, sources, output, path, made, media is None, chosen["target"]), as_json)
    if report.rows and not as_json:
        click.echo(f"To repeat: {repeating(ctx)}", err=True)
    sys.exit(_code(report, run.filtered, strict))


def _code(report: Report, filtered: int, strict: bool) -> int:
    """The exit code; where there is no post, the last sentence too."""
    if not report.rows:
        click.echo(_NOTHING if not filtered else _NOTHING_LEFT, err=True)
        return WRONG_USAGE
    totals = report.totals()
    bad = totals["failed"] or totals["lossy"] or (strict and totals["incomplete"])
    return SOME_FAILED if bad else OK


_NOTHING = (
    "No post found. Give saved pages of posts, or the address of the site (https://…); "
    "unwix inspect FILE says what a file is."
)
_NOTHING_LEFT = "No post is left: the filters leave out all that were found."


def _foretell(media: Media | None, redirected: Iterable[tuple[str, str]], as_json: bool) -> None:
    """Of a dry run: what would be downloaded, and which old addresses would be redirected."""
    for address in media.to_download() if media is not None else ():
        line(events.event("download", address=address) if as_json else f"{'download':<10} {address}")
    for old, new in redirected:
        line(events.event("redirect", old=old, new=new) if as_json else f"{'redirect':<10} {old} → {new}")


def _prune(folder: Folder, media: Media | None, how: str | None, as_json: bool) -> None:
    """Count, list or remove what earlier runs wrote and no source of this one makes."""
    stale = folder.stale()
    if how is None and stale and not as_json:
        files = "1 file of an earlier run has" if len(stale) == 1 else f"{len(stale)} files of earlier runs have"
        click.echo(f"{files} no source in this run; --prune list or remove.", err=True)
    for name in stale if how else ():
        if how == "remove":
            folder.remove(name)
        status = "removed" if how == "remove" else "stale"
        line(events.event(status, output=name) if as_json else f"{status:<10} {name}")
    if media is not None and how is not None:
        for name in media.stale():
            status = "removed" if how == "remove" else "stale"
            line(events.event(status, output=name) if as_json else f"{status:<10} {name}")
        if how == "remove":
            media.remove_stale()


def _read(run: Run, workers: Workers, found: list[Source], total: int, as_json: bool, progress: Progress) -> None:
    for read in read_all(run, workers, found, total, progress):
        if as_json:
            skipped = [(read.source, read.skipped)] if read.skipped else []
            for source, reason in [*skipped, *read.left_out]:
                line(events.event("skipped", source=source, **reason.as_dict()))


def _write(run: Run, workers: Workers, as_json: bool, progress: Progress) -> None:
    from ..run.import_file import ImportFile
    from ..run.report import post_line

    plan = run.plan(workers)
    for row in progress.each(run.write(workers, plan), "writing", len(plan)):
        line(events.event("post", **row) if as_json else post_line(row, run.report.dry_run))
    if isinstance(run.sink, ImportFile) and plan and run.sink.finish() == "edited":
        name = run.paths.target.file
        say(f"{name} was edited and is kept; the new one is {name}.new.")


def _reviewed(output: Path, jobs: int | None) -> Review:
    from ..review import write_review

    return write_review(output, jobs=jobs)


def _finish(ending: RunSummary, as_json: bool) -> None:
    from .review import told

    report, made, path = ending.report, ending.review, ending.path
    for text in report.warnings():
        click.echo(events.event("warning", text=text) if as_json else f"warning: {text}", err=not as_json)
    if as_json:
        if made is not None:
            click.echo(events.reviewed(made))
        click.echo(events.done(report))
        return
    if sys.stdout.isatty() and (report.rows or report.skipped):
        for line in closing_table(ending):
            click.echo(line, color=None if not colourless() else False)
        return
    first, *problems = report.summary()
    click.echo(first)
    for line in problems:
        click.echo(line, err=True)
    if report.dry_run and report.rows:
        click.echo("Nothing was written: run it again without --dry-run.", err=True)
    if path is not None and (report.kinds.total() or report.skipped):
        click.echo(f"What was skipped and what each problem is about: {path.as_posix()}", err=True)
    for line in told(made) if made is not None else ():
        click.echo(line)
