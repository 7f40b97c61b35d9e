"""Align the texts of two forms of a post, token by token."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple
from unicodedata import category

from msgspec import Struct, field

from ..model.facts import EITHER, IMAGE, IMAGE_END, LOOSE_END
from .equal_runs import equal_runs
from .text_lines import BLOCK, Lines, Tokens, kind_of

#: The maximum distance in tokens between an uncertain token and an equal certain one that it replaces.
_NEAR = 60
#: Longer lines are paragraphs, which stay apart.
_LONGEST_LINE = 90
#: The number of words quoted where two texts first differ.
_QUOTED = 6


class BreakChange(NamedTuple):
    """A break that is within a paragraph in one text, and between two in the other."""

    before: str
    """The line before it, in the source."""
    after: str
    was_between: bool
    """True if it is between two paragraphs in the source."""

    def is_list(self) -> bool:
        """Return True for two items of a typed list: they begin with the same sign."""
        first = self.after[0]
        return first == self.before[0] and category(first)[0] != "L" and not first.isdecimal()

    def is_short(self) -> bool:
        """Return True for two lines that belong together if empty blocks separate paragraphs."""
        return max(len(self.before), len(self.after)) < _LONGEST_LINE


class Differences(Struct):
    """The differences between two texts, in reading order, without uncertain and optional tokens."""

    lost: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    first: tuple[str, str] | None = None
    """The position of the first difference: the next words of each text."""
    first_word: int = 0
    """The number of words before it, in the source."""
    breaks: list[str] = field(default_factory=list)
    """For each line break that only one text has, the words around it."""
    paragraphs: list[BreakChange] = field(default_factory=list)
    """The breaks that are within a paragraph in one text, and between two in the other."""

    def add_break(self, before: str, after: str, was_between: bool) -> None:
        """Add a break between two lines that has another kind, but not next to an image: targets differ in those."""
        if before[-1] != IMAGE_END and after[0] != IMAGE:
            self.paragraphs.append(BreakChange(before, after, was_between))

    def net(self, kind: str) -> tuple[Counter[str], Counter[str]]:
        """Return the tokens of a kind that are lost or added, ignoring order."""
        if not self.lost and not self.added:
            return Counter(), Counter()
        lost = Counter(token for token in self.lost if kind_of(token) == kind)
        added = Counter(token for token in self.added if kind_of(token) == kind)
        return lost - added, added - lost

    def of_kind(self, kind: str) -> list[str]:
        """Return all tokens of a kind that are lost, added or moved."""
        return [token for token in (*self.lost, *self.added) if kind_of(token) == kind]


def differences(source: str, written: str, optional: Counter[str]) -> Differences:
    """Return the differences between the text of an output (`Facts.text`) and its source's."""
    source_lines, written_lines = Lines.of(source), Lines.of(written)
    result = Differences()
    if source_lines == written_lines:
        return result
    left = optional.copy()
    source_end = written_end = 0
    for region in _unequal(source_lines.texts, written_lines.texts):
        s0, s1, w0, w1 = region
        _compare_kinds(source_lines, written_lines, range(source_end + 1, s0), written_end - source_end, result)
        source_end, written_end = s1, w1
        s0, s1, w0, w1 = _widened(region, len(source_lines.texts))
        is_first = result.first is None
        parts = Tokens.of(source_lines, s0, s1), Tokens.of(written_lines, w0, w1)
        pairs = _compare(*parts, left, result)
        _compare_breaks(source_lines, *parts, pairs, result)
        if is_first and result.first is not None:
            result.first = (_quote(result.first[0], source_lines, s1), _quote(result.first[1], written_lines, w1))
            result.first_word += sum(_words_in(source_lines, n) for n in range(s0))
    ending = range(source_end + 1, len(source_lines.texts))
    _compare_kinds(source_lines, written_lines, ending, written_end - source_end, result)
    return result


def _widened(region: tuple[int, int, int, int], number: int) -> tuple[int, int, int, int]:
    """Return a region with the equal lines next to it, because a break has two sides. `number` is that of all lines."""
    before, after = min(1, region[0]), int(region[1] < number)
    return region[0] - before, region[1] + after, region[2] - before, region[3] + after


def _words_in(lines: Lines, number: int) -> int:
    return sum(kind_of(token) == "word" for token in Tokens.of(lines, number, number + 1).tokens)


def _unequal(source_lines: list[str], written_lines: list[str]) -> list[tuple[int, int, int, int]]:
    """Return the ranges of lines that differ, without equal lines."""
    from rapidfuzz.distance import Indel

    regions: list[tuple[int, int, int, int]] = []
    for op in Indel.opcodes(source_lines, written_lines):
        if op.tag == "equal":
            continue
        span = (op.src_start, op.src_end, op.dest_start, op.dest_end)
        if regions and regions[-1][1] == span[0] and regions[-1][3] == span[2]:
            span = (regions[-1][0], span[1], regions[-1][2], span[3])
            regions.pop()
        regions.append(span)
    return regions


def _compare(source: Tokens, written: Tokens, optional: Counter[str], result: Differences) -> list[tuple[int, int]]:
    """Add the differences of one region. Return the pairs of positions of equal tokens."""
    runs = equal_runs(source.tokens, written.tokens)
    pairs = [(i + n, j + n) for i, j, length in runs for n in range(length)]
    lost = _between([(i, length) for i, _, length in runs], len(source.tokens))
    added = _between([(j, length) for _, j, length in runs], len(written.tokens))
    sure_lost = _sure(lost, source, [i for i, _ in pairs])
    sure_added = [
        j for j in _sure(added, written, [j for _, j in pairs]) if not _is_optional(written.tokens[j], optional)
    ]
    if (sure_lost or sure_added) and result.first is None:
        i = sure_lost[0] if sure_lost else _opposite(sure_added[0], [(j, i) for i, j in pairs])
        j = sure_added[0] if sure_added else _opposite(sure_lost[0], pairs)
        if sure_lost and sure_added and abs(i - _opposite(j, [(b, a) for a, b in pairs])) > _NEAR:
            j = _opposite(i, pairs)
        result.first = _readable(source.tokens[i:]), _readable(written.tokens[j:])
        result.first_word = sum(kind_of(token) == "word" for token in source.tokens[:i])
    result.lost += [source.tokens[i] for i in sure_lost]
    result.added += [written.tokens[j] for j in sure_added]
    return pairs


def _between(runs: list[tuple[int, int]], end: int) -> list[int]:
    """Return the positions that are in none of the runs (start, length)."""
    out: list[int] = []
    at = 0
    for start, length in [*runs, (end, 0)]:
        out += range(at, start)
        at = start + length
    return out


def _sure(positions: list[int], side: Tokens, matched: list[int]) -> list[int]:
    """Return the certain positions, without those that match an equal uncertain token nearby."""
    certain = [n for n in positions if n not in side.uncertain]
    if not certain or not side.uncertain:
        return certain
    free: dict[str, list[int]] = {}
    for n in matched:
        if n in side.uncertain:
            free.setdefault(side.tokens[n], []).append(n)
    out: list[int] = []
    for n in certain:
        near = free.get(side.tokens[n], [])
        at = next((m for m in near if abs(m - n) <= _NEAR), None)
        if at is None:
            out.append(n)
        else:
            near.remove(at)
    return out


def _is_optional(token: str, optional: Counter[str]) -> bool:
    token = token.lower()
    if optional[token] <= 0:
        return False
    optional[token] -= 1
    return True


def _opposite(position: int, pairs: list[tuple[int, int]]) -> int:
    """Return the position in the other text after the last pair before a position."""
    before = [b for a, b in pairs if a < position]
    return before[-1] + 1 if before else 0


def _readable(tokens_: list[str]) -> str:
    return " ".join([token for token in tokens_ if kind_of(token) == "word"][:_QUOTED])


def _quote(begin: str, lines: Lines, start: int) -> str:
    """Return the first words of a difference, with those of the following lines if there are too few."""
    line_words = begin.split()
    for number in range(start, len(lines.texts)):
        if len(line_words) >= _QUOTED:
            break
        line_words += [token for token in Tokens.of(lines, number, number + 1).tokens if kind_of(token) == "word"]
    return " ".join(line_words[:_QUOTED]) or "(end)"


def _compare_breaks(
    lines: Lines, source: Tokens, written: Tokens, pairs: list[tuple[int, int]], result: Differences
) -> None:
    """Add the breaks between two tokens that are adjacent in both texts, if they differ."""
    last = (-2, -2)
    for i, j in pairs:
        if last == (i - 1, j - 1) and source.starts.get(i) != written.starts.get(j):
            _compare_break(lines, source, written, (i, j), result)
        last = (i, j)


def _compare_break(lines: Lines, source: Tokens, written: Tokens, at: tuple[int, int], result: Differences) -> None:
    (i, j), source_kind, written_kind = at, source.starts.get(at[0]), written.starts.get(at[1])
    if LOOSE_END in (source_kind, written_kind) or EITHER in (source_kind, written_kind):
        return
    if {i, i - 1} & source.uncertain or {j, j - 1} & written.uncertain:
        return
    kinds = {kind_of(source.tokens[i]), kind_of(source.tokens[i - 1])}
    if kinds == {"image"} or "container" in kinds:  # in a gallery
        return
    if source_kind is None or written_kind is None:
        result.breaks.append(f"{source.tokens[i - 1]} / {source.tokens[i]}")
    else:
        number = source.lines[i]
        result.add_break(lines.texts[number - 1], lines.texts[number], source_kind == BLOCK)


def _compare_kinds(source: Lines, written: Lines, numbers: range, moved: int, result: Differences) -> None:
    """Add the breaks before lines of the source that differ from those before the equal lines of the output."""
    if not source.kinds and not written.kinds:
        return
    for n in numbers:
        source_kind, written_kind = source.kinds.get(n), written.kinds.get(n + moved)
        if source_kind != written_kind and EITHER not in (source_kind, written_kind):
            result.add_break(source.texts[n - 1], source.texts[n], source_kind is None)
