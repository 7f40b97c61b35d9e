"""Determine structure in Ricos: heading levels, parts of lists and tables, the table of contents."""

from __future__ import annotations

from ...model.article import Element, element
from ...web.json_path import Json, dig, kind_of, number, objects
from ..article_building.context import Context


def level_of(node: Json) -> int:
    """Return a heading's level as the page shows it: `renderedLevel` overrides the tag.

    Any other value is 1, as in the viewer.
    """
    for name in ("renderedLevel", "level"):
        level = number(node, "headingData", name)
        if level is not None and 1 <= level <= 6:
            return level
    return 1


def parts_of(node: Json) -> list[Json]:
    """Return the parts of a list, table or row; adjacent loose texts among them form one part."""
    parts: list[Json] = []
    loose: list[Json] = []
    for child in objects(node, "nodes"):
        if kind_of(child) == "TEXT":
            if not loose:
                parts.append({"type": "PARAGRAPH", "nodes": loose})
            loose.append(child)
        else:
            parts.append(child)
            loose = []
    return parts


def table_of_contents(node: Json, ctx: Context) -> list[Element]:
    """Return a table of contents, which Wix generates from the headings, as a list of links to them."""
    levels = {n for n in (dig(node, "tocData", "includedHeadings") or []) if isinstance(n, int)} or set(range(1, 7))
    listed = [
        element("li", element("p", element("a", heading_text, href=f"#{key}")))
        for level, key, heading_text in ctx.outline
        if level in levels and key and heading_text
    ]
    return [element("ul", *listed)] if listed else []
