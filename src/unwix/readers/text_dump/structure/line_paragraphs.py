"""Detect dumps without blank lines between their paragraphs, each of which is one line."""

from __future__ import annotations

import re
from itertools import pairwise

from ..lines import size
from ..tool_formats.markdown import plain
from .nesting import BULLET

#: The minimum length of a paragraph, in Latin letters; lines of verse are shorter.
_LONG = 60
_ENDS_PARAGRAPH = re.compile(r"[.!?…。！？:：।؟۔։]['\")”’」』»)]*\s*$")
#: Thai, Lao, Khmer and Burmese have no full stop.
_WITHOUT_STOP = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]\\s*$")


def is_line_a_paragraph(lines: list[str]) -> bool:
    """Return True if long lines that end a sentence are followed by the next paragraph without a blank line."""
    together = apart = 0
    for above, below in pairwise(lines):
        if size(above) > _LONG and _ends_paragraph(plain(above)) and not BULLET.match(above):
            together += bool(below.strip())
            apart += not below.strip()
    return together > 1 and together > 3 * apart


def _ends_paragraph(text: str) -> bool:
    return _ENDS_PARAGRAPH.search(text) is not None or _WITHOUT_STOP.search(text) is not None
