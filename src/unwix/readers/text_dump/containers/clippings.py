"""Remove what web clippers and chat programs add to the text of a page: a quoted excerpt, sentences of an answer."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..tool_formats.line import Line
from .part import Part

HEADING = re.compile(r"\s*#{1,6}\s+(\S.*?)\s*#*\s*\Z")
RULE = re.compile(r"\s*(?:-{3,}|={3,}|\*{3,}|_{3,}|#{3,})\s*\Z")
_QUOTED_HEADING = re.compile(r"\s*>\s*#{1,6}\s+\S")
#: The maximum number of words in a chat program's line above a text, and of characters in the line below it.
_MOST_PREAMBLE, _LONGEST_OFFER = 40, 300
#: The maximum number of lines and characters of an excerpt.
_MOST_LINES, _LONGEST_EXCERPT = 40, 1500


def first_filled(lines: list[Line]) -> int | None:
    """Return the index of the first line with text, or None."""
    return next((n for n, line in enumerate(lines) if line.text.strip(" \t\ufeff")), None)


def peel_answer(part: Part, is_head: Callable[[str], bool]) -> None:
    """Remove what a chat program wrote around a text: `Here is the cleaned text:` above it, and an offer below it.

    A heading or a line of a head (`is_head`) begins the text.
    """
    lines = part.lines
    start = first_filled(lines)
    above = lines[start].text.strip() if start is not None else ""
    if start is None or not above.endswith((":", "：")) or is_head(above) or HEADING.match(above):
        return
    below = start + 1
    while below < len(lines) and (not lines[below].text.strip() or RULE.match(lines[below].text)):
        below += 1
    if not 2 < len(above.split()) <= _MOST_PREAMBLE or below == len(lines):
        return
    if not HEADING.match(lines[below].text) and not is_head(lines[below].text):
        return
    _remove(part, 0, below, "the answer around the text")
    filled = [n for n, line in enumerate(lines) if line.text.strip()]
    texts = [lines[n].text for n in filled]
    has_text = any(not (HEADING.match(text) or RULE.match(text) or is_head(text)) for text in texts[:-2])
    if has_text and RULE.match(texts[-2]) and len(texts[-1]) < _LONGEST_OFFER:
        _remove(part, filled[-2], len(lines), "the answer around the text")


def peel_excerpt(part: Part) -> None:
    """Remove the title and the excerpt in a quote that a clipper writes below its head, with a rule under them."""
    lines = part.lines
    filled = [n for n in range(min(len(lines), _MOST_LINES)) if lines[n].text.strip()]
    heading = HEADING.match(lines[filled[0]].text) if filled and part.stated.url else None
    if heading is None or len(filled) < 3 or not _QUOTED_HEADING.match(lines[filled[1]].text):
        return
    rule = next((n for n in filled[2:] if RULE.match(lines[n].text)), None)
    if rule is None:
        return
    excerpt = " ".join(" ".join(line.text.lstrip("> \t") for line in lines[filled[1] + 1 : rule]).split())
    if len(excerpt) > _LONGEST_EXCERPT:
        return
    part.stated.title = part.stated.title or heading[1].strip("*_ ")
    part.stated.description = part.stated.description or excerpt or None
    _remove(part, 0, rule + 1, "head of the file")


def _remove(part: Part, start: int, end: int, rule: str) -> None:
    part.removed += [(line.number, rule, line.text.strip()) for line in part.lines[start:end] if line.text.strip()]
    del part.lines[start:end]
