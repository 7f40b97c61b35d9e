"""Extend bold, italics and links that leave out a letter or two of a word: `I**n the beginning**`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.article import INLINE, Element, set_text_before, text_before, text_of

_MARKS = ("strong", "em", "a")
_FEW = 2
_END, _START = re.compile(r"\w+\Z"), re.compile(r"\A\w+")


def has_half_marks(article: Element) -> bool:
    """Return True if bold, italics or a link of several words leaves out a letter or two of a word."""
    return next(_half_marks(article), None) is not None


def complete_marks(article: Element) -> str | None:
    """Extend each such element to the whole word. Return a description of the change, or None if nothing changed."""
    number = 0
    for mark, before, after in _half_marks(article):
        number += 1
        if before:
            set_text_before(mark, text_before(mark)[: -len(before)])
            mark.text = before + (mark.text or "")
        if after:
            mark.tail = (mark.tail or "")[len(after) :]
            last = next(mark.iterchildren(reversed=True), None)
            if last is None:
                mark.text = (mark.text or "") + after
            else:
                last.tail = (last.tail or "") + after
    if not number:
        return None
    return f"{number} {'mark or link covers' if number == 1 else 'marks or links cover'} the whole word now"


def _half_marks(article: Element) -> Iterator[tuple[Element, str, str]]:
    """Yield each element with the letters of its words that precede and follow it.

    An element inside a single word stays: the author may mean it.
    """
    for mark in article.iter(*_MARKS):
        text = text_of(mark)
        if len(text.split()) < 2:
            continue
        before = _few(_END.search(text_before(mark)), text[0]) if _begins_there(mark) else ""
        tail = mark.tail or ""
        after = _few(_START.search(tail), text[-1])
        following = mark.getnext()
        if after == tail and following is not None and following.tag != "br":
            after = ""  # the word continues in the next element
        if before or after:
            yield mark, before, after


def _few(match: re.Match[str] | None, inside: str) -> str:
    """Return the letters outside of an element if they are few, and the rest of their word is `inside`.

    Only letters with case count: other scripts have no spaces, or attach particles to words without marking them.
    """
    if match is None or len(match[0]) > _FEW or not all(map(_has_case, match[0] + inside)):
        return ""
    return match[0]


def _has_case(letter: str) -> bool:
    return letter.lower() != letter.upper()


def _begins_there(mark: Element) -> bool:
    """Return False if the word before an element begins in another element."""
    text, previous = text_before(mark), mark.getprevious()
    last_word = _END.search(text)
    if last_word is None or last_word.start() > 0:
        return True
    if previous is not None:
        return previous.tag == "br"
    parent = mark.getparent()
    if parent is None or parent.tag not in INLINE:
        return parent is not None
    around = text_before(parent)
    return _END.search(around) is None if around else parent.getprevious() is None and _begins_there(parent)
