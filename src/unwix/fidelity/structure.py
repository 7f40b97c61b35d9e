"""The text of one form of a post and its structure, filled in reading order by a walk over the form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import zip_longest
from typing import Any

from ..model.facts import (
    DETAILS,
    DETAILS_END,
    DIVIDER,
    EITHER,
    IMAGE,
    IMAGE_END,
    LOOSE_END,
    QUOTE,
    QUOTE_END,
    SOFT,
    SOFT_BREAK,
    UNCERTAIN,
    UNCERTAIN_END,
    Facts,
    exact_text,
    has_words,
    letters,
    split_uncertain,
    text_key,
    tokens,
)
from ..web.text_cleaning import clean
from ..wix.filler_texts import author_alt
from ..wix.url_keys import url_spelling

Marks = tuple[str, ...]
_IMAGE = re.compile(f"{IMAGE}[^{IMAGE_END}]*{IMAGE_END}")
#: An empty block of the editor: a line of spaces.
EMPTY_BLOCK = "\n \n"


def same_cells(row: str, other: str) -> bool:
    """Return True if the same cells of a row have text (`Facts.rows`). Empty cells at the end do not count."""
    return all("?" in pair or len(set(pair)) == 1 for pair in zip_longest(row, other, fillvalue="_"))


class Structure:
    """The text of one form of a post and its structure, in reading order.

    Elements that enclose text are counted at their end, given the number of pieces at their start (`start`).
    """

    def __init__(self) -> None:
        self.facts = Facts(has_structure=True)
        self.pieces: list[str] = []
        self.last_media = -1
        """The number of pieces before the last video, audio, file or page, which is text in only some forms."""
        self._embeds_at: dict[str, int] = {}
        """The number of pieces before each embed, by its key."""
        self._row = ""
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
        name = text_key(words_only(text))
        pieces = self._marked.get("bold", [])
        if len(pieces) > bold and letters("\n".join(pieces[bold:])) == letters(words_only(text)):
            del pieces[bold:]
        self.loosen(start)
        if IMAGE in text:
            self._put_images_first(start)
        if name:
            self.facts.headings[name] += 1
            self.facts.levels.append(f"{level} {name}")

    def end_quote(self, start: int) -> None:
        """Count a quote."""
        if name := self.text_key_since(start):
            self.facts.quotes[name] += 1
            self._enclose(start, QUOTE, QUOTE_END)
        elif self.last_media >= start:
            self.facts.optional_structure["quotes"] += 1

    def end_details(self, start: int, certain: bool = True) -> None:
        """Count a collapsible block; an uncertain one can have another form in the output: a heading."""
        if not tokens("".join(self.pieces[start:])):
            return
        signs = (DETAILS, DETAILS_END)
        self._enclose(start, *(signs if certain else (f"{UNCERTAIN}{sign}{UNCERTAIN_END}" for sign in signs)))

    def add_spoiler(self) -> None:
        """Let the other form have a collapsible block around what a spoiler hides, with or without its caption."""
        self.facts.optional_words.update((DETAILS, DETAILS_END))

    def drop_quotes(self, start: int) -> None:
        """Forget the quotes since the start: in the title of a collapsible block there are none."""
        for n in range(start, len(self.pieces)):
            self.pieces[n] = self.pieces[n].replace(QUOTE, "").replace(QUOTE_END, "")

    def _enclose(self, start: int, begin: str, end: str) -> None:
        self.put_before(start, f"\n{begin}\n")
        self.pieces.append(f"\n{end}\n")

    def end_cell(self, start: int) -> None:
        """Count a cell of a table."""
        self.facts.cells += 1
        self.loosen(start)
        text = "".join(self.pieces[start:])
        if text.isspace() and self.last_media < start:
            self._row += "_"
        else:  # a video is text in only one form
            self._row += "x" if tokens(words_only(_certain_text(text))) else "?"

    def end_row(self) -> None:
        """Count a row of a table: the places of its cells with text."""
        if self._row:
            self.facts.rows.append(self._row)
        self._row = ""

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
        elif self.last_media >= start:
            self.facts.optional_structure[f"lists {path}"] += 1

    def add_list_start(self, number: Any) -> None:
        """Count the first number of an ordered list, which is 1 if the list states no other."""
        number = str(number)
        self.facts.starts[str(int(number)) if number.isascii() and number.isdigit() and len(number) < 10 else "1"] += 1

    def end_caption(self, start: int) -> None:
        """Count a caption. Its line breaks can become spaces."""
        if name := self.text_key_since(start):
            self.facts.captions[name] += 1
        self.loosen(start)

    def end_code(self, text: str, start: int) -> None:
        """Count the lines of a code block, in which each line break is one between lines of code."""
        for n in range(start, len(self.pieces)):
            self.pieces[n] = self.pieces[n].replace(SOFT, "")
        if self.facts.shows_code_blocks and (lines := clean(text).replace("\xa0", " ").strip()):
            self.facts.code_blocks.append(lines.count("\n") + 1)
        self.facts.code += [line.rstrip() for line in clean(text).replace("\xa0", " ").split("\n") if line.strip()]

    def add_table(self, rows: list[int], start: int) -> None:
        """Count a table by the number of cells in each row, unless it is empty."""
        if rows and ("".join(self.pieces[start:]).strip() or self.last_media >= start):
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

    def add_embed_place(self, key: str, start: int) -> None:
        """Note the number of pieces before an embed."""
        self._embeds_at.setdefault(key, start)

    def add_link_url(self, key: str, url: str) -> None:
        """Count a link by its key, and note how its URL is spelled."""
        self.facts.links[key] += 1
        spelling = url_spelling(url)
        if self.facts.link_spellings.setdefault(key, spelling) != spelling:
            self.facts.link_spellings[key] = ""

    def loosen(self, start: int) -> None:
        """Allow the other form to have spaces for line breaks in all pieces since the start, except at the ends."""
        pieces = self.pieces
        for n in range(start, len(pieces)):
            if "\n" in pieces[n]:
                pieces[n] = pieces[n].replace(SOFT_BREAK, LOOSE_END).replace("\n", LOOSE_END)
        self.put_before(start, "\n")
        pieces.append("\n")

    def allow_either_break(self, start: int) -> None:
        """Allow the other form to have line breaks for paragraph breaks, or the reverse, since the start."""
        for n in range(start, len(self.pieces)):
            self.pieces[n] = self.pieces[n].replace("\n", f"{EITHER}\n")

    def put_before(self, start: int, text: str) -> None:
        """Put a text before the pieces since the start, whose numbers stay the same."""
        if start < len(self.pieces):
            self.pieces[start] = text + self.pieces[start]
        else:
            self.pieces.append(text)

    def _put_images_first(self, start: int) -> None:
        images = []
        for n in range(start, len(self.pieces)):
            if IMAGE in self.pieces[n]:
                images += _IMAGE.findall(self.pieces[n])
                self.pieces[n] = words_only(self.pieces[n])
        self.put_before(start, "\n".join([*images, ""]))

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
        if self._embeds_at:
            facts.certain_letters = self._letters_before(len(self.pieces))
            facts.embed_places = {key: self._letters_before(n) for key, n in self._embeds_at.items()}
        return facts

    def _letters_before(self, number: int) -> int:
        """Return the number of certain letters in this number of pieces."""
        return len(letters(words_only(_certain_text("".join(self.pieces[:number])))))


def _certain_text(text: str) -> str:
    """Return a text without its uncertain parts."""
    return "".join(piece if is_certain else "\n" for piece, is_certain in split_uncertain(text))


def words_only(text: str) -> str:
    """Return a text without the images in it."""
    return _IMAGE.sub(" ", text) if IMAGE in text else text
