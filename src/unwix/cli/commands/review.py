"""`unwix review`: write a page that shows each post next to its source."""

from __future__ import annotations

from pathlib import Path

import click

from ..help import command
from ..locking import lock_output
from ..options.output import jobs_option, result_directory_option
from ..options.targets import refuse_import
from ..terminal.run_output import review_line


@command("Write a page that shows each post next to its source.", "unwix review posts/")
@click.argument("output", type=click.Path(path_type=Path, file_okay=False))
@result_directory_option("Directory for the page. Default: _review in OUTPUT.")
@click.option("--offline", is_flag=True, help="Link images that were not copied instead of loading them from Wix.")
@jobs_option()
def review(output: Path, into: Path | None, offline: bool, jobs: int | None) -> None:
    """Write a page for reviewing OUTPUT: all posts, sorted by severity, each next to its source, differences marked.

    Open the page in any browser; it needs no server. Run `unwix review` in the directory in which you ran
    `unwix convert`, so that it finds the sources.
    """
    from ...review import write_review
    from ...sources.cache_folder import cache_folder

    refuse_import(output, "For a review, convert to Markdown as well: unwix convert SOURCE -o OTHER --review")
    if output.is_dir():
        lock_output(into or output)
    click.echo(review_line(write_review(output, into, remote=not offline, jobs=jobs, cache=cache_folder())))
