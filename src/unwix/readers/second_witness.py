"""Second witness: what the document that a saved page carries says of its post, beside the body that the page shows.

The body is what the post is read from, and the document fills its gaps. Where the author's own text is not the same in
both, one of them is of another day, and fidelity says so. Media are not compared: that the page lacks some is told
where they stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from ..facts import Facts, words
from .document_post import FACTS, Body
from .json_fields import Json, flag, kind_of, objects, text
from .links import Restorer


def second_facts(post: Json, body: Body | None, page: Facts, restorer: Restorer) -> Facts | None:
    """The words of the document's own text, with all others that it has as `soft`; None when it adds nothing.

    Of a post for members of a paid plan the page carries a preview, which says less than the body may.
    """
    if body is None or body.form == "text" or flag(post, "preview"):
        return None
    said = words("".join(_text_of(body.value) if body.form == "ricos" else _draft_text(body.value)))
    if said == page.words or not said:
        return None
    every = Counter(FACTS[body.form](body.value, restorer).words)
    viewers = Counter(page.words[n] for n in page.maybe)
    return Facts(words=said, soft=every - Counter(said) + page.soft + viewers)


def _text_of(document: Json) -> Iterator[str]:
    """The texts of a Ricos document, with a blank round each container: a word may be cut over several texts."""
    stack: list[Any] = [document]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
        elif kind_of(node) == "TEXT":
            yield text(node, "textData", "text")
        else:
            stack += [" ", *reversed(objects(node, "nodes")), " "]


def _draft_text(document: Json) -> Iterator[str]:
    for block in objects(document, "blocks"):
        yield text(block, "text") + " "
