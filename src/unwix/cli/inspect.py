"""`unwix inspect`: what a source is, and where each field of it came from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .live import SourceType, fetching, opened
from .options import pages_of


@click.command()
@click.argument("source", type=SourceType())
@fetching
def inspect(source: str | Path, **chosen: Any) -> None:
    """Say what SOURCE is, where each field came from, what is in it, and what is missing."""
    from ..inspection import inspect_page

    with opened((source,), chosen) as found:
        for number, page in enumerate(pages_of(found)):
            if number:
                click.echo("")
            for line in inspect_page(page):
                click.echo(line)
