"""Count the facts of a Draft.js document, straight from its JSON (docs/wix/draftjs.md)."""

from __future__ import annotations

from typing import Any

from ...model.facts import words
from ...web.saved_links import LinkRestorer
from ..facts_builder import FactsBuilder, markers_in, without_markers
from ..json_values import dicts, get, string
from .draftjs_media import INLINE, SHOWN

_MAX_DEPTH = 20
_LEVELS = {f"header-{name}": n for n, name in enumerate(("one", "two", "three", "four", "five", "six"), 1)}
_LISTS = {"unordered-list-item": "ul", "ordered-list-item": "ol", "checkable-list-item": "ul"}
_MARKS = {
    "BOLD": "bold",
    "ITALIC": "italic",
    "STRIKETHROUGH": "strike",
    "SUPERSCRIPT": "superscript",
    "SUBSCRIPT": "subscript",
}
Entity = dict[str, Any]


def count_draftjs(document: dict[str, Any], restorer: LinkRestorer, video_titles: bool = True) -> FactsBuilder:
    """Return the builder that counted the facts of a Draft.js document; it also has the text of its media."""
    builder = FactsBuilder(restorer, video_titles)
    _document(builder, document, 0)
    builder.finish()
    return builder


def _document(builder: FactsBuilder, document: Any, depth: int) -> None:
    if depth > _MAX_DEPTH:
        return
    entities = get(document, "entityMap")
    for block in dicts(document, "blocks"):
        _block(builder, block, entities if isinstance(entities, dict) else {}, depth)


def _block(builder: FactsBuilder, block: Entity, entities: Entity, depth: int) -> None:
    ranges = [
        (at, entity)
        for at in dicts(block, "entityRanges")
        if isinstance(entity := entities.get(str(at.get("key"))), dict)
    ]
    text = string(block, "text")
    for _, entity in ranges:
        if string(entity, "type") not in INLINE:
            _entity(builder, entity, depth)
    kind = string(block, "type")
    start, bold = len(builder.pieces), builder.bold_at()
    if kind == "atomic" and not text.strip():
        builder.pieces.append("\n")
    elif depth == 0:
        builder.add_block(text)
    else:
        builder.add_separate(text)  # of a table or a collapsible list
    if kind != "code-block":
        _marks(builder, block, text)
    for at, entity in ranges:
        if entity.get("type") == "LINK" and (span := _span(at, text)):
            builder.add_link(string(entity, "data", "url"), without_markers(text[span[0] : span[1]]))
    _end(builder, block, kind, start, bold)


def _end(builder: FactsBuilder, block: Entity, kind: str, start: int, bold: int) -> None:
    if kind.startswith("header-"):
        builder.end_heading(_LEVELS.get(kind, 1), start, bold)
    elif kind == "blockquote":
        builder.end_quote(start)
    elif kind == "code-block":
        builder.end_code(string(block, "text"), start)
    if kind in _LISTS:
        _end_item(builder, block, kind, start)
    else:
        builder.open_lists.clear()
        builder.empty_items.clear()


def _end_item(builder: FactsBuilder, block: Entity, kind: str, start: int) -> None:
    """Count a list item, which is at most one level deeper than the previous item."""
    depth = get(block, "depth")
    depth = min(max(0, depth if isinstance(depth, int) else 0), len(builder.open_lists))
    del builder.open_lists[depth:], builder.empty_items[depth:]
    builder.open_lists.append(_LISTS[kind])
    checked = get(block, "data", "checked")
    is_task = kind == "checkable-list-item" or isinstance(checked, bool)
    task = ("+done" if checked is True else "+open") if is_task else ""
    path = "/".join(builder.open_lists) + task
    is_empty = not builder.text_key_since(start)
    if not is_empty:  # an empty item is written only if others are nested in it
        for around in filter(None, builder.empty_items):
            builder.facts.items += 1
            builder.facts.lists.append(around)
        builder.empty_items = [""] * depth
    builder.empty_items.append(path if is_empty else "")
    builder.end_item(path, start)


def _marks(builder: FactsBuilder, block: Entity, text: str) -> None:
    """Count the letters that have a mark, which `NOT_BOLD` removes."""
    ranges = [
        (string(entity, "style"), span) for entity in dicts(block, "inlineStyleRanges") if (span := _span(entity, text))
    ]
    for style, mark in _MARKS.items():
        marked: set[int] = set()
        for name, (start, end) in ranges:
            if name == style:
                marked.update(range(start, end))
        for name, (start, end) in ranges:
            if marked and name == f"NOT_{style}":
                marked.difference_update(range(start, end))
        marked.difference_update(markers_in(text))
        if marked:
            part = "".join(c if n in marked else " " for n, c in enumerate(text))
            builder.add_marked(part, (mark,))


def _span(entity: Entity, text: str) -> tuple[int, int] | None:
    """Return start and end of a range in a text, or None for one that Wix drops too."""
    offset, length = get(entity, "offset"), get(entity, "length")
    if not isinstance(offset, int) or not isinstance(length, int) or offset < 0 or length <= 0:
        return None
    return offset, min(offset + length, len(text))


def _entity(builder: FactsBuilder, entity: Entity, depth: int) -> None:
    data = get(entity, "data")
    cover = get(data, "config", "spoiler")
    if get(cover, "enabled") is True:
        builder.add_spoiler()
        builder.add_optional(" ".join(string(cover, n) for n in ("description", "buttonText", "buttonContent")))
    _contents(builder, string(entity, "type"), data, depth)


def _contents(builder: FactsBuilder, kind: str, data: Any, depth: int) -> None:
    """Count the content of an entity of this kind."""
    if kind == "wix-rich-content-plugin-table":
        shape: list[int] = []
        start, bold = len(builder.pieces), builder.bold_at()
        for number, row in enumerate(_numbered(get(data, "config", "rows"))):
            shape += [cells] if (cells := _row(builder, row, depth)) else []
            if number == 0:
                builder.end_table_head(bold)
        builder.add_table(shape, start)
    elif kind in ("wix-rich-content-plugin-collapsible-list", "wix-rich-content-plugin-accordion"):
        for pair in dicts(data, "pairs"):
            _collapsible(builder, pair, depth)
    elif kind in SHOWN:
        SHOWN[kind](builder, data)
    else:
        for name in ("title", "name", "text", "label", "caption"):
            builder.add_optional(string(data, name))


def _collapsible(builder: FactsBuilder, pair: Entity, depth: int) -> None:
    """Count an item of a collapsible list; without a title, nothing is collapsed."""
    facts, start = builder.facts, len(builder.pieces)
    quotes, items, lists = facts.quotes.copy(), facts.items, len(facts.lists)
    _document(builder, get(pair, "title"), depth + 1)
    # `<summary>` contains a line of text: a quote or a list in a title is written as one
    facts.quotes, facts.items = quotes, items
    builder.drop_quotes(start)
    del facts.lists[lists:]
    builder.loosen(start)
    title = "".join(builder.pieces[start:]).strip()
    is_heading = any(string(b, "type").startswith("header-") for b in dicts(pair, "title", "blocks"))
    _document(builder, get(pair, "content"), depth + 1)
    if title:
        builder.end_details(start, certain=not is_heading)


def _row(builder: FactsBuilder, row: Entity, depth: int) -> int:
    """Count the cells of a row. Return their number, without cells that a merged cell covers."""
    number = 0
    for cell in _numbered(get(row, "columns")):
        covered = string(cell, "merge", "parentCellKey") and not any(
            words(string(block, "text")) for block in dicts(cell, "content", "blocks")
        )
        number += not covered
        start = len(builder.pieces)
        _document(builder, get(cell, "content"), depth + 1)
        if covered:
            builder.loosen(start)
        else:
            builder.end_cell(start)
    builder.end_row()
    return number


def _numbered(value: Any) -> list[Entity]:
    """Return the values of an object with numbers as keys, in numeric order; or the objects of a list."""
    if isinstance(value, dict):
        value = [value[name] for name in sorted(value, key=lambda k: (len(k), k))]
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
