"""Find the common runs of two sequences of texts: the only aligner of words and lines, for all packages."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence

#: Sequences are compared token by token if the product of their lengths is at most this: about 10 MB and 0.1 seconds.
_LARGEST = 60_000_000
#: The maximum depth of splitting a longer sequence.
_DEEPEST = 6

Run = tuple[int, int, int]


def equal_runs(a: Sequence[str], b: Sequence[str]) -> list[Run]:
    """Return the common runs of two sequences, in order: (position in the first, in the second, length).

    Time and memory are bounded: very long sequences are first split at tokens that are unique in both.
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
    if len(a) * len(b) <= _LARGEST:
        from rapidfuzz.distance import LCSseq

        steps = LCSseq.opcodes(a, b)
        return [(op.src_start, op.dest_start, op.src_end - op.src_start) for op in steps if op.tag == "equal"]
    if depth > _DEEPEST:
        return []
    anchors = _anchors(a, b) or _anchors(_with_next_three(a), _with_next_three(b))
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


def _with_next_three(tokens: Sequence[str]) -> list[Hashable]:
    """Return each token with the next three: four tokens in a row seldom occur twice."""
    return list(zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False))


def _anchors(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the positions of tokens that occur once in each sequence: the longest series in the same order."""
    in_a, in_b = Counter(a), Counter(b)
    positions = {token: j for j, token in enumerate(b) if in_b[token] == 1}
    pairs = [(i, positions[token]) for i, token in enumerate(a) if in_a[token] == 1 and token in positions]
    ends: list[int] = []  # the smallest last position for each length of a series
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
    anchors: list[tuple[int, int]] = []
    n = tails[-1] if tails else -1
    while n >= 0:
        anchors.append(pairs[n])
        n = before[n]
    return anchors[::-1]
