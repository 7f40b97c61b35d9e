"""Tables: rendered tables, whose cells may hold any block."""

from __future__ import annotations

from ...model.article import Element, element
from ..article_building.block_cleanup import table_cell
from ..article_building.context import Context
from .hooked_elements import whole_number

Blocks = list[Element]


def table(node: Element, ctx: Context, depth: int) -> Blocks:
    """Return a table; Wix writes no head, but the viewer of some documents does (`<th>`)."""
    rows = [row for row in node.iter("tr") if next(row.iterancestors("table")) is node]
    made = [element("tr", *(_cell(c, ctx, depth) for c in row if c.tag in ("td", "th"))) for row in rows]
    made = [row for row in made if len(row)]
    if not made:
        return []
    head = [made.pop(0)] if len(made) > 1 and all(c.tag == "th" for c in made[0]) else []
    return [element("table", element("thead", *head) if head else None, element("tbody", *made), id=ctx.anchor(node))]


def stray_row(node: Element, ctx: Context, depth: int) -> Blocks:
    """Return a row without its table."""
    cells = [_cell(c, ctx, depth) for c in node if c.tag in ("td", "th")]
    return [element("table", element("tbody", element("tr", *cells)))] if cells else []


def _cell(node: Element, ctx: Context, depth: int) -> Element:
    spans = {name: whole_number(node.get(name)) for name in ("colspan", "rowspan")}
    return table_cell(str(node.tag), ctx.walk(node, ctx, depth + 1), spans)
