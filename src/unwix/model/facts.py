"""Facts: the counted content of a text, so that two forms of one post can be compared."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache, partial
from typing import Any

from msgspec import Struct, field

from .words_of_scripts import ANY_WORD

_WORD = re.compile(r"\w+")
#: Invisible characters. `str.translate` would take ten times as long.
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\ufe0e\ufe0f\ufffe\uffff]")


#: An empty Counter, without its constructor, which would take as long as all else.
_no_counts = partial(Counter[str].__new__, Counter)


class Facts(Struct):
    """Counted facts of a post's body.

    Uncertain words are those that the other form need not have (text that a widget shows next to the author's, a URL as
    its own text); `optional_words` are words and other characters that the other form may have anywhere in addition
    (what the post's own document adds to the page).
    """

    word_list: list[str] | None = None
    """The words, where they are known or have been asked for. Ask for `words`."""
    uncertain_positions: set[int] = field(default_factory=set)
    """The positions of uncertain words in `word_list`. Ask for `uncertain`."""
    known_counts: tuple[int, int] | None = None
    """The result of `word_counts`, once it is known."""
    optional_words: Counter[str] = field(default_factory=_no_counts)
    headings: Counter[str] = field(default_factory=_no_counts)
    links: Counter[str] = field(default_factory=_no_counts)
    images: Counter[str] = field(default_factory=_no_counts)
    embeds: Counter[str] = field(default_factory=_no_counts)
    link_spellings: dict[str, str] = field(default_factory=dict)
    """The URL of each link by its key, with its scheme and letter case; empty if the key has several."""
    embed_places: dict[str, int] = field(default_factory=dict)
    """The number of certain letters before each embed, by its key, where the form shows its place."""
    certain_letters: int = 0
    """The number of certain letters, if `embed_places` are known."""
    has_additions: bool = False
    """True if facts of other copies of the post were added: their order is not that of the text."""
    links_are_embeds: bool = False
    """True for Markdown and built pages: they show an embed as a link, so that each link counts as both."""
    quotes: Counter[str] = field(default_factory=_no_counts)
    captions: Counter[str] = field(default_factory=_no_counts)
    alts: Counter[str] = field(default_factory=_no_counts)
    """Alternative texts of images (`exact_text`)."""
    items: int = 0
    cells: int = 0
    text: str = ""
    """The whole text in reading order, one line per block and line break, with the markers below. Empty if only the
    words are known."""
    has_structure: bool = False
    """True if the fields below are known: for every form but plain text."""
    levels: list[str] = field(default_factory=list)
    """Level and text of each heading: `2 of clay`."""
    lists: list[str] = field(default_factory=list)
    """For each list item, the kinds of its lists from the outermost inwards: `ul`, `ul/ol`, `task`."""
    starts: Counter[str] = field(default_factory=_no_counts)
    """The first numbers of ordered lists."""
    optional_structure: Counter[str] = field(default_factory=_no_counts)
    """Entries that these lists may have in addition in the other form, after the name of the field: `lists ul`, `levels
    2 clay`. A table of contents adds list items, embedded HTML anything."""
    tables: list[str] = field(default_factory=list)
    """Rows and columns of each table: `3x2`."""
    rows: list[str] = field(default_factory=list)
    """For each row of a table, a character per cell: `x` for text, `_` for none, `?` for what one form may lack."""
    code: list[str] = field(default_factory=list)
    """The lines of all code blocks."""
    shows_code_blocks: bool = False
    """True for a form that shows where each block of code begins and ends."""
    code_blocks: list[int] = field(default_factory=list)
    """The number of lines of each code block, with the empty ones in it."""
    marks: dict[str, str] = field(default_factory=dict)
    """By name of the mark (`bold`, `italic` …), the letters that have it, in reading order."""
    link_letters: dict[str, str] = field(default_factory=dict)
    """By URL key, the letters of link texts that are certain."""
    link_letters_at_most: dict[str, str] = field(default_factory=dict)
    """By URL key, all letters of link texts, including those of uncertain words."""

    def __reduce__(self) -> tuple[Any, tuple[dict[str, Any]]]:
        """Return the fields that are not empty, without the words of `text`: counting them again costs less."""
        state = {name: value for name in self.__struct_fields__ if (value := getattr(self, name))}
        if self.text:
            state = {k: value for k, value in state.items() if k not in ("word_list", "uncertain_positions")}
        elif self.word_list is not None:
            state["word_list"] = self.word_list
        return _with_fields, (state,)

    @property
    def words(self) -> list[str]:
        """The words in reading order, in lower case. Those of `text` are counted when they are first asked for."""
        if self.word_list is None:
            self.word_list, self.uncertain_positions = words_and_uncertain(self.text)
        return self.word_list

    @property
    def uncertain(self) -> set[int]:
        """The positions of words that the other form need not have."""
        return self.uncertain_positions if self.words else set()

    def word_counts(self) -> tuple[int, int]:
        """Return the number of words, and of those that are certain."""
        if self.word_list is not None:
            return len(self.word_list), len(self.word_list) - len(self.uncertain_positions)
        if self.known_counts is None:
            self.known_counts = count_words(self.text)
        return self.known_counts

    def add_optional(self, text: str) -> None:
        """Add words and other characters that the other form may have in addition."""
        self.optional_words.update(token.lower() for token in tokens(text))


def _with_fields(state: dict[str, Any]) -> Facts:
    """Return pickled facts."""
    return Facts(**state)


def words(text: str) -> list[str]:
    """Return the words of a text, in lower case, compatibility-normalised, without invisible characters."""
    result: list[str] = []
    for line in text.split("\n"):
        if line and (bare := line.strip()):
            result += _remembered(bare) if len(bare) < _LONG else _words_of(bare)
    return result


def has_words(text: str) -> bool:
    """Return True for a text with a word in it."""
    return _WORD.search(text) is not None if text.isascii() else bool(words(text))


def _words_of(line: str) -> tuple[str, ...]:
    if line.isascii():
        return tuple(_WORD.findall(line.lower()))
    return tuple(ANY_WORD.findall(unicodedata.normalize("NFKC", INVISIBLE.sub("", line)).lower()))


#: All forms of a post have the same lines, so their words are cached while a post is processed; very long lines are
#: not.
_remembered = lru_cache(maxsize=1000)(_words_of)
_LONG = 2000


def forget_lines() -> None:
    """Clear the cache after a post: it would be most of a small worker's memory."""
    _remembered.cache_clear()


#: These enclose text whose words are uncertain.
UNCERTAIN, UNCERTAIN_END = "\x02", "\x03"
_UNCERTAIN_MARK = re.compile(f"([{UNCERTAIN}{UNCERTAIN_END}])")
#: These enclose the key of an image in `Facts.text`.
IMAGE, IMAGE_END = "\x04", "\x05"
_IMAGE_TOKEN = re.compile(f"{IMAGE}[^{IMAGE_END}]*{IMAGE_END}")
#: A divider in `Facts.text`.
DIVIDER = "\x06"
#: A line end in `Facts.text` that the other form may write as a space: in headings, captions and cells.
LOOSE_END = "\x0b"
#: Ends a line in `Facts.text` whose line break is one within a paragraph; all other line ends are between blocks.
SOFT = "\x1f"
#: Stands between two lines in `Facts.text` whose break can be of either kind in the other form.
EITHER = "\x1e"
SOFT_BREAK = SOFT + "\n"
#: Enclose the text of a quote, and that of a collapsible block with its title.
QUOTE, QUOTE_END, DETAILS, DETAILS_END = "\x0e", "\x0f", "\x10", "\x11"
_OTHER_TOKENS = (
    rf"{_IMAGE_TOKEN.pattern}|{DIVIDER}|[{UNCERTAIN}{UNCERTAIN_END}{QUOTE}-{DETAILS_END}]|%s"
    r"|[^\w\s\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"  # no control characters, no lone surrogates
)
_TOKEN, _ANY_TOKEN = (re.compile(_OTHER_TOKENS % word.pattern) for word in (_WORD, ANY_WORD))


def words_and_uncertain(text: str) -> tuple[list[str], set[int]]:
    """Return the words of a text, and the positions of those between UNCERTAIN and UNCERTAIN_END."""
    if IMAGE in text:
        text = _IMAGE_TOKEN.sub(" ", text)
    if UNCERTAIN not in text:
        return words(text), set()
    word_list: list[str] = []
    uncertain: set[int] = set()
    for piece, is_certain in split_uncertain(text):
        start = len(word_list)
        word_list += words(piece)
        if not is_certain:
            uncertain.update(range(start, len(word_list)))
    return word_list, uncertain


def split_uncertain(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a text, each with False if it is between UNCERTAIN and UNCERTAIN_END."""
    depth = 0
    for piece in _UNCERTAIN_MARK.split(text):
        if piece in (UNCERTAIN, UNCERTAIN_END):
            depth += 1 if piece == UNCERTAIN else -1
        else:
            yield piece, depth == 0


def count_words(text: str) -> tuple[int, int]:
    """Return the number of words of a text, and of those that are not between UNCERTAIN and UNCERTAIN_END."""
    if IMAGE in text:
        text = _IMAGE_TOKEN.sub(" ", text)
    if UNCERTAIN not in text:
        number = _number_of_words(text)
        return number, number
    counts = [(_number_of_words(piece), is_certain) for piece, is_certain in split_uncertain(text)]
    return sum(number for number, _ in counts), sum(number for number, is_certain in counts if is_certain)


def _number_of_words(text: str) -> int:
    """Return `len(words(text))`; of most texts in Western languages at memory speed, without making the words."""
    try:
        encoded = text.encode("cp1252", "unwix-no-word")
    except UnicodeEncodeError:
        return len(words(text))
    classes, without_class = _classes_of_bytes()
    if not encoded.isascii() and any(byte in encoded for byte in without_class):
        return len(words(text))
    encoded = encoded.translate(classes, _SOFT_HYPHEN)
    return encoded.count(b" w") + encoded.startswith(b"w")


_SOFT_HYPHEN = b"\xad"


def _without_word(error: UnicodeError) -> tuple[str, int]:
    """Return a space for symbols that cp1252 lacks, nothing for invisible characters. Raise the error for letters."""
    assert isinstance(error, UnicodeEncodeError)
    symbols = INVISIBLE.sub("", error.object[error.start : error.end])
    if any(unicodedata.category(symbol)[0] not in "PSZ" for symbol in symbols):
        raise error  # a letter, a digit, or a mark that belongs to the letter before it
    if _WORD.search(unicodedata.normalize("NFKC", symbols)):
        raise error
    return " " if symbols else "", error.end


codecs.register_error("unwix-no-word", _without_word)


@cache
def _classes_of_bytes() -> tuple[bytes, bytes]:
    """Return for each byte of cp1252 `w` (part of a word) or a space, and the bytes that are neither: fractions."""
    characters = (unicodedata.normalize("NFKC", bytes([byte]).decode("cp1252", "replace")) for byte in range(256))
    numbers = [(len(_WORD.sub("", character)), len(character)) for character in characters]
    classes = bytes(ord("w" if others == 0 else " ") for others, _ in numbers)
    return classes, bytes(byte for byte, (others, length) in enumerate(numbers) if 0 < others < length)


def tokens(line: str) -> list[str]:
    """Return the words and all other visible characters of a text, and the marks in it, in order.

    Letters keep their case. Text is compatibility-normalised, without invisible characters.
    """
    if line.isascii():
        return _TOKEN.findall(line)
    return _ANY_TOKEN.findall(unicodedata.normalize("NFKC", INVISIBLE.sub("", line)))


def replace_images(text: str, new: Mapping[str, str]) -> str:
    """Return a text of facts in which the keys of some images are replaced."""
    return _IMAGE_TOKEN.sub(lambda m: f"{IMAGE}{new.get(m[0][1:-1], m[0][1:-1])}{IMAGE_END}", text)


def letters(text: str) -> str:
    """Return the letters and digits of a text; an underscore is neither."""
    return "".join(words(text)).replace("_", "")


def exact_text(text: str) -> str:
    """Return the text with its case and punctuation, compatibility-normalised, with single spaces."""
    return " ".join(tokens(text))


def text_key(text: str) -> str:
    """Return the text as a key for comparing: its words, a space between them."""
    return " ".join(words(text))
