"""Read facts back from an output: Markdown as GitHub's parser reads it, or the HTML of a post's body."""

from __future__ import annotations

import re

from lxml import etree

from ..model.article import HEADINGS, Element
from ..model.facts import SOFT_BREAK, UNCERTAIN, UNCERTAIN_END, Facts
from ..web import cmark as gfm
from ..web.tags import CELLS, INLINE, LISTS, MARKS
from ..wix.url_keys import image_key, url_key
from .structure import Marks, Structure, words_only

_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, collect_ids=False)
#: The title of a collapsible block without a title of the author.
NO_TITLE = "…"
_UNSEEN = re.compile(r"<(style|script)\b.*?</\1\s*>", re.I | re.S)
_IN_LINE = INLINE - {"label", "wow-image"} | {"input"}
_VOID = frozenset({"img", "br", "hr"})
_MARKS = MARKS | {"figcaption": "italic"}
#: Elements that are counted when their end is reached.
_COUNTED = CELLS | {*HEADINGS, "a", "blockquote", "li", "table", "figcaption", "pre", "summary", "tr", "details"}


def markdown_facts(markdown: str) -> Facts:
    """Return the facts of a Markdown text."""
    return html_facts(gfm.render(markdown))


def html_facts(html: str) -> Facts:
    """Return the facts of HTML, for example of a post's body on a page that a site generator built."""
    walk = _Walk()
    if html.strip():
        walk.visit(etree.fromstring(f"<main>{html}</main>".encode(), _PARSER), (), "", False)
    return walk.finish()


def add_optional_html(builder: Structure, html: str) -> None:
    """Make everything in a piece of embedded HTML optional in the other form."""
    facts = builder.facts
    facts.add_optional(html)
    if "<" not in html:
        return
    facts_of_html = html_facts(_UNSEEN.sub(" ", html))
    facts.add_optional(facts_of_html.text)
    for name in ("levels", "lists", "tables", "code"):
        facts.optional_structure.update(f"{name} {entry}" for entry in getattr(facts_of_html, name))
    for key, text in facts_of_html.link_letters_at_most.items():
        builder.add_link_text(key, text, certain=False)


class _Walk(Structure):
    def __init__(self) -> None:
        super().__init__()
        self.facts.links_are_embeds = True
        self.facts.shows_code_blocks = True

    def visit(self, node: Element, marks: Marks, path: str, code: bool) -> None:
        """Count an element and everything in it; `path` contains the kinds of the lists around it."""
        tag = node.tag
        if not isinstance(tag, str):
            return
        if tag in _VOID:
            self._void(node, tag)
            return
        is_block = tag not in _IN_LINE
        if is_block:
            self.pieces.append("\n")
        if (mark := _MARKS.get(tag)) and not (code and tag in MARKS):
            marks = marks if mark in marks else (*marks, mark)
        elif tag in LISTS:
            path = f"{path}/{tag}" if path else tag
            if tag == "ol":
                self.add_list_start(node.get("start"))
        elif tag == "pre":
            code, marks = True, ()
        if tag in _COUNTED:
            start, bold, place = len(self.pieces), self.bold_at(), len(self.facts.lists)
            self._contents(node, marks, path, code)
            self._end(node, tag, path, start, (bold, place))
        else:
            self._contents(node, marks, path, code)
        if is_block:
            self.pieces.append("\n")

    def _void(self, node: Element, tag: str) -> None:
        if tag == "img":
            self.add_image(image_key(node.get("src") or ""), node.get("alt") or "")
        elif tag == "br":
            self.pieces.append(SOFT_BREAK)
        else:
            self.add_divider()

    def _contents(self, node: Element, marks: Marks, path: str, code: bool) -> None:
        if text := node.text:
            self._add(text, marks, code)
        for child in node[:]:  # type: ignore[index]  # twice as fast as `in node`
            self.visit(child, marks, path, code)
            if text := child.tail:
                self._add(text, marks, code)

    def _add(self, text: str, marks: Marks, code: bool) -> None:
        self.pieces.append(text if code or "\n" not in text else text.replace("\n", " "))
        if marks:
            self.add_marked(text, marks)

    def _end(self, node: Element, tag: str, path: str, start: int, counts: tuple[int, int]) -> None:
        if tag == "a":
            self._end_link(node, start)
        elif tag in HEADINGS:
            self.end_heading(int(tag[1]), start, counts[0])
        elif tag == "blockquote" and not _is_callout(node):
            self.end_quote(start)
        elif tag in ("details", "blockquote"):
            self.end_details(start)
        elif tag == "li":
            self.end_item(path + task_of(node), start, counts[1])
        elif tag in CELLS:
            self.end_cell(start)
        elif tag == "table":
            self.add_table(row_lengths(node), start)
        elif tag == "figcaption":
            self.end_caption(start)
        elif tag == "pre":
            self.end_code("".join(map(str, node.itertext())), start)
        else:
            self._end_part(node, tag, start, counts[0])

    def _end_part(self, node: Element, tag: str, start: int, bold: int) -> None:
        if tag == "summary":
            if "".join(self.pieces[start:]).strip() == NO_TITLE:
                del self.pieces[start:]
            self.loosen(start)
        elif tag == "tr":
            self.end_row()
            if is_first_row(node):
                self.end_table_head(bold)

    def _end_link(self, node: Element, start: int) -> None:
        key = url_key(node.get("href") or "")
        if not key:
            return
        self.add_link_url(key, node.get("href") or "")
        self.facts.embeds[key] += 1
        if _stands_alone(node):
            # A link alone in its paragraph can be an embed under a URL or a title that the page does not show.
            self.add_embed_place(key, start)
            self.pieces[start:] = [" ", UNCERTAIN, *self.pieces[start:], UNCERTAIN_END, " "]
        self.add_link_text(key, words_only("".join(self.pieces[start:])))


def task_of(item: Element) -> str:
    """Return the suffix of a list item's kind for its check box: `+done`, `+open` or nothing."""
    box = next((n for n in item.iter("input", "li") if n is not item), None)
    if box is None or box.tag != "input" or box.get("type") != "checkbox":
        return ""
    return "+open" if box.get("checked") is None else "+done"


def _is_callout(quote: Element) -> bool:
    """Return True for a quote that is a collapsible block of its generator, marked so when it was read back."""
    mark = next((n for n in quote.iter("wbr") if n.get("class") == "callout"), None)
    return mark is not None and next(mark.iterancestors("blockquote")) is quote


def row_lengths(table: Element) -> list[int]:
    """Return the number of cells in each row of a table, without the rows of tables in it."""
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    return [sum(cell.tag in CELLS for cell in row) for row in rows]


def is_first_row(row: Element) -> bool:
    """Return True for the first row of a table."""
    return next(next(row.iterancestors("table"), row).iter("tr"), None) is row


def _stands_alone(node: Element) -> bool:
    parent = node.getparent()
    if parent is None or parent.tag not in CELLS | {"p", "li"}:
        return False
    if node.getprevious() is not None or node.getnext() is not None:  # len(parent) would walk over all children
        return False
    return not (parent.text or "").strip() and not (node.tail or "").strip()
