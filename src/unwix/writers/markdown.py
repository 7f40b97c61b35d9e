"""Markdown: the article as CommonMark with GFM's tables that also reads well as text.

A `markdownify.MarkdownConverter` over the article: one short method an element. Lines of text stay raw until their
block is written (see inline.py), so that escaping is decided by position.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any

from bs4.element import NavigableString, Tag

from ..anchors import github_ids
from ..article import HEADINGS, Element, text_of
from . import tables
from .html import inner_html
from .inline import BREAK, CLOSE, EM, STRIKE, STRONG, Inline, destination, escape_all, may_be_bare
from .walk import Walk, soup_of

Parents = set[str]
_MORE_THAN_A_BLANK = re.compile(r" [ \t\r\n]+|[\t\r\n][ \t\r\n]*")


def write_markdown(article: Element, keep_underline: bool = False) -> str:
    """The article as Markdown: blocks parted by one blank line, a line break at the end; empty for an empty article."""
    text: str = MarkdownWriter(heading_slugs(article), keep_underline).convert_soup(soup_of(article))
    return text.strip("\n") + "\n" if text.strip() else ""


def heading_slugs(article: Element) -> dict[str, str]:
    """For each heading with an id: the anchor that GitHub (and Hugo, and most) give it by its text."""
    headings = [*article.iter(*HEADINGS)]
    slugs = github_ids(text_of(heading).strip() for heading in headings)
    return {identity: slug for heading, slug in zip(headings, slugs, strict=True) if (identity := heading.get("id"))}


class MarkdownWriter(Walk):
    """Writes one article. The `text` of each method is what its children became."""

    def __init__(self, slugs: dict[str, str], keep_underline: bool = False) -> None:
        super().__init__()
        self.slugs = slugs
        self.keep_underline = keep_underline
        self.inline = Inline()

    def process_text(self, el: NavigableString, parent_tags: Parents | None = None) -> str:
        """Text as it stands, each run of blanks as one (a line break is a `<br>`).

        The block that it is in escapes it.
        """
        text = str(el)
        if _MORE_THAN_A_BLANK.search(text) and "code" not in (parent_tags or ()):
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
        return f"{STRIKE}{text}{CLOSE[STRIKE]}" if text and "s" not in parent_tags else text

    def convert_u(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return self._tagged("u", text) if self.keep_underline else text

    def convert_sup(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return self._tagged("sup", text)

    def convert_sub(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return self._tagged("sub", text)

    def _tagged(self, name: str, text: str) -> str:
        return f"{self.inline.atom(f'<{name}>')}{text}{self.inline.atom(f'</{name}>')}" if text else ""

    def convert_br(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return BREAK

    def convert_code(self, el: Tag, text: str, parent_tags: Parents) -> str:
        if "pre" in parent_tags or not text:
            return text
        text = re.sub(r"[\t\r\n]+", " ", text)
        # No code span can say a backslash before a bar in a table's cell, nor `]:` in a link that begins a paragraph.
        if ("_cell" in parent_tags and "\\|" in text) or ("a" in parent_tags and "]" in text):
            said = escape_all(text).replace("\\|", "&#124;")
            return self.inline.atom(f"<code>{said}</code>")
        fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
        pad = " " if text[0] in "` " or text[-1] in "` " else ""
        return self.inline.atom(f"{fence}{pad}{text}{pad}{fence}")

    def convert_a(self, el: Tag, text: str, parent_tags: Parents) -> str:
        href = str(el.get("href") or "")
        if href.startswith("#") and href[1:] in self.slugs:
            href = "#" + self.slugs[href[1:]]
        if not href or (not text and href.startswith("#")):
            return text
        if (not text or text == href) and may_be_bare(href):
            return self.inline.atom(f"<{href}>")
        return self.inline.link(text or href, href, str(el["title"]) if el.get("title") else None)

    def convert_img(self, el: Tag, text: str, parent_tags: Parents) -> str:
        alt = self.inline.write(_MORE_THAN_A_BLANK.sub(" ", str(el.get("alt") or "")), "alt")
        return self.inline.atom(f"![{alt}]({destination(str(el.get('src') or ''))})")

    # ---- blocks of text -----------------------------------------------------------------------------------------

    def _block(self, el: Tag, text: str) -> str:
        """A block with blank lines round it, and the anchor that links of the same page need."""
        identity = el.get("id")
        if identity and identity not in self.slugs:
            anchor = f'<a id="{html.escape(str(identity))}"></a>'
            inside = el.name in ("p", "h1", "h2", "h3", "h4", "h5", "h6")
            text = anchor + text if inside else f"{anchor}\n\n{text}"
        return f"\n\n{text}\n\n" if text else ""

    def _line(self, text: str, where: str) -> str:
        return self.inline.write(text.strip(" \n"), where)

    def convert_p(self, el: Tag, text: str, parent_tags: Parents) -> str:
        if "_cell" in parent_tags:
            return text
        first_in_item = el.parent is not None and el.parent.name == "li" and el.previous_sibling is None
        said = self._block(el, self._line(text, "li" if first_in_item else "p"))
        if first_in_item and _may_interrupt(el.next_sibling):
            return said.rstrip("\n") + "\n"  # a nested list follows its item's line directly
        return said

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: Parents) -> str:
        line = self._line(text.replace(BREAK, " "), "heading")
        return self._block(el, f"{'#' * n} {line}" if line else "")

    def convert_blockquote(self, el: Tag, text: str, parent_tags: Parents) -> str:
        lines = text.strip("\n").split("\n") if text.strip() else []
        return self._block(el, "\n".join(f"> {line}" if line else ">" for line in lines))

    def convert_pre(self, el: Tag, text: str, parent_tags: Parents) -> str:
        fence = "`" * max(3, max((len(run) for run in re.findall("`+", text)), default=0) + 1)
        return self._block(el, f"{fence}\n{text}\n{fence}")

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
        tight = first_is_line and _may_interrupt(el)
        around = "\n" if tight else "\n\n"
        return f"{around}{text.strip(chr(10))}{around}" if text.strip() else ""

    def convert_li(self, el: Tag, text: str, parent_tags: Parents) -> str:
        marker = _marker(el)
        box = {"true": "[x] ", "false": "[ ] "}.get(str(el.get("checked")), "")
        indent = " " * len(marker)
        anchor = f'<a id="{html.escape(str(el["id"]))}"></a>' if el.get("id") else ""
        lines = (box + anchor + text.strip("\n")).split("\n")
        return "\n".join([marker + lines[0], *(indent + line if line else "" for line in lines[1:])]) + "\n"

    # ---- tables -------------------------------------------------------------------------------------------------

    def convert_table(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return self._block(el, tables.gfm_table(el, self._cell) if tables.fits_gfm(el) else inner_html(el, outer=True))

    def _cell(self, cell: Tag) -> str:
        parts = [self._cell_part(piece) for piece in _paragraphs_of(cell)]
        return "<br>".join(part for part in parts if part)

    def _cell_part(self, pieces: Iterable[Any]) -> str:
        raw = "".join(self.process_element(piece, {"td", "_cell", "_inline"}) for piece in pieces)
        return self._line(raw, "cell")

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
            return self._block(el, text.strip("\n"))
        caption = el.find("figcaption")
        said = (
            self._line(f"{EM}{self._children(caption)}{CLOSE[EM]}", "p")
            if isinstance(caption, Tag) and caption.get_text(strip=True)
            else ""
        )
        body = self._line("".join(self.process_element(c, {"figure"}) for c in el.children if c is not caption), "p")
        return self._block(el, f"{body}\n\n{said}" if said else body)

    def _children(self, el: Tag) -> str:
        return "".join(self.process_element(child, {"figcaption"}) for child in el.children)

    def convert_figcaption(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return text

    def convert_details(self, el: Tag, text: str, parent_tags: Parents) -> str:
        summary = el.find("summary", recursive=False)
        title = inner_html(summary) if isinstance(summary, Tag) else ""
        return self._block(
            el,
            f"<details>\n<summary>{title}</summary>\n\n{text.strip(chr(10))}\n\n</details>".replace("\n\n\n\n", "\n\n"),
        )

    def convert_summary(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return ""

    def convert_div(self, el: Tag, text: str, parent_tags: Parents) -> str:
        if el.get("class") == "missing":
            return self._block(el, f"<!-- unwix: {comment(el.get_text())} -->")
        return self._block(el, text.strip("\n"))

    def convert_article(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return text


def comment(text: str) -> str:
    """Text that cannot end the HTML comment it stands in."""
    return re.sub(r"-{2,}", "–", " ".join(text.split())).replace(">", "›").replace("<", "‹")


def _may_interrupt(block: Any) -> bool:
    """Whether it is a list that Markdown reads as one right after a line of text.

    One that begins with another number is not.
    """
    name = getattr(block, "name", None)
    return name == "ul" or (name == "ol" and block.get("start") in (None, "1"))


def _marker(item: Tag) -> str:
    """`-` or the item's number. Two lists of one kind in a row would be read as one: the second has another sign."""
    parent = item.parent
    if parent is None:
        return "- "
    turn = 0
    before = parent.previous_sibling
    while before is not None and getattr(before, "name", None) == parent.name:
        turn, before = turn + 1, before.previous_sibling
    if parent.name != "ol":
        return ("- ", "* ")[turn % 2]
    start = str(parent.get("start") or "")
    first = int(start) if start.isdecimal() and len(start) < 9 else 1  # Markdown takes nine digits
    position = sum(1 for other in item.previous_siblings if getattr(other, "name", None) == "li")
    return f"{first + position}{'.)'[turn % 2]} "


def _paragraphs_of(cell: Tag) -> list[list[Any]]:
    """A cell's content by paragraphs; a line of its own text is one."""
    out: list[list[Any]] = []
    for child in cell.children:
        if isinstance(child, Tag) and child.name in ("p", "figure"):
            out.append([child])
            out.append([])
        else:
            if not out:
                out.append([])
            out[-1].append(child)
    return [pieces for pieces in out if pieces]
