"""Write an article as Portable Text, Sanity's format of rich text (github.com/portabletext/portabletext).

Text is in blocks with spans, marks and `markDefs`; lists are blocks with `listItem` and `level`. Blocks that Portable
Text does not have are objects with types of their own (docs/targets.md#sanity). Keys depend on the position, so that
the same article always has the same keys.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any

from ...model.article import HEADINGS, INLINE, Element, is_placeholder, link_of_player, text_of
from ..markdown.heading_ids import heading_ids

Block = dict[str, Any]
_MARKS = {"strong": "strong", "em": "em", "u": "underline", "s": "strike-through", "sup": "sup", "sub": "sub"}
_LISTS = {"ul": "bullet", "ol": "number"}


def portable_text(article: Element) -> list[Block]:
    """Return the blocks of an article."""
    return _Writer(heading_ids(article).slugs).blocks(article)


def image_asset(url: str) -> str:
    """Return the reference with which `sanity dataset import` uploads an image."""
    return f"image@{_location(url)}"


def _location(url: str) -> str:
    return url if is_remote(url) else f"file://./{url}"


def is_remote(url: str) -> bool:
    """Return whether a URL has a scheme; a URL without one is the path of a file next to the data file."""
    return re.match(r"[a-z][a-z0-9+.-]*:", url, re.I) is not None


class _Writer:
    def __init__(self, ids: dict[str, str]) -> None:
        self._ids = ids
        self._number = 0

    def _key(self) -> str:
        self._number += 1
        return f"k{self._number:04d}"

    def _object(self, name: str, /, **fields: Any) -> Block:
        known = {field: value for field, value in fields.items() if value not in (None, "", [])}
        return {"_type": name, "_key": self._key(), **known}

    # ---- blocks -------------------------------------------------------------------------------------------------

    def blocks(self, el: Element, skip: Element | None = None) -> list[Block]:
        """Return the blocks in an element without one child; text between blocks becomes a block."""
        out: list[Block] = []
        line: list[Element | str] = [el.text or ""]
        for child in el:
            if child.tag in INLINE:
                line.append(child)
            else:
                out += self._line_of(line)
                line = []
                if child is not skip:
                    out += _BLOCKS[str(child.tag)](self, child)
            line.append(child.tail or "")
        return [*out, *self._line_of(line)]

    def _line_of(self, pieces: Iterable[Element | str]) -> list[Block]:
        """Return a line of text as a block, or nothing if it is empty."""
        pieces = list(pieces)
        if all(isinstance(piece, str) and not piece.strip() for piece in pieces):
            return []
        return [self._text_block("normal", pieces)]

    def _text_block(self, style: str, pieces: Iterable[Element | str], **fields: Any) -> Block:
        block = self._object("block", style=style, **fields)
        block["markDefs"] = []
        children = list(self._spans(pieces, (), block["markDefs"]))
        _trim(children)
        block["children"] = children or [self._span("", ())]
        return block

    def _styled(self, style: str, el: Element) -> list[Block]:
        identity = el.get("id")
        block = self._text_block(style, _pieces(el), id=self._ids.get(identity, identity) if identity else None)
        is_empty = not identity and all(child["_type"] == "span" and not child["text"] for child in block["children"])
        return [] if is_empty else [block]

    def paragraph(self, el: Element) -> list[Block]:
        """Return a paragraph, a button, or a file."""
        link = el.find("a")
        if el.get("class") == "button" and link is not None and len(link) == 0 and (link.text or "").strip():
            return [self._object("button", text=" ".join((link.text or "").split()), url=link.get("href"))]
        href = (link.get("href") or "") if link is not None else ""
        if el.get("class") == "file" and href and not is_remote(href):
            name = " ".join(text_of(el).split())
            return [{**self._object("file", title=name), "_sanityAsset": f"file@{_location(href)}"}]
        return self._styled("normal", el)

    def heading(self, el: Element) -> list[Block]:
        """Return a heading."""
        return self._styled(str(el.tag), el)

    def quote(self, el: Element) -> list[Block]:
        """Return a quotation of one paragraph as a block, any other as an object with its blocks."""
        if len(el) == 1 and el[0].tag == "p" and not el.get("id"):
            return self._styled("blockquote", el[0])
        return [self._object("quote", id=el.get("id"), content=self.blocks(el))]

    def code(self, el: Element) -> list[Block]:
        """Return lines of code."""
        return [self._object("code", language="text", code=text_of(el))]

    def rule(self, el: Element) -> list[Block]:
        """Return a divider."""
        return [self._object("divider")]

    def table(self, el: Element) -> list[Block]:
        """Return a table whose cells contain blocks."""
        rows = [self._object("tableRow", cells=[self._cell(cell) for cell in row]) for part in el for row in part]
        return [self._object("table", rows=rows)]

    def _cell(self, cell: Element) -> Block:
        spans = {name: int(value) for name in ("colspan", "rowspan") if (value := cell.get(name) or "").isdecimal()}
        return self._object(
            "tableCell", header=cell.tag == "th" or None, align=cell.get("align"), **spans, content=self.blocks(cell)
        )

    def details(self, el: Element) -> list[Block]:
        """Return a collapsible section: the blocks of its title and of its content."""
        summary = el.find("summary")
        title = self.blocks(summary) if summary is not None else []
        return [self._object("details", summary=title, content=self.blocks(el, skip=summary))]

    def division(self, el: Element) -> list[Block]:
        """Return a poll, or the placeholder of missing content."""
        if is_placeholder(el):
            return [self._object("missing", text=" ".join(text_of(el).split()))]
        return self.blocks(el)

    # ---- lists --------------------------------------------------------------------------------------------------

    def whole_list(self, el: Element) -> list[Block]:
        """Return a list as blocks with levels, or as an object if levels cannot express it."""
        if _has_levels(el) and not _follows_its_kind(el):
            return list(self._items(el, 1))
        items = [self._object("listItem", checked=_checked(item), content=self.blocks(item)) for item in el]
        start = el.get("start") or ""
        number = int(start) if start.isdecimal() else None
        return [self._object("list", kind=_LISTS[str(el.tag)], start=number, items=items)]

    def _items(self, el: Element, level: int) -> Iterator[Block]:
        for item in el:
            fields = {"listItem": _LISTS[str(el.tag)], "level": level, "checked": _checked(item)}
            yield self._text_block("normal", _pieces(item[0]), **fields)
            for inner in list(item)[1:]:
                yield from self._items(inner, level + 1)

    # ---- media --------------------------------------------------------------------------------------------------

    def figure(self, el: Element) -> list[Block]:
        """Return an image, a gallery or a player, with its caption as blocks."""
        if el.get("class") == "gallery":
            return [self._object("gallery", items=[item for child in el for item in self.figure(child)])]
        caption = el.find("figcaption")
        below = self._line_of(_pieces(caption)) if caption is not None else []
        if (link := link_of_player(el)) is not None:
            url, title = link.get("href") or "", " ".join(text_of(link).split())
            embed = self._object("embed", kind=el.get("class"), title=title, caption=below)
            if is_remote(url):
                return [{**embed, "url": url}]
            return [{**embed, "file": {"_type": "file", "_sanityAsset": f"file@{_location(url)}"}}]
        images = [self._image(image, el) for image in el.iter("img")]
        if images and below:
            images[-1]["caption"] = below
        return images or below

    def _image(self, image: Element, outer: Element | None = None) -> Block:
        link = next((a for a in image.iterancestors("a")), None)
        identity = outer.get("id") if outer is not None else None
        href = link.get("href") if link is not None else None
        image_object = self._object("image", id=identity, alt=image.get("alt"), href=self._href(href) if href else None)
        return {**image_object, "_sanityAsset": image_asset(image.get("src") or "")}

    # ---- lines --------------------------------------------------------------------------------------------------

    def _spans(self, pieces: Iterable[Element | str], marks: tuple[str, ...], links: list[Block]) -> Iterator[Block]:
        for piece in pieces:
            if isinstance(piece, str):
                if text := re.sub(r"[ \t\r\n]+", " ", piece):
                    yield self._span(text, marks)
            elif piece.tag == "br":
                yield self._span("\n", marks)
            elif piece.tag == "img":
                yield self._image(piece)
            elif piece.tag == "a":
                yield from self._link(piece, marks, links)
            elif piece.tag == "code":
                yield self._span(text_of(piece), (*marks, "code"))
            else:
                mark = _MARKS.get(str(piece.tag))
                inner = (*marks, mark) if mark and mark not in marks else marks
                yield from self._spans(_pieces(piece), inner, links)

    def _link(self, el: Element, marks: tuple[str, ...], links: list[Block]) -> Iterator[Block]:
        href = el.get("href") or ""
        pieces: list[Element | str] = list(_pieces(el))
        if not text_of(el).strip() and el.find(".//img") is None:
            pieces = [] if href.startswith("#") else [href]
        if not href or not pieces:
            yield from self._spans(pieces, marks, links)
            return
        definition = self._object("link", href=self._href(href), title=el.get("title"))
        links.append(definition)
        yield from self._spans(pieces, (*marks, definition["_key"]), links)

    def _href(self, href: str) -> str:
        return f"#{self._ids.get(href[1:], href[1:])}" if href.startswith("#") else href

    def _span(self, text: str, marks: tuple[str, ...]) -> Block:
        return {"_type": "span", "_key": self._key(), "text": text, "marks": list(marks)}


def _pieces(el: Element) -> Iterator[Element | str]:
    yield el.text or ""
    for child in el:
        yield child
        yield child.tail or ""


def _trim(children: list[Block]) -> None:
    """Remove spaces and line breaks at the edges of a line."""
    for at, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while children and children[at]["_type"] == "span" and "code" not in children[at]["marks"]:
            children[at]["text"] = strip(children[at]["text"], " \n")
            if children[at]["text"]:
                break
            del children[at]


def _checked(item: Element) -> bool | None:
    return {"true": True, "false": False}.get(item.get("checked") or "")


def _has_levels(el: Element) -> bool:
    """Return whether blocks with levels can express a list: each item is a line, then lists of different kinds."""
    if el.get("start") not in (None, "1"):
        return False
    for item in el:
        tags = [str(child.tag) for child in item]
        if not tags or tags[0] != "p" or item.get("id") or item[0].get("id") or item[0].get("class"):
            return False
        if any(tag not in _LISTS for tag in tags[1:]) or any(a == b for a, b in pairwise(tags[1:])):
            return False
        if not all(_has_levels(child) for child in list(item)[1:]):
            return False
    return len(el) > 0


def _follows_its_kind(el: Element) -> bool:
    before = el.getprevious()
    return before is not None and before.tag == el.tag and not (before.tail or "").strip()


_BLOCKS: dict[str, Callable[[_Writer, Element], list[Block]]] = {
    "p": _Writer.paragraph,
    **dict.fromkeys(HEADINGS, _Writer.heading),
    "ul": _Writer.whole_list,
    "ol": _Writer.whole_list,
    "blockquote": _Writer.quote,
    "pre": _Writer.code,
    "hr": _Writer.rule,
    "table": _Writer.table,
    "figure": _Writer.figure,
    "details": _Writer.details,
    "div": _Writer.division,
}
