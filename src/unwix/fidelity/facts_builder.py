"""Build facts during a walk over a source or an output. Readers pass the builder on; they never fill it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from ..model.facts import (
    DIVIDER,
    IMAGE,
    IMAGE_END,
    INVISIBLE,
    LOOSE_END,
    UNCERTAIN,
    UNCERTAIN_END,
    Facts,
    exact_text,
    has_words,
    letters,
    split_uncertain,
    text_key,
)
from ..web.saved_links import LinkRestorer
from ..web.text_cleaning import clean, with_line_feeds
from ..wix import media_urls as media
from ..wix.filler_texts import author_alt
from ..wix.url_keys import image_key, url_key
from .json_values import dicts, get, string

Marks = tuple[str, ...]
_MARKERS = re.compile(r"\{\$h\d?\}")
_ABSOLUTE = re.compile(r"(?:https?:)?//|mailto:|tel:|sms:", re.I)
_IMAGE = re.compile(f"{IMAGE}[^{IMAGE_END}]*{IMAGE_END}")


def without_markers(text: str) -> str:
    """Return a text without the markers of an old editor: `{$h2}words{$h}` (docs/wix/draftjs.md)."""
    return with_line_feeds(_MARKERS.sub("", text) if "{$h" in text else text)


def markers_in(text: str) -> Iterator[int]:
    """Yield the positions of all characters of markers of an old editor."""
    return (n for marker in _MARKERS.finditer(text) for n in range(*marker.span()))


class Structure:
    """The text of one form of a post and its structure, in reading order.

    Elements that enclose text are counted at their end, given the number of pieces at their start (`start`).
    """

    def __init__(self) -> None:
        self.facts = Facts(has_structure=True)
        self.pieces: list[str] = []
        self._marked: dict[str, list[str]] = {}
        self._linked: dict[str, list[str]] = {}

    def add_marked(self, text: str, marks: Iterable[str]) -> None:
        """Count the letters of a text, added before, as having these marks."""
        for mark in marks:
            self._marked.setdefault(mark, []).append(text)

    def bold_at(self) -> int:
        """Return the number of pieces of bold text so far, for `end_heading`."""
        return len(self._marked.get("bold", ()))

    def end_table_head(self, bold: int) -> None:
        """Discard the bold text of the first row of a table: it becomes the header, which is bold anyway."""
        del self._marked.get("bold", [])[bold:]

    def end_heading(self, level: int, start: int, bold: int) -> None:
        """Count a heading. Bold text counts only if it is not the whole heading, because headings are bold anyway.

        Images in a heading are placed before it.
        """
        text = "".join(self.pieces[start:])
        if IMAGE in text:
            self.pieces[start:] = [*_IMAGE.findall(text), "\n", words_only(text)]
            start += len(_IMAGE.findall(text)) + 1
        name = text_key(words_only(text))
        pieces = self._marked.get("bold", [])
        if len(pieces) > bold and letters("\n".join(pieces[bold:])) == letters(words_only(text)):
            del pieces[bold:]
        self.loosen(start)
        if name:
            self.facts.headings[name] += 1
            self.facts.levels.append(f"{level} {name}")

    def end_quote(self, start: int) -> None:
        """Count a quote."""
        if name := self.text_key_since(start):
            self.facts.quotes[name] += 1

    def end_item(self, path: str, start: int, place: int | None = None) -> None:
        """Count a list item; `path` contains the kinds of the lists around it.

        `place` is the number of items counted at its start: items precede those nested in them.
        """
        text = "".join(self.pieces[start:])
        if has_words(words_only(text)):
            if "+" in path and "[x]" in text.lower():
                path = path.partition("+")[0] + "+task"  # cmark-gfm takes an `[x]` in the text for the state of a box
            self.facts.items += 1
            self.facts.lists.insert(len(self.facts.lists) if place is None else place, path)

    def add_list_start(self, number: Any) -> None:
        """Count the first number of an ordered list, which is 1 if the list states no other."""
        number = str(number)
        self.facts.starts[str(int(number)) if number.isascii() and number.isdigit() and len(number) < 10 else "1"] += 1

    def end_caption(self, start: int) -> None:
        """Count a caption. Its line breaks can become spaces."""
        if name := self.text_key_since(start):
            self.facts.captions[name] += 1
        self.loosen(start)

    def end_code(self, text: str) -> None:
        """Count the lines of a code block."""
        self.facts.code += [line.rstrip() for line in clean(text).replace("\xa0", " ").split("\n") if line.strip()]

    def add_table(self, rows: list[int], start: int) -> None:
        """Count a table by the number of cells in each row, unless it is empty."""
        if rows and "".join(self.pieces[start:]).strip():
            self.facts.tables.append(f"{len(rows)}x{max(rows)}")

    def add_divider(self) -> None:
        """Add a divider."""
        self.pieces.append(f"\n{DIVIDER}\n")

    def add_image(self, key: str, alt: str) -> None:
        """Add an image by its key, with its alternative text."""
        self.facts.images[key] += 1
        self.pieces.append(f"{IMAGE}{key}{IMAGE_END}")
        if name := exact_text(author_alt(alt)):
            self.facts.alts[name] += 1

    def add_link_text(self, key: str, text: str, certain: bool = True) -> None:
        """Count the letters of a link."""
        self._linked.setdefault(key, []).append(text if certain else f"{UNCERTAIN}{text}{UNCERTAIN_END}")

    def loosen(self, start: int) -> None:
        """Allow the other form to have spaces for line breaks in all pieces since the start, except at the ends."""
        for n in range(start, len(self.pieces)):
            if "\n" in self.pieces[n]:
                self.pieces[n] = self.pieces[n].replace("\n", LOOSE_END)
        self.pieces.insert(start, "\n")
        self.pieces.append("\n")

    def text_key_since(self, start: int) -> str:
        """Return the words since the start, as a key."""
        return text_key(words_only("".join(self.pieces[start:])))

    def finish(self) -> Facts:
        """Return the facts, with the text and its marks."""
        facts = self.facts
        facts.text = "".join(self.pieces)
        facts.marks = {mark: marked for mark, texts in self._marked.items() if (marked := letters("\n".join(texts)))}
        for key, texts in self._linked.items():
            whole = "\n".join(texts)
            facts.link_letters_at_most[key] = all_letters = letters(whole)
            facts.link_letters[key] = letters(_certain_text(whole)) if UNCERTAIN in whole else all_letters
        return facts


def _certain_text(text: str) -> str:
    """Return a text without its uncertain parts."""
    return "".join(piece if is_certain else "\n" for piece, is_certain in split_uncertain(text))


def words_only(text: str) -> str:
    """Return a text without the images in it."""
    return _IMAGE.sub(" ", text) if IMAGE in text else text


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
        self.open_lists: list[str] = []
        """The kinds of the lists around the last item, in a format without nested lists."""
        self.empty_items: list[str] = []
        """For each of these lists, the path of its last item if that is empty and not counted yet; else empty."""

    def add_text(self, text: str, marks: Marks = ()) -> None:
        """Add a piece of the post's text."""
        text = without_markers(text)
        self.pieces.append(text)
        if marks:
            self.add_marked(text, marks)

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
                self.facts.links[key] += 1
            if text:
                self.add_link_text(key, text)
        return absolute is not None

    def add_embed(self, url: str) -> None:
        """Add a video, audio, file or page that is shown by its URL."""
        absolute = self._url(url)
        if absolute:
            self.facts.embeds[url_key(absolute)] += 1
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
