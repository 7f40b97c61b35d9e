"""Convert Portable Text to HTML, to compare an import file with the source."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any

from ..article_html import attributes

_TAGS = {
    "strong": "strong",
    "em": "em",
    "code": "code",
    "underline": "u",
    "strike-through": "s",
    "sup": "sup",
    "sub": "sub",
}
_LISTS = {"bullet": "ul", "number": "ol"}
Block = dict[str, Any]


def portable_html(text: str) -> str:
    """Return Portable Text, which is given as JSON, as HTML."""
    return _blocks(json.loads(text))


def _blocks(blocks: Sequence[Block]) -> str:
    groups = groupby(blocks, key=lambda block: "listItem" in block)
    return "".join(_lists([*group], 1) if is_list else "".join(map(_block, group)) for is_list, group in groups)


def _lists(items: Sequence[Block], level: int) -> str:
    """Return blocks with levels as nested lists."""
    out: list[str] = []
    at = 0
    while at < len(items):
        kind, entries = items[at]["listItem"], []
        while at < len(items) and items[at]["level"] == level and items[at]["listItem"] == kind:
            item = items[at]
            end = next((n for n in range(at + 1, len(items)) if items[n]["level"] <= level), len(items))
            inner = _lists(items[at + 1 : end], level + 1) if end > at + 1 else ""
            entries.append(f"<li>{_box(item)}{_line(item)}{inner}</li>")
            at = end
        out.append(f"<{_LISTS[kind]}>{''.join(entries)}</{_LISTS[kind]}>")
    return "".join(out)


def _box(item: Block) -> str:
    checked = item.get("checked")
    return "" if checked is None else f'<input type="checkbox"{" checked" if checked else ""}>'


def _block(block: Block) -> str:
    return _OBJECTS[block["_type"]](block)


def _text(block: Block) -> str:
    tag = {"normal": "p"}.get(block["style"], block["style"])
    return f"<{tag}{attributes(id=block.get('id'))}>{_line(block)}</{tag}>"


def _line(block: Block) -> str:
    definitions = {definition["_key"]: definition for definition in block["markDefs"]}
    out = []
    for key, spans in groupby(block["children"], key=lambda span: _link_key(span, definitions)):
        inside = "".join(map(_span, spans))
        out.append(f"<a{attributes(href=definitions[key]['href'])}>{inside}</a>" if key else inside)
    return "".join(out)


def _link_key(span: Block, definitions: dict[str, Block]) -> str:
    return next((mark for mark in span.get("marks", ()) if mark in definitions), "")


def _span(span: Block) -> str:
    if span["_type"] != "span":
        return _image(span)
    text = html.escape(span["text"], quote=False)
    text = text if "code" in span["marks"] else text.replace("\n", "<br>")
    for mark in reversed(span["marks"]):
        if tag := _TAGS.get(mark):
            text = f"<{tag}>{text}</{tag}>"
    return text


def _image(block: Block) -> str:
    source = block["_sanityAsset"].removeprefix("image@").removeprefix("file://./")
    image = f"<img{attributes(src=source, alt=block.get('alt') or '')}>"
    return f"<a{attributes(href=block['href'])}>{image}</a>" if block.get("href") else image


def _figure(block: Block) -> str:
    return f"<figure{attributes(id=block.get('id'))}>{_image(block)}{_caption(block, 'figcaption')}</figure>"


def _caption(block: Block, tag: str) -> str:
    inside = "<br>".join(map(_line, block.get("caption", ())))
    return f"<{tag}>{inside}</{tag}>" if inside else ""


def _embed(block: Block) -> str:
    url = block.get("url") or block["file"]["_sanityAsset"].removeprefix("file@file://./")
    caption = _caption(block, "em")
    title = html.escape(block.get("title") or url)
    return f"<p><a{attributes(href=url)}>{title}</a></p>" + (f"<p>{caption}</p>" if caption else "")


def _file(block: Block) -> str:
    url = block["_sanityAsset"].removeprefix("file@file://./")
    return f"<p><a{attributes(href=url)}>{html.escape(block.get('title') or url)}</a></p>"


def _list(block: Block) -> str:
    tag = _LISTS[block["kind"]]
    items = "".join(f"<li>{_box(item)}{_blocks(item.get('content', ()))}</li>" for item in block["items"])
    start = block.get("start")
    return f"<{tag}{attributes(start=None if start is None else str(start))}>{items}</{tag}>"


def _table(block: Block) -> str:
    rows = "".join(f"<tr>{''.join(map(_cell, row['cells']))}</tr>" for row in block["rows"])
    return f"<table>{rows}</table>"


def _cell(cell: Block) -> str:
    tag = "th" if cell.get("header") else "td"
    spans = {name: str(cell[name]) for name in ("align", "colspan", "rowspan") if name in cell}
    return f"<{tag}{attributes(**spans)}>{_blocks(cell.get('content', ()))}</{tag}>"


def _details(block: Block) -> str:
    summary = "<br>".join(
        _text(part) if part["style"] != "normal" else _line(part) for part in block.get("summary", ())
    )
    return f"<details><summary>{summary}</summary>{_blocks(block.get('content', ()))}</details>"


def _joined(blocks: Iterable[Block]) -> str:
    return "".join(map(_block, blocks))


_OBJECTS: dict[str, Callable[[Block], str]] = {
    "block": _text,
    "image": _figure,
    "gallery": lambda block: _joined(block["items"]),
    "embed": _embed,
    "file": _file,
    "button": lambda block: f"<p><a{attributes(href=block['url'])}>{html.escape(block['text'])}</a></p>",
    "code": lambda block: f"<pre><code>{html.escape(block.get('code', ''))}</code></pre>",
    "divider": lambda block: "<hr>",
    "quote": lambda block: f"<blockquote>{_blocks(block.get('content', ()))}</blockquote>",
    "list": _list,
    "table": _table,
    "details": _details,
    "missing": lambda block: "",
}
