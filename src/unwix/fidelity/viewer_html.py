"""Count the facts of a body that Wix's viewer rendered, straight from the page.

This shares no code with the readers, so that a fault there cannot hide itself. Only the names of hooks and of tags are
agreed knowledge.
"""

from __future__ import annotations

import re

from ..model.article import HEADINGS, Element
from ..model.facts import IMAGE, UNCERTAIN, UNCERTAIN_END, Facts, image_key, url_key, words
from ..web.saved_links import LinkRestorer
from ..web.tags import CELLS, FORM_FIELDS, IMAGES, LISTS, MARKS, NO_TEXT, PHRASING, PLAYERS, TEXT_BLOCKS
from ..web.text_cleaning import with_line_feeds
from ..wix.filler_texts import author_alt
from ..wix.hooks import AUTHOR_HOOKS, SPOILER_BUTTONS, WIDGET_HOOKS, is_interface
from ..wix.media_urls import image_data, video_page_url
from ..wix.ui_texts.catalogue import viewer_words
from .facts_builder import Marks, Structure, words_only
from .markdown import is_first_row
from .viewer_elements import is_divider, is_in_row, is_in_title, is_line_button, shown_in
from .viewer_lists import OpenList, is_list_alone
from .viewer_marks import marks_of

_SILENT = NO_TEXT | FORM_FIELDS | {"iframe", "audio", "video", "head"}
#: Elements without a hook that are nothing but blocks or spans of text.
_WRAPPERS = frozenset({"span", "div", "p", "section"})
_MARKED = frozenset({*MARKS, "figcaption"})
_COUNTED = IMAGES | {"hr", "br"}
#: Hooks around a caption, or an image whose caption has no element of its own.
_CAPTIONED = (
    "item-title", "gallery-item-title", "item-description", "gallery-item-description", "item-hover-",
    "imageViewer", "image-viewer", "figure-IMAGE",
)  # fmt: skip
#: Hooks of the elements that stand between blocks.
_MARKER = "rcv-block"
#: Hooks of widgets whose texts are written in one line.
_ONE_LINE = ("fileUploadViewer", "file-upload-viewer", "audio-viewer", "audioViewer")
#: Stands among the marks of the title of a card, which the viewer cuts off.
_CARD = "card"
_MEASURED = TEXT_BLOCKS - {"p", "summary"} | CELLS | {"li", "blockquote", "table", "tr"}
_ABSOLUTE = re.compile(r"(https?:)?//|mailto:|tel:|sms:", re.I)
_LONGEST_VIEWER_WORD = 80


def viewer_facts(body: Element, restorer: LinkRestorer) -> Facts:
    """Return the facts of a rendered body. Its tree is left as it is."""
    walk = _Walk(restorer)
    walk.visit(body, False, ())
    facts = walk.finish()
    for player in body.iter("iframe", "button", "img"):
        if known := video_page_url(player.get("src") or player.get("style") or ""):
            facts.embeds[url_key(known)] += 1
    return facts


class _Walk(Structure):
    def __init__(self, restorer: LinkRestorer) -> None:
        super().__init__()
        self.restorer = restorer
        self._viewer_words = viewer_words()
        self._last_link = ("", 0)
        """The URL key of the last link, and the number of pieces at its end."""
        self._lists: list[OpenList] = []
        self._dividers = self._dividers_at_marker = 0
        self._reveals = 0
        """The number of buttons that reveal a spoiler."""

    def visit(self, node: Element, widget: bool, marks: Marks) -> None:
        """Count an element and all in it; `widget`: its text is the viewer's, unless a hook names it the author's."""
        tag = node.tag
        hook = node.get("data-hook")
        if hook is None and tag in _WRAPPERS:  # two of three elements
            if node.get("style") is not None:
                marks = marks_of(node, tag, marks)
            pieces, start, reveals = self.pieces, 0, self._reveals
            if tag != "span":
                pieces.append("\n")
                start = len(pieces)
            # As `_contents` does, without its call: a level of nesting takes one frame, of a small stack.
            if text := node.text:
                self._add(text, widget, marks)
            for child in node:
                self.visit(child, widget, marks)
                if text := child.tail:
                    self._add(text, widget, marks)
            if start:
                if reveals != self._reveals and _has_spoiler_button(node):
                    self.loosen(start)
                pieces.append("\n")
        elif tag == "br" and hook is None:
            self.pieces.append("\n")
        elif hook is not None and hook.startswith(_MARKER) and not len(node) and not node.text:
            self.pieces.append("\n")
            self._marker(node)
        elif isinstance(tag, str):
            self._visit_other(node, tag, hook or "", widget, marks)

    def _visit_other(self, node: Element, tag: str, hook: str, widget: bool, marks: Marks) -> None:
        """Count an element that is more than a wrapper."""
        if tag in _SILENT or ((hook or tag == "button") and is_interface(node)):
            self.pieces.append("\n" if tag in PLAYERS else "")  # a player is a paragraph of its own
            if tag == "iframe" and (frame_body := shown_in(node)) is not None:
                self.visit(frame_body, False, marks)
            return
        own = hook.startswith(AUTHOR_HOOKS)
        reveals = self._reveals
        if hook:
            widget = (widget or hook.startswith(WIDGET_HOOKS)) and not own
            marks = self._enter(node, hook, marks)
        if tag in _COUNTED:
            self._count(node, tag)
        block = own or not (tag in PHRASING or tag in IMAGES or is_line_button(node, tag))
        if block:
            self.pieces.append("\n")
        start, bold, place = len(self.pieces), self.bold_at(), len(self.facts.lists)
        if tag in _MARKED or node.get("style") is not None:
            marks = marks_of(node, tag, marks)
        self._contents_by_tag(node, tag, widget or hook in SPOILER_BUTTONS, marks, widget)
        if tag in _MEASURED:
            self._measure(node, tag, start, bold, place)
        elif tag == "a":
            self._link(node, start, reveals != self._reveals)
        elif hook.startswith(_ONE_LINE) or (reveals != self._reveals and _has_spoiler_button(node)):
            self.loosen(start)
        if block:
            self.pieces.append("\n")

    def _enter(self, node: Element, hook: str, marks: Marks) -> Marks:
        """Count what a hook stands for, and return the marks that it adds."""
        if hook.startswith(_MARKER):
            self._marker(node)
        elif is_divider(hook) and node.tag != "hr" and next(node.iter("hr"), None) is None:
            self.add_divider()
        elif hook.startswith("polls-question-text"):
            return (*marks, "bold")
        elif hook.startswith(_CAPTIONED):  # captions are written in italics
            hides = any(button.get("data-hook") in SPOILER_BUTTONS for button in node.iter("button"))
            return marks if "italic" in marks or hides else (*marks, "italic")
        elif hook.startswith("vertical-embed-title"):
            return (*marks, _CARD)
        self._reveals += hook in SPOILER_BUTTONS
        return marks

    def _contents_by_tag(self, node: Element, tag: str, uncertain: bool, marks: Marks, widget: bool) -> None:
        """Count what is in an element; lists and image maps have more to count. Its own text may be uncertain."""
        if tag == "map":
            self._image_map(node)
        elif tag in LISTS:
            self._lists.append(OpenList(node, self._lists))
        marked = {mark: len(texts) for mark, texts in self._marked.items()} if tag == "pre" else None
        if uncertain == widget:
            self._contents(node, widget, marks)
        else:
            self._contents_of_button(node, widget, marks)
        if marked is not None:  # code has no marks
            for mark, texts in self._marked.items():
                del texts[marked.get(mark, 0) :]
        elif tag in LISTS:
            self._lists.pop()
            self._loose_items(node)

    def _contents(self, node: Element, widget: bool, marks: Marks) -> None:
        if text := node.text:
            self._add(text, widget, marks)
        for child in node:
            self.visit(child, widget, marks)
            if text := child.tail:
                self._add(text, widget, marks)

    def _contents_of_button(self, node: Element, widget: bool, marks: Marks) -> None:
        """Count what is in the button of a spoiler, whose own text is uncertain."""
        self._add(node.text or "", True, marks)
        for child in node:
            self.visit(child, widget, marks)
            self._add(child.tail or "", True, marks)

    def _loose_items(self, node: Element) -> None:
        """Let the other form have items for what stands in a list without being one."""
        texts = (node.text, *(child.tail for child in node))
        number = sum(bool(text and text.strip()) for text in texts)
        number += sum(child.tag not in ("li", *LISTS) for child in node)
        if number:
            path = "/".join([*(around.kinds[-1] for around in self._lists), str(node.tag)])
            self.facts.optional_structure[f"lists {path}"] += number

    def add_divider(self) -> None:
        """Add a divider, and remember that this block has one."""
        super().add_divider()
        self._dividers += 1

    def _marker(self, marker: Element) -> None:
        """Add the divider that a marker stands for: some years draw the line by style alone."""
        if marker.get("type") == "divider" and self._dividers == self._dividers_at_marker:
            self.add_divider()
        self._dividers_at_marker = self._dividers

    def _add(self, text: str, uncertain: bool, marks: Marks) -> None:
        if not text.isprintable():
            text = with_line_feeds(text)
        if not text or text.isspace():
            self.pieces.append(text)
            return
        if not uncertain and len(text) < _LONGEST_VIEWER_WORD:
            uncertain = text.strip() in self._viewer_words
        if marks and _CARD in marks and text.rstrip().endswith(("...", "…")):
            text = text.rstrip().rstrip(".…")  # the card cuts a long name off
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
            self.pieces.append("\n")
        elif tag == "wow-image":
            uri = image_data(node.get("data-image-info")).get("uri") or node.get("id")
            if (
                isinstance(uri, str)
                and "{" not in uri
                and not any("link-preview" in (a.get("data-hook") or "") for a in node.iterancestors())
            ):
                self._image(uri, next(node.iter("img"), node))
        elif tag == "amp-img" or (
            tag == "img" and node.getparent() is not None and next(node.iterancestors("wow-image"), None) is None
        ):
            source = node.get("data-pin-media") or node.get("src") or ""
            if (
                source
                and not source.startswith("data:")
                and not source.endswith("/media/")
                and not (node.get("data-hook") or "").endswith("-preload")
            ):
                self._image(source, node)

    def _image_map(self, node: Element) -> None:
        """Let the other form list the links of an image map."""
        for area in node.iter("area"):
            self.facts.add_optional(f"{area.get('alt') or ''} {area.get('href') or ''}")
            self.facts.optional_structure["lists ul"] += 1

    def _image(self, source: str, node: Element) -> None:
        alt = author_alt(node.get("alt"))
        self.add_image(image_key(source), "" if alt.strip() in viewer_words() else alt)

    def _measure(self, node: Element, tag: str, start: int, bold: int, place: int) -> None:
        """Count an element whose text begins at that piece."""
        if tag in HEADINGS:
            self.end_heading(int(tag[1]), start, bold)
        elif tag == "li":
            self._end_list_item(node, start, place)
        elif tag == "blockquote":
            if not is_in_title(node):
                self.end_quote(start)
        elif tag == "figcaption":
            self.end_caption(start)
        elif tag in CELLS:
            if is_in_row(node):
                self.facts.cells += 1
                self.loosen(start)
        elif tag == "table":
            rows = [row for row in node.iter("tr") if next(row.iterancestors("table")) is node]
            self.add_table([n for row in rows if (n := sum(cell.tag in CELLS for cell in row))], start)
        elif tag == "tr":
            if is_first_row(node):
                self.end_table_head(bold)
            if next(node.iterancestors("table"), None) is None:
                self.add_table([sum(cell.tag in CELLS for cell in node)], start)
        else:
            self.end_code("".join(self.pieces[start:]))

    def _end_list_item(self, node: Element, start: int, place: int) -> None:
        if not is_list_alone(node):
            self.end_item(self._lists[-1].path_of(node) if self._lists else "ul", start, place)

    def _link(self, node: Element, start: int, hides: bool) -> None:
        """Count a link whose text begins at that piece."""
        href = node.get("href")
        text = "".join(self.pieces[start:])
        if not href or not (words(words_only(text)) or node.find(".//img") is not None):
            return
        restored = self.restorer.restore(href).href
        if restored and _ABSOLUTE.match(restored) and "#viewer-" not in restored:
            last, end = self._last_link
            key = url_key(restored)
            self._last_link = (key, len(self.pieces))
            # Parts of one link that differ in their marks follow each other with nothing else between them.
            if key != last or "".join(self.pieces[end:start]).strip():
                self.facts.links[key] += 1
            # The words that hide a spoiler, and the caption of a linked image, are not the link's.
            self.add_link_text(key, words_only(text), not hides and IMAGE not in text)


def _has_spoiler_button(node: Element) -> bool:
    return any((child.get("data-hook") or "") in SPOILER_BUTTONS for child in node)
