"""Options: what the commands that convert share: their options, the pages of their sources, and the progress bar."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from ..page import Page
    from ..pipeline import Outcome

_F = TypeVar("_F", bound=Callable[..., Any])
sources_argument = click.argument(
    "sources", nargs=-1, required=True, metavar="SOURCE...", type=click.Path(path_type=Path)
)


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


def outcomes_of(
    sources: tuple[Path, ...],
    *,
    jobs: int | None,
    kind: str,
    keep: tuple[str, ...],
    include_deleted: bool,
    sidecar: bool = False,
) -> Iterator[Outcome]:
    """What becomes of each page of the sources."""
    from ..batch import convert_pages
    from ..pipeline import Options
    from ..readers.names import names_of
    from ..sources import open_sources

    opened = open_sources(sources, plain=kind == "text")

    def pages() -> Iterator[Page]:
        return (page for source in opened for page in source.pages())

    names = names_of(pages)
    options = Options(keep_underline="underline" in keep, include_deleted=include_deleted, sidecar=sidecar, names=names)
    return convert_pages(pages(), jobs, options=options)


def count_pages(sources: tuple[Path, ...]) -> int:
    """How many pages the sources have, as far as that is known before they are read."""
    from ..sources import open_sources

    return sum(source.count() or 0 for source in open_sources(sources))


def progress(outcomes: Iterator[Outcome], total: int) -> Iterator[Outcome]:
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
