"""`unwix inspect`: what a source is, and where each field of it came from."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from . import OK, SOME_FAILED, WRONG_USAGE, say
from .help import command
from .options.reading import pages_of
from .options.sources import SourceType, fetching, opened


@command("Say what a file is, and where each field came from.", "unwix inspect post.html")
@click.argument("source", type=SourceType())
@fetching
def inspect(source: str | Path, **chosen: Any) -> None:
    """Say what SOURCE is, where each field came from, what is in it, and what is missing.

    Exits with 2 when nothing is there, and with 1 when something cannot be read.
    """
    from ..diagnose.inspect import inspect_page
    from ..model.errors import UnreadablePage

    number, bad = 0, False
    with opened((source,), chosen) as found:
        for number, page in enumerate(pages_of(found), 1):
            if number > 1:
                click.echo("")
            try:
                for line in inspect_page(page):
                    click.echo(line)
            except UnreadablePage as reason:
                bad = True
                click.echo(f"{page.source}: {reason}")
    if not number:
        say(f"There is no file in {source}.")
        sys.exit(WRONG_USAGE)
    sys.exit(SOME_FAILED if bad else OK)
