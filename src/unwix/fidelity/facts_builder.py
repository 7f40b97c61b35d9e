"""Build facts during a walk over a source or an output. Readers pass the builder on; they never fill it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..model.facts import (
    INVISIBLE,
    LOOSE_END,
    SOFT_BREAK,
    Facts,
    has_words,
)
from ..web.saved_links import LinkRestorer
from ..web.text_cleaning import with_line_feeds
from ..wix import media_urls as media
from ..wix.url_keys import image_key, url_key
from .json_values import dicts, get, string
from .structure import EMPTY_BLOCK, Marks, Structure

_MARKERS = re.compile(r"\{\$h\d?\}")
_ABSOLUTE = re.compile(r"(?:https?:)?//|mailto:|tel:|sms:", re.I)


def without_markers(text: str) -> str:
    """Return a text without the markers of an old editor: `{$h2}words{$h}` (docs/wix/draftjs.md)."""
    return with_line_feeds(_MARKERS.sub("", text) if "{$h" in text else text)


def markers_in(text: str) -> Iterator[int]:
    """Yield the positions of all characters of markers of an old editor."""
    return (n for marker in _MARKERS.finditer(text) for n in range(*marker.span()))


class FactsBuilder(Structure):
    """The facts of a Wix document, built piece by piece."""

    def __init__(self, restorer: LinkRestorer, video_titles: bool = True) -> None:
        super().__init__()
        self.video_titles = video_titles
        self.media_text: list[str] = []
        """Text in addition to the post's text: names, captions and titles of media."""
        self.restorer = restorer
        self._last_link = ("", 0)
        """The URL key of the last link, and the number of pieces at its end."""
        self.heading_texts: list[str] = []
        self.tables_of_contents = 0
        """The number of tables of contents, which readers write as lists of the headings."""
        self.open_lists: list[str] = []
        """The kinds of the lists around the last item, in a format without nested lists."""
        self.empty_items: list[str] = []
        """For each of these lists, the path of its last item if that is empty and not counted yet; else empty."""

    def add_text(self, text: str, marks: Marks = ()) -> None:
        """Add a piece of the post's text."""
        text = without_markers(text).replace("\n", SOFT_BREAK)
        self.pieces.append(text)
        if marks:
            self.add_marked(text, marks)

    def add_block(self, text: str) -> None:
        """Add the text of a whole block."""
        if not text:
            self.pieces.append(EMPTY_BLOCK)
        lines = without_markers(text).replace("\n", SOFT_BREAK)
        self.pieces.append(f"\n{lines}\n")

    def add_separate(self, text: str, marks: Marks = ()) -> None:
        """Add text separate from the post's text, as a line of its own. Its line breaks can become spaces."""
        text = without_markers(text).replace("\n", LOOSE_END)
        self.pieces.append(f"\n{text}\n")
        self.media_text.append(self.pieces[-1])
        self.add_marked(text, marks)

    def add_caption(self, text: str) -> None:
        """Add a caption: a line in italics."""
        start = len(self.pieces)
        self.add_separate(text, ("italic",))
        self.end_caption(start)

    def add_video_title(self, text: str) -> None:
        """Add the title of a video, which no page shows."""
        if self.video_titles:
            self.add_separate(text)
        else:
            self.add_optional(text)

    def finish(self) -> Facts:
        """Return the facts; the other form can have the headings again in each table of contents."""
        for text in self.heading_texts * self.tables_of_contents:
            self.add_optional(text)
            self.facts.optional_structure["lists ul"] += 1
        return super().finish()

    def add_optional(self, text: str) -> None:
        """Add words that the Markdown may contain."""
        self.facts.add_optional(text)

    def add_image_of(self, source: Any, alt: str = "") -> None:
        """Add an image: its source (a string, or an object with `url`, `id` or `custom`) and alternative text."""
        url = media.image_url(source_of(source))
        if url and not self.restorer.restore(url).problem:
            self.add_image(image_key(url), alt)

    def add_link(self, url: str, text: str | None = None) -> bool:
        """Add a link. Return True if it leads out of the post; `text` is None for the link of an image."""
        absolute = self._url(url)
        if absolute and (text is None or has_words(text)):
            key = url_key(absolute)
            last, end = self._last_link
            self._last_link = (key, len(self.pieces))
            # Parts of one link with different marks are adjacent, with nothing between them.
            if key != last or "".join(self.pieces[end:-1]).strip():
                self.add_link_url(key, absolute)
            if text:
                self.add_link_text(key, text)
        return absolute is not None

    def add_embed(self, url: str) -> None:
        """Add a video, audio, file or page that is shown by its URL."""
        self.last_media = len(self.pieces)
        absolute = self._url(url)
        if absolute:
            self.facts.embeds[url_key(absolute)] += 1
            self.add_embed_place(url_key(absolute), len(self.pieces))
            self.add_optional(absolute)

    def add_poll(self, poll: Any) -> None:
        """Add a poll, which both formats spell alike: its question, its answers, and their images."""
        self.add_image_of(get(poll, "image", "src") or string(poll, "mediaId"))
        self.add_separate(string(poll, "title"), ("bold",))
        for option in dicts(poll, "options"):
            start = len(self.pieces)
            self.add_separate(string(option, "title"))
            self.end_item("ul", start)
            self.add_image_of(get(option, "image", "src") or string(option, "mediaId"))

    def _url(self, url: str) -> str | None:
        url = next((part for part in url.split()[1:] if part.startswith(("http://", "https://"))), "".join(url.split()))
        if re.match(r"www\.|[\w-]+(\.[\w-]+)+(/|\Z)", url):
            url = "http://" + url
        restored = self.restorer.restore(url).href if _ABSOLUTE.match(url) or url.startswith("/") else None
        return restored if restored and _ABSOLUTE.match(restored) and "#viewer-" not in restored else None


def source_of(source: Any) -> str:
    """Return the URL or id of an image or file, without invisible characters."""
    names = (source,) if isinstance(source, str) else (string(source, key) for key in ("url", "id", "custom", "_id"))
    clean_names = (" ".join(INVISIBLE.sub("", name).split()) for name in names)
    return next((name for name in clean_names if name), "")
