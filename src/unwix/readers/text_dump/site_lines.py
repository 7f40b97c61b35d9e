"""Learn the lines that recur at the edges of several texts of a run: menus and footers of a site."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING
from zlib import adler32, crc32

from msgspec import Struct, field

if TYPE_CHECKING:
    from .tool_formats.dump import Dump

#: The number of lines of text examined at each edge of a text.
_EDGE = 60
#: A line recurs if this many texts with different bodies contain it.
LEAST = 3
#: A text has a body if one line is this long.
_BODY = 100
#: If fewer than one in this many long lines are new, a text is a post that was seen before.
_SAME = 4
#: The number of lines seen once that are remembered.
_MOST = 400_000
#: A longer line is prose: it is the site's only directly above a whole footer that recurs with it.
_LONGEST, _LONGEST_TEXT = 100, 1000


def _key(line: str) -> int:
    """Return a number for a line as a reader sees it; short lines, as menus have them, are remembered."""
    return _short_key(line) if len(line) <= _LONGEST else _new_key(line)


def _new_key(line: str) -> int:
    text = " ".join(line.split()).strip("#*•·+-> ").casefold().encode("utf-8", "replace")
    return crc32(text) << 32 | adler32(text)  # the same in all processes, and faster than a digest


_short_key = lru_cache(maxsize=4096)(_new_key)


class SiteLines(Struct):
    """Keys of the lines that recur at the upper and lower edges of texts; `texts` are the long ones below."""

    top: frozenset[int] = frozenset()
    bottom: frozenset[int] = frozenset()
    texts: frozenset[int] = frozenset()
    labels: frozenset[int] = frozenset()
    """Short lines at the lower edge of two texts: consecutive ones can be categories."""

    def merged(self, other: SiteLines) -> SiteLines:
        """Return the union of both."""
        return SiteLines(
            self.top | other.top,
            self.bottom | other.bottom,
            self.texts | other.texts,
            self.labels | other.labels,
        )

    def in_text(self, bare: Sequence[str]) -> frozenset[int]:
        """Return the indices of a text's short lines that recur at the same edge of others."""
        filled = [n for n, line in enumerate(bare) if line]
        head = next((i for i, n in enumerate(filled[:_EDGE]) if len(bare[n]) > _BODY), _EDGE)
        top = (n for n in filled[:head] if _key(bare[n]) in self.top)
        bottom = (n for n in filled[head:][-_EDGE:] if _key(bare[n]) in self.bottom)
        return frozenset((*top, *bottom))

    def texts_in(self, bare: Sequence[str]) -> frozenset[int]:
        """Return the indices of a text's long lines that recur at the lower edge of others."""
        filled = [n for n, line in enumerate(bare) if line][-_EDGE:] if self.texts else []
        return frozenset(n for n in filled if _key(bare[n]) in self.texts)

    def labels_in(self, bare: Sequence[str]) -> frozenset[int]:
        """Return the indices of a text's short lines that are also at the lower edge of another one."""
        filled = [n for n, line in enumerate(bare) if line][-_EDGE:] if self.labels else []
        return frozenset(n for n in filled if _key(bare[n]) in self.labels)


class Learner(Struct):
    """Counts for each edge line the number of texts that contain it. Texts with the same body count once."""

    _bodies: set[int] = field(default_factory=set)
    _top: dict[int, int] = field(default_factory=dict)
    _bottom: dict[int, int] = field(default_factory=dict)
    _texts: dict[int, int] = field(default_factory=dict)

    def add(self, lines: Iterable[str]) -> None:
        """Add the lines of one text, as a reader sees them."""
        filled = [line for line in lines if line.strip()]
        own = {_key(line) for line in filled if len(line) >= _BODY}
        fresh = own - self._bodies
        if not fresh or len(fresh) * _SAME < len(own):
            return  # no body, or the same post again, perhaps from another tool
        self._bodies |= fresh if len(self._bodies) < _MOST else set()
        head = next((i for i, line in enumerate(filled[:_EDGE]) if len(line) > _BODY), _EDGE)
        edge = filled[head:][-_EDGE:]
        short = [line for line in edge if len(line) <= _LONGEST]
        long = [line for line in edge if _LONGEST < len(line) <= _LONGEST_TEXT]
        for counts, lines_of_edge in ((self._top, filled[:head]), (self._bottom, short), (self._texts, long)):
            for key in {_key(line) for line in lines_of_edge}:
                counts[key] = counts.get(key, 0) + 1
            if len(counts) > _MOST:
                for key in [key for key, count in counts.items() if count == 1]:
                    del counts[key]

    def recurring(self) -> SiteLines:
        """Return the lines that recur."""
        return SiteLines(
            frozenset(key for key, count in self._top.items() if count >= LEAST),
            frozenset(key for key, count in self._bottom.items() if count >= LEAST),
            frozenset(key for key, count in self._texts.items() if count >= LEAST),
            frozenset(key for key, count in self._bottom.items() if count == LEAST - 1),
        )


def learn(dumps: Iterable[Dump]) -> SiteLines:
    """Return the lines that recur in several dumps."""
    from .tool_formats.markdown import plain

    learner = Learner()
    for dump in dumps:
        learner.add(plain(line.text) for line in dump.lines)
    return learner.recurring()
