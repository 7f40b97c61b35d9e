"""Restore the text of a page whose lines a formatter has broken, as a browser shows it.

Wix writes no line break between blocks; one in its text is the author's. Formatters insert breaks between elements,
with indents, which the author's breaks lack; thorough ones (tidy, Prettier, js-beautify) also wrap text and attributes.
BeautifulSoup's `prettify` puts each piece of text on a line of its own, so that a space precedes a comma after a link.
"""

from __future__ import annotations

import re
from itertools import islice

from msgspec import Struct

from ...model.article import Element, text_nodes
from ...model.problems import Problem
from ...web.text_cleaning import clean
from ..article_building.context import ANCHOR

#: White space that no tree can represent again.
_CONTROLS = re.compile("[\x0b\x0c]")
_KEEPS_LINES = ("pre", "textarea")
_WRAP = re.compile(r"\s*\n\s*")
_INDENTED = re.compile(r"\s*\n[ \t]{2,}\s*")
_CLOSING = re.compile(r"(?:[,.;:!?)\]}…”“]+|[’'](?:s|t|re|ve|ll|d|m)?)(?!\w)")
#: French authors put a space before the other punctuation marks.
_CLOSING_FRENCH = re.compile(r"[,.)\]}…”“]+(?!\w)")
_OPENING = ("(", "[", "{", "„", "¿", "¡")
_SPLIT = Problem(
    "reformatted-html",
    "file",
    "each piece of text was put on a line of its own; a word of two pieces may have got a space",
)


class _Piece(Struct):
    """A text of the tree, and the spaces that a formatter added at its ends."""

    node: Element
    is_tail: bool
    lead: str
    core: str
    trail: str

    def write(self) -> None:
        text = clean(_CONTROLS.sub(" ", self.lead + self.core + self.trail))
        if self.is_tail:
            self.node.tail = text
        else:
            self.node.text = text


def undo(body: Element, wrapped: bool, language: str) -> list[Problem]:
    """Remove a formatter's line breaks from a body; report what cannot be restored.

    `wrapped`: the formatter broke lines within tags, and therefore within text too.
    """
    if not (wrapped or _is_reindented(body)):
        return []
    pieces = [_piece(*text) for text in text_nodes(body, lambda node: node.tag in _KEEPS_LINES) if text[2]]
    spoken = [piece for piece in pieces if piece.core]
    own_lines = sum("\n" in piece.lead for piece in spoken) * 10 > 9 * len(spoken) > 0
    for piece in pieces:
        if "\n" not in piece.lead + piece.core + piece.trail:
            continue
        pattern = _WRAP if wrapped else _INDENTED
        ends = _WRAP if wrapped or own_lines or not piece.core else _INDENTED
        piece.lead, piece.trail = ends.sub(" ", piece.lead), ends.sub(" ", piece.trail)
        piece.core = pattern.sub(" ", piece.core)
    if own_lines:
        _close_up(pieces, _CLOSING_FRENCH if language.startswith("fr") else _CLOSING)
    for piece in pieces:
        piece.write()
    return [_SPLIT] if own_lines else []


def _is_reindented(body: Element) -> bool:
    marks = islice((n for n in body.iter("div", "p") if n.get("type") or n.get("id", "").startswith(ANCHOR)), 12)
    return any("\n" in (n.tail or "") and not (n.tail or "").strip() for n in marks)


def _piece(node: Element, is_tail: bool, text: str) -> _Piece:
    core = text.lstrip()
    lead, core = text[: len(text) - len(core)], core.rstrip()
    return _Piece(node, is_tail, lead, core, text[len(lead) + len(core) :])


def _close_up(pieces: list[_Piece], closing: re.Pattern[str]) -> None:
    """Remove the space before a closing punctuation mark, or after an opening one, on a line of its own."""
    before: list[_Piece] = []  # the last piece with words, and the spaces after it
    for piece in pieces:
        if not piece.core:
            before.append(piece)
            continue
        if before and (closing.match(piece.core) or before[0].core.endswith(_OPENING)):
            piece.lead = before[0].trail = ""
            for blank in before[1:]:
                blank.lead = blank.trail = ""
        before = [piece]
