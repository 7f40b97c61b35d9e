"""`unwix inspect`: show what is in a file, and where each field comes from."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from ..console import OK, SOME_FAILED, WRONG_USAGE, columns_of, folded, say
from ..help import command
from ..options.reading import pages_of
from ..options.sources import SourceType, fetching, opened


@command("Show what is in a file, and where each field comes from.", "unwix inspect post.html")
@click.argument("source", type=SourceType())
@fetching
def inspect(source: str | Path, **chosen: Any) -> None:
    """Show the type of SOURCE, its fields and where they come from, its blocks, and what is missing.

    The exit code is 1 if a file cannot be read, and 2 if there is no file.
    """
    from ...diagnose.inspect import inspect_page
    from ...model.errors import UnreadablePage

    number, failed, columns = 0, False, columns_of(sys.stdout)
    with opened((source,), chosen) as opened_sources:
        for number, page in enumerate(pages_of(opened_sources), 1):
            if number > 1:
                click.echo("")
            try:
                for line in inspect_page(page):
                    click.echo(folded(line, 19, columns))
            except UnreadablePage as reason:
                failed = True
                click.echo(folded(f"{page.source}: {reason}", 2, columns))
    if not number:
        say(f"{source} contains no files.")
        sys.exit(WRONG_USAGE)
    sys.exit(SOME_FAILED if failed else OK)
