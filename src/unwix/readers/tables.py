"""Tables: rendered tables, whose cells may hold any block."""

from __future__ import annotations

from ..article import Element, element
from .context import Context
from .hooks import whole_number
from .tidy import tidy_blocks

Blocks = list[Element]


def table(node: Element, ctx: Context, depth: int) -> Blocks:
    """A table; Wix writes no head, but the viewer of some documents does (`<th>`)."""
    rows = [row for row in node.iter("tr") if next(row.iterancestors("table")) is node]
    made = [element("tr", *(_cell(c, ctx, depth) for c in row if c.tag in ("td", "th"))) for row in rows]
    made = [row for row in made if len(row)]
    if not made:
        return []
    head = [made.pop(0)] if len(made) > 1 and all(c.tag == "th" for c in made[0]) else []
    return [element("table", element("thead", *head) if head else None, element("tbody", *made), id=ctx.anchor(node))]


def stray_row(node: Element, ctx: Context, depth: int) -> Blocks:
    """A row without its table."""
    cells = [_cell(c, ctx, depth) for c in node if c.tag in ("td", "th")]
    return [element("table", element("tbody", element("tr", *cells)))] if cells else []


def _cell(node: Element, ctx: Context, depth: int) -> Element:
    spans = {k: str(v) for k in ("colspan", "rowspan") if (v := whole_number(node.get(k))) and 1 < v < 1000}
    inside = tidy_blocks(ctx.walk(node, ctx, depth + 1))
    made = element(str(node.tag), **spans)
    if len(inside) == 1 and inside[0].tag == "p" and not inside[0].attrib:
        made.text = inside[0].text
        made[:] = list(inside[0])
    else:
        made.extend(inside)
    return made
