"""Fill content that is missing in one of a page's two forms of its post from the other form, by block id.

The page shows node `abc` of its document as the element `viewer-abc` (docs/wix/pages.md#document-and-rendered-body).
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
    """Return a function that finds a block by id in the page's own document, or None if it has nothing better.

    Words that such a block adds to those of the page become optional, so that fidelity does not report them as added.
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
    """Finds a block by id in the page's body; None if the body has nothing better.

    Words of such a block become optional in the facts.
    """

    def __init__(self, body: Element, restorer: LinkRestorer, soft: Counter[str]) -> None:
        self._body, self._restorer, self._soft = body, restorer, soft

    @cached_property
    def _elements(self) -> dict[str, Element]:
        keyed = ((str(n.get("id")), n) for n in self._body.iter() if (n.get("id") or "").startswith(ANCHOR))
        return {identity.removeprefix(ANCHOR): node for identity, node in keyed}

    def __call__(self, key: str) -> Element | None:
        """Return the article block of the page's element with this id."""
        node = self._elements.get(key)
        if node is None:
            return None
        ctx = Context(self._restorer, rendered.blocks)
        return _better(rendered.read_block(node, ctx), True, ctx, self._soft)


def _better(blocks: list[Element], images: bool, ctx: Context, soft: Counter[str]) -> Element | None:
    """Return the only block that was read, if nothing is missing in it; a single image only where one is expected."""
    blocks = [block for block in blocks if block.get("class") or (block.tag == "figure" and images)]
    if len(blocks) != 1 or any(KINDS[p.kind][0] != "note" for p in ctx.problems):
        return None
    soft.update(words(text_of(blocks[0])))
    return blocks[0]
