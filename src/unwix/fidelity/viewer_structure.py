"""Count lists, tables, headings, quotes, links and dividers of a rendered body, when the walk reaches their ends."""

from __future__ import annotations

import re

from ..model.article import HEADINGS, Element, text_of
from ..model.facts import EITHER, IMAGE, has_words
from ..web.saved_links import LinkRestorer
from ..web.tags import CELLS
from ..wix.url_keys import url_key
from .markdown import is_first_row, row_lengths
from .structure import Structure, words_only
from .viewer_elements import collapsible_title, has_spoiler_button, is_in_row, is_in_title, is_old_item
from .viewer_lists import OpenList, is_list_alone, strays_in

_ABSOLUTE = re.compile(r"(https?:)?//|mailto:|tel:|sms:", re.I)
#: Hooks of widgets whose texts are written on one line.
_ONE_LINE = (
    "fileUploadViewer", "file-upload-viewer", "audio-viewer", "audioViewer", "buttonViewer", "button-viewer",
    "polls-question-text", "polls-answer-text",
)  # fmt: skip


class ViewerStructure(Structure):
    """The text and the structure of a rendered body."""

    def __init__(self, restorer: LinkRestorer) -> None:
        super().__init__()
        self.restorer = restorer
        self._last_link = ("", 0)
        """The URL key of the last link, and the number of pieces at its end."""
        self._lists: list[OpenList] = []
        self._dividers = self._dividers_at_marker = 0

    def _loose_items(self, node: Element) -> None:
        """Allow items in the other form for list content that is not in an item."""
        if number := strays_in(node):
            path = "/".join([*(around.kinds[-1] for around in self._lists), str(node.tag)])
            self.facts.optional_structure[f"lists {path}"] += number

    def add_divider(self) -> None:
        """Add a divider, and record that this block has one."""
        super().add_divider()
        self._dividers += 1

    def _end_wrapper(self, node: Element, start: int) -> None:
        """Count an element without a hook around the button of a spoiler or of an old collapsible item."""
        if has_spoiler_button(node):
            self.loosen(start)
        elif is_old_item(node):
            self._end_collapsible(node[0], start)

    def _end_hooked(self, node: Element, hook: str, start: int, hides: bool) -> None:
        """Count an element with a hook; `hides`: a spoiler or an old collapsible list begins in it."""
        if hook.startswith(_ONE_LINE):
            self.loosen(start)
        elif hook.startswith("item-hover-"):
            self.allow_either_break(start)
        elif hook.startswith("collapsible-list-item "):
            self._end_collapsible(collapsible_title(node), start)
        elif hides:
            self._end_wrapper(node, start)

    def _end_collapsible(self, title: Element | None, start: int) -> None:
        """Count a collapsible item; without a title, nothing is collapsed."""
        if title is not None and (text_of(title).strip() or title.find(".//img") is not None):
            self.end_details(start, certain=next(title.iter(*HEADINGS), None) is None)

    def _begin_block(self) -> None:
        """Begin a block; one in the middle of a line is a new line or a new paragraph."""
        last = self.pieces[-1] if self.pieces else "\n"
        self.pieces.append("\n" if last[-1:] == "\n" or last.isspace() else f"{EITHER}\n")

    def _end_figure(self, start: int) -> None:
        """Move the only image of a figure, whose pieces begin there, before its caption, which is one line."""
        images = [n for n, piece in enumerate(self.pieces[start:], start) if IMAGE in piece]
        if len(images) != 1:
            return
        if any(map(has_words, self.pieces[start : images[0]])):
            image, self.pieces[images[0]] = self.pieces[images[0]], ""
            self.put_before(start, f"{image}\n")
        texts = [n for n, piece in enumerate(self.pieces[start:], start) if IMAGE not in piece and has_words(piece)]
        if len(texts) > 1:
            self.loosen(texts[0])

    def _marker(self, marker: Element) -> None:
        """Add the divider that a marker stands for: some years draw the line only by style."""
        if marker.get("type") == "divider" and self._dividers == self._dividers_at_marker:
            self.add_divider()
        self._dividers_at_marker = self._dividers

    def _image_map(self, node: Element) -> None:
        """Let the other form have a list of the links of an image map."""
        for area in node.iter("area"):
            self.facts.add_optional(f"{area.get('alt') or ''} {area.get('href') or ''}")
            self.facts.optional_structure["lists ul"] += 1

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
        elif tag == "pre":
            self.end_code("".join(self.pieces[start:]), start)
        else:
            self._measure_table(node, tag, start, bold)

    def _measure_table(self, node: Element, tag: str, start: int, bold: int) -> None:
        """Count a table, a row or a cell whose text begins at that piece."""
        if tag == "table":
            self.add_table([n for n in row_lengths(node) if n], start)
        elif tag == "tr":
            self.end_row()
            if is_first_row(node):
                self.end_table_head(bold)
            if next(node.iterancestors("table"), None) is None:
                self.add_table([sum(cell.tag in CELLS for cell in node)], start)
        elif is_in_row(node):
            self.end_cell(start)

    def _end_list_item(self, node: Element, start: int, place: int) -> None:
        if not is_list_alone(node):
            self.end_item(self._lists[-1].path_of(node) if self._lists else "ul", start, place)

    def _link(self, node: Element, start: int, hides: bool) -> None:
        """Count a link whose text begins at that piece."""
        href = node.get("href")
        text = "".join(self.pieces[start:])
        if not href or not (has_words(words_only(text)) or node.find(".//img") is not None):
            return
        restored = self.restorer.restore(href).href
        if restored and _ABSOLUTE.match(restored) and "#viewer-" not in restored:
            last, end = self._last_link
            key = url_key(restored)
            self._last_link = (key, len(self.pieces))
            # Parts of one link with different marks are adjacent, with nothing between them.
            if key != last or "".join(self.pieces[end:start]).strip():
                self.add_link_url(key, restored)
            # The words that hide a spoiler, and the caption of a linked image, are not the link's.
            self.add_link_text(key, words_only(text), not hides and IMAGE not in text)
