"""Gaps: what a rendered page lacks.

Filled from the post's own document that the page embeds (shared/wix/pages.md section 3).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from ..article import Element, text_of
from ..facts import words
from ..problems import KINDS
from .context import Context
from .json_fields import Json, kind_of
from .links import Restorer
from .ricos import read_node
from .ricos_media import MEDIA


def lookup_in(nodes: dict[str, Json], restorer: Restorer, soft: Counter[str]) -> Callable[[str], Element | None]:
    """Answers for a block's key what the page's own document has of it, None when it has nothing better.

    Words that a block found so adds to the page's are counted into `soft`, so that fidelity does not call them added.
    """

    def lookup(key: str) -> Element | None:
        node = nodes.get(key)
        if node is None or kind_of(node) not in MEDIA:
            return None
        ctx = Context(restorer)
        made = [
            block
            for block in read_node(node, ctx)
            if block.get("class") or block.tag != "figure" or kind_of(node) in ("IMAGE", "GIF")
        ]
        if len(made) != 1 or any(KINDS[p.kind][0] == "loss" for p in ctx.problems):
            return None
        if made[0].get("class") == "video":
            made[0][0].text = None  # YouTube's title of a video is not on the page; other pages do not have it either
        soft.update(words(text_of(made[0])))
        return made[0]

    return lookup
