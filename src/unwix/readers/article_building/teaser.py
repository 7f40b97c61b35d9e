"""Detect teasers: descriptions that Wix takes from the beginning of a post when the author wrote none.

A teaser can contain what the body does not show, such as the title of a video. Then it is kept, and only spaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from ...model.article import HEADINGS, Element, text_of, text_with_breaks
from ...model.post import Metadata
from ...web.tags import CELLS, TEXT_BLOCKS

#: The maximum number of characters of the body before the teaser: Wix skips captions, buttons and a first heading.
_LATEST_START = 600
#: A shorter description is the author's, even if the body begins with it.
_SHORTEST = 20
_NOT_IN_TEASERS = frozenset({*HEADINGS, "figcaption", "summary"})
_TEXT = TEXT_BLOCKS | CELLS
_OTHERS = re.compile(r"[\W\d_]+")
#: The number of characters that identify the beginning or end of a block, and of blocks that a teaser can contain.
_IDENTIFYING, _MOST_BLOCKS = 25, 30
_SHORTEST_LINE = 6
_CLOSING, _OPENING = ".,!?:;)]”»“’…", "“„«‘¡¿©•"


def drop_teasers(metadata: Metadata, provenance: dict[str, str], article: Element) -> None:
    """Remove descriptions that are the beginning of the body: they are Wix's, often cut within a word."""
    for name in ("description", "seo_description"):
        if (text := getattr(metadata, name)) and is_teaser(text, article):
            setattr(metadata, name, None)
            provenance.pop(name, None)


def space_teasers(metadata: Metadata, article: Element) -> None:
    """Insert the spaces that Wix leaves out between the blocks of a post that a description contains."""
    if not (metadata.description or metadata.seo_description):
        return
    blocks = [block for block in article.iter(*_TEXT) if not any(up.tag in _TEXT for up in block.iterancestors())]
    texts = [line for block in blocks[:_MOST_BLOCKS] for line in text_with_breaks(block, ()).split("\n")]
    lines = [line for text in texts if len(line := " ".join(text.split())) >= _SHORTEST_LINE]
    for name in ("description", "seo_description"):
        if text := getattr(metadata, name):
            setattr(metadata, name, _spaced(text, lines))


def _spaced(text: str, lines: list[str]) -> str:
    """Return a text with a space before and after each line in it that sticks to other words."""
    for line in lines:
        for piece in dict.fromkeys((line[:_IDENTIFYING], line[-_IDENTIFYING:])):
            if piece in text:  # compiling an expression takes longer than all else
                text = re.sub(f"(.?){re.escape(piece)}(.?)", partial(_apart, piece, line), text, flags=re.DOTALL)
    return text


def _apart(piece: str, line: str, match: re.Match[str]) -> str:
    before, after = match.groups()
    left = " " if line.startswith(piece) and before and _is_glued(before, piece[0]) else ""
    right = " " if line.endswith(piece) and after and _is_glued(piece[-1], after) else ""
    return f"{before}{left}{piece}{right}{after}"


def _is_glued(before: str, after: str) -> bool:
    """Return True if one text ends and another begins: a capital, an opening quotation mark or a symbol follows."""
    begins = after.isupper() or after in _OPENING
    return begins and not before.isupper() and (before.isalnum() or before in _CLOSING)


def is_teaser(description: str, article: Element) -> bool:
    """Return True if a description repeats the beginning of the body.

    Only letters are compared: Wix drops the spaces between paragraphs, writes the numbers of items, and cuts the text
    anywhere.
    """
    teaser = _letters(description)
    if len(teaser) < _SHORTEST:
        return False
    every, usual = _beginning(article, _LATEST_START + len(teaser))
    return any(text.startswith(teaser) for texts in (every, usual) for text in _starts(texts, len(teaser)))


def _beginning(article: Element, length: int) -> tuple[list[str], list[str]]:
    """Return the letters of the first blocks: of all, and of those that teasers quote, until there are enough."""
    every: list[str] = []
    usual: list[str] = []
    length_so_far = 0
    for block in article.iter(*_TEXT):
        if any(parent.tag in _TEXT for parent in block.iterancestors()):
            continue
        letters = _letters(text_of(block))
        every.append(letters)
        if block.tag not in _NOT_IN_TEASERS:
            usual.append(letters)
            length_so_far += len(letters)
            if length_so_far > length:
                break
    return every, usual


def _starts(blocks: list[str], length: int) -> Iterator[str]:
    """Yield as many characters as the teaser has, beginning at each of the first blocks."""
    before = 0
    for number, block in enumerate(blocks):
        if before > _LATEST_START:
            return
        text, following = block, number + 1
        while len(text) < length and following < len(blocks):
            text += blocks[following]
            following += 1
        yield text[:length]
        before += len(block)


def _letters(text: str) -> str:
    return _OTHERS.sub("", text.casefold())
