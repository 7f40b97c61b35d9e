"""Read the table of Wix's interface texts in pages of 2023 and 2024."""

from __future__ import annotations

from ...model.errors import UnwixError
from ...web.text_cleaning import plain
from ...wix.ui_texts import from_page
from .page_data import page_data
from .parse import parse


def ui_texts_catalogue(raw: bytes) -> str:
    """Return Wix's interface texts in the language of a page as a catalogue file.

    Raises Skipped for a page without them.
    """
    page = parse(raw)
    data = page_data(page)
    if not data.translations:
        raise UnwixError(
            "The page contains no table of Wix's texts. Pages of posts that were saved in 2023 and 2024 do."
        )
    return from_page.catalogue(data.translations, plain(page.tree.get("lang")) or "?")
