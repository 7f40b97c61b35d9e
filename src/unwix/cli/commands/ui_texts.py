"""`unwix ui-texts` (hidden): print Wix's interface texts from a page, for a new language in wix/ui_texts."""

from __future__ import annotations

from pathlib import Path

import click

from ..console import machine_readable
from ..help import command


@command("Print the Wix interface texts of a page.", "unwix ui-texts --from page.html", hidden=True)
@click.option(
    "--from",
    "page",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="PAGE",
    help="A page saved in 2023 or 2024.",
)
def ui_texts(page: Path) -> None:
    """Print the interface texts that Wix shows in the language of PAGE, as a data file for src/unwix/wix/ui_texts/."""
    from ...model.page import Page
    from ...readers.saved_page.page_texts import ui_texts_catalogue

    machine_readable()
    click.echo(ui_texts_catalogue(Page(page.as_posix(), path=page).read()), nl=False)
