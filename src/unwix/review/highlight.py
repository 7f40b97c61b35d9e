"""Highlight words of a text by elements around them."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from ..model.article import Element, element
from .word_positions import Words


class Highlights(Struct, frozen=True):
    """Words of one side that get the same mark."""

    words: Words
    numbers: list[int]
    kind: str
    """The mark's class."""
    tag: str

    @property
    def blocks(self) -> set[int]:
        """The numbers of the blocks that contain such a word."""
        return {self.words.spots[n].block for n in self.numbers}


class _Range(Struct):
    begin: int
    end: int
    mark: Highlights


def highlight(marks: Iterable[Highlights]) -> None:
    """Put an element around each run of words; adjacent words of one kind in one text share it."""
    texts: dict[tuple[Element, bool], list[_Range]] = {}
    for mark in marks:
        previous = -2
        for n in mark.numbers:
            for node, is_tail, begin, end in mark.words.spots[n].pieces:
                if node.tag == "img" and not is_tail:
                    node.set("class", mark.kind)
                    continue
                spans = texts.setdefault((node, is_tail), [])
                if spans and previous == n - 1 and spans[-1].mark is mark:
                    spans[-1].end = end
                else:
                    spans.append(_Range(begin, end, mark))
            previous = n
    for (node, is_tail), ranges in texts.items():
        _wrap(node, is_tail, sorted(ranges, key=lambda text_range: text_range.begin))


def _wrap(node: Element, is_tail: bool, ranges: list[_Range]) -> None:
    text = (node.tail if is_tail else node.text) or ""
    marks: list[Element] = []
    at = ranges[0].begin
    head = text[:at]
    for text_range in ranges:
        begin = max(text_range.begin, at)  # “½” is two words in one position
        if marks:
            marks[-1].tail = text[at:begin]
        mark = element(text_range.mark.tag, text[begin : max(begin, text_range.end)], class_=text_range.mark.kind)
        at = max(begin, text_range.end)
        if mark.text:
            marks.append(mark)
    if marks:
        marks[-1].tail = text[at:]
    if is_tail:
        parent = node.getparent()
        if parent is None:
            return
        node.tail = head
        place = parent.index(node) + 1
        parent[place:place] = marks
    else:
        node.text = head
        node[0:0] = marks
