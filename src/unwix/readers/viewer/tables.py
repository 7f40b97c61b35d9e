"""Read rendered tables, whose cells can contain any block."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.article import HEADINGS, Blocks, Element, element
from ...web.tags import CELLS, TABLE_PARTS
from ..article_building.block_cleanup import table_cell
from ..article_building.column_alignment import align_columns, alignment
from ..article_building.context import Context
from ..article_building.inline_runs import Run
from ..article_building.paragraphs import paragraphs_of
from .hooked_elements import whole_number

_ALIGNED = ("p", "li", *HEADINGS)
_TEXT_ALIGN = re.compile(r"(?:^|;)\s*text-align\s*:\s*([\w-]+)", re.IGNORECASE)


def table(node: Element, ctx: Context, depth: int) -> Blocks:
    """Return a table; Wix writes no header row, but the viewer of some documents does (`<th>`)."""
    rows = [row for row in node.iter("tr") if next(row.iterancestors("table")) is node]
    table_rows = [element("tr", *(_cell(c, ctx, depth) for c in row if c.tag in CELLS)) for row in rows]
    table_rows = [row for row in table_rows if len(row)]
    before = list(_outside_of_rows(node, ctx, depth))
    if not table_rows:
        return before
    head = [table_rows.pop(0)] if len(table_rows) > 1 and all(c.tag == "th" for c in table_rows[0]) else []
    new_table = element(
        "table", element("thead", *head) if head else None, element("tbody", *table_rows), id=ctx.anchor(node)
    )
    align_columns(new_table)
    return [*before, new_table]


def _outside_of_rows(node: Element, ctx: Context, depth: int) -> Iterator[Element]:
    """Yield the caption of a table, and text outside of cells, which browsers show before the table."""
    yield from paragraphs_of([Run(node.text or "")])
    for part in node:
        if part.tag == "caption":
            yield from ctx.walk(part, ctx, depth + 1)
        elif part.tag in TABLE_PARTS:
            loose = (part, *part) if part.tag == "tr" else (part, *part, *(cell for row in part for cell in row))
            yield from paragraphs_of(
                [Run(f"{inner.text or ''} ") for inner in loose if inner.tag in TABLE_PARTS]
                + [Run(f"{inner.tail or ''} ") for inner in loose if inner is not part]
            )
        yield from paragraphs_of([Run(part.tail or "")])


def stray_row(node: Element, ctx: Context, depth: int) -> Blocks:
    """Return a row without its table; what is in no cell is before it, or all that there is."""
    cells = [_cell(c, ctx, depth) for c in node if c.tag in CELLS]
    if not cells:
        return ctx.walk(node, ctx, depth + 1)
    loose = paragraphs_of([Run(f"{text} ") for text in (node.text, *(child.tail for child in node)) if text])
    return [*loose, element("table", element("tbody", element("tr", *cells)))]


def _cell(node: Element, ctx: Context, depth: int) -> Element:
    spans = {name: whole_number(node.get(name)) for name in ("colspan", "rowspan")}
    return table_cell(str(node.tag), ctx.walk(node, ctx, depth + 1), spans, alignment(_text_alignments(node)))


def _text_alignments(cell: Element) -> Iterator[str | None]:
    """Yield the alignment of each paragraph in a cell: its own, or the one inherited within the cell."""
    for block in (*cell.iter(*_ALIGNED),) or (cell,):
        node: Element | None = block
        while node is not None and (alignment_of_node := _own_alignment(node)) is None:
            node = None if node is cell else node.getparent()
        yield alignment_of_node


def _own_alignment(node: Element) -> str | None:
    style = node.get("style")
    match = _TEXT_ALIGN.search(style) if style else None
    return match[1] if match else node.get("align")
