"""Options: what the commands that convert share: their options and the pages of their sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .param_types import OneOf
from .sources import SourceType, fetching, is_live

if TYPE_CHECKING:
    from ...model.page import Page
    from ...run.run import Run
    from ...run.steps import Options, ReadResult
    from ...run.workers import Workers
    from ...sources import Source
    from ..progress import Progress

_F = TypeVar("_F", bound=Callable[..., Any])
sources_argument = click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", type=SourceType())


def reading(command: _F) -> _F:
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
            type=OneOf(["auto", "text"]),
            default="auto",
            help="text: take text without signs of Wix for a post as it stands.",
        ),
        click.option("--include-deleted", is_flag=True, help="Write posts too that Wix keeps in its trash."),
        click.option(
            "--keep",
            type=OneOf(["underline"]),
            multiple=True,
            help="Keep what Markdown has no word for, as HTML.",
        ),
    )
    command = fetching(command)
    for option in reversed(options):
        command = option(command)
    return command


def pages_of(opened: list[Source]) -> Iterator[Page]:
    """The pages of the sources, one source behind the other."""
    return (page for source in opened for page in source.pages())


def count_pages(opened: list[Source]) -> int:
    """How many pages the sources have, as far as that is known before they are read."""
    return sum(source.count() or 0 for source in opened)


def read_all(run: Run, workers: Workers, opened: list[Source], total: int, progress: Progress) -> Iterator[ReadResult]:
    """The first phase of a run, with its progress; a live source tells its own, which is slower than all reading."""
    readings = run.read(workers, pages_of(opened))
    return readings if is_live(opened) else progress.each(readings, "reading", total, lambda r: r.source)


def text_options(
    opened: list[Source],
    *,
    keep: tuple[str, ...],
    include_deleted: bool,
    target: str,
    fields: tuple[str, ...],
    sidecar: bool = False,
    **_rest: Any,
) -> Options:
    """What the user chose about the text of posts, with the names that the sources tell."""
    from ...readers.data_files.collect_names import names_of
    from ...run.steps import Options
    from ...sources import LiveSource
    from ...writers.targets.fields import parsed

    at_hand = [source for source in opened if not isinstance(source, LiveSource)]
    return Options(
        keep_underline="underline" in keep,
        include_deleted=include_deleted,
        sidecar=sidecar,
        target=target,
        changes=parsed(fields),
        names=names_of(lambda: pages_of(at_hand)),
    )
