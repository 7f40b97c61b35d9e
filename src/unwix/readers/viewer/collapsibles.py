"""Read blocks that hide other blocks: collapsible lists of both viewers, and spoilers."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.article import HEADINGS, INLINE, Blocks, Element, element
from ...web.tags import LISTS
from ...wix.hooks import SPOILER_BUTTONS
from ...wix.ui_texts.catalogue import viewer_words
from ..article_building.block_cleanup import tidy_blocks, unwrap_whole
from ..article_building.context import Context
from .hooked_elements import hooked, words_of


def collapsible_list(node: Element, ctx: Context, depth: int) -> Blocks:
    """Return a list of questions and answers as `<details>` elements; the HTML contains the text of closed ones too."""
    items = [n for n in hooked(node, "collapsible-list-item ") if next(_own_list(n)) is node]
    return [d for item in items for d in _item(item, ctx, depth)] or ctx.walk(node, ctx, depth + 1)


def _item(item: Element, ctx: Context, depth: int) -> Blocks:
    title, bodies = _item_parts(item)
    details = _details(title, bodies, ctx, depth)
    if details and not bodies:
        # SingleFile omits hidden content together with the element around it, which Wix always writes.
        details[0].append(ctx.missing("content"))
    return details


def _own_list(item: Element) -> Iterator[Element]:
    return (a for a in item.iterancestors() if (a.get("data-hook") or "") == "collapsible-list-component")


def _item_parts(item: Element) -> tuple[Element | None, list[Element]]:
    title = next(hooked(item, "collapsible-list-item-title"), None)
    body = next(hooked(item, "collapsible-list-item-body"), None)
    return title, [] if body is None else [body]


def _details(title: Element | None, bodies: list[Element], ctx: Context, depth: int) -> Blocks:
    heading = tidy_blocks(ctx.walk(title, ctx, depth + 1)) if title is not None else []
    content = tidy_blocks([block for body in bodies for block in ctx.walk(body, ctx, depth + 1)])
    if not heading:
        return content
    summary = _summary(heading[0])
    if summary is None:  # for example a table, which does not fit on a line: it becomes the first block below
        return [element("details", element("summary", "…"), *heading, *content)]
    return [element("details", summary, *heading[1:], *content)]


def _summary(block: Element) -> Element | None:
    """Return the first block of a title as `<summary>`; None for a block that is more than a line of text."""
    if block.tag in HEADINGS:
        unwrap_whole(block, "strong")
        return element("summary", block)
    while block.tag in LISTS | {"blockquote", "li"} and len(block):
        block = block[0]
    if any(child.tag not in INLINE for child in block):
        return None
    return element("summary", block.text, *block)


def is_old_collapsible_item(node: Element) -> bool:
    """Return True for an item of the collapsible lists until 2022, in which only the button has a hook."""
    if node.get("index") is None or not len(node):
        return False
    return any((n.get("data-hook") or "").startswith("ExpandCollapseButton") for n in node[0])


def old_collapsible_item(node: Element, ctx: Context, depth: int) -> Blocks:
    """Return one item of such a list: button and title in its first child, the content in the others."""
    head = element("div", *(n for n in node[0] if not (n.get("data-hook") or "").startswith("ExpandCollapseButton")))
    return _details(head, list(node), ctx, depth) if len(head) else []


def spoiler_of(node: Element) -> Element | None:
    """Return the overlay that hides the rest of an element until it is clicked, or None."""
    for child in node:
        if (
            isinstance(child.tag, str)
            and child.tag == "div"
            and any(n.get("data-hook") in SPOILER_BUTTONS for n in child)
        ):
            return child
    return None


def spoiler(overlay: Element, hidden: Blocks) -> Element:
    """Return what an overlay hides, as `<details>` with the author's text of the overlay as title."""
    texts = [words_of(n) for n in overlay if isinstance(n.tag, str) and n.tag in ("span", "div", "p", "button")]
    own = [t for t in texts if t and t not in viewer_words()]
    return element("details", element("summary", " ".join(own) or "…"), *tidy_blocks(hidden))
