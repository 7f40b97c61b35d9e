"""Fill what is missing in one of a page's two forms of its post from the other, by the block's key.

The page shows node `abc` of its document as the element `viewer-abc`
(docs/wix/pages.md#document-and-rendered-body).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cached_property

from ...model.article import Element, text_of
from ...model.facts import words
from ...model.problems import KINDS
from ...web.json_path import Json, kind_of
from ...web.saved_links import LinkRestorer
from ..article_building.context import ANCHOR, Context
from ..viewer import walk as rendered

Lookup = Callable[[str], Element | None]


def in_document(nodes: dict[str, Json], restorer: LinkRestorer, soft: Counter[str]) -> Lookup:
    """Return a function that finds a block by its id in the page's own document, or None if it has nothing better.

    Words that a block found so adds to the page's are counted into `soft`, so that fidelity does not call them added.
    """
    if not nodes:
        return lambda _key: None
    from ..ricos.media import MEDIA
    from ..ricos.nodes import read_node

    def lookup(key: str) -> Element | None:
        node = nodes.get(key)
        if node is None or kind_of(node) not in MEDIA:
            return None
        ctx = Context(restorer, video_titles=False)
        return _better(read_node(node, ctx), kind_of(node) in ("IMAGE", "GIF"), ctx, soft)

    return lookup


class InPage:
    """Finds for a block's id what the page's body has of it, None when it has nothing better.

    Words of a block found so are counted into `soft`.
    """

    def __init__(self, body: Element, restorer: LinkRestorer, soft: Counter[str]) -> None:
        self._body, self._restorer, self._soft = body, restorer, soft

    @cached_property
    def _elements(self) -> dict[str, Element]:
        keyed = ((str(n.get("id")), n) for n in self._body.iter() if (n.get("id") or "").startswith(ANCHOR))
        return {identity.removeprefix(ANCHOR): node for identity, node in keyed}

    def __call__(self, key: str) -> Element | None:
        """Return the block of the article that the page's element becomes."""
        node = self._elements.get(key)
        if node is None:
            return None
        ctx = Context(self._restorer, rendered.blocks)
        return _better(rendered.read_block(node, ctx), True, ctx, self._soft)


def _better(blocks: list[Element], images: bool, ctx: Context, soft: Counter[str]) -> Element | None:
    """Return the one block that was made, when nothing is lost in it; a lone image only where one was asked for."""
    blocks = [block for block in blocks if block.get("class") or (block.tag == "figure" and images)]
    if len(blocks) != 1 or any(KINDS[p.kind][0] != "note" for p in ctx.problems):
        return None
    soft.update(words(text_of(blocks[0])))
    return blocks[0]
