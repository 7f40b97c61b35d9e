"""Turn bullets and numbers that the author typed into lists, and typed rules into dividers."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from ...model.article import CONTAINERS, Element, append, element, text_of
from ...model.results import counted

#: In Chinese, Japanese and Korean, no space follows it.
_BULLET = re.compile(r"\s*(?:([·•●▪◦‣∙⁃○◆►➢*–—-])[ \t\u00a0\u3000]+|([・･•●■◆▶])\u3000?)(?=\S)")
_NUMBER = re.compile(r"\s*(\d{1,3})[.)][ \t\u00a0]+(?=\S)")
#: A line of ten or more equal characters.
_RULE = re.compile(r"\s*([-_=*~–—])\1{9,}\s*")
_LEAST = 2
_MARKS = frozenset({"strong", "em", "s", "u"})


class _Line(Struct):
    """A line of a paragraph: its content, and the bullet or number that the author typed before it."""

    content: list[Element | str]
    bullet: str
    number: int | None = None


def make_lists(article: Element) -> str | None:
    """Turn typed lists of two items and more into lists, and typed rules into dividers."""
    lists = rules = 0
    for parent in [article, *(node for node in article.iter(*CONTAINERS) if node is not article)]:
        for block in list(parent):
            _split_introduction(parent, block)
        for group in list(_groups(parent)):
            _replace(parent, group)
            lists += 1
        for block in [b for b in parent if b.tag == "p" and _RULE.fullmatch(text_of(b)) and not len(b)]:
            parent.replace(block, element("hr"))
            rules += 1
    results = [counted(number, noun) for number, noun in ((lists, "typed list"), (rules, "typed rule")) if number]
    return f"{' and '.join(results)} became Markdown's own" if results else None


def _split_introduction(parent: Element, block: Element) -> None:
    """Make a paragraph of its own of the lines before a typed list, such as `Ingredients:`."""
    if not _is_plain_paragraph(block) or block.find("br") is None:
        return
    contents = list(_split(block))
    lines = [_typed(content) for content in contents]
    first = next((n for n, line in enumerate(lines) if line is not None), 0)
    items = [line for line in lines[first:] if line is not None]
    if not first or len(items) != len(lines) - first or len(items) < _LEAST:
        return
    if all(_continues(last, following) for last, following in pairwise(items)):
        place = parent.index(block)
        parent.remove(block)
        parent.insert(place, _paragraph(contents[:first]))
        parent.insert(place + 1, _paragraph(contents[first:]))


def _paragraph(contents: list[list[Element | str]]) -> Element:
    paragraph = element("p")
    for number, content in enumerate(contents):
        append(paragraph, [element("br"), *content] if number else content)
    return paragraph


def _is_plain_paragraph(block: Element) -> bool:
    return block.tag == "p" and not block.get("class") and not block.get("id") and block.find(".//img") is None


def _groups(parent: Element) -> Iterator[list[tuple[Element, list[_Line]]]]:
    """Yield runs of adjacent paragraphs whose lines all have the same bullet, or ascending numbers."""
    group: list[tuple[Element, list[_Line]]] = []
    for block in [*parent, None]:
        lines = _lines(block) if block is not None else None
        if lines and (not group or _continues(group[-1][1][-1], lines[0])):
            group.append((block, lines))
            continue
        if sum(len(item_lines) for _, item_lines in group) >= _LEAST:
            yield group
        group = [(block, lines)] if lines else []


def _continues(last: _Line, following: _Line) -> bool:
    if following.number is not None:
        return last.number is not None and following.number == last.number + 1
    return last.number is None and following.bullet == last.bullet


def _lines(block: Element) -> list[_Line] | None:
    """Return the lines of a paragraph if each begins with a bullet or number of one list; None for any other block."""
    if not _is_plain_paragraph(block):
        return None
    item_lines: list[_Line] = []
    for content in _split(block):
        line = _typed(content)
        if line is None or (item_lines and not _continues(item_lines[-1], line)):
            return None
        item_lines.append(line)
    return item_lines or None


def _split(block: Element) -> Iterator[list[Element | str]]:
    line: list[Element | str] = [block.text] if block.text else []
    for child in block:
        tail = child.tail
        if child.tag == "br":
            yield line
            line = []
        else:
            piece = copy.deepcopy(child)
            piece.tail = None
            line.append(piece)
        if tail:
            line.append(tail)
    yield line


def _typed(content: list[Element | str]) -> _Line | None:
    """Return a line without the bullet or number that the author typed before it, or None if it begins with none."""
    first = content[0] if content else ""
    if not isinstance(first, str):
        return _typed_in_mark(first, content[1:])
    if match := _BULLET.match(first):
        bullet, number = match[1] or match[2], None
    elif match := _NUMBER.match(first):
        bullet, number = "1", int(match[1])
    else:
        return None
    rest = first[match.end() :]
    return _Line([rest, *content[1:]] if rest else content[1:], bullet, number)


def _typed_in_mark(mark: Element, following: list[Element | str]) -> _Line | None:
    """Return a line whose bullet or number is in bold or italics with its text."""
    line = _typed([mark.text]) if mark.tag in _MARKS and mark.text else None
    if line is None:
        return None
    marked = copy.deepcopy(mark)
    marked.text = str(line.content[0]) if line.content else None
    return _Line([marked, *following], line.bullet, line.number)


def _replace(parent: Element, group: list[tuple[Element, list[_Line]]]) -> None:
    lines = [line for _, item_lines in group for line in item_lines]
    start = lines[0].number
    new_list = element("ul" if start is None else "ol", start=str(start) if start not in (None, 1) else None)
    for line in lines:
        item = element("li", element("p"))
        append(item[0], line.content)
        new_list.append(item)
    place = parent.index(group[0][0])
    for block, _ in group:
        parent.remove(block)
    parent.insert(place, new_list)
