"""Write an article as plain text, for search indexes, language models and tables.

A link is its text, an image its alternative text, a player its title and URL. Placeholders of missing content are left
out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.article import INLINE, Element, is_placeholder, link_of_player, text_of
from ..web.tags import LISTS, TEXT_BLOCKS

_INDENT = "  "


def plain_text(article: Element) -> str:
    """Return the text of an article: blocks separated by blank lines, a line break at the end; "" without text."""
    text = "\n\n".join(_blocks(article)).strip("\n")
    return f"{text}\n" if text else ""


def _blocks(el: Element) -> Iterator[str]:
    """Yield the text of each block in an element, without empty ones."""
    for child in el:
        if text := _block(child).strip("\n"):
            yield text


def _block(el: Element) -> str:
    tag = str(el.tag)
    if tag in TEXT_BLOCKS and tag != "pre":
        return _line(el)
    if tag in LISTS:
        return _list(el)
    if tag == "pre":
        return text_of(el)
    if tag == "table":
        return "\n".join("\t".join(_cell(cell) for cell in row) for row in el.iter("tr"))
    if tag == "figure":
        return _figure(el)
    return "" if is_placeholder(el) else "\n\n".join(_blocks(el))


def _line(el: Element) -> str:
    """Return the text of a line with its line breaks, and one space for other white space."""
    return "\n".join(" ".join(line.split()) for line in "".join(_pieces(el)).split("\n")).strip()


def _pieces(el: Element) -> Iterator[str]:
    yield _spaced(el.text)
    for child in el:
        if child.tag == "br":
            yield "\n"
        elif child.tag == "img":
            yield f" {_spaced(child.get('alt'))} "
        elif child.tag == "a" and not text_of(child).strip() and child.find(".//img") is None:
            href = child.get("href") or ""
            yield "" if href.startswith("#") else href
        else:
            yield from _pieces(child)
        yield _spaced(child.tail)


def _spaced(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text or "")


def _list(el: Element) -> str:
    start = el.get("start") or ""
    first = int(start) if start.isdecimal() else 1
    return "\n".join(_item(item, f"{first + n}. " if el.tag == "ol" else "- ") for n, item in enumerate(el))


def _item(el: Element, marker: str) -> str:
    box = {"true": "[x] ", "false": "[ ] "}.get(el.get("checked") or "", "")
    text = ""
    for child in el:
        if inner := _block(child).strip("\n"):
            text += ("\n" if text and child.tag in LISTS else "\n\n" if text else "") + inner
    return marker + box + text.replace("\n", f"\n{_INDENT}")


def _cell(cell: Element) -> str:
    """Return the text of a table cell on one line."""
    parts = [_spaced(cell.text)]
    for child in cell:
        parts.append("".join(_pieces_of_one(child)) if child.tag in INLINE else f" {_block(child)} ")
        parts.append(_spaced(child.tail))
    return " ".join("".join(parts).split())


def _pieces_of_one(el: Element) -> Iterator[str]:
    if el.tag == "br":
        yield " "
    elif el.tag == "img":
        yield f" {el.get('alt') or ''} "
    else:
        yield from _pieces(el)


def _figure(el: Element) -> str:
    if el.get("class") == "gallery":
        return "\n\n".join(_blocks(el))
    caption = el.find("figcaption")
    below = _line(caption) if caption is not None else ""
    if (link := link_of_player(el)) is not None:
        title = " ".join(text_of(link).split())
        url = link.get("href") or ""
        content = " ".join(part for part in (title, url if url != title else "") if part)
    else:
        content = " ".join((image.get("alt") or "").strip() for image in el.iter("img")).strip()
    return "\n".join(part for part in (content, below) if part)
