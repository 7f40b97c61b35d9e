"""Join fenced code blocks in Markdown to one line each, so that nothing in them is read as Markdown."""

from __future__ import annotations

import re

from ....model.article import Element, element
from .dump import Dump
from .line import CODE_BLOCK, NEWLINE, Line

_FENCE = re.compile(r"\s{0,3}(`{3,})\s*([\w+#.-]{0,30})\s*\Z")
#: Longer code means that the end of a fence is missing.
_LONGEST = 1000


def joined_code(dump: Dump) -> list[Line] | None:
    """Return the lines with each fenced block joined; None if no fence has an end.

    A fence around most of the text belongs to a chat or an email: it is removed.
    """
    if not any("```" in line.text for line in dump.lines):  # rows of `~` are an author's rules
        return None
    out: list[Line] = []
    at, is_code = 0, False
    while at < len(dump.lines):
        end = _end(dump.lines, at)
        if end is None:
            out.append(dump.lines[at])
            at += 1
            continue
        inner = dump.lines[at + 1 : end]
        is_code = True
        if 2 * len(inner) > len(dump.lines):
            dump.take_out([dump.lines[at], dump.lines[end]], "a fence around the text")
            out += inner
        else:
            code = NEWLINE.join(line.text for line in inner)
            out += [Line(CODE_BLOCK + code, dump.lines[at].number)] if code.strip() else []
        at = end + 1
    return out if is_code else None


def _end(lines: list[Line], at: int) -> int | None:
    """Return the index of the fence that ends the block beginning in a line, or None."""
    opening = _FENCE.match(lines[at].text)
    if opening is None:
        return None
    for n in range(at + 1, min(len(lines), at + _LONGEST)):
        closing = _FENCE.match(lines[n].text)
        if closing and closing[1].startswith(opening[1]) and not closing[2]:
            return n
    return None


def code_element(text: str) -> Element:
    """Return the code block in a line of `joined_code`."""
    return element("pre", element("code", text.removeprefix(CODE_BLOCK).replace(NEWLINE, "\n")))
