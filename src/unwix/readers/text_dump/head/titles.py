"""Find titles that a container or a tool states for a page, before the page's own lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....model.facts import text_key, words
from ..containers.part import Stated
from ..lines import TEXT, Lines, size
from ..tool_formats.scripts import THAI
from .names import is_name

_TITLE_LABEL = re.compile(r"(?:Title|Subject)\s*:\s*(\S.*)", re.I)
#: A word, and no part of a URL or file name.
_WORD = re.compile(r"(?<![\w./@-])[^\W\d_]+(?![\w/@]|\.\w)")
_SITE = re.compile(r"\s+[|·–—-]\s+")
#: The maximum number of lines of a tool's own head.
_HEAD_LINES = 5
LONGEST_TITLE = 140
#: A sentence of this length is not a title.
LONG_SENTENCE = 100
#: A sentence of this length is not a title in a language whose titles have no full stops.
_SHORT_SENTENCE = 40
SENTENCE_END = re.compile(r"[.,;:…。、।؛]['\"“”’»]?$")
_QUOTES = r"['\"“”‘’«»」』)）\]]*(?:\s*[(（\[]\d{1,3}[)）\]])*\Z"
#: The end of a whole sentence, perhaps with a closing quote or bracket, or with the number of a note.
_FULL_STOP = re.compile(r"[.…。।؟۔]" + _QUOTES)
_CALL = re.compile(r"[!?！？]" + _QUOTES)
#: Full stops that titles in their languages do not have.
_STRICT_STOP = re.compile(r"[。।]" + _QUOTES)
#: The maximum length of a category's name in the blog's menu.
_LONGEST_CATEGORY = 20


def announced_titles(lines: Lines, stated: Stated) -> frozenset[str]:
    """Return keys of the page's possible titles, if a container or a tool states them.

    `get_text` prints `<title>` above the page. The site's name can follow the post's title.
    """
    first = lines.filled(0, 60)[:_HEAD_LINES]
    labelled = [match[1] for n in first if (match := _TITLE_LABEL.match(lines.bare[n]))]
    above = [lines.bare[n] for n in first if n < lines.top]
    texts = [*labelled, *(above if len(above) < _HEAD_LINES else []), *([stated.title] if stated.title else [])]
    full = [text.strip("\"' ") for text in texts]
    return frozenset(k for text in full for part in (text, *_SITE.split(text)[:1]) if (k := text_key(part)))


def page_title(lines: Lines) -> int | None:
    """Return the line above the page's upper edge if it is the only one: `get_text` prints `<title>` there."""
    above = lines.filled(0, lines.top)
    return above[0] if len(above) == 1 and lines.kinds[above[0]] is None else None


def slug_words(stated: Stated) -> frozenset[str]:
    """Return the words of the last part of the stated URL."""
    return frozenset(words((stated.url or "").rstrip("/").rpartition("/")[2].replace("-", " ")))


def share(slug: frozenset[str], line: str) -> float:
    """Return the share of a slug's words in a line, from 0 to 1."""
    return len(slug & set(words(line))) / len(slug) if slug else 0.0


def is_prose(lines: Lines, n: int) -> bool:
    """Return True if a line is a sentence or longer than any title, and not a heading."""
    line = lines.bare[n]
    return lines.kinds[n] is None and (
        size(line) > LONGEST_TITLE or (size(line) > _SHORT_SENTENCE and not lines.level(n) and is_sentence(line))
    )


def is_sentence(line: str) -> bool:
    """Return True if a line of some length ends as a sentence does, and no title."""
    if size(line) <= TEXT:
        return size(line) > _SHORT_SENTENCE and bool(_STRICT_STOP.search(line))
    if size(line) > LONG_SENTENCE and _CALL.search(line):
        return True
    # Thai ends no sentence with a sign
    return bool(SENTENCE_END.search(line) or _FULL_STOP.search(line) or THAI.search(line))


def ends_blog_menu(lines: Lines, title: int, author: int) -> bool:
    """Return True if a short line is rather the last category of the blog's menu, and the line below it the title.

    They follow `All Posts` without a gap, after another category.
    """
    if not lines.spaced or size(lines.bare[title]) > _LONGEST_CATEGORY or author != title + 1:
        return False
    first = title
    while first > 0 and lines.bare[first] and lines.kinds[first] is None:
        first -= 1
    return lines.kinds[first] == "all_posts" and title - first > 1


def begins_block(lines: Lines, title: int, end: int, below: int) -> bool:
    """Return True if a title is the page's first line, or one block with the byline up to `end`, with gaps around."""
    above = lines.filled(max(0, title - 20), title)[-1:]
    if not above or lines.kinds[above[0]] == "edge":
        return True
    if not lines.spaced or lines.gap_before(below) == 0 or any(map(lines.gap_before, lines.filled(title + 1, end))):
        return False
    return lines.gap_before(title) > 0 or lines.kinds[above[0]] is not None


def is_speaker(lines: Lines, n: int, end: int) -> bool:
    """Return True if a name recurs below as a whole line more than once: it is a speaker's in an interview."""
    name = lines.bare[n].rstrip(" :：")
    if not name or not is_name(lines, n):
        return False
    again = [m for m in lines.filled(n + 1, end) if lines.bare[m].startswith(name)]
    return sum(lines.bare[m].rstrip(" :：") == name for m in again) > 1


class SmallWords:
    """The words of a text in small letters; each is searched for when it is asked for, which few are."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __contains__(self, word: str) -> bool:
        return word.islower() and any(word == match[0] for match in self._matches(word))

    def _matches(self, word: str) -> Iterator[re.Match[str]]:
        at = self.text.find(word)
        while at >= 0:
            if match := _WORD.match(self.text, at):
                yield match
            at = self.text.find(word, at + 1)
