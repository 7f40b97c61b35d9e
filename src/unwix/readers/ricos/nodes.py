"""Convert a Ricos document to an article.

`NODES` maps node types to their readers, `DECORATIONS` in text.py maps decorations: a new type needs a function and a
row. The result has the same form as that of the reader of rendered bodies. Facts: docs/wix/ricos.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ...model.article import HEADINGS, Blocks, Element, element, is_placeholder
from ...web.json_path import Json, flag, identity, kind_of, line, number, obj, objects
from ...web.text_cleaning import clean
from ..article_building.block_cleanup import table_cell, tidy_blocks
from ..article_building.column_alignment import align_columns, alignment
from ..article_building.context import Context
from ..article_building.inline_runs import Run, one_line, split_paragraphs, text_element, tidy
from ..article_building.join_lines import join_lines
from ..article_building.paragraphs import empty_paragraph, paragraphs_of
from .containers import behind_spoiler, set_id, summary, with_id
from .link_targets import all_keys, linked_keys
from .media import CAPTIONED, MEDIA, by_data
from .parts import Reader
from .structure import level_of, parts_of, table_of_contents
from .text import deep_runs, plain_text, runs_of

LinesToBlocks = Callable[[list[Run]], Iterable[Element]]
#: Fields in which a node of an unknown type may contain visible text.
_SPOKEN = ("title", "name", "text", "label", "caption")


def read_document(document: Json, ctx: Context) -> Element:
    """Return the article of a document."""
    nodes = objects(document, "nodes")
    ctx.outline = [
        (level_of(n), identity(n), line({"t": plain_text([n])}, "t")) for n in nodes if kind_of(n) == "HEADING"
    ]
    listed = {key for _, key, _ in ctx.outline} if any(kind_of(n) == "TOC" for n in nodes) else set()
    linked = linked_keys(document)
    ctx.anchors = frozenset((linked & all_keys(nodes) if linked else linked) | listed) - {""}
    return element("article", *tidy_blocks(join_lines(blocks(nodes, ctx))))


def read_node(node: Json, ctx: Context) -> Blocks:
    """Return the article blocks of one node."""
    return tidy_blocks(_block(node, ctx, 0))


def blocks(nodes: list[Json], ctx: Context, depth: int = 0) -> Blocks:
    """Return the article blocks of some nodes; loose text between them becomes paragraphs."""
    return _flow(nodes, ctx, depth, paragraphs_of)


def _flow(nodes: list[Json], ctx: Context, depth: int, lines_to_blocks: LinesToBlocks) -> Blocks:
    """Return the blocks of some nodes in order; `lines_to_blocks` builds the blocks of the text between them."""
    if depth > ctx.MAX_DEPTH:
        ctx.too_deep()
        return list(paragraphs_of(list(deep_runs(nodes, ctx))))
    out: Blocks = []
    text: list[Run] = []
    for node in nodes:
        if kind_of(node) == "TEXT":
            text.extend(runs_of(node, ctx))
            text.extend(deep_runs(objects(node, "nodes"), ctx))
            continue
        if text:
            out.extend(lines_to_blocks(text))
            text = []
        out.extend(_block(node, ctx, depth))
    if text:
        out.extend(lines_to_blocks(text))
    return out


def _block(node: Json, ctx: Context, depth: int) -> Blocks:
    """Return the blocks of one node: by the table, inside its spoiler, with the id that links point to."""
    kind = kind_of(node) or "PARAGRAPH"  # Wix treats a node without a type as a paragraph
    ctx.block_id = identity(node) or None
    ctx.number += 1
    key, known = ctx.block_id, len(ctx.problems)
    node_blocks = NODES.get(kind, _unknown)(node, ctx, depth)
    if key and any(map(is_placeholder, node_blocks)) and (counterpart := ctx.lookup(key)) is not None:
        node_blocks = [counterpart]
        del ctx.problems[known:]
    if kind in MEDIA:
        ctx.mark_blocks(node_blocks, key)
    if kind in MEDIA and kind not in CAPTIONED:
        node_blocks = [*node_blocks, *blocks(objects(node, "nodes"), ctx, depth + 1)]
    if not node_blocks and kind not in MEDIA:
        node_blocks = by_data(node, ctx, depth)
    node_blocks = behind_spoiler(node, node_blocks)
    # All headings have an id, because other posts may link to them; `blog.links` removes unused ones.
    # A container of a heading (a cell, the title of a collapsible) has an id that nothing points to.
    is_target = key in ctx.anchors or (kind == "HEADING" and any(block.tag in HEADINGS for block in node_blocks[:1]))
    if is_target and key and key not in ctx.placed:
        ctx.placed.add(key)
        return with_id(node_blocks, key)
    return node_blocks


# ---- text -------------------------------------------------------------------------------------------------------


def _paragraph(node: Json, ctx: Context, depth: int) -> Blocks:
    return blocks(objects(node, "nodes"), ctx, depth + 1) or [empty_paragraph()]


def _heading(node: Json, ctx: Context, depth: int) -> Blocks:
    def lines_to_blocks(text: list[Run]) -> Iterator[Element]:
        yield from (text_element(f"h{level_of(node)}", part) for part in split_paragraphs(one_line(tidy(text))))

    return _flow(objects(node, "nodes"), ctx, depth + 1, lines_to_blocks)


def _listing(node: Json, ctx: Context, depth: int) -> Blocks:
    """Return code as it is, with its line breaks and indents; colors belong to the viewer."""

    def lines_to_blocks(text: list[Run]) -> Iterator[Element]:
        code = clean("".join(run.text for run in text)).replace("\xa0", " ")
        yield element("pre", element("code", code.strip("\n") if "\n" in code else code))

    # An empty one is a blank line of code that was pasted line by line; `tidy_blocks` drops single ones.
    return _flow(objects(node, "nodes"), ctx, depth + 1, lines_to_blocks) or [element("pre", element("code"))]


def _quote(node: Json, ctx: Context, depth: int) -> Blocks:
    inside = tidy_blocks(blocks(objects(node, "nodes"), ctx, depth + 1))
    return [element("blockquote", *inside)] if inside else []


def _caption(node: Json, ctx: Context, _depth: int) -> Blocks:
    """Return a caption outside of its image; `tidy_blocks` moves it."""
    return [text_element("figcaption", one_line(tidy(deep_runs(objects(node, "nodes"), ctx))))]


def _rule(node: Json, ctx: Context, depth: int) -> Blocks:
    return [element("hr"), *_inside(node, ctx, depth)]


# ---- lists and tables -------------------------------------------------------------------------------------------


def _list(tag: str) -> Reader:
    def read(node: Json, ctx: Context, depth: int) -> Blocks:
        start = number(node, "orderedListData", "start") if tag == "ol" else None
        new_list = element(tag, start=str(start) if start is not None and start != 1 and 0 <= start < 10**9 else None)
        for child in parts_of(node):
            item = _item(child, ctx, depth)
            if item is None:
                continue
            if kind_of(child) in _LISTS and len(new_list):
                new_list[-1].extend(list(item))  # a list without an item belongs to the preceding item
            else:
                new_list.append(item)
        return [new_list] if len(new_list) else []

    return read


def _item(node: Json, ctx: Context, depth: int) -> Element | None:
    is_item = kind_of(node) == "LIST_ITEM"
    key = identity(node)
    inside = tidy_blocks(blocks(objects(node, "nodes") if is_item else [node], ctx, depth + 1))
    if not inside:
        return None
    checked = flag(node, "listItemData", "checked")
    item = element("li", *inside, checked=None if checked is None else str(checked).lower())
    if is_item and key and key in ctx.anchors - ctx.placed:
        ctx.placed.add(key)
        set_id(item, key)
    return item


def _checklist(node: Json, ctx: Context, depth: int) -> Blocks:
    """Return a checklist; an item without a state is unchecked."""
    new_list = _list("ul")(node, ctx, depth)
    for item in (i for block in new_list for i in block if i.get("checked") is None):
        item.set("checked", "false")
    return new_list


def _stray_item(node: Json, ctx: Context, depth: int) -> Blocks:
    """Return a list for an item without a list."""
    item = _item(node, ctx, depth)
    return [element("ul", item)] if item is not None else []


def _table(node: Json, ctx: Context, depth: int) -> Blocks:
    rows = (parts_of(row) if kind_of(row) == "TABLE_ROW" else [row] for row in parts_of(node))
    table_rows = [element("tr", *(_cell(cell, ctx, depth) for cell in row)) for row in rows]
    table_rows = [row for row in table_rows if len(row)]
    if not table_rows:
        return []
    head: Blocks = []
    # The viewer makes the first row a header unless one of its cells spans rows (docs/wix/ricos.md#table-nodes).
    if flag(node, "tableData", "rowHeader") and not any(cell.get("rowspan") for cell in table_rows[0]):
        for cell in table_rows[0]:
            cell.tag = "th"
        head = [table_rows.pop(0)] if len(table_rows) > 1 else []
    table = element("table", element("thead", *head) if head else None, element("tbody", *table_rows))
    align_columns(table)
    return [table]


def _cell(node: Json, ctx: Context, depth: int) -> Element:
    ctx.number += 1
    spans = {name: number(node, "tableCellData", name) for name in ("colspan", "rowspan")}
    inside = objects(node, "nodes") if kind_of(node) == "TABLE_CELL" else [node]
    return table_cell("td", blocks(inside, ctx, depth + 1), spans, alignment(map(_text_alignment, inside)))


def _text_alignment(node: Json) -> str:
    """Return the alignment of a paragraph or heading, as the document spells it."""
    data = obj(node, "headingData" if kind_of(node) == "HEADING" else "paragraphData")
    return line(data, "textStyle", "textAlignment")


# ---- blocks that hold blocks ------------------------------------------------------------------------------------


def _inside(node: Json, ctx: Context, depth: int) -> Blocks:
    """Return the blocks of the containers in a layout, in order."""
    return blocks(objects(node, "nodes"), ctx, depth + 1)


def _collapsible_item(node: Json, ctx: Context, depth: int) -> Blocks:
    parts = objects(node, "nodes")
    at = next((n for n, part in enumerate(parts) if kind_of(part) == "COLLAPSIBLE_ITEM_TITLE"), None)
    if at is None:
        return _inside(node, ctx, depth)
    heading = tidy_blocks(blocks(parts[at : at + 1], ctx, depth + 1))
    before, after = (tidy_blocks(blocks(part, ctx, depth + 1)) for part in (parts[:at], parts[at + 1 :]))
    anchor = next(
        (key for block in heading[:1] if block.tag not in HEADINGS for n in block.iter() if (key := n.get("id"))), None
    )
    title = summary(heading[0]) if heading else None
    if title is None:
        return [*before, *heading, *after]
    return [*before, element("details", title, *heading[1:], *after, id=anchor)]


def _smart_cell(node: Json, ctx: Context, depth: int) -> Blocks:
    """Return a cell of a smart block; its label is the number of a statistic, a rating or a step."""
    label = line(node, "smartBlockCellData", "label")
    inside = _inside(node, ctx, depth)
    return [element("p", element("strong", label)), *inside] if label else inside


def _unknown(node: Json, ctx: Context, depth: int) -> Blocks:
    """Return the text and content of a node of an unknown type, from a newer release."""
    ctx.problem("unknown-block", f"a block of the unknown kind {line(node, 'type')[:60]}; its text is kept")
    data = [value for name, value in node.items() if name.endswith("Data") and isinstance(value, dict)]
    spoken = [element("p", words_of) for value in data for name in _SPOKEN if (words_of := line(value, name))]
    return [*spoken, *_inside(node, ctx, depth)]


_LISTS: dict[str, Reader] = {
    "BULLETED_LIST": _list("ul"),
    "BULLET_LIST": _list("ul"),
    "ORDERED_LIST": _list("ol"),
    "CHECKBOX_LIST": _checklist,
}
#: Every node type of docs/wix/ricos.md#node-types, including old and newest names.
NODES: dict[str, Reader] = {
    "PARAGRAPH": _paragraph,
    "TEXT": lambda node, ctx, depth: blocks([node], ctx, depth),
    "HEADING": _heading,
    **_LISTS,
    "LIST_ITEM": _stray_item,
    "BLOCKQUOTE": _quote,
    "CODE_BLOCK": _listing,
    "DIVIDER": _rule,
    "CAPTION": _caption,
    "TABLE": _table,
    "TABLE_ROW": lambda node, ctx, depth: _table({"nodes": [node]}, ctx, depth),
    "TABLE_CELL": lambda node, ctx, depth: _table({"nodes": [node]}, ctx, depth),
    "COLLAPSIBLE_LIST": _inside,
    "COLLAPSIBLE_ITEM": _collapsible_item,
    "COLLAPSIBLE_ITEM_TITLE": _inside,
    "COLLAPSIBLE_ITEM_BODY": _inside,
    "LAYOUT": _inside,
    "LAYOUT_CELL": _inside,
    "CARD": _inside,
    "SMART_BLOCK": _inside,
    "SMART_BLOCK_CELL": _smart_cell,
    "TOC": lambda node, ctx, depth: [*table_of_contents(node, ctx), *_inside(node, ctx, depth)],
    **MEDIA,
}
