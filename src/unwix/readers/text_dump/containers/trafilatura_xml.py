"""Read an article in the XML of trafilatura as Markdown: `<doc title="…" url="…"><main><p>…</p></main></doc>`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from ..tool_formats.line import Line
from .fields import stated_in
from .part import Part

_BEGINS = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?<doc\s[^>]*>\s*<main\b")
_MARKS = {"#b": "**", "#i": "*", "#t": "`"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
#: Elements that are blocks.
_BLOCKS = frozenset({"p", "head", "item", "quote", "code", "row", "graphic", "list", "table", "main", "fw"})


def is_trafilatura_xml(text: str) -> bool:
    """Return True if a text begins like trafilatura's XML."""
    return _BEGINS.match(text[:20_000]) is not None


def trafilatura_part(text: str) -> Part | None:
    """Return the article with its metadata, or None if the XML is damaged."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=False)
    try:
        root: Any = etree.fromstring(text.strip().encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    main = root.find("main")
    stated = stated_in({str(key): str(value) for key, value in root.attrib.items()}, "the attributes of the XML")
    lines = (
        [] if main is None else [line for block in main for line in (*_block(block), Line("", block.sourceline or 1))]
    )
    return Part(lines, stated, is_markdown=True)


def _block(node: Any) -> Iterator[Line]:
    """Yield the lines of a block and of the blocks in it."""
    number = node.sourceline or 1
    if node.tag in ("list", "table"):
        for child in node:
            yield from _block(child)
        return
    if node.tag == "code":
        yield from (Line(text, number) for text in ("```", *"".join(node.itertext()).strip("\n").split("\n"), "```"))
        return
    nested = [child for child in node if child.tag in _BLOCKS]
    text = " ".join(_inline(node, nested).split())
    level = str(node.get("rend") or "")[-1:]
    sign = {"head": f"{'#' * int(level) if level.isdigit() else '##'} ", "item": "- ", "quote": "> "}.get(
        str(node.tag), ""
    )
    if node.tag == "row":
        text = f"| {' | '.join(' '.join(_inline(cell, []).split()) for cell in node)} |"
        nested = []
    if text:
        yield Line(sign + text, number)
    for child in nested:
        yield Line("", child.sourceline or number)
        yield from _block(child)


def _inline(node: Any, without: list[Any]) -> str:
    """Return the text of an element as Markdown, without the blocks in it."""
    if node.tag == "graphic":
        return f"![{node.get('alt') or node.get('title') or ''}](<{node.get('src') or ''}>)"
    pieces = [_escaped(node.text)]
    for child in node:
        if child in without or child.tag == "lb":
            pieces.append(" ")
        elif isinstance(child.tag, str):
            inner = _inline(child, [])
            mark = _MARKS.get(str(child.get("rend") or ""), "") if child.tag == "hi" else ""
            target = child.get("target") if child.tag == "ref" else None
            pieces.append(f"[{inner}](<{target}>)" if target and inner.strip() else f"{mark}{inner}{mark}")
        pieces.append(_escaped(child.tail))
    return "".join(pieces)


def _escaped(text: str | None) -> str:
    return _SPECIAL.sub(r"\\\1", text or "")
