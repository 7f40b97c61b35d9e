"""Lines that recur at the edges of several texts of a run: menus and footers of a site, learned and not guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from zlib import adler32, crc32

#: So many lines with text at each edge of a text are looked at.
_EDGE = 60
#: A line recurs when so many texts with different bodies have it.
_LEAST = 3
#: A text has a body when one line is so long.
_BODY = 100
#: So many lines seen once are remembered.
_MOST = 400_000
#: A longer line is a text, and stays the author's even where it recurs.
_LONGEST = 100


#: A link or image of a Markdown text: the words of a link count, an image counts nothing.
_LINK = re.compile(r"(!?)\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")


def _words(link: re.Match[str]) -> str:
    return "" if link[1] else link[2]


def _key(line: str) -> int:
    words = _LINK.sub(_words, line) if "](" in line else line
    text = " ".join(words.split()).strip("#*•·+-> ").casefold().encode("utf-8", "replace")
    return crc32(text) << 32 | adler32(text)  # the same in all processes, and faster than a digest


@dataclass(slots=True)
class SiteLines:
    """Keys of the lines that recur at the upper and lower edges of texts."""

    top: frozenset[int] = frozenset()
    bottom: frozenset[int] = frozenset()

    def merged(self, other: SiteLines) -> SiteLines:
        """Return the lines of both."""
        return SiteLines(self.top | other.top, self.bottom | other.bottom)

    def in_text(self, bare: Sequence[str]) -> frozenset[int]:
        """Return the indices of a text's lines that recur at the same edge of others."""
        filled = [n for n, line in enumerate(bare) if line]
        top = (n for n in filled[:_EDGE] if _key(bare[n]) in self.top)
        bottom = (n for n in filled[-_EDGE:] if _key(bare[n]) in self.bottom)
        return frozenset((*top, *bottom))


@dataclass(slots=True)
class Learner:
    """Counts in how many texts each line of an edge stands. Texts with one body count once."""

    _bodies: dict[int, int] = field(default_factory=dict)
    _top: dict[int, int] = field(default_factory=dict)
    _bottom: dict[int, int] = field(default_factory=dict)

    def add(self, lines: Iterable[str]) -> None:
        """Take the lines of one text."""
        filled = [line for line in lines if line.strip()]
        longest = max(filled, key=len, default="")
        if len(longest) < _BODY:
            return
        body = _key(longest)
        if body in self._bodies:
            return  # the same post again, perhaps from another tool
        self._bodies[body] = 1
        for counts, edge in ((self._top, filled[:_EDGE]), (self._bottom, filled[-_EDGE:])):
            for key in {_key(line) for line in edge if len(line) <= _LONGEST}:
                counts[key] = counts.get(key, 0) + 1
            if len(counts) > _MOST:
                for key in [key for key, count in counts.items() if count == 1]:
                    del counts[key]

    def recurring(self) -> SiteLines:
        """Return the lines that recur."""
        return SiteLines(
            frozenset(key for key, count in self._top.items() if count >= _LEAST),
            frozenset(key for key, count in self._bottom.items() if count >= _LEAST),
        )


def learn(texts: Iterable[Iterable[str]]) -> SiteLines:
    """Return the lines that recur in several texts."""
    learner = Learner()
    for lines in texts:
        learner.add(lines)
    return learner.recurring()
