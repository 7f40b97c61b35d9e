"""Rejoin Markdown links and images that a tool wrote over several lines.

html2text breaks lines inside a link's text and, at hyphens, inside its URL; markdownify and MarkItDown write a link
around several blocks with empty lines between them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ..line import Line
from ..rewrap import joined

#: The maximum number of lines of a link, including empty ones.
_MOST_LINES = 16
#: Longer lines and URLs stay unchanged.
_LONGEST, _LONGEST_URL = 8000, 2000
_CODE = re.compile(r"`[^`\n]*`|\\[\[\]()]")
#: A link or image without anything in it that needs a closer look.
_WHOLE = re.compile(r"\[[^\[\]()`\\]*\]\([^\s()\[\]`\\]{0,1000}\)")
_URL_BEGINS = re.compile(r"<?(?=[a-z/.#]|\Z)", re.I)
_MARKUP = re.compile(r"\A\s*(?:(?:[*+-]|#{1,6}|\d{1,3}[.)]|>)\s+)*")


class _Brackets(NamedTuple):
    """The open brackets in a line: links and a URL that begin, and the end of a link that began above."""

    opened: tuple[int, ...]
    """Positions of brackets that open and do not close."""
    in_url: bool
    end: tuple[int, int, str] | None
    """Start and end of the end of a link from above, and its URL."""


def whole_links(lines: list[Line]) -> list[Line]:
    """Return the lines with each link on one line; a link around several blocks becomes one link per block."""
    out: list[Line] = []
    at = 0
    while at < len(lines):
        link_lines = None
        if "[" in lines[at].text and len(lines[at].text) < _LONGEST and _is_torn(lines[at].text):
            link_lines = _in_one_line(lines, at) or _in_blocks(lines, at)
        out += link_lines[0] if link_lines else lines[at : at + 1]
        at += link_lines[1] if link_lines else 1
    return out


def _brackets(text: str) -> _Brackets:
    text = _CODE.sub(lambda code: "x" * len(code[0]), text)
    opened: list[int] = []
    end = None
    at = 0
    while at < len(text):
        if text[at] == "[":
            opened.append(at)
        elif text[at] == "]":
            begins = bool(opened)
            if begins:
                opened.pop()
            if text[at + 1 : at + 2] == "(" and _URL_BEGINS.match(text, at + 2):
                close = _end_of_url(text, at + 2)
                if close is None:
                    is_torn = " " not in text[at + 2 :]
                    return _Brackets(tuple(opened), is_torn and begins, end)
                if not begins and end is None and not opened:
                    end = (at, close + 1, text[at + 2 : close].split(maxsplit=1)[0] if close > at + 2 else "")
                at = close
        at += 1
    return _Brackets(tuple(opened), False, end)


def _end_of_url(text: str, at: int) -> int | None:
    """Return the position of the bracket that closes a URL, or None if the line ends before."""
    depth = 0
    for n in range(at, min(len(text), at + _LONGEST_URL)):
        if text[n] == "(":
            depth += 1
        elif text[n] == ")":
            if depth == 0:
                return n
            depth -= 1
    return None


def _is_torn(text: str) -> bool:
    """Return True if a link or image begins in a line and does not end in it."""
    if "[" not in _WHOLE.sub("", _WHOLE.sub("", text)):  # images may be in links
        return False
    brackets = _brackets(text)
    return brackets.in_url or bool(brackets.opened)


def _in_one_line(lines: list[Line], at: int) -> tuple[list[Line], int] | None:
    """Join lines without an empty one between them until the link ends; return None if it does not end."""
    text = lines[at].text.rstrip()
    for count, line in enumerate(lines[at + 1 : at + _MOST_LINES], 2):
        below = line.text.strip()
        if not below or len(text) + len(below) > _LONGEST:
            return None
        text = text + below if _brackets(text).in_url else joined(text, below)
        if not _is_torn(text):
            return ([Line(text, lines[at].number)], count) if "](" in text else None
    return None


def _in_blocks(lines: list[Line], at: int) -> tuple[list[Line], int] | None:
    """Give each block of a link around several blocks the link's URL; return None if it does not end."""
    begin = _brackets(lines[at].text)
    if begin.in_url or len(begin.opened) != 1:
        return None
    before, first = lines[at].text[: begin.opened[0]], lines[at].text[begin.opened[0] + 1 :]
    inside = [Line(first, lines[at].number)]
    for count, line in enumerate(lines[at + 1 : at + _MOST_LINES], 2):
        brackets = _brackets(line.text[:_LONGEST])
        if brackets.end is not None and not brackets.opened and not brackets.in_url:
            start, end, url = brackets.end
            inside.append(Line(line.text[:start], line.number))
            out = [Line(_linked(one.text, url), one.number) for one in inside]
            out[0] = Line(before + out[0].text, out[0].number)
            out[-1] = Line(out[-1].text + line.text[end:], out[-1].number)
            return out, count
        if brackets.opened or brackets.in_url:
            return None
        inside.append(line)
    return None


def _linked(text: str, url: str) -> str:
    markup = _MARKUP.match(text)
    start = markup.end() if markup else 0
    words = text[start:].strip()
    return f"{text[:start]}[{words}]({url})" if words and url else text
