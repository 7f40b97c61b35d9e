"""Align the texts of two forms of a post, token by token."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from ..model.facts import DIVIDER, IMAGE, IMAGE_END, LOOSE_END, UNCERTAIN, UNCERTAIN_END, tokens
from .equal_runs import equal_runs

#: The maximum distance in tokens between an uncertain token and an equal certain one that it replaces.
_NEAR = 60
#: The number of words quoted where two texts first differ.
_QUOTED = 6


@dataclass
class Tokens:
    """The tokens of a piece of text, and their properties by position."""

    tokens: list[str] = field(default_factory=list)
    uncertain: set[int] = field(default_factory=set)
    starts: dict[int, bool] = field(default_factory=dict)
    """For each token at the beginning of a line, whether it must be: the break before it can be optional."""

    @classmethod
    def of(cls, lines: list[str]) -> Tokens:
        """Return the tokens of some lines of `Facts.text`."""
        result = cls()
        depth = 0
        for line in lines:
            for n, part in enumerate(line.split(LOOSE_END)):
                at = len(result.tokens)
                for token in tokens(part):
                    if token == UNCERTAIN:
                        depth += 1
                    elif token == UNCERTAIN_END:
                        depth -= 1
                    else:
                        if depth > 0 and token[0] != IMAGE:
                            result.uncertain.add(len(result.tokens))
                        result.tokens.append(token)
                if len(result.tokens) > at:
                    result.starts[at] = n == 0
        return result


@dataclass
class Differences:
    """The differences between two texts, in reading order, without uncertain and optional tokens."""

    lost: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    first: tuple[str, str] | None = None
    """The position of the first difference: the next words of each text."""
    first_word: int = 0
    """The number of words before it, in the source."""
    breaks: list[str] = field(default_factory=list)
    """For each line break that only one text has, the words around it."""

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


def kind_of(token: str) -> str:
    """Return `word`, `image`, `divider` or `character`."""
    if token[0] == IMAGE:
        return "image"
    if token == DIVIDER:
        return "divider"
    return "word" if token[0].isalnum() or token[0] == "_" else "character"


def differences(source: str, written: str, optional: Counter[str]) -> Differences:
    """Return the differences between the text of an output (`Facts.text`) and its source's."""
    source_lines, written_lines = _lines(source), _lines(written)
    result = Differences()
    if source_lines == written_lines:
        return result
    left = optional.copy()
    for s0, s1, w0, w1 in _unequal(source_lines, written_lines):
        is_first = result.first is None
        _compare(Tokens.of(source_lines[s0:s1]), Tokens.of(written_lines[w0:w1]), left, result)
        if is_first and result.first is not None:
            result.first = (_quote(result.first[0], source_lines[s1:]), _quote(result.first[1], written_lines[w1:]))
            result.first_word += sum(map(_words_in, source_lines[:s0]))
    return result


_SPACES = re.compile("  +")
#: A line that is one linked image: images are never uncertain, so it equals the line of the same image without a link.
_LINKED_IMAGE = re.compile(f"{UNCERTAIN}({IMAGE}[^{IMAGE}{IMAGE_END}]*{IMAGE_END}){UNCERTAIN_END}")


def _lines(text: str) -> list[str]:
    """Return the lines of a text that are not empty, without differences that no token shows."""
    if not text.isascii():
        text = text.replace("\xa0", " ").replace("\u200b", "")
    if "  " in text:
        text = _SPACES.sub(" ", text)
    if IMAGE in text and UNCERTAIN in text:
        text = _LINKED_IMAGE.sub(r"\1", text)
    return [bare for line in text.split("\n") if (bare := line.strip())]


def _words_in(line: str) -> int:
    part = Tokens.of([line])
    return sum(kind_of(token) == "word" for token in part.tokens)


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


def _compare(source: Tokens, written: Tokens, optional: Counter[str], result: Differences) -> None:
    """Add the differences of one region."""
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
    _compare_breaks(source, written, pairs, result)


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


def _quote(begin: str, lines: list[str]) -> str:
    """Return the first words of a difference, with those of the following lines if there are too few."""
    line_words = begin.split()
    for line in lines:
        if len(line_words) >= _QUOTED:
            break
        line_words += [token for token in Tokens.of([line]).tokens if kind_of(token) == "word"]
    return " ".join(line_words[:_QUOTED]) or "(end)"


def _compare_breaks(source: Tokens, written: Tokens, pairs: list[tuple[int, int]], result: Differences) -> None:
    """Add the line breaks between two tokens that are adjacent in both texts, if only one text has a break."""
    last = (-2, -2)
    for i, j in pairs:
        if last == (i - 1, j - 1):
            source_break, written_break = source.starts.get(i), written.starts.get(j)
            if (
                (source_break is None) != (written_break is None)
                and (source_break or written_break)
                and not {i, i - 1} & source.uncertain
                and not {j, j - 1} & written.uncertain
                and not kind_of(source.tokens[i]) == kind_of(source.tokens[i - 1]) == "image"  # in a gallery
            ):
                result.breaks.append(f"{source.tokens[i - 1]} / {source.tokens[i]}")
        last = (i, j)
