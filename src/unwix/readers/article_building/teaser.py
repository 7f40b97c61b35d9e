"""Detect teasers: descriptions that Wix takes from the beginning of a post when the author wrote none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.article import HEADINGS, Element, text_of
from ...model.post import Metadata
from ...web.tags import CELLS, TEXT_BLOCKS

#: The maximum number of characters of the body before the teaser: Wix skips captions, buttons and a first heading.
_LATEST_START = 600
#: A shorter description is the author's, even if the body begins with it.
_SHORTEST = 20
_NOT_IN_TEASERS = frozenset({*HEADINGS, "figcaption", "summary"})
_TEXT = TEXT_BLOCKS | CELLS
_OTHERS = re.compile(r"[\W_]+")


def drop_teasers(metadata: Metadata, provenance: dict[str, str], article: Element) -> None:
    """Remove descriptions that are the beginning of the body: they are Wix's, often cut within a word."""
    for name in ("description", "seo_description"):
        if (text := getattr(metadata, name)) and is_teaser(text, article):
            setattr(metadata, name, None)
            provenance.pop(name, None)


def is_teaser(description: str, article: Element) -> bool:
    """Return True if a description repeats the beginning of the body.

    Only letters and digits are compared: Wix drops the spaces between paragraphs, and cuts the text anywhere.
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
