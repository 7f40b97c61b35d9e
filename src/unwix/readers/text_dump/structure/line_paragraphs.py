"""Detect dumps without blank lines between their paragraphs, each of which is one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..lines import size
from ..tool_formats.markdown import plain
from .nesting import BULLET

#: The minimum length of a paragraph, in Latin letters; lines of verse are shorter.
_LONG = 60
#: Ends a line in Markdown whose paragraph goes on below.
LINE_BREAK = "  "
_ENDS_PARAGRAPH = re.compile(r"[.!?…。！？:：।؟۔։]['\")”’」』»)]*\s*$")
#: Thai, Lao, Khmer and Burmese have no full stop.
_WITHOUT_STOP = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]\\s*$")


def with_blank_lines(lines: list[str], spaced: bool, is_markdown: bool) -> tuple[list[str], bool]:
    """Return the lines, with blank lines between paragraphs in Markdown, and True if blank lines part the blocks."""
    if not _is_line_a_paragraph(lines):
        return lines, spaced
    return (list(_apart(lines)), True) if is_markdown else (lines, False)


def _is_line_a_paragraph(lines: list[str]) -> bool:
    """Return True if long lines that end a sentence are followed by the next paragraph without a blank line."""
    together = apart = 0
    for above, below in pairwise(lines):
        if size(above) > _LONG and _ends_paragraph(plain(above)) and not BULLET.match(above):
            together += bool(below.strip()) and not above.endswith(LINE_BREAK)
            apart += not below  # spaces are an empty paragraph of the author, in the Markdown of crawlers
    return together > 1 and together > 3 * apart


def _apart(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines of Markdown in which each line is a paragraph, with a blank line between two paragraphs.

    The items of a list, the parts of a table and the lines of a paragraph with line breaks stay together.
    """
    for above, below in pairwise([*lines, ""]):
        yield above
        if above.strip() and below.strip() and not above.endswith(LINE_BREAK) and not _are_together(above, below):
            yield ""


def _are_together(above: str, below: str) -> bool:
    """Return True for two lines of one list or of one quote."""
    if BULLET.match(below):
        return BULLET.match(above) is not None or above.startswith(" ")
    return below.startswith(" ") or (above.lstrip().startswith(">") and below.lstrip().startswith(">"))


def _ends_paragraph(text: str) -> bool:
    return _ENDS_PARAGRAPH.search(text) is not None or _WITHOUT_STOP.search(text) is not None
