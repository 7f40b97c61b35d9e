"""Words: the text of plain blocks as words with their places, and two rows of words side by side."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from ..model.article import Element
from ..model.facts import image_key, words

#: Two rows are compared word by word where the product of their lengths is no more: some 10 MB and 0.1 seconds.
LIMIT = 60_000_000
#: How often a longer row is cut in pieces, and its pieces again.
_DEEPEST = 6
#: Scripts that write no blanks between words: each letter counts as one.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
_INVISIBLE = "\u200b-\u200f\u2060\ufeff\u00ad"
_WORD = re.compile(f"[{_UNSPACED}]|[^\\W{_UNSPACED}][^\\W{_UNSPACED}]*(?:[{_INVISIBLE}]+[^\\W{_UNSPACED}]+)*")
_BLOCKS = frozenset({"p", "li", "td", "th", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "br", "div", "tr"})


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one word stands: pieces of texts of elements, as a word may run over several."""

    pieces: tuple[tuple[Element, bool, int, int], ...]
    """(element, whether it is the text behind it, first letter, one behind the last)"""
    block: int
    """The number of the top block that it stands in."""


@dataclass(slots=True)
class Words:
    """The words of a row of blocks. A picture counts as a word of its own."""

    keys: list[str]
    spots: list[Spot]

    def is_picture(self, number: int) -> bool:
        """Whether a word is a picture: its key is a NUL and the picture's."""
        return self.keys[number].startswith("\0")


def read_words(root: Element) -> Words:
    """The words of all blocks of a plain tree, in order; marks of missing things have none."""
    found = Words([], [])
    for number, block in enumerate(root):
        _read_block(block, number, found)
    return found


def _read_block(block: Element, number: int, found: Words) -> None:
    run: list[tuple[Element, bool, str]] = []
    for item in _texts(block):
        if isinstance(item, tuple):
            run.append(item)
            continue
        _read_run(run, number, found)
        run.clear()
        if item is not None:
            found.keys.append("\0" + image_key(item.get("src") or ""))
            found.spots.append(Spot(((item, False, 0, 0),), number))
    _read_run(run, number, found)


def _texts(node: Element) -> Iterator[tuple[Element, bool, str] | Element | None]:
    """Texts in order; None where a word cannot go on, and pictures."""
    if node.get("class") == "missing":
        return
    is_block = node.tag in _BLOCKS
    if node.tag == "img":
        yield node
    elif is_block:
        yield None
    if node.text:
        yield node, False, node.text
    for child in node:
        yield from _texts(child)
        if child.tail:
            yield child, True, child.tail
    if is_block:
        yield None


def _read_run(run: list[tuple[Element, bool, str]], number: int, found: Words) -> None:
    """The words of texts that stand in one line."""
    starts, at = [], 0
    for _node, _tail, text in run:
        starts.append(at)
        at += len(text)
    for hit in _WORD.finditer("".join([text for _node, _tail, text in run])):
        word = hit[0]
        spot = Spot(_pieces(run, starts, *hit.span()), number)
        for key in (word.lower(),) if word.isascii() else words(word):  # “½” is two words
            found.keys.append(key)
            found.spots.append(spot)


def _pieces(
    run: list[tuple[Element, bool, str]], starts: list[int], begin: int, end: int
) -> tuple[tuple[Element, bool, int, int], ...]:
    """Where a word stands in the texts that it runs over: mostly in one."""
    first, last = bisect_right(starts, begin) - 1, bisect_left(starts, end) - 1
    return tuple(
        (run[n][0], run[n][1], max(begin - starts[n], 0), min(end - starts[n], len(run[n][2])))
        for n in range(first, last + 1)
        if run[n][2]
    )


def split_words(said: list[str]) -> list[str]:
    """Words as `facts` counts them, cut as this module does: letter by letter where a script has no blanks."""
    return [hit[0] for word in said for hit in _WORD.finditer(word)]


Run = tuple[int, int, int]


def align(a: Sequence[str], b: Sequence[str]) -> list[Run]:
    """What two rows of words have in common, in order: (place in the first, place in the second, length).

    In bounded time and memory: of very long rows only what stands between words that are unique in both is compared.
    """
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    middle = _middle(a[start : len(a) - end], b[start : len(b) - end])
    runs = [(0, 0, start), *((i + start, j + start, n) for i, j, n in middle), (len(a) - end, len(b) - end, end)]
    return [run for run in runs if run[2]]


def _middle(a: Sequence[str], b: Sequence[str], depth: int = 0) -> list[Run]:
    if not a or not b:
        return []
    if len(a) * len(b) <= LIMIT:
        found = LCSseq.opcodes(a, b)
        return [(op.src_start, op.dest_start, op.src_end - op.src_start) for op in found if op.tag == "equal"]
    if depth > _DEEPEST:
        return []
    anchors = _anchors(a, b) or _anchors(_rows_of(a), _rows_of(b))
    if not anchors:
        return []
    runs: list[Run] = []
    i = j = 0
    for at, to in [*anchors, (len(a), len(b))]:
        runs += [(i + x, j + y, n) for x, y, n in _middle(a[i:at], b[j:to], depth + 1)]
        if at < len(a):
            runs.append((at, to, 1))
        i, j = at + 1, to + 1
    return runs


def _rows_of(words: Sequence[str]) -> list[Hashable]:
    """Each word with the next three: four words together are seldom said twice."""
    return list(zip(words, words[1:], words[2:], words[3:], strict=False))


def _anchors(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[tuple[int, int]]:
    """What each row has once, and both in the same order (the longest such row of them)."""
    in_a, in_b = Counter(a), Counter(b)
    where = {word: j for j, word in enumerate(b) if in_b[word] == 1}
    pairs = [(i, where[word]) for i, word in enumerate(a) if in_a[word] == 1 and word in where]
    ends: list[int] = []  # of the rows of each length, the smallest last place
    tails: list[int] = []
    before: list[int] = []
    for n, (_i, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        before.append(tails[length - 1] if length else -1)
        if length == len(ends):
            ends.append(j)
            tails.append(n)
        else:
            ends[length], tails[length] = j, n
    found: list[tuple[int, int]] = []
    n = tails[-1] if tails else -1
    while n >= 0:
        found.append(pairs[n])
        n = before[n]
    return found[::-1]
