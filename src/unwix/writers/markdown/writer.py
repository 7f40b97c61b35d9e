"""Markdown: the article as CommonMark with GFM's tables that also reads well as text.

A `markdownify.MarkdownConverter` over the article: one short method an element. Lines of text stay raw until their
block is written (see inline.py), so that escaping is decided by position. What a site generator reads otherwise than
CommonMark, and what it says where Markdown has no word, is its `Dialect` (dialects.py) and that one's `Forms`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any

from bs4.element import NavigableString, Tag

from ...model.article import Element
from . import tables
from .code import SIGNS, code_block, code_span
from .escaping import BREAK, CLOSE, EM, STRIKE, STRONG, Inline
from .flavor import MarkdownFlavor
from .heading_ids import HeadingIds, in_html
from .html import inner_html
from .link_destination import destination, may_be_bare
from .lists import first_number, follows_its_kind, marker, may_interrupt, says_only_lines
from .plain import PLAIN
from .tree import Walk, soup_of

Parents = set[str]
_MORE_THAN_A_BLANK = re.compile(r" [ \t\r\n]+|[\t\r\n][ \t\r\n]*")


def write_markdown(article: Element, keep_underline: bool = False, dialect: MarkdownFlavor = PLAIN) -> str:
    """The article as Markdown of a dialect: blocks parted by one blank line, a line break at the end.

    Empty for an empty article.
    """
    anchors = dialect.anchors(article)
    text: str = MarkdownWriter(anchors, keep_underline, dialect).convert_soup(soup_of(article))
    if not text.strip():
        return ""
    text = in_html(text.strip("\n") + "\n", anchors)
    return dialect.finish(text) if dialect.finish else text


class MarkdownWriter(Walk):
    """Writes one article. The `text` of each method is what its children became."""

    def __init__(self, anchors: HeadingIds, keep_underline: bool = False, dialect: MarkdownFlavor = PLAIN) -> None:
        super().__init__()
        self.anchors = anchors
        self.keep_underline = keep_underline
        self.dialect = dialect
        self.forms = dialect.forms
        self.inline = Inline(dialect)

    def process_text(self, el: NavigableString, parent_tags: Parents | None = None) -> str:
        """Text as it stands, each run of blanks as one (a line break is a `<br>`).

        The block that it is in escapes it.
        """
        text = str(el)
        if ("  " in text or not text.isprintable()) and "code" not in (parent_tags or ()):
            return _MORE_THAN_A_BLANK.sub(" ", text)
        return text

    # ---- marks in a line ----------------------------------------------------------------------------------------

    def convert_strong(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return f"{STRONG}{text}{CLOSE[STRONG]}" if text and "strong" not in parent_tags else text

    def convert_em(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return (
            f"{EM}{text}{CLOSE[EM]}" if text and "em" not in parent_tags and "figcaption" not in parent_tags else text
        )

    def convert_s(self, el: Tag, text: str, parent_tags: Parents) -> str:
        if not text or "s" in parent_tags:
            return text
        return f"{STRIKE}{text}{CLOSE[STRIKE]}" if self.dialect.strike else self._tagged("del", el, text)

    def convert_u(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return self._tagged("u", el, text) if self.keep_underline else text

    def convert_sup(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return self._tagged("sup", el, text)

    def convert_sub(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return self._tagged("sub", el, text)

    def _tagged(self, name: str, el: Tag, text: str) -> str:
        if not text:
            return ""
        if not self.dialect.html and el.find(True) is None:
            said = html.escape(el.get_text(), quote=False).translate(SIGNS)
            return self.inline.atom(self.forms.raw(f"<{name}>{said}</{name}>"))
        opening, closing = (self.inline.atom(self.forms.raw(tag)) for tag in (f"<{name}>", f"</{name}>"))
        return f"{opening}{text}{closing}"

    def convert_br(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return BREAK

    def convert_code(self, el: Tag, text: str, parent_tags: Parents) -> str:
        if "pre" in parent_tags or not text:
            return text
        return self.inline.atom(code_span(text, self.dialect, "_cell" in parent_tags, "a" in parent_tags))

    def convert_a(self, el: Tag, text: str, parent_tags: Parents) -> str:
        href = str(el.get("href") or "")
        if href.startswith("#") and len(href) > 1:
            href = "#" + (self.anchors.slugs.get(href[1:]) or self.forms.place(href[1:]))
        if not href or (not text and href.startswith("#")):
            return text
        if (not text or text == href) and may_be_bare(href) and re.match(self.dialect.auto_links, href):
            return self.inline.atom(f"<{href}>")
        return self.forms.link(self, el, href, text)

    def braces(self, href: str) -> str:
        """An address in which no generator finds a template."""
        safe = self.dialect.safe_address
        if self.dialect.is_plain or "{" not in href:
            return href
        start = found.end() if safe is not None and (found := safe.match(href)) else 0
        return href[:start] + href[start:].replace("{", "%7B").replace("}", "%7D")

    def address(self, href: str) -> str:
        """An address as it stands between the brackets of a link or picture."""
        return destination(self.braces(href))

    def convert_img(self, el: Tag, text: str, parent_tags: Parents) -> str:
        alt = self.inline.write(_MORE_THAN_A_BLANK.sub(" ", str(el.get("alt") or "")), "alt")
        return self.inline.atom(self.forms.image(self, el, alt))

    # ---- blocks of text -----------------------------------------------------------------------------------------

    def _block(self, el: Tag, text: str) -> str:
        """A block with blank lines round it, and the anchor that links of the same page need."""
        identity = el.get("id")
        if identity and identity not in self.anchors.slugs:
            inside = el.name in ("p", "h1", "h2", "h3", "h4", "h5", "h6")
            text = self.forms.anchored(text, str(identity), inside)
        return f"\n\n{text}\n\n" if text else ""

    def line(self, text: str, where: str) -> str:
        """A line of raw text and marks as Markdown (see inline.py), to stand at a kind of place."""
        return self.inline.write(text.strip(" \n"), where)

    def said_in(self, el: Tag, but: Tag | None = None) -> str:
        """What an element's children, but one, say, as a raw line."""
        return "".join(self.process_element(child, {el.name}) for child in el.children if child is not but)

    def html_of(self, el: Tag) -> str:
        """An element as HTML, in the dialect's form."""
        return self.forms.raw(inner_html(el, outer=True))

    def convert_p(self, el: Tag, text: str, parent_tags: Parents) -> str:
        if "_cell" in parent_tags:
            place = self.inline.atom(self.forms.anchor(str(el["id"]))) if el.get("id") else ""
            return place + text
        first_in_item = el.parent is not None and el.parent.name == "li" and el.previous_sibling is None
        where = "li" if first_in_item else "p"
        is_button = el.get("class") == "button"
        said = self._block(el, self.forms.button(self, el, text, where) if is_button else self.line(text, where))
        if first_in_item and may_interrupt(el.next_sibling):
            return said.rstrip("\n") + "\n"  # a nested list follows its item's line directly
        return said

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: Parents) -> str:
        line = self.line(text.replace(BREAK, " "), "heading")
        if not line:
            return self._block(el, "")
        key = str(el.get("id") or "")
        if key in self.anchors.explicit:
            identity = self.anchors.slugs[key]
            line = f"{line} {{#{identity}}}" if self.dialect.heading_id else self.forms.anchor(identity) + line
        return self._block(el, f"{'#' * n} {line}")

    def convert_blockquote(self, el: Tag, text: str, parent_tags: Parents) -> str:
        if not text.strip():
            return self._block(el, "")
        if self.dialect.simple_lists and not says_only_lines(el):
            return self._block(el, self._apart(el) + self.html_of(el))
        quoted = "\n".join(f"> {line}" if line else ">" for line in text.strip("\n").split("\n"))
        return self._block(el, self._apart(el) + quoted)

    def _apart(self, el: Tag) -> str:
        """What keeps a list or quote from being read as one with the list or quote before it."""
        return f"{self.forms.raw(self.dialect.list_end)}\n\n" if self.dialect.list_end and follows_its_kind(el) else ""

    def convert_pre(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return self._block(el, code_block(text, self.dialect))

    def convert_hr(self, el: Tag, text: str, parent_tags: Parents) -> str:
        # `- ---` is one rule and no list
        return self._block(el, "___" if "li" in parent_tags else "---")

    # ---- lists --------------------------------------------------------------------------------------------------

    def convert_ul(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return self._list(el, text)

    def convert_ol(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return self._list(el, text)

    def _list(self, el: Tag, text: str) -> str:
        before = el.previous_sibling
        first_is_line = (
            el.parent is not None
            and el.parent.name == "li"
            and isinstance(before, Tag)
            and before.name == "p"
            and before.previous_sibling is None
        )
        tight = first_is_line and may_interrupt(el)
        around = "\n" if tight else "\n\n"
        said = text.strip("\n")
        if not said.strip():
            return ""
        first = first_number(el) if el.name == "ol" else 1
        if first != 1 and self.dialect.start == "attribute":
            said = f'{said}\n{{: start="{first}"}}'
        in_html = first != 1 and self.dialect.start == "html"
        if in_html or (self.dialect.simple_lists and not says_only_lines(el)):
            said = self.html_of(el)
        return f"{around}{self._apart(el)}{said}{around}"

    def convert_li(self, el: Tag, text: str, parent_tags: Parents) -> str:
        sign = marker(el, turns=not self.dialect.list_end)
        width = max(len(sign), self.dialect.indent or 0)
        checked = str(el.get("checked"))
        box = {"true": "[x] ", "false": "[ ] "}.get(checked, "")
        if box and not self.dialect.tasks:
            box = self.forms.task(checked == "true")
        lines = text.strip("\n").split("\n")
        lines[0] = box + (self.forms.anchored(lines[0], str(el["id"]), True) if el.get("id") else lines[0])
        if sign == "* " and re.fullmatch(r"\*[* ]*", lines[0]):
            lines[0] = "\\" + lines[0]  # `* **` is a rule
        rest = (" " * width + line if line else "" for line in lines[1:])
        # Python-Markdown takes what follows a second paragraph without a blank line for its continuation.
        end = "\n\n" if self.dialect.simple_lists and "" in lines else "\n"
        return "\n".join([sign.ljust(width) + lines[0], *rest]) + end

    # ---- tables -------------------------------------------------------------------------------------------------

    def convert_table(self, el: Tag, text: str, parent_tags: Parents) -> str:
        fits = tables.fits_gfm(el) and (self.dialect.html or tables.has_one_line_cells(el))
        fits = fits and (self.dialect.head_alone or len(tables.rows_of(el)) > 1)
        return self._block(el, tables.gfm_table(el, self._cell) if fits else self.html_of(el))

    def _cell(self, cell: Tag) -> str:
        parts = [self._cell_part(piece) for piece in _paragraphs_of(cell)]
        return "<br>".join(part for part in parts if part)

    def _cell_part(self, pieces: Iterable[Any]) -> str:
        raw = "".join(self.process_element(piece, {"td", "_cell", "_inline"}) for piece in pieces)
        return self.line(raw, "cell")

    def convert_tr(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return text

    def convert_td(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return text

    def convert_th(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return text

    # ---- pictures and what Markdown has no word for -------------------------------------------------------------

    def convert_figure(self, el: Tag, text: str, parent_tags: Parents) -> str:
        if "_cell" in parent_tags:
            return text
        if el.get("class") == "gallery":
            return self._block(el, self.forms.gallery(self, el, text))
        caption = el.find("figcaption")
        says = isinstance(caption, Tag) and caption.get_text(strip=True)
        return self._block(el, self.forms.figure(self, el, caption if isinstance(caption, Tag) and says else None))

    def convert_figcaption(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return text

    def convert_details(self, el: Tag, text: str, parent_tags: Parents) -> str:
        summary = el.find("summary", recursive=False)
        return self._block(el, self.forms.details(self, el, summary if isinstance(summary, Tag) else None, text))

    def convert_summary(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return ""

    def convert_div(self, el: Tag, text: str, parent_tags: Parents) -> str:
        if el.get("class") == "missing" and "_cell" in parent_tags:
            return self.inline.atom(self.forms.missing(el.get_text()))
        if el.get("class") == "missing":
            return self._block(el, self.forms.missing(el.get_text()))
        return self._block(el, text.strip("\n"))

    def convert_article(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return text


def _paragraphs_of(cell: Tag) -> list[list[Any]]:
    """A cell's content by paragraphs; a line of its own text is one."""
    out: list[list[Any]] = []
    for child in cell.children:
        if isinstance(child, Tag) and child.name in ("p", "figure", "div"):
            out.append([child])
            out.append([])
        else:
            if not out:
                out.append([])
            out[-1].append(child)
    return [pieces for pieces in out if pieces]
