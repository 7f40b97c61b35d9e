"""Convert Draft.js, the format of posts until about 2021 (`blocks` and `entityMap`), to the equivalent Ricos document.

Wix migrates its own posts the same way, so one reader handles both formats. `BLOCKS`, `STYLES` and `ENTITIES`
(entities.py) map each type. Facts: docs/wix/draftjs.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from ...web.json_path import Json, dig, kind_of, line, number, obj, objects
from .entities import ENTITIES, NESTED, node, text_node

#: Documents nested deeper (cells, collapsible items) than any editor allows are left out.
_MAX_DEPTH = 20
#: The Ricos type of a block's type: (type, data).
BLOCKS: dict[str, tuple[str, Json]] = {
    "unstyled": ("PARAGRAPH", {}),
    "paragraph": ("PARAGRAPH", {}),
    **{
        f"header-{name}": ("HEADING", {"headingData": {"level": n}})
        for n, name in enumerate(("one", "two", "three", "four", "five", "six"), 1)
    },
    "blockquote": ("BLOCKQUOTE", {}),
    "code-block": ("CODE_BLOCK", {}),
    "ordered-list-item": ("ORDERED_LIST", {}),
    "unordered-list-item": ("BULLETED_LIST", {}),
    "checkable-list-item": ("CHECKBOX_LIST", {}),
}
_LISTS = frozenset({"ORDERED_LIST", "BULLETED_LIST", "CHECKBOX_LIST"})
#: The meaning of inline styles; all others are colors, sizes and leftovers without meaning.
STYLES: dict[str, Json] = {
    "BOLD": {"type": "BOLD"},
    "ITALIC": {"type": "ITALIC"},
    "UNDERLINE": {"type": "UNDERLINE"},
    "NOT_BOLD": {"type": "BOLD", "fontWeightValue": 400},
    "NOT_ITALIC": {"type": "ITALIC", "italicData": False},
    "NOT_UNDERLINE": {"type": "UNDERLINE", "underlineData": False},
    "STRIKETHROUGH": {"type": "STRIKETHROUGH"},
    "SUPERSCRIPT": {"type": "SUPERSCRIPT"},
    "SUBSCRIPT": {"type": "SUBSCRIPT"},
    "wix-rich-content-plugin-spoiler": {"type": "SPOILER"},
}
#: Entities that decorate text and are not blocks.
INLINE_ENTITIES = frozenset(
    {"LINK", "ANCHOR", "mention", "EMOJI_TYPE", "wix-draft-plugin-hashtag", "wix-draft-plugin-external-link"}
)
_MARKERS = re.compile(r"\{\$h\d?\}")


def is_draftjs(value: Any) -> bool:
    """Return True if a JSON value is a Draft.js document."""
    entry = obj(value)
    blocks = entry.get("blocks")
    return (
        isinstance(blocks, list)
        and all(isinstance(b, dict) for b in blocks[:5])
        and ("entityMap" in entry or any("inlineStyleRanges" in block for block in blocks[:1]))
        and _looks_like_blocks(blocks)
    )


def _looks_like_blocks(blocks: list[Any]) -> bool:
    return not blocks or any("text" in block or "type" in block for block in blocks if isinstance(block, dict))


def to_ricos(document: Json, depth: int = 0) -> Json:
    """Return a Draft.js document as a Ricos document."""
    entities = obj(document, "entityMap")
    nodes: list[Json] = []
    for block in objects(document, "blocks"):
        for ricos_node in _block(block, entities, depth):
            if ricos_node["type"] in _LISTS:
                _into_list(nodes, ricos_node, max(0, min(number(block, "depth") or 0, 20)))
            else:
                nodes.append(ricos_node)
    return {"nodes": nodes}


def _block(block: Json, entities: Json, depth: int) -> Iterator[Json]:
    kind = kind_of(block) or "unstyled"
    ranges = [(n, entity) for n, entity in _entities(block, entities)]
    plugins = [entity for _, entity in ranges if kind_of(entity) not in INLINE_ENTITIES]
    content = dig(block, "text")
    has_text = isinstance(content, str) and bool(content.strip())
    if plugins:
        # An image inside a line of text (legacy emoji) precedes it; the text of an atomic block is a space.
        for entity in plugins:
            yield from _plugin(block, entity, depth)
        if not has_text:
            return
    elif kind == "atomic" and not has_text:
        return
    of, data = BLOCKS.get(kind, ("PARAGRAPH", {}))
    texts = list(_texts(block, ranges))
    key = line(block, "key")
    paragraph = node("PARAGRAPH", key, texts)
    if of in _LISTS:
        yield node(
            of, "", [node("LIST_ITEM", "", [paragraph], listItemData={"checked": dig(block, "data", "checked")})]
        )
    elif of == "BLOCKQUOTE":
        yield node(of, key, [node("PARAGRAPH", "", texts)])
    else:
        yield _aligned(node(of, key, texts, **data), line(block, "data", "textAlignment"))


def _aligned(ricos_node: Json, alignment: str) -> Json:
    """Return a paragraph or heading with the alignment of its text, which is kept for table columns."""
    field = {"PARAGRAPH": "paragraphData", "HEADING": "headingData"}.get(ricos_node["type"])
    if not alignment or field is None:
        return ricos_node
    return {**ricos_node, field: {**obj(ricos_node, field), "textStyle": {"textAlignment": alignment.upper()}}}


def _into_list(nodes: list[Json], ricos_node: Json, depth: int) -> None:
    """Add a one-item list to the preceding list, at the depth of the block.

    Another type at the same depth begins a new list.
    """
    level, holder = 0, nodes
    while level < depth and holder and holder[-1]["type"] in _LISTS and holder[-1]["nodes"]:
        holder = holder[-1]["nodes"][-1]["nodes"]
        level += 1
    if holder and holder[-1]["type"] == ricos_node["type"]:
        holder[-1]["nodes"].extend(ricos_node["nodes"])
    else:
        holder.append(ricos_node)


def _entities(block: Json, entities: Json) -> Iterator[tuple[Json, Json]]:
    """Return the block's entity ranges with their entities."""
    for entry in objects(block, "entityRanges"):
        entity = entities.get(str(entry.get("key")))
        if isinstance(entity, dict):
            yield entry, entity


def _plugin(block: Json, entity: Json, depth: int) -> Iterator[Json]:
    kind, data = kind_of(entity), obj(entity, "data")
    key = line(block, "key")
    if kind in NESTED:
        if depth < _MAX_DEPTH:
            yield NESTED[kind](key, data, lambda inner: to_ricos(obj(inner), depth + 1)["nodes"])
        return
    make = ENTITIES.get(kind)
    if make is None:
        yield node(kind or "UNKNOWN", key, [], entityData=data)
        return
    yield make(key, data)


def _texts(block: Json, ranges: list[tuple[Json, Json]]) -> Iterator[Json]:
    """Split the block's text where its decorations change. Offsets count code points (docs/wix/draftjs.md#offsets)."""
    raw = dig(block, "text")
    content = raw if isinstance(raw, str) else ""
    spans = [
        (*span, entry)
        for style in objects(block, "inlineStyleRanges")
        if (entry := _style(style)) and (span := _span(style, len(content)))
    ]
    spans += [
        (*span, entry)
        for at, entity in ranges
        if (entry := _inline_entity(entity)) and (span := _span(at, len(content)))
    ]
    markers = [match.span() for match in _MARKERS.finditer(content)]
    edges = (edge for start, end in (*((a, b) for a, b, _ in spans), *markers) for edge in (start, end))
    cuts = sorted({0, len(content), *edges})
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for n, (start, end, _) in enumerate(spans):
        opening.setdefault(start, []).append(n)
        closing.setdefault(end, []).append(n)
    active: dict[int, None] = {}
    for start, end in pairwise(cuts):
        for n in closing.get(start, ()):
            active.pop(n, None)
        active.update(dict.fromkeys(opening.get(start, ())))
        if not any(first <= start < last for first, last in markers):
            yield text_node(content[start:end], _settled([spans[n][2] for n in active]))


def _settled(decorations: list[Json]) -> list[Json]:
    """Return the decorations without those that a NOT_… style removes."""
    off = {
        d["type"]
        for d in decorations
        if d.get("fontWeightValue") == 400 or d.get("italicData") is False or d.get("underlineData") is False
    }
    return [d for d in decorations if d["type"] not in off]


def _style(style: Json) -> Json | None:
    name = style.get("style")
    return STYLES.get(name) if isinstance(name, str) else None


def _inline_entity(entity: Json) -> Json | None:
    kind, data = kind_of(entity), obj(entity, "data")
    if kind in ("LINK", "wix-draft-plugin-external-link"):
        return {"type": "LINK", "linkData": {"link": data}}
    if kind == "ANCHOR":
        return {"type": "ANCHOR", "anchorData": {"anchor": data.get("anchor")}}
    return None


def _span(range_entry: Json, length: int) -> tuple[int, int] | None:
    """Return start and end of a range inside the text; None if it is empty or dropped by Wix (`offset` below 0)."""
    start, size = number(range_entry, "offset"), number(range_entry, "length")
    if start is None or size is None or start < 0 or size <= 0 or start >= length:
        return None
    return start, min(start + size, length)
