"""Find titles that a container or a tool states for a page, before the page's own lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.facts import text_key, words
from .containers.part import Stated
from .lines import Lines

_TITLE_LABEL = re.compile(r"(?:Title|Subject)\s*:\s*(\S.*)", re.I)
#: A word, and no part of a URL or file name.
_WORD = re.compile(r"(?<![\w./@-])[^\W\d_]+(?![\w/@]|\.\w)")
_SITE = re.compile(r"\s+[|·–—-]\s+")
#: The maximum number of lines of a tool's own head.
_HEAD_LINES = 5


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
