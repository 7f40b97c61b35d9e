"""Align table columns: Wix aligns each paragraph of a cell, Markdown aligns whole columns."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest

from ...model.article import Element, text_of

_NAMES = frozenset({"left", "center", "right"})


def alignment(values: Iterable[str | None]) -> str | None:
    """Return the alignment that all paragraphs of a cell share, or None; automatic and justified text has none."""
    alignments = {(value or "").strip().lower() for value in values}
    only = alignments.pop() if len(alignments) == 1 else ""
    return only if only in _NAMES else None


def align_columns(table: Element) -> None:
    """Keep `align` on all cells of a column whose cells agree, and remove it from all others.

    Empty cells do not count, nor does the first row if there are more: a header is often centered. In a table with
    merged cells each cell keeps its own alignment, because Markdown writes it as HTML.
    """
    rows = [[*row] for part in table for row in part]
    if any(cell.get("colspan") or cell.get("rowspan") for row in rows for cell in row):
        return
    for column in zip_longest(*rows):
        cells = [cell for cell in column if cell is not None]
        judged = [cell for cell in column[1:] if cell is not None and _has_content(cell)]
        shared = alignment(cell.get("align") for cell in judged or cells)
        for cell in cells:
            cell.attrib.pop("align", None)
            if shared:
                cell.set("align", shared)


def _has_content(cell: Element) -> bool:
    return bool(text_of(cell).strip()) or len(cell) > 0
