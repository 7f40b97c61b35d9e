"""`unwix review`: a static page that shows each post's source beside its Markdown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .help import command
from .locking import lock_output
from .options.targets import refuse_import

if TYPE_CHECKING:
    from ..review import Review


@command("Write a page that shows each post beside its source.", "unwix review posts/")
@click.argument("output", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Folder for the page; default: _review in OUTPUT.",
)
@click.option(
    "--offline", is_flag=True, help="Link pictures that were not copied, instead of showing them from Wix's servers."
)
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(0, 256),
    metavar="N",
    help="Worker processes; default: one for each core. 0 works in this process.",
)
def review(output: Path, into: Path | None, offline: bool, jobs: int | None) -> None:
    """Write a page to look through OUTPUT: all posts, worst first, each beside its source with what differs marked.

    It opens in any browser from the file system. Sources are looked for where convert found them: run it in the same
    folder.
    """
    from ..review import write_review

    refuse_import(output, "for a review write the posts as Markdown, too: unwix convert SOURCE -o ANOTHER --review")
    if output.is_dir():
        lock_output(into or output)
    for line in told(write_review(output, into, remote=not offline, jobs=jobs)):
        click.echo(line)


def told(made: Review) -> list[str]:
    """What was written, and where."""
    alone = f"; {made.alone} without their source, which is not at hand" if made.alone else ""
    return [f"review of {made.posts} post{'' if made.posts == 1 else 's'}{alone}: {made.index.as_posix()}"]
