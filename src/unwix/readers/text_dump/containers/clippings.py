"""Remove what web clippers and chat programs add to the text of a page: a quoted excerpt, sentences of an answer."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..tool_formats.line import Line
from .part import Part

HEADING = re.compile(r"\s*#{1,6}\s+(\S.*?)\s*#*\s*\Z")
RULE = re.compile(r"\s*(?:-{3,}|={3,}|\*{3,}|_{3,}|#{3,})\s*\Z")
_QUOTED_HEADING = re.compile(r"\s*>\s*#{1,6}\s+\S")
_LIST_HEADING = re.compile(r"(?:Images|Links/Buttons|Links|Buttons):\s*\Z")
_LIST_SIGN = re.compile(r"^\s*(?:[-*]|\d+\.)\s+!?\[|unsubscribe|opt-?out|email-?preferences", re.I | re.M)
_LISTED = re.compile(r"\s*(?:[-*]|\d+\.)\s+!?\[.*\]\(\S*\)\s*\Z")
_UNSUBSCRIBE = re.compile(r"https?://\S*(?:unsubscribe|opt-?out|email-?preferences)", re.I)
#: The fence above a whole text in Markdown, and the maximum number of lines above it and below its end.
_FENCE_BEGINS, _MOST_AROUND = re.compile(r"\s*```(?:markdown|md)\s*\Z", re.I), 4
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


def peel_code_block(part: Part) -> None:
    """Remove the fences of a block of Markdown that is the whole text, and the sentences of an answer around it."""
    if not any("```" in line.text for line in part.lines[: 4 * _MOST_AROUND]):
        return
    filled = [n for n, line in enumerate(part.lines) if line.text.strip()]
    start = next((n for n in filled[:_MOST_AROUND] if _FENCE_BEGINS.match(part.lines[n].text)), None)
    if start is None:
        return
    end = next((n for n in reversed(filled[-_MOST_AROUND:]) if part.lines[n].text.strip() == "```"), None)
    around = sum(len(line.text) for line in part.lines[:start])
    if end is None or end - start < 2 or around > _LONGEST_OFFER:
        return
    part.is_markdown = True
    _remove(part, end, len(part.lines), "the answer around the text")
    _remove(part, 0, start + 1, "the answer around the text")


def peel_lists(part: Part) -> None:
    """Remove Jina Reader's lists of images and links below a text, and a mailing's link for unsubscribing."""
    tail = "\n".join(line.text for line in part.lines[-_MOST_LINES:])
    if not _LIST_SIGN.search(tail):
        return
    filled = [n for n, line in enumerate(part.lines) if line.text.strip()]
    start = len(filled)
    for at in range(len(filled) - 1, 0, -1):
        text = part.lines[filled[at]].text
        if _LIST_HEADING.match(text):
            start = at
        elif not _LISTED.match(text) and not (at == start - 1 and _UNSUBSCRIBE.search(text)):
            break
        elif _UNSUBSCRIBE.search(text):
            start = at
    if start < len(filled):
        _remove(part, filled[start], len(part.lines), "the tool's list of links")


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
