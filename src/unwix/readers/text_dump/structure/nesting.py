"""Find nested lists, list items of several blocks and quotes of several paragraphs among the lines of a body.

It is deliberately not a Markdown parser: tools indent a nested list by two spaces, where CommonMark requires the column
of the parent's text (html2text below `  1. …`), and the lines have control characters already (`markdown`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ....model.article import Element, element
from ..tool_formats.line import CODE_BLOCK, TABLE

BULLET = re.compile(r"\A\s*(?:[•·▪◦‣□○*+-]|(0|[1-9]\d{0,2})[.)])\s+(?=\S)")
_QUOTED = re.compile(r"\A\s{0,3}>[ \t]?")
_EMPTY_QUOTED = re.compile(r"\A\s{0,3}>\s*\Z")
#: The minimum indent of a nested item, and the maximum difference between the items of one list.
_NESTED, _SAME = 2, 1
#: The minimum indent of a list in a text browser or gap behind its markers, and of an item below another one.
_OF_BROWSERS, _DEEPER = 2, 3
#: A paragraph of an item is at the column of its text; more spaces behind the marker are not counted.
_WIDEST_MARKER = 4
_Blocks = Callable[[list[str]], Iterator[Element]]


class Passage(NamedTuple):
    """Lines of a body: a `list` or a `quote` with blocks in it, or others (`flat`)."""

    kind: str
    lines: list[str]


def passages(lines: list[str], is_markdown: bool, is_inside: bool = False) -> Iterator[Passage]:
    """Yield the lines of a body, those of nested blocks apart.

    Lists are nested only where an indent is a mark, in Markdown and in text browsers. Each list in another block
    (`is_inside`) is a passage.
    """
    start = at = 0
    while at < len(lines):
        kind, end = "quote", _end_of_quote(lines, at, is_markdown)
        if end == at and (is_markdown or _is_in_browser_list(lines, at, is_inside)):
            kind, end = "list", _end_of_list(lines, at, is_inside, is_markdown)
        if end == at:
            at += 1
            continue
        if start < at:
            yield Passage("flat", lines[start:at])
        yield Passage(kind, lines[at:end])
        start = at = end
    if start < len(lines):
        yield Passage("flat", lines[start:])


def nested_block(passage: Passage, blocks: _Blocks) -> Element:
    """Return the list or quote of a passage; `blocks` reads the lines of an item or a quote."""
    if passage.kind == "quote":
        return element("blockquote", *blocks([_QUOTED.sub("", line, count=1) for line in passage.lines]))
    number = _number(passage.lines[0])
    items = [element("li", *blocks(item)) for item in _items(passage.lines)]
    return element("ul" if number is None else "ol", *items, start=str(number) if number not in (None, 1) else None)


def _end_of_quote(lines: list[str], at: int, is_markdown: bool) -> int:
    """Return the end of a quote in Markdown, or of one with an empty line between its paragraphs; else `at`."""
    if not _QUOTED.match(lines[at]) or (at and _QUOTED.match(lines[at - 1])):
        return at
    end = at
    while end < len(lines) and lines[end].strip():
        goes_on = is_markdown and not _EMPTY_QUOTED.match(lines[end - 1]) and not _begins_block(lines[end])
        if not goes_on and not _QUOTED.match(lines[end]):
            break  # in Markdown a line without sign continues the paragraph above
        end += 1
    quote = lines[at:end]
    has_parts = any(_EMPTY_QUOTED.match(line) for line in quote) and not all(map(_EMPTY_QUOTED.match, quote))
    return end if has_parts or is_markdown else at


def _is_in_browser_list(lines: list[str], at: int, is_inside: bool) -> bool:
    """Return True for an item with an indent or a wide gap, or above an item with a deeper indent.

    The author's own numbers have neither.
    """
    marker = BULLET.match(lines[at])
    if marker is None:
        return False
    column = _indent(lines[at])
    if is_inside or column >= _OF_BROWSERS or marker[0].endswith(" " * _OF_BROWSERS):
        return True
    items = itertools.takewhile(_is_item, lines[at:])
    return any(_indent(item) >= column + _DEEPER for item in items)


def _end_of_list(lines: list[str], at: int, is_inside: bool, is_markdown: bool) -> int:
    """Return the end of a list with nested blocks, else `at`; only in Markdown an item has more than one paragraph."""
    marker = BULLET.match(lines[at])
    if marker is None or (at and _is_item(lines[at - 1]) and not is_inside):
        return at
    column, text_column, number = _indent(lines[at]), _text_column(lines[at], marker), _number(lines[at])
    end, is_nested = at + 1, is_inside
    for n in range(at + 1, len(lines)):
        line = lines[n]
        if not line.strip():
            if not is_markdown and not any(map(_is_item, lines[n + 1 : n + 2])):
                break
            continue
        marker, indent = BULLET.match(line), _indent(line)
        if marker and abs(indent - column) <= _SAME:
            if not _follows(number, now := _number(line)):
                break
            number, text_column = now, _text_column(line, marker)
        elif indent >= (column + _NESTED if marker else text_column) and not _is_whole(line):
            is_nested = True
        else:
            break
        end = n + 1
    return end if is_nested else at


def _follows(number: int | None, now: int | None) -> bool:
    """Return True if an item continues a list: consecutive numbers, or `1.` for each item."""
    return number is now is None or (
        number is not None and now is not None and (now == number + 1 or now == number == 1)
    )


def _items(lines: Sequence[str]) -> list[list[str]]:
    """Return the lines of each item, without marker and indent."""
    column = _indent(lines[0])
    items: list[list[str]] = []
    text_column = 0
    for line in lines:
        marker, indent = BULLET.match(line), _indent(line)
        if marker and abs(indent - column) <= _SAME:
            text_column = _text_column(line, marker)
            items.append([line[marker.end() :]])
        else:
            items[-1].append(line[min(indent, text_column) :])
    return items


def _text_column(line: str, marker: re.Match[str]) -> int:
    return min(marker.end(), _indent(line) + _WIDEST_MARKER)


def _number(line: str) -> int | None:
    marker = BULLET.match(line)
    return int(marker[1]) if marker and marker[1] else None


def _is_item(line: str) -> bool:
    return BULLET.match(line) is not None


def _begins_block(line: str) -> bool:
    return _is_item(line) or _is_whole(line) or line.lstrip().startswith("#")


def _is_whole(line: str) -> bool:
    """Return True for a line that is a whole block: a table, code, an image that is missing."""
    return line.startswith((TABLE, CODE_BLOCK, "\x00", "\x0e"))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
