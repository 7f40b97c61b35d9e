"""Write the bullets and numbers of list items, and detect what simple parsers misread in lists and quotes."""

from __future__ import annotations

from ...model.article import PLAIN_LIST, Element, text_of
from ...web.tags import LISTS


def may_interrupt(block: Element) -> bool:
    """Return whether a list can follow a line of text directly: one with bullets, or one that begins with 1."""
    return block.tag == "ul" or (block.tag == "ol" and block.get("start") in (None, "1"))


def first_number(block: Element) -> int:
    """Return the first number of a list; Markdown accepts nine digits."""
    start = block.get("start") or ""
    return int(start) if start.isdecimal() and len(start) < 9 else 1


def list_marker(block: Element | None, turn: int, number: int) -> str:
    """Return the bullet or number of an item; `number` items of the list `block` precede it.

    Two adjacent lists of one kind would be read as one: `turn` counts them, and every second one has another marker.
    """
    if block is None or block.tag == "ul":
        return ("- ", "* ")[turn % 2]
    return f"{first_number(block) + number}{'.)'[turn % 2]} "


def holds_only_lines(block: Element) -> bool:
    """Return whether a list or quote contains only lines and lists, none of them first in an item or after another."""
    for inner in block.iterdescendants():
        if inner.tag not in PLAIN_LIST or (inner.get("id") and inner.tag != "p"):
            return False
        before = inner.getprevious()
        if inner.tag in LISTS:
            if len(inner) == 0 or (before is not None and before.tag in LISTS):
                return False
            parent = inner.getparent()
            if parent is not None and parent.tag == "li" and before is None:
                return False
            if inner.tag == "ol" and first_number(inner) != 1:
                return False
        if inner.tag == "li" and next(iter(inner), None) is None:
            return False
        if inner.tag == "p" and not text_of(inner).strip() and inner.find(".//img") is None:
            return False
    return True


def follows_its_kind(block: Element) -> bool:
    """Return whether an element is a list after a list, or a quote after a quote, which some parsers read as one."""
    before = block.getprevious()
    if before is None:
        return False
    return before.tag in LISTS if block.tag in LISTS else before.tag == block.tag
