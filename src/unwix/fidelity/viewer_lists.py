"""Determine the kind and depth of the items of rendered lists, for the facts of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.article import Element
from ..web.tags import LISTS

_DRAFT_DEPTH = re.compile(r"public-DraftStyleDefault-depth(\d)\b")


class OpenList:
    """A list whose items state their level: some years write nested items flat (docs/wix/viewer.md#lists)."""

    def __init__(self, node: Element, around: list[OpenList]) -> None:
        self.kinds = _kinds(node, around[-1] if around else None)
        self.usual = _number(node.get("data-level")) or len(self.kinds)
        # The least depth of its items counts as the list's own: authors indent whole lists.
        self.level = min((self._level_of(item) for item in node if item.tag == "li"), default=self.usual)
        self.last: list[str] = self.kinds
        """The kinds of the lists around the last item."""
        self.depth = -1

    def path_of(self, item: Element) -> str:
        """Return the kinds of the lists around an item, from the outermost inwards."""
        level = self._level_of(item)
        # An item is at most one level deeper than the previous item.
        deeper = min(max(0, level - self.level) if level < 20 else 0, self.depth + 1)
        self.depth = deeper
        self.last = [*self.kinds, *[self.kinds[-1]] * deeper]
        return "/".join(self.last) + _task_of(item)

    def _level_of(self, item: Element) -> int:
        draft = _DRAFT_DEPTH.search(item.get("class") or "")
        return _number(item.get("aria-level")) or (int(draft[1]) + 1 if draft else self.usual)


def _kinds(node: Element, outer: OpenList | None) -> list[str]:
    """Return the kinds of the lists around a list, ending with its own.

    A list inside another one without an item belongs to the previous item. Without such an item, its items are siblings
    of what follows; a list of another kind is placed before the outer one.
    """
    tag = str(node.tag)
    parent = node.getparent()
    if outer is None or parent is None:
        item = next(node.iterancestors("li"), None)  # an item without a list
        return [tag] if item is None or is_list_alone(item) else ["ul", tag]
    if parent.tag not in LISTS and not (parent.tag == "li" and is_list_alone(parent)):
        return [*outer.last, tag]
    if outer.depth >= 0:
        return [*outer.kinds, tag]
    if outer.kinds[-1] == tag:
        outer.depth = 0
    return [*outer.kinds[:-1], tag]


def is_list_alone(item: Element) -> bool:
    """Return True for an item that contains only one list."""
    inner = [child for child in item if isinstance(child.tag, str)]
    texts = (item.text, *(child.tail for child in item))
    return len(inner) == 1 and inner[0].tag in LISTS and not any(text and text.strip() for text in texts)


def strays_in(node: Element) -> int:
    """Return the number of texts and elements that stand in a list without being an item or a list."""
    texts = (node.text, *(child.tail for child in node))
    return sum(bool(text and text.strip()) for text in texts) + sum(child.tag not in ("li", *LISTS) for child in node)


def _task_of(item: Element) -> str:
    box = next((n for n in item.iter("input") if n.get("type") == "checkbox"), None)
    state = item.get("aria-checked") or item.get("data-checked")
    if box is not None and state is None:
        state = "false" if box.get("checked") is None else "true"
    return {"true": "+done", "false": "+open"}.get(state or "", "")


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 9 else None


def loose_texts(node: Element) -> Iterator[str]:
    """Yield the texts of a list or a table itself, between the elements in it."""
    return (text for text in (node.text, *(child.tail for child in node)) if text and not text.isspace())
