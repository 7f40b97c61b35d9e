"""Add what surrounds the blocks of a Ricos node: the id that links point to, a spoiler, a summary."""

from __future__ import annotations

from ...model.article import HEADINGS, LINK_TARGETS, PLAIN_LIST, Blocks, Element, append, element, text_of
from ...web.json_path import Json, flag, line, obj
from ...web.tags import LISTS
from ...wix.ui_texts.catalogue import viewer_words


def with_id(blocks: Blocks, key: str) -> Blocks:
    """Return the blocks, with the id on the first one that can have one.

    If none can, an empty paragraph with the id is added.
    """
    for block in blocks:
        target = block[0] if block.tag in LISTS and len(block) else block
        if target.tag in LINK_TARGETS and target.get("id") is None:
            set_id(target, key)
            return blocks
    return [element("p", id=key), *blocks]


def set_id(target: Element, key: str) -> None:
    """Set the id of an element.

    A list item that does not begin with text gets an empty line for it, because an anchor needs a position.
    """
    if target.tag == "li" and len(target) and target[0].tag != "p":
        target.insert(0, element("p", id=key))
    else:
        target.set("id", key)


def behind_spoiler(node: Json, blocks: Blocks) -> Blocks:
    """Return a block that is hidden until it is clicked (`containerData.spoiler`) as `<details>`."""
    data = next((v for k, v in node.items() if isinstance(v, dict) and k.endswith("Data")), None)
    if not blocks or not data or "containerData" not in data:  # as in most nodes
        return blocks
    cover = obj(data, "containerData", "spoiler")
    if flag(cover, "enabled") is not True:
        return blocks
    own = [word for name in ("description", "buttonText") if (word := line(cover, name)) and word not in viewer_words()]
    return [element("details", element("summary", " ".join(own) or "…"), *blocks)]


#: Elements that a one-line title can contain.
_TITLE_CONTENT = PLAIN_LIST | {"blockquote"}


def summary(block: Element) -> Element | None:
    """Return the first block of a title as `<summary>`: a heading stays one; a quote or list is reduced to its text.

    Return None for all other blocks.
    """
    if block.tag in HEADINGS:
        return element("summary", block)
    if not text_of(block).strip() or any(node.tag not in _TITLE_CONTENT for node in block.iter()):
        return None
    title = element("summary")
    for line_of in list(block.iter("p")):
        append(title, [" " if text_of(title) else None, line_of.text, *line_of])
    return title
