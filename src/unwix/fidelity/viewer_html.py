"""Count the facts of a body that Wix's viewer rendered, directly from the page.

This imports no reader, so that no fault there can hide itself. docs/fidelity.md lists the functions of `web` and `wix`
that both use.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..model.article import Element
from ..model.facts import EITHER, SOFT_BREAK, UNCERTAIN, UNCERTAIN_END, Facts
from ..web.saved_links import LOCAL_FILE, LinkRestorer
from ..web.tags import (
    CELLS,
    FORM_FIELDS,
    IMAGES,
    LISTS,
    MARKS,
    NO_TEXT,
    PLAYERS,
    TABLE_PARTS,
    TEXT_BLOCKS,
    is_within_line,
)
from ..web.text_cleaning import with_line_feeds
from ..wix.filler_texts import author_alt
from ..wix.hooks import AUTHOR_HOOKS, SPOILER_BUTTONS, WIDGET_HOOKS, is_interface
from ..wix.media_urls import original_url, video_page_url
from ..wix.ui_texts.catalogue import viewer_words
from ..wix.url_keys import image_key, url_key
from .structure import EMPTY_BLOCK, Marks
from .viewer_elements import (
    image_source,
    is_divider,
    is_image_with_text,
    is_in_figure,
    is_line_button,
    shown_in,
)
from .viewer_lists import OpenList, loose_texts
from .viewer_marks import with_style, with_tag
from .viewer_structure import ViewerStructure

_SILENT = NO_TEXT | FORM_FIELDS | {"iframe", "audio", "video", "head"}
_MARKED = frozenset({*MARKS, "figcaption"})
#: Browsers show text outside of cells before the table.
_TABLE = TABLE_PARTS | {"table"}
_COUNTED = IMAGES | {"hr", "br"}
_MORE_TO_COUNT = LISTS | {"map", "pre"}
#: Hooks around a caption, or an image whose caption has no element of its own.
_CAPTIONED = (
    "item-title", "gallery-item-title", "item-description", "gallery-item-description", "item-hover-",
    "imageViewer", "image-viewer", "figure-IMAGE",
)  # fmt: skip
#: Hooks of the elements between blocks.
_MARKER = "rcv-block"
#: Part of the hooks of elements that show another page.
_PREVIEW = "link-preview"
#: Marks the title of a card, which the viewer truncates.
_CARD = "card"
_MEASURED = TEXT_BLOCKS - {"p", "summary"} | CELLS | {"li", "blockquote", "table", "tr"}
_LONGEST_VIEWER_WORD = 80


def viewer_facts(body: Element, restorer: LinkRestorer) -> Facts:
    """Return the facts of a rendered body. Its tree is not changed."""
    walk = _Walk(restorer)
    walk.visit(body, False, ())
    facts = walk.finish()
    for player in body.iter("iframe", "button", "img"):
        if known := video_page_url(player.get("src") or player.get("style") or ""):
            facts.embeds[url_key(known)] += 1
    return facts


class _Walk(ViewerStructure):
    def __init__(self, restorer: LinkRestorer) -> None:
        super().__init__(restorer)
        self._viewer_words = viewer_words()
        self._reveals = 0
        """The number of buttons that reveal a spoiler."""
        self._previews = 0
        """The number of elements around this one that show another page: its images are not the post's."""

    def visit(self, node: Element, widget: bool, marks: Marks) -> None:
        """Count an element and everything in it; `widget`: its text is the viewer's unless a hook says otherwise."""
        _COUNTERS.get(node.tag, _Walk._element)(self, node, widget, marks)

    def _contents(self, node: Element, widget: bool, marks: Marks) -> None:
        """Count the text of an element and the elements in it."""
        if text := node.text:
            self._add(text, widget, marks)
        for child in node[:]:  # type: ignore[index]  # twice as fast as `in node`
            _COUNTERS.get(child.tag, _Walk._element)(self, child, widget, marks)
            if text := child.tail:
                if self.pieces[-1:] == ["\n"] and not text.isspace():
                    self.pieces.append(EITHER)  # text after a block in the same element
                self._add(text, widget, marks)

    def _span(self, node: Element, widget: bool, marks: Marks) -> None:
        if node.get("data-hook") is not None:
            self._element(node, widget, marks)
            return
        if style := node.get("style"):
            marks = with_style(marks, style)
        if len(node):
            self._contents(node, widget, marks)
        elif text := node.text:
            self._add(text, widget, marks)

    def _wrapper(self, node: Element, widget: bool, marks: Marks) -> None:
        """Count an element that is only a block unless it has a hook, as more than a third of all elements are."""
        if node.get("data-hook") is not None:
            self._element(node, widget, marks)
            return
        self._begin_block()
        if style := node.get("style"):
            marks = with_style(marks, style)
        if len(node):
            start, reveals = len(self.pieces), self._reveals
            self._contents(node, widget, marks)
            if reveals != self._reveals:
                self._end_wrapper(node, start)
        elif text := node.text:
            self._add(text, widget, marks)
        elif node.tag == "p":
            self.pieces.append(EMPTY_BLOCK)
        self.pieces.append("\n")

    def _line_break(self, node: Element, widget: bool, marks: Marks) -> None:
        if node.get("data-hook") is not None:
            self._element(node, widget, marks)
        else:
            self.pieces.append(SOFT_BREAK)

    def _element(self, node: Element, widget: bool, marks: Marks) -> None:
        """Count an element that is more than a wrapper."""
        tag, hook = node.tag, node.get("data-hook") or ""
        self._reveals += hook.startswith("ExpandCollapse")
        if hook.startswith(_MARKER) and not len(node) and not node.text:
            self.pieces.append("\n")
            self._marker(node)
        elif tag in _SILENT or ((hook or tag == "button") and is_interface(node)):
            if tag in PLAYERS or tag == "button":
                self.last_media = len(self.pieces)
                if known := video_page_url(node.get("src") or ""):
                    self.add_embed_place(url_key(known), len(self.pieces))
            if tag in PLAYERS:
                self.pieces.append("\n")  # a player is a paragraph of its own
            if tag == "iframe" and (frame_body := shown_in(node)) is not None:
                self.visit(frame_body, False, marks)
        elif isinstance(tag, str):
            self._count_element(node, tag, hook, widget, marks)

    def _count_element(self, node: Element, tag: str, hook: str, widget: bool, marks: Marks) -> None:
        own = hook.startswith(AUTHOR_HOOKS)
        widget = (widget or hook.startswith(WIDGET_HOOKS)) and not own
        reveals, previews = self._reveals, self._previews
        marks = self._marks_of(node, tag, hook, marks)
        if tag in _COUNTED:
            self._count(node, tag)
        is_inline = is_within_line(tag) or tag in IMAGES or is_line_button(node, tag)
        block = own or not is_inline or is_in_figure(node, tag)
        if block:
            self._begin_block()
        start, bold, place = len(self.pieces), self.bold_at(), len(self.facts.lists)
        self._previews += _PREVIEW in hook
        if tag in _MORE_TO_COUNT or hook in SPOILER_BUTTONS:
            self._contents_by_kind(node, tag, hook, widget, marks)
        elif tag in _TABLE:
            self._table_part(node, widget, marks)
        else:
            self._contents(node, widget, marks)
        self._previews = previews
        hides = reveals != self._reveals
        if tag == "figure" and not hides:
            self._end_figure(start)
        if tag in _MEASURED:
            self._measure(node, tag, start, bold, place)
        elif tag == "a":
            self._link(node, start, hides)
        elif hook:
            self._end_hooked(node, hook, start, hides)
        if block:
            self.pieces.append(f"{EITHER}\n" if hook.startswith(_CAPTIONED) else "\n")

    def _table_part(self, node: Element, widget: bool, marks: Marks) -> None:
        """Count the cells in a part of a table; browsers show text between them in front of the table."""
        for text in loose_texts(node):
            self.facts.add_optional(text)
        for child in node:
            self.visit(child, widget, marks)

    def _marks_of(self, node: Element, tag: str, hook: str, marks: Marks) -> Marks:
        """Return the marks of an element's text: those of its parent, changed by its hook, its tag and its style."""
        if hook:
            marks = self._enter(node, hook, marks)
        elif tag == "figure" and is_image_with_text(node):
            marks = (*marks, "italic")
        if tag in _MARKED:
            marks = with_tag(marks, tag)
        if style := node.get("style"):
            marks = with_style(marks, style, tag == "figcaption")
        return marks

    def _enter(self, node: Element, hook: str, marks: Marks) -> Marks:
        """Count what a hook stands for, and return the marks that it adds."""
        if hook.startswith(_MARKER):
            self._marker(node)
        elif is_divider(hook) and node.tag != "hr" and next(node.iter("hr"), None) is None:
            self.add_divider()
        elif hook.startswith("polls-question-text"):
            return (*marks, "bold")
        elif hook.startswith(_CAPTIONED):  # captions are written in italics
            if "italic" in marks or any(b.get("data-hook") in SPOILER_BUTTONS for b in node.iter("button")):
                return marks
            return (*marks, "italic")
        elif hook.startswith("audio-creator"):
            self.facts.add_optional("–")  # between title and performer
        elif hook.startswith("vertical-embed-title"):
            return (*marks, _CARD)
        if hook in SPOILER_BUTTONS:
            self._reveals += 1
            self.add_spoiler()
        return marks

    def _contents_by_kind(self, node: Element, tag: str, hook: str, widget: bool, marks: Marks) -> None:
        """Count the contents of a list, an image map, a code block or the button of a spoiler."""
        if tag == "map":
            self._image_map(node)
        elif tag in LISTS:
            self._lists.append(OpenList(node, self._lists))
            if tag == "ol" and node.find(".//li") is not None:
                self.add_list_start(node.get("start"))
        marked = {mark: len(texts) for mark, texts in self._marked.items()} if tag == "pre" else None
        if hook in SPOILER_BUTTONS and not widget:
            self._contents_of_button(node, marks)
        else:
            self._contents(node, widget, marks)
        if marked is not None:  # code has no marks
            for mark, texts in self._marked.items():
                del texts[marked.get(mark, 0) :]
        elif tag in LISTS:
            self._lists.pop()
            self._loose_items(node)

    def _contents_of_button(self, node: Element, marks: Marks) -> None:
        """Count the contents of the button of a spoiler, whose own text is uncertain."""
        self._add(node.text or "", True, marks)
        for child in node:
            self.visit(child, False, marks)
            self._add(child.tail or "", True, marks)

    def _add(self, text: str, uncertain: bool, marks: Marks) -> None:
        if not text.isprintable():
            text = with_line_feeds(text).replace("\n", SOFT_BREAK)
        if not text or text.isspace():
            self.pieces.append(text)
            return
        if not uncertain and len(text) < _LONGEST_VIEWER_WORD:
            uncertain = text.strip() in self._viewer_words
        if marks and _CARD in marks and text.rstrip().endswith(("...", "…")):
            text = text.rstrip().rstrip(".…")  # the card truncates a long name
        if uncertain:
            self.pieces.append(f" {UNCERTAIN}{text}{UNCERTAIN_END} ")
            return
        self.pieces.append(text)
        if marks:
            self.add_marked(text, marks)

    def _count(self, node: Element, tag: str) -> None:
        if tag == "hr":
            self.add_divider()
        elif tag == "br":
            self.pieces.append(SOFT_BREAK)
        elif (source := image_source(node, tag)) is not None and not (self._previews and tag == "wow-image"):
            shown = next(node.iter("img"), node) if tag == "wow-image" else node
            alt = author_alt(shown.get("alt"))
            self.add_image(image_key(self._absolute(source)), "" if alt.strip() in viewer_words() else alt)

    def _absolute(self, source: str) -> str:
        """Return the URL of an image, made absolute if it is one; the name of a file next to the page unchanged."""
        url = original_url(source)
        return url if LOCAL_FILE.match(url) else self.restorer.restore(url).href or source


#: The functions that count the most frequent elements of a page.
_COUNTERS: dict[Any, Callable[[_Walk, Element, bool, Marks], None]] = {
    "span": _Walk._span,
    "div": _Walk._wrapper,
    "p": _Walk._wrapper,
    "section": _Walk._wrapper,
    "br": _Walk._line_break,
}
