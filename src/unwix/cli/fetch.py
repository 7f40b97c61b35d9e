"""`unwix fetch`: only keep what Wix's API answers, for a conversion later."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from . import OK
from .alone import alone_in
from .api import asking, open_api
from .progress import Progress


@click.command()
@click.option(
    "--output",
    "-o",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Folder for the answers; a run that was stopped goes on in it.",
)
@asking
def fetch(output: Path, **chosen: Any) -> None:
    """Save what Wix's API answers of a blog as JSON files in DIR: `unwix convert DIR` makes posts of them."""
    from ..sources.api_answers import Answers, count_posts

    if not chosen["api"]:
        raise click.UsageError(
            "fetch keeps the answers of the API: give --api. What a live site shows is kept by "
            "unwix convert ADDRESS --archive FILE.warc.gz."
        )
    alone_in(output)
    progress = Progress()
    answers = Answers(open_api(chosen), output, chosen["comments"], progress)
    try:
        answers.fetch()
    finally:
        progress.end()
    for note in answers.notes:
        click.echo(f"unwix: {note}", err=True)
    count = count_posts(answers)
    click.echo(f"{count} {'post' if count == 1 else 'posts'} in {output.as_posix()}, and what else the API tells")
    sys.exit(OK)
