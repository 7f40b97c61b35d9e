"""The article as Markdown: CommonMark with GFM's tables that also reads well as text.

One short method per element of the article's vocabulary. Lines of text stay raw until their block is written (see
marks.py and escaping.py), so that escaping is decided by position. What a site generator reads otherwise than
CommonMark is data of its `MarkdownFlavor`, and what it has syntax of its own for is in that one's `blocks`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable

from ...model.article import HEADINGS, INLINE, Element, text_of
from . import tables
from .code import REFERENCES, code_block, code_span
from .escaping import EscapingWriter
from .flavor import PLAIN, MarkdownFlavor
from .heading_ids import HeadingIds
from .html import MarkdownHtml
from .link_destination import destination, may_be_bare
from .lists import LISTS, first_number, follows_its_kind, holds_only_lines, markers, may_interrupt
from .marks import BREAK, CLOSE, EM, STRIKE, STRONG, collapse_spaces, split_marks

Scope = frozenset[str]
"""The inline elements around a piece of text, and `cell` in a table."""
_OUTSIDE: Scope = frozenset()
_CELL: Scope = frozenset({"cell"})
_MARKS = {"strong": STRONG, "em": EM, "s": STRIKE}


def write_markdown(article: Element, keep_underline: bool = False, flavor: MarkdownFlavor = PLAIN) -> str:
    """Return the article as Markdown: one blank line between blocks, a line break at the end; empty if it is empty."""
    text = MarkdownWriter(flavor.heading_ids(article), keep_underline, flavor).blocks_of(article).strip("\n")
    if not text.strip():
        return ""
    return flavor.finish(text + "\n") if flavor.finish else text + "\n"


class MarkdownWriter:
    """Writes one article."""

    def __init__(self, ids: HeadingIds, keep_underline: bool = False, flavor: MarkdownFlavor = PLAIN) -> None:
        self.ids = ids
        self.keep_underline = keep_underline
        self.flavor = flavor
        self.syntax = flavor.blocks
        self.inline = EscapingWriter(flavor)
        self.html = MarkdownHtml(ids.slugs)
        self._simple = False
        """Whether this is inside a list or quote that `holds_only_lines`."""

    # ---- lines --------------------------------------------------------------------------------------------------

    def line(self, raw: str, position: str) -> str:
        """Return a raw line (see marks.py) as Markdown for the given kind of position."""
        return self.inline.write(raw.strip(f" \n{BREAK}"), position)

    def inline_of(self, el: Element, skip: Element | None = None, scope: Scope = _OUTSIDE) -> str:
        """Return the content of an element, without one child, as a raw line."""
        if el.tag == "figcaption":
            scope |= {"em"}  # a caption is in italics as a whole
        parts = [self._text(el.text, scope)]
        for child in el:
            if child is not skip:
                parts.append(self._inline(child, scope))
            parts.append(self._text(child.tail, scope))
        return "".join(parts)

    def _text(self, text: str | None, scope: Scope) -> str:
        return text or "" if "code" in scope else collapse_spaces(text or "")

    def _inline(self, el: Element, scope: Scope) -> str:
        tag = str(el.tag)
        if tag == "br":
            return BREAK
        if tag == "img":
            return self._image(el)
        if tag not in INLINE:
            return self.inline_of(el, scope=scope)
        text = self.inline_of(el, scope=scope | {tag})
        if tag == "a":
            return self._link(el, text)
        if not text or tag in scope:
            return text
        if tag == "code":
            return self.inline.raw(code_span(text, self.flavor, "cell" in scope, "a" in scope))
        if tag == "u" and not self.keep_underline:
            return text
        if tag in _MARKS and (tag != "s" or self.flavor.strike):
            return f"{_MARKS[tag]}{text}{CLOSE[_MARKS[tag]]}"
        return self._tagged("del" if tag == "s" else tag, el, text)

    def _tagged(self, name: str, el: Element, text: str) -> str:
        if not self.flavor.html and len(el) == 0:
            content = html.escape(text_of(el), quote=False).translate(REFERENCES)
            return self.inline.raw(self.syntax.raw(f"<{name}>{content}</{name}>"))
        opening, closing = (self.inline.raw(self.syntax.raw(tag)) for tag in (f"<{name}>", f"</{name}>"))
        return f"{opening}{text}{closing}"

    def _link(self, el: Element, text: str) -> str:
        href = el.get("href") or ""
        if href.startswith("#") and len(href) > 1:
            href = "#" + (self.ids.slugs.get(href[1:]) or self.syntax.fragment(href[1:]))
        if not href or (not text and href.startswith("#")):
            return text
        opening, shown, closing = split_marks(text)
        if shown in ("", href) and may_be_bare(href) and re.match(self.flavor.auto_links, href):
            return f"{opening}{self.inline.raw(f'<{href}>')}{closing}"
        return self.syntax.link(self, el, href, text)

    def without_braces(self, href: str) -> str:
        """Return a URL in which no generator recognises a template."""
        own = self.flavor.own_urls
        if self.flavor.is_plain or "{" not in href:
            return href
        start = match.end() if own is not None and (match := own.match(href)) else 0
        return href[:start] + href[start:].replace("{", "%7B").replace("}", "%7D")

    def destination(self, href: str) -> str:
        """Return a URL as it is written in a link destination."""
        return destination(self.without_braces(href))

    def _image(self, el: Element) -> str:
        alt = self.inline.write(collapse_spaces(el.get("alt") or ""), "alt")
        return self.inline.raw(self.syntax.image(self, el, alt))

    # ---- blocks -------------------------------------------------------------------------------------------------

    def blocks_of(self, el: Element, skip: Element | None = None) -> str:
        """Return the blocks in an element, without one child, as Markdown: separated by blank lines.

        A nested list follows the first line of its item directly.
        """
        out: list[str] = []
        before: Element | None = None
        turn = 0
        for child in el:
            if child is skip:
                continue
            turn = turn + 1 if before is not None and before.tag == child.tag else 0
            text = self._list(child, turn) if child.tag in LISTS else self._block(child)
            if text:
                if out:
                    tight = len(out) == 1 and el.tag == "li" and before is el[0] and before.tag == "p"
                    out.append("\n" if tight and may_interrupt(child) else "\n\n")
                    out[0] = out[0].rstrip("\n") if tight and may_interrupt(child) else out[0]
                out.append(text)
            before = child
        return "".join(out)

    def _block(self, el: Element) -> str:
        tag = str(el.tag)
        text = self._heading(el, int(tag[1])) if tag in HEADINGS else _BLOCKS[tag](self, el)
        return self._anchored(el, text)

    def _anchored(self, el: Element, text: str) -> str:
        """Return a block with the anchor that links of the same page need."""
        identity = el.get("id")
        in_html = text.startswith("<") and f' id="{html.escape(identity or "")}"' in text
        if identity and identity not in self.ids.slugs and not in_html:
            return self.syntax.anchored(text, identity, el.tag == "p" or el.tag in HEADINGS)
        return text

    def html_of(self, el: Element) -> str:
        """Return an element as HTML that the flavor lets through."""
        return self.syntax.raw(self.html.element(el))

    def _paragraph(self, el: Element) -> str:
        parent = el.getparent()
        first_in_item = parent is not None and parent.tag == "li" and el.getprevious() is None
        position = "li" if first_in_item else "p"
        if el.get("class") == "button":
            return self.syntax.button(self, el, position)
        return self.line(self.inline_of(el), position)

    def _heading(self, el: Element, level: int) -> str:
        line = self.line(self.inline_of(el).replace(BREAK, " "), "heading")
        if not line:
            return ""
        key = el.get("id") or ""
        if key in self.ids.explicit:
            identity = self.ids.slugs[key]
            line = f"{line} {{#{identity}}}" if self.flavor.heading_id else self.syntax.anchor(identity) + line
        return f"{'#' * level} {line}"

    def _quote(self, el: Element) -> str:
        if self.flavor.simple_lists and not self._simple and not holds_only_lines(el):
            return self._apart(el) + self.html_of(el) if text_of(el).strip() or el.find(".//img") is not None else ""
        text = self.blocks_of(el)
        if not text.strip():
            return ""
        return self._apart(el) + "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))

    def _apart(self, el: Element) -> str:
        """Return what keeps a list or quote from being read as one with the list or quote before it."""
        return f"{self.syntax.raw(self.flavor.list_end)}\n\n" if self.flavor.list_end and follows_its_kind(el) else ""

    def _rule(self, el: Element) -> str:
        parent = el.getparent()
        in_item = parent is not None and any(outer.tag == "li" for outer in (parent, *parent.iterancestors()))
        return "___" if in_item else "---"  # `- ---` is a divider and no list

    # ---- lists --------------------------------------------------------------------------------------------------

    def _list(self, el: Element, turn: int) -> str:
        first = first_number(el) if el.tag == "ol" else 1
        simple = self._simple or not self.flavor.simple_lists or holds_only_lines(el)
        if (first != 1 and self.flavor.start == "html") or not simple:
            return self._apart(el) + self.html_of(el)
        outer, self._simple = self._simple, self.flavor.simple_lists
        before, after = markers(el, 0 if self.flavor.list_end else turn)
        items = [
            self._item(item, f"{before}{first + number}{after}" if el.tag == "ol" else before)
            for number, item in enumerate(el)
        ]
        self._simple = outer
        text = "".join(items).rstrip("\n")
        if not text.strip():
            return ""
        if first != 1 and self.flavor.start == "attribute":
            text = f'{text}\n{{: start="{first}"}}'
        return f"{self._apart(el)}{text}"

    def _item(self, el: Element, marker: str) -> str:
        width = max(len(marker), self.flavor.indent or 0)
        checked = el.get("checked")
        box = {"true": "[x] ", "false": "[ ] "}.get(checked or "", "")
        if box and not self.flavor.tasks:
            box = self.syntax.task(checked == "true")
        lines = self.blocks_of(el).strip("\n").split("\n")
        if len(el) and el[0].tag in ("ul", "ol") and any(item.get("checked") for item in el[0]):
            lines.insert(0, "")  # GFM reads no check box behind two markers: `- - [ ] text`
        identity = el.get("id")
        lines[0] = box + (self.syntax.anchored(lines[0], identity, True) if identity else lines[0])
        if marker == "* " and re.fullmatch(r"\*[* ]*", lines[0]):
            lines[0] = "\\" + lines[0]  # `* **` is a divider
        rest = (" " * width + line if line else "" for line in lines[1:])
        # Python-Markdown takes what follows a second paragraph without a blank line for its continuation.
        end = "\n\n" if self.flavor.simple_lists and "" in lines else "\n"
        return "\n".join([marker.ljust(width) + lines[0], *rest]) + end

    # ---- tables -------------------------------------------------------------------------------------------------

    def _table(self, el: Element) -> str:
        fits = tables.fits_gfm(el) and (self.flavor.html or tables.has_one_line_cells(el))
        if fits and (self.flavor.header_only_tables or len(tables.rows_of(el)) > 1):
            return tables.gfm_table(el, self._cell)
        return self.syntax.raw(self.html.block(el))

    def _cell(self, cell: Element) -> str:
        lines = (self.line(raw, "cell") for raw in self._cell_lines(cell))
        return "<br>".join(line for line in lines if line)

    def _cell_lines(self, cell: Element) -> Iterable[str]:
        """Return the content of a cell by paragraphs, as raw lines; text between paragraphs is one."""
        open_line = [self._text(cell.text, _CELL)]
        for child in cell:
            if child.tag in INLINE:
                open_line.append(self._inline(child, _CELL))
            else:
                yield "".join(open_line)
                yield self._in_cell(child)
                open_line = []
            open_line.append(self._text(child.tail, _CELL))
        yield "".join(open_line)

    def _in_cell(self, el: Element) -> str:
        """Return a block in a cell as a raw line: a paragraph, an image, a placeholder."""
        if el.get("class") == "missing":
            return self.inline.raw(self.syntax.missing(text_of(el)))
        if el.tag == "figure":
            shown = (self._in_cell(c) if c.tag == "figure" else self._inline(c, _CELL) for c in el)
            return " ".join(text for text in shown if text)
        anchor = self.inline.raw(self.syntax.anchor(el.get("id") or "")) if el.get("id") else ""
        return anchor + self.inline_of(el, scope=_CELL)

    # ---- images and what Markdown has no syntax for -------------------------------------------------------------

    def _figure(self, el: Element) -> str:
        if el.get("class") == "gallery":
            return self.syntax.gallery(self, el)
        caption = el.find("figcaption")
        has_caption = caption is not None and text_of(caption).strip()
        return self.syntax.figure(self, el, caption if has_caption else None)

    def _division(self, el: Element) -> str:
        return self.syntax.missing(text_of(el)) if el.get("class") == "missing" else self.blocks_of(el)


_BLOCKS: dict[str, Callable[[MarkdownWriter, Element], str]] = {
    "p": MarkdownWriter._paragraph,
    "blockquote": MarkdownWriter._quote,
    "pre": lambda writer, el: code_block(text_of(el), writer.flavor),
    "hr": MarkdownWriter._rule,
    "table": MarkdownWriter._table,
    "figure": MarkdownWriter._figure,
    "details": lambda writer, el: writer.syntax.details(writer, el, el.find("summary")),
    "div": MarkdownWriter._division,
}
