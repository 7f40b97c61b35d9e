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
    from ..pipeline import Options
    from ..sources import Source

_F = TypeVar("_F", bound=Callable[..., Any])
_T = TypeVar("_T")
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


def pages_of(opened: list[Source]) -> Iterator[Page]:
    """The pages of the sources, one source behind the other."""
    return (page for source in opened for page in source.pages())


def count_pages(opened: list[Source]) -> int:
    """How many pages the sources have, as far as that is known before they are read."""
    return sum(source.count() or 0 for source in opened)


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
    from ..pipeline import Options
    from ..readers.names import names_of
    from ..writers.fields import parsed

    return Options(
        keep_underline="underline" in keep,
        include_deleted=include_deleted,
        sidecar=sidecar,
        target=target,
        changes=parsed(fields),
        names=names_of(lambda: pages_of(opened)),
    )


def progress(things: Iterator[_T], label: str, total: int, source: Callable[[_T], str] | None = None) -> Iterator[_T]:
    """The things, with a bar on stderr where that is a terminal.

    `source` tells where a thing came from: several of one source in a row are one step of the bar.
    """
    if not sys.stderr.isatty():
        yield from things
        return
    start = time.monotonic()
    done = 0

    def rate(_thing: object) -> str:
        return f"{done / max(1e-3, time.monotonic() - start):.0f}/s"

    with click.progressbar(length=total, label=label, file=sys.stderr, show_pos=True, item_show_func=rate) as bar:
        last: str | None = None
        for thing in things:
            yield thing
            done += 1
            here = source(thing) if source else str(done)
            bar.update(here != last, thing)
            last = here
