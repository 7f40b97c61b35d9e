"""`unwix inspect`: what a source is, and where each field of it came from."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
def inspect(source: Path) -> None:
    """Say what SOURCE is, where each field came from, what is in it, and what is missing."""
    from ..inspection import inspect_page
    from ..sources import open_sources

    pages = (page for opened in open_sources([source]) for page in opened.pages())
    for number, page in enumerate(pages):
        if number:
            click.echo("")
        for line in inspect_page(page):
            click.echo(line)
