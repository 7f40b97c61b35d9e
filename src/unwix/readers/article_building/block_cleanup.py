"""Clean up the blocks of an article as a careful editor would, whichever reader they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from lxml import etree

from ...model.article import HEADINGS, Element, element, text_of

#: The maximum `colspan` in HTML.
_WIDEST = 1000


def tidy_blocks(blocks: Iterable[Element]) -> list[Element]:
    """Return the blocks without empty ones, with lists joined, and without bold that has no meaning."""
    out = list(_continue_lists(_join_listings(_gather_items(_caption_figures(b for b in blocks if not is_empty(b))))))
    for block in out:
        if block.tag in HEADINGS:
            unwrap_whole(block, "strong")
    return out


def table_cell(tag: str, inside: Iterable[Element], spans: dict[str, int | None], align: str | None = None) -> Element:
    """Return a table cell with these blocks; a single paragraph is unwrapped. `spans` are `colspan` and `rowspan`."""
    cell = element(tag, align=align, **{name: str(span) for name, span in spans.items() if span and 1 < span < _WIDEST})
    tidied = tidy_blocks(inside)
    if len(tidied) == 1 and tidied[0].tag == "p" and not tidied[0].attrib:
        cell.text = tidied[0].text
        cell[:] = list(tidied[0])
    else:
        cell.extend(tidied)
    return cell


def is_empty(block: Element) -> bool:
    """Return True for a paragraph or heading without text, images and id.

    One with an id is a link target; a button or file without a name (it has a class) has a URL.
    """
    if block.tag not in ("p", *HEADINGS) or block.get("class") is not None:
        return False
    if (text := block.text) and not text.isspace():
        return False
    if next(block.iterchildren(), None) is None:
        return block.get("id") is None
    return not text_of(block).strip() and block.find(".//img") is None and block.get("id") is None


def _caption_figures(blocks: Iterable[Element]) -> Iterator[Element]:
    """Move a caption that follows its figure into it; a caption without a figure becomes a paragraph in italics."""
    last: Element | None = None
    for block in blocks:
        if block.tag != "figcaption":
            yield block
            last = block
        elif last is not None and last.tag == "figure" and last.find("figcaption") is None:
            last.append(block)
        elif text_of(block).strip():
            yield element("p", element("em", block.text, *block))


def _gather_items(blocks: Iterable[Element]) -> Iterator[Element]:
    """Put list items without a list into one."""
    for is_item, group in groupby(blocks, key=lambda block: block.tag == "li"):
        if is_item:
            yield element("ul", *group)
        else:
            yield from group


def _continue_lists(blocks: Iterable[Element]) -> Iterator[Element]:
    """Join adjacent lists that a page shows as one: bullets, and numbers that continue those before them."""
    last: Element | None = None
    for block in blocks:
        if last is not None and block.tag == last.tag and _continues(block, last):
            last.extend(list(block))
        else:
            yield block
            last = block


def _continues(block: Element, last: Element) -> bool:
    if block.tag == "ol":
        return block.get("start") == str(int(last.get("start") or 1) + len(last))
    return block.tag == "ul"


def _join_listings(blocks: Iterable[Element]) -> Iterator[Element]:
    """Join code that was pasted line by line: Wix writes each line as a `<pre>` (docs/wix/viewer.md#code-blocks)."""
    lines: list[Element] = []

    def listing() -> Iterator[Element]:
        while lines and not text_of(lines[-1]).strip():
            lines.pop()
        if lines:
            code = "\n".join(text_of(line) for line in lines)
            yield element("pre", element("code", code), id=lines[0].get("id"))
        lines.clear()

    for block in blocks:
        if block.tag == "pre" and "\n" not in text_of(block):
            lines.append(block)
            continue
        yield from listing()
        yield block
    yield from listing()


def unwrap_whole(block: Element, tag: str) -> None:
    """Remove a mark that covers all words of a block: a heading is bold anyway."""
    if block.find(f".//{tag}") is not None and not any(
        c.isalnum() for text in _outside(block, tag) for c in text or ""
    ):
        etree.strip_tags(block, tag)


def _outside(node: Element, tag: str) -> Iterator[str | None]:
    yield node.text
    for child in node:
        if child.tag != tag:
            yield from _outside(child, tag)
        yield child.tail
