"""Align two articles of one post by the lines of text that both have."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from ...fidelity.equal_runs import equal_runs
from ...model.article import Element, text_of
from ...model.facts import text_key
from ...web.tags import CELLS, TEXT_BLOCKS

#: Elements that are a thing and not text: each is one piece, whatever is in it.
THINGS = frozenset({"figure", "div", "hr"})
_LINES = TEXT_BLOCKS | CELLS
#: The maximum number of text pieces to look at on either side for one that both articles contain.
_REACH = 3


class Piece(Struct, frozen=True):
    """A piece of an article: a line of text, or an element such as an image."""

    node: Element
    content: str
    """Its whole text."""
    text: str
    """The words of a line as a key; "" for a thing."""


def pieces(article: Element) -> Iterator[Piece]:
    """Return the lines and elements of an article in order."""
    for node in article:
        if node.tag in THINGS or node.get("class"):
            yield Piece(node, text_of(node), "")
        elif node.tag in _LINES and not any(child.tag in _LINES or child.tag in THINGS for child in node):
            content = text_of(node)
            if text := text_key(content):
                yield Piece(node, content, text)
        else:
            yield from pieces(node)


class Alignment:
    """Two articles of one post, matched by their lines of text."""

    def __init__(self, article: Element, other: Element) -> None:
        self._pieces, self._other_pieces = list(pieces(article)), list(pieces(other))
        self._place = {piece.node: n for n, piece in enumerate(self._pieces)}
        self._matched = dict(_matches(self._pieces, self._other_pieces))

    def neighbours(self, node: Element) -> tuple[list[Element], list[Element]]:
        """Return the things around a node of the article, and the things at the same place of the other article.

        The place ends at the nearest lines before and after it that both articles contain. Without such lines it is
        empty.
        """
        at = self._place.get(node)
        if at is None:
            return [], []
        first, last = self._edge(at, -1), self._edge(at, +1)
        if first is None or last is None or first[1] >= last[1]:
            return [], []
        return (
            [p.node for p in self._pieces[first[0] + 1 : last[0]] if not p.text],
            [p.node for p in self._other_pieces[first[1] + 1 : last[1]] if not p.text],
        )

    def _edge(self, at: int, step: int) -> tuple[int, int] | None:
        """Return the position of the nearest common line in each article; the ends of the two articles match."""
        lines = 0
        at += step
        while 0 <= at < len(self._pieces):
            if at in self._matched:
                return at, self._matched[at]
            lines += bool(self._pieces[at].text)
            if lines >= _REACH:
                return None
            at += step
        return (-1, -1) if step < 0 else (len(self._pieces), len(self._other_pieces))


def _matches(article: list[Piece], other: list[Piece]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of the lines that both articles have, in the same order in both."""
    lines, other_lines = ([(n, piece.text) for n, piece in enumerate(side) if piece.text] for side in (article, other))
    for start, other_start, length in equal_runs([text for _, text in lines], [text for _, text in other_lines]):
        for n in range(length):
            yield lines[start + n][0], other_lines[other_start + n][0]
