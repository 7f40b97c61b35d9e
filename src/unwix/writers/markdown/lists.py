"""Lists: the marker of an item, and what may follow or stand in one."""

from __future__ import annotations

from typing import Any

from bs4 import Tag
from bs4.element import NavigableString

_LINES = frozenset({"p", "ul", "ol", "li", "a", "strong", "em", "s", "u", "sup", "sub", "code", "br", "img"})
LISTS = ("ul", "ol")


def may_interrupt(block: Any) -> bool:
    """Whether it is a list that Markdown reads as one right after a line of text.

    One that begins with another number is not.
    """
    name = getattr(block, "name", None)
    return name == "ul" or (name == "ol" and block.get("start") in (None, "1"))


def first_number(parent: Tag) -> int:
    """The number that a list begins with; Markdown takes nine digits."""
    start = str(parent.get("start") or "")
    return int(start) if start.isdecimal() and len(start) < 9 else 1


def marker(item: Tag, turns: bool = True) -> str:
    """`-` or the item's number.

    Two lists of one kind in a row would be read as one: where the parser tells them apart by it (`turns`), the second
    has another sign.
    """
    parent = item.parent
    if parent is None:
        return "- "
    turn = 0
    before = parent.previous_sibling
    while turns and before is not None and getattr(before, "name", None) == parent.name:
        turn, before = turn + 1, before.previous_sibling
    if parent.name != "ol":
        return ("- ", "* ")[turn % 2]
    position = sum(1 for other in item.previous_siblings if getattr(other, "name", None) == "li")
    return f"{first_number(parent) + position}{'.)'[turn % 2]} "


def says_only_lines(block: Tag) -> bool:
    """Whether a list or quote holds nothing but lines and lists, none of them at an item's start or behind another."""
    for inner in block.find_all(True):
        if inner.name not in _LINES or (inner.get("id") and inner.name != "p"):
            return False
        if inner.name in LISTS:
            before = inner.previous_sibling
            if inner.find("li") is None or getattr(before, "name", None) in LISTS:
                return False
            if inner.parent is not None and inner.parent.name == "li" and before is None:
                return False
            if inner.name == "ol" and first_number(inner) != 1:
                return False
        if inner.name == "li" and not any(not isinstance(c, NavigableString) for c in inner.children):
            return False
        if inner.name == "p" and not inner.get_text(strip=True) and inner.find("img") is None:
            return False
    return True


def follows_its_kind(block: Tag) -> bool:
    """Whether it is a list behind a list, or a quote behind a quote, which some parsers read as one."""
    before = getattr(block.previous_sibling, "name", None)
    return before in LISTS if block.name in LISTS else before == block.name
