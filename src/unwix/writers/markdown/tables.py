"""Write tables as GFM tables if GFM can express them, else as HTML."""

from __future__ import annotations

from ...model.article import BLOCKS, Element, is_placeholder
from .flavor import MarkdownFlavor
from .marks import CELL, ROW

#: Elements that GFM cannot express in a cell.
_NOT_IN_CELLS = BLOCKS - {"p", "figure"} | {"figcaption"}

_DELIMITERS = {"left": ":---", "center": ":---:", "right": "---:"}


def rows_of(table: Element) -> list[list[Element]]:
    """Return the table's cells, row by row."""
    return [list(row) for part in table for row in part]


def fits(table: Element, flavor: MarkdownFlavor) -> bool:
    """Return whether the flavor can express a table as a GFM table."""
    fits_flavor = fits_gfm(table) and (flavor.html or has_one_line_cells(table))
    return fits_flavor and (flavor.header_only_tables or len(rows_of(table)) > 1)


def fits_gfm(table: Element) -> bool:
    """Return whether GFM can express a table: no merged cells, and only lines of text and images in them."""
    cells = [cell for row in rows_of(table) for cell in row]
    if any(cell.get("colspan") or cell.get("rowspan") for cell in cells) or not cells:
        return False
    return not any(_is_block(inner) for cell in cells for inner in cell.iterdescendants())


def _is_block(inner: Element) -> bool:
    """Return whether GFM cannot express a part of a cell; a placeholder is a comment, which it can."""
    if is_placeholder(inner):
        return False
    return inner.tag in _NOT_IN_CELLS


def has_one_line_cells(table: Element) -> bool:
    """Return whether no cell has a line break or a second paragraph, which in a GFM table is HTML."""
    cells = [cell for row in rows_of(table) for cell in row]
    return not any(cell.find(".//br") is not None or len([*cell.iter("p", "figure")]) > 1 for cell in cells)


def delimiters(table: Element) -> list[str]:
    """Return the cells of the delimiter row, with the alignment of each column."""
    widest = max(rows_of(table), key=len)
    return [_DELIMITERS.get(cell.get("align") or "", "---") for cell in widest]


def gfm_table(text: str, delimiter_row: list[str]) -> str:
    """Return a table of finished cells (see marks.py), with its first row as the header, which GFM requires."""
    rows = [row.split(CELL)[:-1] for row in text.split(ROW)[:-1]]
    width = max(len(row) for row in rows)
    rows = [row + [""] * (width - len(row)) for row in rows]
    head, *body = rows
    if body and all(_is_bold(cell) for cell in head if cell):
        head = [cell[2:-2] if cell else cell for cell in head]
    lines = [head, delimiter_row + ["---"] * (width - len(delimiter_row)), *body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _is_bold(cell: str) -> bool:
    return len(cell) > 4 and cell.startswith("**") and cell.endswith("**") and "**" not in cell[2:-2]
