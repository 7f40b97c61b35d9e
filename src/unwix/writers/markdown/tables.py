"""Tables: a GFM table where GFM can say it, an HTML table where it cannot."""

from __future__ import annotations

from collections.abc import Callable

from bs4 import Tag

_BLOCKS = frozenset(
    {"ul", "ol", "table", "blockquote", "pre", "hr", "details", "div", "h1", "h2", "h3", "h4", "h5", "h6"}
)


def rows_of(table: Tag) -> list[list[Tag]]:
    """The table's cells, row by row."""
    return [
        list(row.find_all(("td", "th"), recursive=False))
        for row in table.find_all("tr")
        if row.find_parent("table") is table
    ]


def fits_gfm(table: Tag) -> bool:
    """Whether GFM can say it: no merged cells, nothing but lines of text and pictures in them."""
    rows = rows_of(table)
    cells = [cell for row in rows for cell in row]
    if any(cell.get("colspan") or cell.get("rowspan") for cell in cells) or not cells:
        return False
    return not any(_is_block(inner) for cell in cells for inner in cell.find_all(True))


def _is_block(inner: Tag) -> bool:
    """Whether GFM cannot say a part of a cell; the mark of what is missing is a comment, which stands anywhere."""
    if inner.get("class") == "missing":
        return False
    return inner.name in _BLOCKS or inner.find("figcaption") is not None


def has_one_line_cells(table: Tag) -> bool:
    """Whether no cell has a line break, or a second paragraph, which in a GFM table is HTML."""
    cells = [cell for row in rows_of(table) for cell in row]
    return not any(cell.find("br") or len(cell.find_all(["p", "figure"])) > 1 for cell in cells)


def gfm_table(table: Tag, write: Callable[[Tag], str]) -> str:
    """The table with its first row as the head, which GFM asks for."""
    rows = [[write(cell) for cell in row] for row in rows_of(table)]
    width = max(len(row) for row in rows)
    rows = [row + [""] * (width - len(row)) for row in rows]
    head, *body = rows
    if body and all(_is_bold(cell) for cell in head if cell):
        head = [cell[2:-2] if cell else cell for cell in head]
    lines = [head, ["---"] * width, *body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _is_bold(cell: str) -> bool:
    return len(cell) > 4 and cell.startswith("**") and cell.endswith("**") and "**" not in cell[2:-2]
