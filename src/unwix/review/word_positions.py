"""Read the text of plain blocks as words with their positions in the tree."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from msgspec import Struct

from ..model.article import Element, is_placeholder, text_nodes
from ..model.facts import words
from ..web.tags import LINE_STARTS
from ..wix.url_keys import image_key

#: Scripts without spaces between words, in which each letter counts as a word.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
_INVISIBLE = "\u200b-\u200f\u2060\ufeff\u00ad"
_WORD = re.compile(f"[{_UNSPACED}]|[^\\W{_UNSPACED}][^\\W{_UNSPACED}]*(?:[{_INVISIBLE}]+[^\\W{_UNSPACED}]+)*")


class Spot(Struct, frozen=True):
    """The position of one word: pieces of the texts of elements, because a word can span several."""

    pieces: tuple[tuple[Element, bool, int, int], ...]
    """(element, True for its tail, start, end)"""
    block: int
    """The number of the top-level block that contains it."""


class Words(Struct):
    """The words of a series of blocks. An image counts as one word."""

    keys: list[str]
    spots: list[Spot]

    def is_image(self, number: int) -> bool:
        """Return True if a word is an image: its key is a NUL and the key of the image."""
        return self.keys[number].startswith("\0")


def read_words(root: Element) -> Words:
    """Return the words of all blocks of a plain tree, in order; placeholders have none."""
    words_found = Words([], [])
    for number, block in enumerate(root):
        if not is_placeholder(block):
            _read_block(block, number, words_found)
    return words_found


def _read_block(block: Element, number: int, words_found: Words) -> None:
    run: list[tuple[Element, bool, str]] = []
    for node, is_tail, text in text_nodes(block, is_placeholder):
        is_image = node.tag == "img" and not is_tail
        if is_image or node.tag in LINE_STARTS:
            _read_run(run, number, words_found)
            run.clear()
        if is_image:
            words_found.keys.append("\0" + image_key(node.get("src") or ""))
            words_found.spots.append(Spot(((node, False, 0, 0),), number))
        if text:
            run.append((node, is_tail, text))
    _read_run(run, number, words_found)


def _read_run(run: list[tuple[Element, bool, str]], number: int, words_found: Words) -> None:
    """Add the words of the texts in one line."""
    starts, at = [], 0
    for _node, _tail, text in run:
        starts.append(at)
        at += len(text)
    for hit in _WORD.finditer("".join([text for _node, _tail, text in run])):
        word = hit[0]
        spot = Spot(_pieces(run, starts, *hit.span()), number)
        for key in (word.lower(),) if word.isascii() else words(word):  # “½” is two words
            words_found.keys.append(key)
            words_found.spots.append(spot)


def _pieces(
    run: list[tuple[Element, bool, str]], starts: list[int], begin: int, end: int
) -> tuple[tuple[Element, bool, int, int], ...]:
    """Return the pieces of a word in the texts that it spans, usually one."""
    first, last = bisect_right(starts, begin) - 1, bisect_left(starts, end) - 1
    return tuple(
        (run[n][0], run[n][1], max(begin - starts[n], 0), min(end - starts[n], len(run[n][2])))
        for n in range(first, last + 1)
        if run[n][2]
    )


def split_words(words_of_facts: list[str]) -> list[str]:
    """Split words of facts like this module: letter by letter in a script without spaces."""
    return [hit[0] for word in words_of_facts for hit in _WORD.finditer(word)]
