"""Count the facts of a Ricos document, directly from its JSON.

This shares no code with the readers, so that no fault there can hide itself. Only Wix's names of media and links are
shared knowledge.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...web.saved_links import LinkRestorer
from ..facts_builder import FactsBuilder
from ..json_values import dicts, get, nodes_in, string
from ..structure import EMPTY_BLOCK, Marks, words_only
from .ricos_media import SHOWN, SILENT_TYPES, all_nodes, count_unknown

#: Deeper documents count as one line: the reader cuts them off there too, and reports it.
_MAX_DEPTH = 150
#: Text of a lower weight is not bold (docs/wix/ricos.md#decorations).
_BOLD_FROM = 600
#: The kind of a list's items; `+` for those with a check box.
_LISTS = {"BULLETED_LIST": "ul", "BULLET_LIST": "ul", "ORDERED_LIST": "ol", "CHECKBOX_LIST": "ul+"}
_MARKS = {
    "ITALIC": ("italic", "italicData"),
    "STRIKETHROUGH": ("strike", "strikethroughData"),
    "SUPERSCRIPT": ("superscript", "superscriptData"),
    "SUBSCRIPT": ("subscript", "subscriptData"),
}
Node = dict[str, Any]


#: Blocks whose text is marked as a whole.
_MARKED_BLOCKS: dict[str, Marks] = {"CAPTION": ("italic",), "CODE_BLOCK": ("code block",)}


def count_ricos(document: Node, restorer: LinkRestorer, video_titles: bool = True) -> FactsBuilder:
    """Return the builder that counted the facts of a Ricos document; it also has the text of its media."""
    builder = FactsBuilder(restorer, video_titles)
    builder.facts.shows_code_blocks = True
    _children(builder, document, -1, "", ())
    builder.finish()
    return builder


def _visit(builder: FactsBuilder, node: Node, depth: int, path: str = "", marks: Marks = ()) -> None:
    """Count a node; `path` contains the kinds of the lists around it, `marks` are those of its surroundings."""
    kind = node.get("type")
    kind = kind.strip() if isinstance(kind, str) else ""
    if kind == "TEXT":
        _text(builder, node, marks)
        return
    builder.pieces.append("\n")
    start, counts = len(builder.pieces), (builder.bold_at(), len(builder.facts.lists))
    if show := SHOWN.get(kind):
        show(builder, node)
    elif kind and kind not in SILENT_TYPES:
        count_unknown(builder, node)
    _spoiler(builder, node)
    if kind in _LISTS:
        path = f"{path}/{_LISTS[kind]}" if path else _LISTS[kind]
        if _LISTS[kind] == "ol":
            builder.add_list_start(get(node, "orderedListData", "start"))
    elif kind == "DIVIDER":
        builder.add_divider()
    marks = _MARKED_BLOCKS.get(kind, marks)
    if depth > _MAX_DEPTH:
        _flat(builder, node)
    elif kind == "COLLAPSIBLE_ITEM_TITLE":
        _title(builder, node, depth, path, marks)
        builder.loosen(start)
    else:
        _children(builder, node, depth, path, marks)
    _end(builder, node, kind, path, start, counts)
    builder.pieces.append("\n")


def _title(builder: FactsBuilder, node: Node, depth: int, path: str, marks: Marks) -> None:
    """Count the title of a collapsible: `<summary>` takes a line of text, as which a quote or list in it is written."""
    facts, start = builder.facts, len(builder.pieces)
    quotes, items, lists = facts.quotes.copy(), facts.items, len(facts.lists)
    _children(builder, node, depth, path, marks)
    facts.quotes, facts.items = quotes, items
    builder.drop_quotes(start)
    del facts.lists[lists:]


def _end(builder: FactsBuilder, node: Node, kind: str, path: str, start: int, counts: tuple[int, int]) -> None:
    if kind == "HEADING":
        builder.heading_texts.append(words_only("".join(builder.pieces[start:])))
        if all(child.get("type") == "TEXT" for child in dicts(node, "nodes")):
            builder.end_heading(_level(node), start, counts[0])
    elif kind == "LIST_ITEM":
        checked = get(node, "listItemData", "checked")
        is_task = path.endswith("ul+") or isinstance(checked, bool)
        task = ("+done" if checked is True else "+open") if is_task else ""
        builder.end_item((path or "ul").replace("+", "") + task, start, counts[1])
    elif end := _ENDS.get(kind):
        end(builder, node, start)


def _end_table(builder: FactsBuilder, node: Node, start: int) -> None:
    rows = [row for row in dicts(node, "nodes") if row.get("type") == "TABLE_ROW"]
    builder.add_table([n for row in rows if (n := len(dicts(row, "nodes")))], start)


def _end_collapsible(builder: FactsBuilder, node: Node, start: int) -> None:
    """Count a collapsible item that has a title; in the others, nothing is collapsed."""
    title = next((n for n in nodes_in(node) if n.get("type") == "COLLAPSIBLE_ITEM_TITLE"), {})
    parts = all_nodes(title)
    if any(part.get("type") in SHOWN or string(part, "textData", "text").strip() for part in parts):
        builder.end_details(start, certain=all(part.get("type") != "HEADING" for part in parts))


#: The functions that count other nodes, whose text begins at a piece, at their end.
_ENDS: dict[str, Callable[[FactsBuilder, Node, int], None]] = {
    "BLOCKQUOTE": lambda builder, _node, start: builder.end_quote(start),
    "TABLE": _end_table,
    "TABLE_ROW": lambda builder, _node, _start: builder.end_row(),
    "TABLE_CELL": lambda builder, _node, start: builder.end_cell(start),
    "CAPTION": lambda builder, _node, start: builder.end_caption(start),
    "CODE_BLOCK": lambda builder, _node, start: builder.end_code("".join(builder.pieces[start:]), start),
    "COLLAPSIBLE_ITEM": _end_collapsible,
}


def _level(node: Node) -> int:
    """Return the level of a heading as the page shows it (docs/wix/ricos.md#text-nodes)."""
    levels = (get(node, "headingData", name) for name in ("renderedLevel", "level"))
    return next((int(n) for n in levels if isinstance(n, int | float) and n == int(n) and 1 <= n <= 6), 1)


def _spoiler(builder: FactsBuilder, node: Node) -> None:
    for name, data in node.items():
        is_data = isinstance(data, dict) and "containerData" in data and name.endswith("Data")
        if is_data and get(data, "containerData", "spoiler", "enabled") is True:
            for part in ("description", "buttonText"):
                builder.add_optional(string(data, "containerData", "spoiler", part))
            builder.add_spoiler()
            return


def _children(builder: FactsBuilder, node: Node, depth: int, path: str, marks: Marks) -> None:
    is_table = node.get("type") == "TABLE"
    if node.get("type") == "PARAGRAPH" and not node.get("nodes"):
        builder.pieces.append(EMPTY_BLOCK)
    bold = builder.bold_at()
    for n, child in enumerate(nodes_in(node)):
        start = len(builder.pieces)
        _visit(builder, child, depth + 1, path, marks)
        if is_table and n == 0:
            builder.end_table_head(bold)
        elif not is_table and child.get("type") == "TABLE_ROW":
            builder.add_table([n] if (n := len(dicts(child, "nodes"))) else [], start)


def _flat(builder: FactsBuilder, node: Node) -> None:
    stack: list[Node | None] = [node]
    while stack:
        inner = stack.pop()
        is_text = inner is not None and inner.get("type") == "TEXT"
        builder.add_text(string(inner, "textData", "text") if is_text else " ")
        if inner is not None:
            stack.append(None)
            stack.extend(reversed(dicts(inner, "nodes")))


def _text(builder: FactsBuilder, node: Node, marks: Marks) -> None:
    data = node.get("textData")
    decorations = dicts(data, "decorations")
    if marks == ("code block",):
        marks = ()
    elif decorations:
        marks = tuple(dict.fromkeys((*marks, *(mark for d in decorations if (mark := _mark(d))))))
    builder.add_text(string(data, "text"), marks)
    if decorations:
        text = builder.pieces[-1]
        # A word has at most one link: the innermost, which is the last.
        links = (d for d in reversed(decorations) if d.get("type") == "LINK")
        any(builder.add_link(string(link, "linkData", "link", "url"), text) for link in links)
    for child in nodes_in(node):
        _flat(builder, child)


def _mark(decoration: Node) -> str | None:
    """Return the mark of a decoration, or None if it is switched off or has none."""
    kind = string(decoration, "type")
    if kind == "BOLD":
        weight = get(decoration, "fontWeightValue")
        return "bold" if not isinstance(weight, int | float) or weight >= _BOLD_FROM else None
    mark, switch = _MARKS.get(kind, (None, ""))
    return None if get(decoration, switch) is False else mark
