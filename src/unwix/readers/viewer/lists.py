"""Read rendered lists of all eras: nested inside of an item, or flat and distinguished by `aria-level`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.article import Blocks, Element, element
from ...web.tags import INLINE, LISTS
from ..article_building.block_cleanup import tidy_blocks
from ..article_building.context import Context
from ..article_building.inline_runs import Run
from ..article_building.paragraphs import paragraphs_of
from .hooked_elements import whole_number
from .inline import SILENT_TAGS

_DEPTH = re.compile(r"public-DraftStyleDefault-depth(\d)\b")


def list_(node: Element, ctx: Context, depth: int) -> Blocks:
    """Return a list with all lists nested in it, whether inside of its items or flat after them.

    The least depth of its items counts as the list's own, because authors indent whole lists.
    """
    start = whole_number(node.get("start")) if node.tag == "ol" else None
    new_list = element(str(node.tag), start=None if start in (None, 1) else str(start))
    level = whole_number(node.get("data-level")) or 1 + sum(1 for p in node.iterancestors("ul", "ol"))
    children = list(_children(node))
    least = min((_level(child, level) for child in children if child.tag == "li"), default=level)
    new_list.extend(_loose_item(node.text))
    before: Blocks = []
    for child in children:
        if child.tag in LISTS:
            for nested in list_(child, ctx, depth + 1):
                before += _place_list(new_list, nested)
        elif isinstance(child.tag, str) and child.tag not in SILENT_TAGS:
            item = _item(child, ctx, depth)
            if item is not None and _is_list_alone(item):
                before += _place_list(new_list, item[0])
            elif item is not None:
                _place(new_list, item, _level(child, least) - least)
        new_list.extend(_loose_item(child.tail))
    return [*before, new_list] if len(new_list) else before


def _children(node: Element) -> Iterator[Element]:
    """Yield the elements in a list; those of a wrapper that contains only items instead of the wrapper."""
    for child in node:
        texts = (child.text, *(inner.tail for inner in child)) if isinstance(child.tag, str) else ("comment",)
        is_wrapper = child.tag not in ("li", *LISTS, *INLINE) and all(inner.tag in ("li", *LISTS) for inner in child)
        if is_wrapper and len(child) and not any(text and text.strip() for text in texts):
            yield from child
        else:
            yield child


def _loose_item(text: str | None) -> Blocks:
    """Return an item for loose text in a list."""
    paragraphs = list(paragraphs_of([Run(text)])) if text and text.strip() else []
    return [element("li", *paragraphs)] if paragraphs else []


def _level(item: Element, default: int) -> int:
    """Return a list item's level. Some years write nested items flat, with `aria-level`, before 2022 with a class.

    The class is Draft.js's own, which is not hashed.
    """
    value = whole_number(item.get("aria-level"))
    if value is None and (draft := _DEPTH.search(item.get("class") or "")):
        value = int(draft[1]) + 1
    return value if value and value < 20 else default


def _place(parent_list: Element, item: Element, deeper: int) -> None:
    target = parent_list
    while deeper > 0 and len(target):
        last = target[-1]
        if not len(last) or last[-1].tag not in LISTS:
            last.append(element(str(parent_list.tag)))
        target, deeper = last[-1], deeper - 1
    target.append(item)


def _is_list_alone(item: Element) -> bool:
    return len(item) == 1 and item[0].tag in LISTS and not item.attrib


def _place_list(target: Element, nested: Element) -> Blocks:
    """Add a nested list to the item before it. Without one, its items become siblings of the following items.

    A list of another kind at the beginning is returned: it is placed before the list.
    """
    if len(target):
        target[-1].append(nested)
    elif nested.tag == target.tag:
        target.extend(list(nested))
    else:
        return [nested]
    return []


def _item(node: Element, ctx: Context, depth: int) -> Element | None:
    ctx.enter(node)
    inside = tidy_blocks(ctx.walk(node, ctx, depth + 1))
    box = next((i for i in node.iter("input") if i.get("type") == "checkbox"), None)
    checked = (
        node.get("aria-checked")
        or node.get("data-checked")
        or (None if box is None else str(box.get("checked") is not None).lower())
    )
    if not inside:
        return None
    return element("li", *inside, checked=checked if checked in ("true", "false") else None, id=ctx.anchor(node))


def stray_item(node: Element, ctx: Context, depth: int) -> Blocks:
    """Return a list for a list item without one; `tidy_blocks` joins adjacent ones."""
    item = _item(node, ctx, depth)
    return [] if item is None else [item]
