"""`unwix chrome`: what Wix prints around a post in a page's language."""

from __future__ import annotations

from pathlib import Path

import click

from . import machine_readable
from .help import command


@command("Print Wix's own texts in a page's language.", "unwix chrome --from page.html")
@click.option(
    "--from",
    "page",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="PAGE",
    help="A saved page of 2023-24.",
)
def chrome(page: Path) -> None:
    """Print what Wix prints around a post in PAGE's language, as a catalogue file for readers/chrome/."""
    from ..model.page import Page
    from ..readers.saved_page.reader import ui_texts_catalogue

    machine_readable()
    click.echo(ui_texts_catalogue(Page(page.as_posix(), path=page).read()), nl=False)
