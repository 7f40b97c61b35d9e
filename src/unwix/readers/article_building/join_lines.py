"""Join lines that authors separated by Enter into one paragraph with line breaks: verse, postal addresses, signatures.

In Wix, Enter begins a new block without space before it, so authors separate paragraphs by empty blocks. In such a
post, short blocks without an empty one between them are lines that belong together.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ...model.article import Element, element, text_of
from .block_cleanup import is_empty

#: Longer blocks are paragraphs, not lines.
_LONGEST_LINE = 90
#: The minimum share of paragraphs with an empty block next to them, in a post that separates paragraphs so.
_SEPARATED = 0.3
_SENTENCE_ENDS = (".", "!", "?", "。", "！", "？", "…", ".”", ".»", '."', ".)", "।", "۔")


def join_lines(blocks: list[Element]) -> list[Element]:
    """Return the blocks with runs of short paragraphs joined, if empty blocks separate the post's paragraphs.

    A run stays unchanged if it includes a long paragraph, or if most of its lines are sentences.
    """
    texts = [_is_text(block) for block in blocks]
    if not _separates_by_empty_blocks(blocks, texts):
        return blocks
    return [block for run in _runs(blocks, texts) for block in ([_joined(run)] if _are_lines(run) else run)]


def _is_text(block: Element) -> bool:
    return block.tag == "p" and block.get("class") is None and not is_empty(block) and block.find(".//img") is None


def _separates_by_empty_blocks(blocks: list[Element], texts: list[bool]) -> bool:
    empty = [n for n, block in enumerate(blocks) if not texts[n] and is_empty(block)]
    neighbours = {m for n in empty for m in (n - 1, n + 1) if 0 <= m < len(blocks) and texts[m]}
    return bool(empty) and len(neighbours) >= _SEPARATED * sum(texts)


def _runs(blocks: list[Element], texts: list[bool]) -> Iterator[list[Element]]:
    """Yield the blocks in order: adjacent paragraphs (`texts` decides which) together, every other block alone."""
    run: list[Element] = []
    for block, is_text in zip(blocks, texts, strict=True):
        if is_text:
            run.append(block)
            continue
        if run:
            yield run
        yield [block]
        run = []
    if run:
        yield run


def _are_lines(run: list[Element]) -> bool:
    texts = [text_of(block).strip() for block in run]
    if len(run) < 2 or any(len(text) >= _LONGEST_LINE for text in texts) or any(b.get("id") for b in run[1:]):
        return False
    return sum(text.endswith(_SENTENCE_ENDS) for text in texts) * 2 <= len(texts)


def _joined(run: list[Element]) -> Element:
    first = run[0]
    for _, block in pairwise(run):
        first.append(element("br"))
        first[-1].tail = block.text
        first.extend(list(block))
    return first
