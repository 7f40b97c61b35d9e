"""Serialize an article as HTML: the one serializer for Markdown files, records and import files.

`ArticleHtml` has one short method per kind of block; a subclass overrides what a system needs in another form. Only
code contains line breaks, because Markdown ends HTML at a blank line and WordPress turns line breaks into `<br>`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import ClassVar

from ..model.article import HEADINGS, INLINE, Element, is_placeholder, link_of_player, text_of
from ..web.tags import LISTS

_KEPT: dict[str, tuple[str, ...]] = {"a": ("href", "title"), "img": ("src", "alt")}
_HEADING = re.compile("(<h[1-6])(?=[ >])")
_DONE, _OPEN = "☑ ", "☐ "


def attributes(**values: str | None) -> str:
    """Return attributes of an HTML element, each with a space before it; those that are None are left out."""
    return "".join(
        f' {name.rstrip("_")}="{html.escape(" ".join(value.split()))}"'
        for name, value in values.items()
        if value is not None
    )


def missing(text: str) -> str:
    """Return a comment as the placeholder of missing content; the text cannot end the comment."""
    safe = re.sub(r"-{2,}", "–", " ".join(text.split())).replace(">", "›").replace("<", "‹")
    return f"<!-- unwix: {safe} -->"


class ArticleHtml:
    """Plain HTML, which any system accepts."""

    kept: ClassVar[dict[str, tuple[str, ...]]] = _KEPT
    """The attributes of inline elements."""
    code_line_end: ClassVar[str] = "\n"
    row_end: ClassVar[str] = ""
    """The text after each row of a table that is not inside another block."""

    def __init__(self, ids: dict[str, str] | None = None) -> None:
        """`ids` are the ids of headings by their keys in the article; other ids stay as they are."""
        self.ids = ids or {}

    # ---- what systems differ in ---------------------------------------------------------------------------------

    def quoted(self, text: str) -> str:
        """Escape text for the syntax of the system, such as templates and shortcodes; plain HTML has none."""
        return text

    def card(self, markup: str, inside: bool) -> str:
        """Return HTML that the system's editor has no block for; `inside` is True within another block."""
        return markup

    def heading(self, el: Element, inside: bool) -> str:
        """Return a heading, with an id if a link points to it."""
        return f"<{el.tag}{self._id(el)}>{self.inline(el)}</{el.tag}>"

    def played(self, url: str, title: str | None, caption: str, inside: bool) -> str:
        """Return a video, an audio or an embedded page, here as a link."""
        link = f"<p><a{attributes(href=url)}>{self.text(title or url)}</a></p>"
        return link + self.below(caption)

    # ---- blocks -------------------------------------------------------------------------------------------------

    def element(self, el: Element) -> str:
        """Return an element inside another: a block or an inline element."""
        return self.inline_element(el) if el.tag in INLINE else self.block(el, True)

    def block(self, el: Element, inside: bool = False) -> str:
        """Return one block of the article."""
        tag = str(el.tag)
        return self.heading(el, inside) if tag in HEADINGS else _BLOCKS[tag](self, el, inside)

    def paragraph(self, el: Element, inside: bool) -> str:
        """Return a paragraph, a button or a file (a link alone)."""
        text = self.inline(el)
        return f"<p{self._id(el)}>{text}</p>" if text else ""

    def list(self, el: Element, inside: bool) -> str:
        """Return a list; an item of one paragraph has no `<p>`."""
        items = "".join(f"<li{self._id(item)}>{self._item(item)}</li>" for item in el)
        return f"<{el.tag}{attributes(start=el.get('start'))}>{items}</{el.tag}>"

    def _item(self, item: Element) -> str:
        box = {"true": _DONE, "false": _OPEN}.get(item.get("checked") or "", "")
        blocks = list(item)
        if blocks and blocks[0].tag == "p" and all(other.tag in LISTS for other in blocks[1:]):
            first = self._anchor(blocks[0]) + self.inline(blocks[0])
            return box + first + "".join(self.block(other, True) for other in blocks[1:])
        return box + "".join(self.block(one, True) for one in blocks)

    def quote(self, el: Element, inside: bool) -> str:
        """Return a quotation."""
        return f"<blockquote{self._id(el)}>{''.join(self.block(child, True) for child in el)}</blockquote>"

    def code(self, el: Element, inside: bool) -> str:
        """Return lines of code as they are."""
        text = self.quoted(html.escape(text_of(el), quote=False)).replace("\n", self.code_line_end)
        return f"<pre{self._id(el)}><code>{text}</code></pre>"

    def rule(self, el: Element, inside: bool) -> str:
        """Return a divider (`<hr>`)."""
        return f"<hr{self._id(el)}>"

    def table(self, el: Element, inside: bool) -> str:
        """Return a table with its merged cells; `row_end` follows each row outside other blocks."""
        end = "" if inside else self.row_end
        parts = (f"<{part.tag}>{end}{''.join(self._row(row) + end for row in part)}</{part.tag}>{end}" for part in el)
        return self.card(f"<table{self._id(el)}>{end}{''.join(parts)}</table>", inside)

    def _row(self, row: Element) -> str:
        cells = (
            f"<{cell.tag}{attributes(**self.cell_attributes(cell))}>{self.cell(cell)}</{cell.tag}>" for cell in row
        )
        return f"<tr>{''.join(cells)}</tr>"

    def cell_attributes(self, cell: Element) -> dict[str, str | None]:
        """Return the attributes of a table cell: its alignment and the columns and rows that it spans."""
        return {name: cell.get(name) for name in ("align", "colspan", "rowspan")}

    def cell(self, cell: Element) -> str:
        """Return the content of a table cell."""
        return self.mixed(cell)

    def figure(self, el: Element, inside: bool) -> str:
        """Return an image with its caption, a gallery or a player."""
        if el.get("class") == "gallery":
            return self.gallery(el, inside)
        caption = el.find("figcaption")
        caption_html = f"<figcaption>{self.inline(caption)}</figcaption>" if caption is not None else ""
        if (link := link_of_player(el)) is not None:
            return self.played(link.get("href") or "", text_of(link).strip() or None, caption_html, inside)
        images = "".join(self.inline_element(child) for child in el if child.tag != "figcaption")
        return f"<figure{self._id(el)}>{images}{caption_html}</figure>"

    def gallery(self, el: Element, inside: bool) -> str:
        """Return the images of a gallery, one after another."""
        return ("" if inside else "\n\n").join(self.figure(child, inside) for child in el)

    def below(self, caption: str) -> str:
        """Return a `<figcaption>` as a paragraph."""
        text = re.sub("</?figcaption>", "", caption)
        return f"<p><em>{text}</em></p>" if text else ""

    def details(self, el: Element, inside: bool) -> str:
        """Return a collapsible section."""
        summary = el.find("summary")
        title = self.summary(summary) if summary is not None else ""
        rest = "".join(self.block(child, True) for child in el if child is not summary)
        return self.card(f"<details{self._id(el)}><summary>{title}</summary>{rest}</details>", inside)

    def summary(self, el: Element) -> str:
        """Return the title of a collapsible section."""
        return self.mixed(el)

    def summary_on_one_line(self, el: Element) -> str:
        """Return the title of a collapsible section; a heading in it stays on the line of the triangle."""
        return _HEADING.sub(r'\1 style="display:inline"', self.mixed(el))

    def division(self, el: Element, inside: bool) -> str:
        """Return a poll, or the placeholder of missing content."""
        if is_placeholder(el):
            return self.missing(el, inside)
        return ("" if inside else "\n\n").join(self.block(child, inside) for child in el)

    def missing(self, el: Element, inside: bool) -> str:
        """Return the placeholder of missing content: a comment."""
        return self.card(missing(text_of(el)), inside)

    def _id(self, el: Element) -> str:
        key = el.get("id")
        return attributes(id=self.ids.get(key, key)) if key else ""

    def _anchor(self, el: Element) -> str:
        return f"<a{self._id(el)}></a>" if el.get("id") else ""

    # ---- lines --------------------------------------------------------------------------------------------------

    def text(self, text: str | None) -> str:
        """Return text of a line. A line break is a `<br>`, so any other white space is one space."""
        return self.quoted(re.sub(r"[ \t\r\n]+", " ", html.escape(text or "", quote=False)))

    def inline(self, el: Element) -> str:
        """Return the content of an element that contains only text, marks and links."""
        return self.text(el.text) + "".join(self.inline_element(child) + self.text(child.tail) for child in el)

    def mixed(self, el: Element) -> str:
        """Return the content of an element that contains text and blocks, such as a table cell."""
        parts = [self.text(el.text)]
        for child in el:
            parts += [self.element(child), self.text(child.tail)]
        return "".join(parts)

    def inline_element(self, el: Element) -> str:
        """Return one inline element."""
        tag = str(el.tag)
        values = {name: el.get(name) for name in self.kept.get(tag, ())}
        if (href := values.get("href") or "").startswith("#"):
            values["href"] = "#" + self.ids.get(href[1:], href[1:])
        start = self.quoted(attributes(**values))
        if tag in ("br", "img"):
            return f"<{tag}{start}>"
        inside = self.inline(el)
        if tag == "a" and not inside and not href.startswith("#"):
            inside = self.text(href)
        return f"<{tag}{start}>{inside}</{tag}>" if inside else ""


_BLOCKS: dict[str, Callable[[ArticleHtml, Element, bool], str]] = {
    "p": lambda form, el, inside: form.paragraph(el, inside),
    "ul": lambda form, el, inside: form.list(el, inside),
    "ol": lambda form, el, inside: form.list(el, inside),
    "blockquote": lambda form, el, inside: form.quote(el, inside),
    "pre": lambda form, el, inside: form.code(el, inside),
    "hr": lambda form, el, inside: form.rule(el, inside),
    "table": lambda form, el, inside: form.table(el, inside),
    "figure": lambda form, el, inside: form.figure(el, inside),
    "figcaption": lambda form, el, inside: f"<figcaption>{form.inline(el)}</figcaption>",
    "details": lambda form, el, inside: form.details(el, inside),
    "div": lambda form, el, inside: form.division(el, inside),
}
