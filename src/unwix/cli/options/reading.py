"""Options of the commands that read posts, and the steps that these commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .api import live_comments
from .output import jobs_option
from .param_types import ClusterType, OneOf, TimeZone, WordList
from .sources import SourceType, fetching, is_live

if TYPE_CHECKING:
    from ...model.page import Page
    from ...run.inputs import Inputs
    from ...run.run import Run
    from ...run.steps import ReadResult
    from ...run.workers import Workers
    from ...run.write_post import Options
    from ...sources import Source
    from ..terminal.progress import Progress

_F = TypeVar("_F", bound=Callable[..., Any])
sources_argument = click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", type=SourceType())


def reading(command: _F) -> _F:
    """Add the options of the commands that convert posts."""
    options = (
        jobs_option(),
        click.option(
            "--executor",
            "cluster",
            type=ClusterType(),
            metavar="URL",
            help="Do the work on a Dask cluster: dask://HOST:8786, the scheduler. Default: processes on this computer.",
        ),
        click.option(
            "--as",
            "kind",
            type=OneOf(["auto", "text"]),
            default="auto",
            help="text: treat every text file as a post, even if nothing identifies it as the text of a Wix page.",
        ),
        click.option(
            "--timezone",
            "time_zone",
            type=TimeZone(),
            metavar="ZONE",
            help="Time zone of all dates, such as Europe/Berlin. Default: the zone that the blog's pages state.",
        ),
        click.option(
            "--exclude",
            "exclude_patterns",
            multiple=True,
            metavar="PATTERN",
            help="Leave out files and directories of SOURCE by name or path, such as drafts or '2019/*'. Can be "
            "repeated.",
        ),
        click.option(
            "--password",
            envvar="UNWIX_PASSWORD",
            show_envvar=True,
            metavar="TEXT",
            help="Password of encrypted ZIP archives. It is not recorded.",
        ),
        click.option("--no-cache", is_flag=True, help="Convert all pages again, also those that have not changed."),
        click.option(
            "--strip-tracking", is_flag=True, help="Remove tracking parameters (utm_source, fbclid …) from links."
        ),
        click.option(
            "--normalize",
            type=WordList(["lists", "headings"]),
            default="",
            metavar="WHAT",
            help="lists: turn typed bullets and numbers into lists; headings: turn bold lines into headings; or "
            "lists,headings.",
        ),
        click.option(
            "--footnotes",
            is_flag=True,
            help="Turn numbers that link to notes into footnotes ([^1]), where the target has them.",
        ),
        click.option(
            "--keep-cover", is_flag=True, help="Keep the cover as first image of a post where themes show it too."
        ),
        click.option("--include-deleted", is_flag=True, help="Include posts from the blog's trash."),
        click.option("--keep-underline", is_flag=True, help="Keep underlined text as HTML (<u>)."),
    )
    command = fetching(command)
    for option in reversed(options):
        command = option(command)
    return command


def workers_of(chosen: dict[str, Any]) -> Workers:
    """Return the workers of a run, which remember its results unless --no-cache was given."""
    from ...run.workers import Workers

    cache = None
    if not chosen["no_cache"] and (cache := chosen.get("cache")) is None:
        from ...sources.cache_folder import cache_folder

        cache = cache_folder()
    return Workers(chosen["jobs"], cache=cache, cluster=chosen.get("cluster"))


def pages_of(opened: list[Source]) -> Iterator[Page]:
    """Yield the pages of all sources, in order."""
    return (page for source in opened for page in source.pages())


def count_pages(opened: Sequence[Source]) -> int:
    """Return the number of pages as far as it is known before reading."""
    return sum(source.count() or 0 for source in opened)


def read_all(
    run: Run,
    workers: Workers,
    opened: list[Source],
    inputs: Inputs,
    total: int,
    progress: Progress,
    comments: bool = False,
) -> Iterator[ReadResult]:
    """Read all pages and show the progress; a live source shows its own, since fetching takes longer than reading."""
    from_site = comments and is_live(opened)
    pages = live_comments(inputs.pages(), run.comments) if from_site else inputs.to_read()
    readings = run.read(workers, pages)
    return readings if is_live(opened) else progress.each(readings, "reading", total, lambda r: r.source)


def text_options(
    inputs: Inputs,
    *,
    keep_underline: bool,
    include_deleted: bool,
    target: str,
    fields: tuple[str, ...],
    sidecar: bool = False,
    time_zone: str | None = None,
    strip_tracking: bool = False,
    normalize: str = "",
    footnotes: bool = False,
    keep_cover: bool = False,
    theme: str | None = None,
    **_rest: Any,
) -> Options:
    """Return the options for the text of posts, with what the sources state about each other (`Inputs.learned`)."""
    from ...blog.edits.edit import Edits
    from ...run.write_post import Options
    from ...writers.front_matter.fields import parse_changes

    names, site_lines = inputs.learned()
    return Options(
        keep_underline=keep_underline,
        include_deleted=include_deleted,
        sidecar=sidecar,
        time_zone=time_zone,
        edits=Edits(strip_tracking, frozenset(normalize.split(",")) - {""}, footnotes, keep_cover),
        target=target,
        theme=theme,
        changes=parse_changes(fields),
        names=names,
        site_lines=site_lines,
    )
