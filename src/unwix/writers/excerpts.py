"""Insert a truncation marker below the first paragraph of a post, so that lists show an excerpt."""

from __future__ import annotations

import re

_MARKER = "{/* truncate */}"
#: Blocks that can precede the first paragraph: headings, an image with its caption.
_ABOVE = re.compile(r"#{1,6} .*|\[?!\[.*|<figure>.*</figure>")
#: A paragraph begins with a letter, a digit, or a character that begins no other block.
_PARAGRAPH = re.compile(r"(?!\d+[.)]\s)(?:[^\W_]|[\"'“”‘’«»„¿¡(…—–&\[\\]|\*{1,3}(?![\s*])|_(?![\s_]))")


def with_excerpt(text: str) -> str:
    """Return a body in MDX with a marker below its first paragraph, if that is near the beginning and not the last.

    Without a marker a list shows whole posts (docusaurus.io/docs/blog#blog-list).
    """
    blocks = text.rstrip("\n").split("\n\n")
    for number, block in enumerate(blocks[:-1]):
        if _PARAGRAPH.match(block):
            return "\n\n".join([*blocks[: number + 1], _MARKER, *blocks[number + 1 :]]) + "\n"
        if not _ABOVE.match(block):
            break
    return text
