"""Facts: what a text says, counted, so that two forms of it can be held against each other."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote

_WORD = re.compile(r"\w+")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")  # `str.translate` would take ten times as long
_MEDIA_ID = re.compile(r"([0-9a-z]{4,8}_[0-9a-f]{32}|(?<![0-9a-f])[0-9a-f]{32})", re.I)
_SCHEME = re.compile(r"^https?://(www\.)?", re.I)


@dataclass(slots=True)
class Facts:
    """Counted facts of a post's body.

    `words` are in reading order. `maybe` are positions of words that the other form need not have (what a widget says
    beside the author's words, an address shown as its own text); `soft` are words that the other form may have
    anywhere beyond these (what the post's own document adds to the page).
    """

    words: list[str] = field(default_factory=list)
    uncertain: set[int] = field(default_factory=set)
    optional_words: Counter[str] = field(default_factory=Counter)
    headings: Counter[str] = field(default_factory=Counter)
    links: Counter[str] = field(default_factory=Counter)
    images: Counter[str] = field(default_factory=Counter)
    embeds: Counter[str] = field(default_factory=Counter)
    quotes: Counter[str] = field(default_factory=Counter)
    captions: Counter[str] = field(default_factory=Counter)
    alts: Counter[str] = field(default_factory=Counter)
    """Alternative texts of pictures."""
    items: int = 0
    cells: int = 0


def words(text: str) -> list[str]:
    """The words of a text, in lower case, compatibility-normalised, without invisible characters."""
    found: list[str] = []
    for line in text.split("\n"):
        if line and (bare := line.strip()):
            found += _remembered(bare) if len(bare) < _LONG else _words_of(bare)
    return found


def _words_of(line: str) -> tuple[str, ...]:
    if not line.isascii():
        line = unicodedata.normalize("NFKC", _INVISIBLE.sub("", line))
    return tuple(_WORD.findall(line.lower()))


#: All forms of a post have the same lines: while it is worked on, their words are kept, but for endless lines.
_remembered = lru_cache(maxsize=1000)(_words_of)
_LONG = 2000


def forget_lines() -> None:
    """Let the lines of a post go that is done with: kept on, they would be most of a small worker's memory."""
    _remembered.cache_clear()


#: Put round text whose words are `maybe` before the words are counted.
UNCERTAIN, UNCERTAIN_END = "\x02", "\x03"
_UNCERTAIN_MARK = re.compile(f"([{UNCERTAIN}{UNCERTAIN_END}])")


def words_and_uncertain(text: str) -> tuple[list[str], set[int]]:
    """The words of a text, and the positions of those that stand between MAYBE and MAYBE_END."""
    if UNCERTAIN not in text:
        return words(text), set()
    found: list[str] = []
    maybe: set[int] = set()
    depth = 0
    for piece in _UNCERTAIN_MARK.split(text):
        if piece in (UNCERTAIN, UNCERTAIN_END):
            depth += 1 if piece == UNCERTAIN else -1
            continue
        start = len(found)
        found += words(piece)
        if depth:
            maybe.update(range(start, len(found)))
    return found, maybe


def text_key(text: str) -> str:
    """The text as a key for comparing: its words, one blank between them."""
    return " ".join(words(text))


def url_key(url: str) -> str:
    """An address as a key for comparing: decoded, without scheme, `www.` and a trailing slash."""
    url = _SCHEME.sub("", unquote(url.strip()))
    return "".join(url.split()).replace("\\", "").rstrip("/").lower()


def image_key(url: str) -> str:
    """A picture's address as a key: the id of its Wix media, or the address."""
    found = _MEDIA_ID.search(unquote(url))
    return found[1].lower() if found else url_key(url)
