"""Write an article as Markdown: CommonMark with GFM's tables that also reads well as text.

A `markdownify.MarkdownConverter` with one short method per element of the article's vocabulary. Lines of text stay raw
until their block is written (see marks.py and escaping.py), so that their position decides on escaping. Differences of
a site generator from CommonMark are data of its `MarkdownFlavor`; blocks in syntax of its own are written by the
flavor's `blocks`.
"""

from __future__ import annotations

import html
import re

from ...model.article import HEADINGS, Element, is_placeholder, text_of
from ...web.tags import CELLS, LISTS
from . import tables
from .article_walk import INLINE_SCOPE, ArticleTag, ArticleWalk, Scope
from .code import REFERENCES, code_block, code_span
from .escaping import EscapingWriter
from .flavor import PLAIN, MarkdownFlavor
from .heading_ids import HeadingIds
from .link_destination import destination, may_be_bare
from .lists import first_number, follows_its_kind, holds_only_lines, list_marker
from .marks import BREAK, CELL, CLOSE, EM, PARAGRAPH, ROW, STRIKE, STRONG, collapse_spaces, split_marks


def write_markdown(article: Element, keep_underline: bool = False, flavor: MarkdownFlavor = PLAIN) -> str:
    """Return the article as Markdown: one blank line between blocks, a line break at the end; "" without content."""
    writer = MarkdownWriter(article, keep_underline, flavor)
    text = str(writer.convert_soup(writer.root)).strip("\n")
    if not text.strip():
        return ""
    return flavor.finish(text + "\n") if flavor.finish else text + "\n"


class MarkdownWriter(ArticleWalk):
    """Writes one article. The `text` of a converter is the converted children of the element."""

    def __init__(self, article: Element, keep_underline: bool = False, flavor: MarkdownFlavor = PLAIN) -> None:
        super().__init__(article)
        self.ids: HeadingIds = flavor.heading_ids(article)
        self.keep_underline = keep_underline
        self.flavor = flavor
        self.syntax = flavor.blocks
        self.inline = EscapingWriter(flavor)
        self.html = self.syntax.html_writer(self.ids.slugs)

    def is_converted_whole(self, el: ArticleTag, parent_tags: Scope) -> bool:
        """Return whether an element becomes HTML, or its flavor writes its content."""
        if el.name in ("figure", "details"):
            return INLINE_SCOPE not in parent_tags
        if el.name == "table":
            return not tables.fits(el.element, self.flavor)
        if el.name == "ol" and self.flavor.start == "html" and first_number(el.element) != 1:
            return True
        is_simple = not self.flavor.simple_lists or "li" in parent_tags  # a simple list contains only simple lists
        return not is_simple and el.name in LISTS | {"blockquote"} and not holds_only_lines(el.element)

    # ---- lines --------------------------------------------------------------------------------------------------

    def line(self, raw: str, position: str) -> str:
        """Return a raw line (see marks.py) as Markdown for a position."""
        return self.inline.write(raw.strip(f" \n{BREAK}"), position)

    def convert_strong(self, el: ArticleTag, text: str, parent_tags: Scope) -> str:
        """Return bold text."""
        return f"{STRONG}{text}{CLOSE[STRONG]}" if text and "strong" not in parent_tags else text

    def convert_em(self, el: ArticleTag, text: str, parent_tags: Scope) -> str:
        """Return italic text; a caption is in italics as a whole."""
        return f"{EM}{text}{CLOSE[EM]}" if text and parent_tags.isdisjoint(("em", "figcaption")) else text

    def convert_s(self, el: ArticleTag, text: str, parent_tags: Scope) -> str:
        """Return struck-out text."""
        if not self.flavor.strike:
            return self._tagged("del", el, text, parent_tags)
        return f"{STRIKE}{text}{CLOSE[STRIKE]}" if text and "s" not in parent_tags else text

    def convert_u(self, el: ArticleTag, text: str, parent_tags: Scope) -> str:
        """Return underlined text, for which Markdown has no syntax."""
        return self._tagged("u", el, text, parent_tags) if self.keep_underline else text

    def convert_sup(self, el: ArticleTag, text: str, parent_tags: Scope) -> str:
        """Return superscript or subscript text."""
        return self._tagged(el.name, el, text, parent_tags)

    convert_sub = convert_sup

    def _tagged(self, name: str, el: ArticleTag, text: str, parent_tags: Scope) -> str:
        if not text or el.name in parent_tags:
            return text
        if not self.flavor.html and len(el.element) == 0:
            content = html.escape(text_of(el.element), quote=False).translate(REFERENCES)
            return self.inline.raw(self.syntax.raw(f"<{name}>{content}</{name}>"))
        opening, closing = (self.inline.raw(self.syntax.raw(tag)) for tag in (f"<{name}>", f"</{name}>"))
        return f"{opening}{text}{closing}"

    def convert_code(self, el: ArticleTag, text: str, parent_tags: Scope) -> str:
        """Return code in a line; the lines of code in a `<pre>` unchanged."""
        if not text or "pre" in parent_tags:
            return text
        return self.inline.raw(code_span(text, self.flavor, _is_in_cell(parent_tags), "a" in parent_tags))

    def convert_br(self, el: ArticleTag, text: str, parent_tags: Scope) -> str:
        """Return a line break."""
        return BREAK

    def convert_a(self, el: ArticleTag, text: str, parent_tags: Scope) -> str:
        """Return a link; `<URL>` if its text is its URL."""
        href = el.element.get("href") or ""
        if href.startswith("#") and len(href) > 1:
            href = "#" + (self.ids.slugs.get(href[1:]) or self.syntax.fragment(href[1:]))
        if not href or (not text and href.startswith("#")):
            return text
        opening, content, closing = split_marks(text)
        if content in ("", href) and may_be_bare(href) and re.match(self.flavor.auto_links, href):
            return f"{opening}{self.inline.raw(f'<{href}>')}{closing}"
        return self.syntax.link(self, el.element, href, text)

    def without_braces(self, href: str) -> str:
        """Return a URL in which no generator finds a template."""
        own = self.flavor.own_urls
        if self.flavor.is_plain or "{" not in href:
            return href
        start = match.end() if own is not None and (match := own.match(href)) else 0
        return href[:start] + href[start:].replace("{", "%7B").replace("}", "%7D")

    def destination(self, href: str) -> str:
        """Return a URL in the form of a link destination."""
        return destination(self.without_braces(href))

    def convert_img(self, el: ArticleTag, text: str, parent_tags: Scope) -> str:
        """Return an image."""
        alt = self.inline.write(collapse_spaces(el.element.get("alt") or ""), "alt")
        return self.inline.raw(self.syntax.image(self, el.element, alt))

    # ---- blocks -------------------------------------------------------------------------------------------------

    def with_anchor(self, el: Element, text: str) -> str:
        """Return a block with the anchor that links of the same page need."""
        identity = el.get("id")
        in_html = text.startswith("<") and f' id="{html.escape(identity or "")}"' in text
        if identity and identity not in self.ids.slugs and not in_html:
            return self.syntax.anchored(text, identity, el.tag == "p" or el.tag in HEADINGS)
        return text

    def html_of(self, el: Element) -> str:
        """Return an element as HTML that the flavor passes through."""
        return self.syntax.raw(self.html.element(el))

    def convert_article(self, el: ArticleTag, text: str, parent_tags: Scope) -> str:
        """Return the content of an element for which Markdown has no syntax."""
        return text

    convert_thead = convert_tbody = convert_article

    def convert_p(self, el: ArticleTag, text: str, parent_tags: Scope) -> str:
        """Return a paragraph or a button; in a table cell a raw line."""
        if _is_in_cell(parent_tags):
            identity = el.element.get("id")
            anchor = self.inline.raw(self.syntax.anchor(identity)) if identity else ""
            return f"{PARAGRAPH}{anchor}{text}{PARAGRAPH}"
        in_item = el.parent is not None and el.parent.name == "li"
        position = "li" if in_item and el.element.getprevious() is None else "p"
        if el.element.get("class") == "button":
            return self.syntax.button(self, el.element, position)
        return self.line(text, position)

    def convert_hN(self, n: int, el: ArticleTag, text: str, parent_tags: Scope) -> str:
        """Return a heading of level n; only its line inside a summary."""
        if INLINE_SCOPE in parent_tags:
            return text
        line = self.line(text.replace(BREAK, " "), "heading")
        if not line:
            return ""
        key = el.element.get("id") or ""
        if key in self.ids.explicit:
            identity = self.ids.slugs[key]
            line = f"{line} {{#{identity}}}" if self.flavor.heading_id else self.syntax.anchor(identity) + line
        return f"{'#' * n} {line}"

    def convert_blockquote(self, el: ArticleTag, text: str | None, parent_tags: Scope) -> str:
        """Return a quotation."""
        if text is None:
            has_content = text_of(el.element).strip() or el.element.find(".//img") is not None
            return self._apart(el.element) + self.html_of(el.element) if has_content else ""
        if not text.strip():
            return ""
        return self._apart(el.element) + "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))

    def _apart(self, el: Element) -> str:
        """Return the separator between a list or quote and one of the same kind before it."""
        return f"{self.syntax.raw(self.flavor.list_end)}\n\n" if self.flavor.list_end and follows_its_kind(el) else ""

    def convert_pre(self, el: ArticleTag, text: str, parent_tags: Scope) -> str:
        """Return lines of code."""
        return code_block(text, self.flavor)

    def convert_hr(self, el: ArticleTag, text: str, parent_tags: Scope) -> str:
        """Return a divider; `- ---` would be one without a list."""
        return "---" if next(el.element.iterancestors("li"), None) is None else "___"

    # ---- lists --------------------------------------------------------------------------------------------------

    def convert_ul(self, el: ArticleTag, text: str | None, parent_tags: Scope) -> str:
        """Return a list."""
        if text is None:
            return self._apart(el.element) + self.html_of(el.element)
        text = text.rstrip("\n")
        if not text.strip():
            return ""
        first = first_number(el.element) if el.name == "ol" else 1
        if first != 1 and self.flavor.start == "attribute":
            text = f'{text}\n{{: start="{first}"}}'
        return f"{self._apart(el.element)}{text}"

    convert_ol = convert_ul

    def convert_li(self, el: ArticleTag, text: str, parent_tags: Scope) -> str:
        """Return a list item with its marker and its checkbox."""
        around = el.parent
        turn = around.repeats if isinstance(around, ArticleTag) and not self.flavor.list_end else 0
        marker = list_marker(el.element.getparent(), turn, el.repeats)
        width = max(len(marker), self.flavor.indent or 0)
        checked = el.element.get("checked")
        box = {"true": "[x] ", "false": "[ ] "}.get(checked or "", "")
        if box and not self.flavor.tasks:
            box = self.syntax.task(checked == "true")
        lines = text.strip("\n").split("\n")
        first = next(iter(el.element), None)
        if first is not None and first.tag in LISTS and any(item.get("checked") for item in first):
            lines.insert(0, "")  # GFM reads no checkbox behind two markers: `- - [ ] text`
        identity = el.element.get("id")
        lines[0] = box + (self.syntax.anchored(lines[0], identity, True) if identity else lines[0])
        if marker == "* " and re.fullmatch(r"\*[* ]*", lines[0]):
            lines[0] = "\\" + lines[0]  # `* **` is a divider
        rest = (" " * width + line if line else "" for line in lines[1:])
        # Python-Markdown reads text after a second paragraph without a blank line as its continuation.
        end = "\n\n" if self.flavor.simple_lists and "" in lines else "\n"
        return "\n".join([marker.ljust(width) + lines[0], *rest]) + end

    # ---- tables -------------------------------------------------------------------------------------------------

    def convert_table(self, el: ArticleTag, text: str | None, parent_tags: Scope) -> str:
        """Return a GFM table, or HTML where GFM cannot express it."""
        if text is None:
            return self.syntax.raw(self.html.block(el.element))
        return tables.gfm_table(text, tables.delimiters(el.element))

    def convert_tr(self, el: ArticleTag, text: str, parent_tags: Scope) -> str:
        """Return the cells of a row."""
        return text + ROW

    def convert_td(self, el: ArticleTag, text: str, parent_tags: Scope) -> str:
        """Return a cell; its paragraphs are separated by `<br>`."""
        lines = (self.line(raw, "cell") for raw in text.split(PARAGRAPH))
        return "<br>".join(line for line in lines if line) + CELL

    convert_th = convert_td

    # ---- images and what Markdown has no syntax for -------------------------------------------------------------

    def convert_figure(self, el: ArticleTag, text: str | None, parent_tags: Scope) -> str:
        """Return an image, a gallery or a player; in a table cell its images as a raw line."""
        if text is not None:
            return text
        if _is_in_cell(parent_tags):
            inside = parent_tags | {"figure"}
            parts = (self.process_tag(child, inside) for child in el.contents if isinstance(child, ArticleTag))
            return PARAGRAPH + " ".join(part for one in parts if (part := one.strip(PARAGRAPH))) + PARAGRAPH
        if el.element.get("class") == "gallery":
            return self.syntax.gallery(self, el.element)
        caption = el.element.find("figcaption")
        has_caption = caption is not None and text_of(caption).strip()
        return self.syntax.figure(self, el.element, caption if has_caption else None)

    def convert_figcaption(self, el: ArticleTag, text: str, parent_tags: Scope) -> str:
        """Return a caption; inside a line as part of it."""
        return text if INLINE_SCOPE in parent_tags else self.line(f"{EM}{text}{CLOSE[EM]}", "p")

    def convert_details(self, el: ArticleTag, text: str | None, parent_tags: Scope) -> str:
        """Return a collapsible section."""
        return self.syntax.details(self, el.element, el.element.find("summary"))

    def convert_summary(self, el: ArticleTag, text: str, parent_tags: Scope) -> str:
        """Return the title of a collapsible section as a paragraph, if it is not the first element."""
        return self.line(text, "p")

    def convert_div(self, el: ArticleTag, text: str, parent_tags: Scope) -> str:
        """Return a poll, or the placeholder of missing content."""
        if not is_placeholder(el.element):
            return text
        in_cell = _is_in_cell(parent_tags)
        placeholder = self.syntax.missing(text_of(el.element), in_cell)
        return f"{PARAGRAPH}{self.inline.raw(placeholder)}{PARAGRAPH}" if in_cell else placeholder


def _is_in_cell(parent_tags: Scope) -> bool:
    return not parent_tags.isdisjoint(CELLS)
