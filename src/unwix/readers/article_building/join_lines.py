"""Join lines that authors separated by Enter into one paragraph with line breaks: verse, postal addresses, typed lists.

In Wix, Enter begins a new block without space before it, so authors separate paragraphs by empty blocks. In such a
post, short blocks without an empty one between them are lines that belong together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from ...model.article import Element, element, text_of
from .block_cleanup import is_empty

#: Longer blocks are paragraphs, not lines.
_LONGEST_LINE = 90
#: A longer item of a typed list is a paragraph.
_LONGEST_ITEM = 400
#: A bullet that the author typed; in Chinese, Japanese and Korean without a space after it. No dash that begins speech,
#: and no number, which may begin a section, except numbers in circles.
_BULLET = re.compile(r"([‣∙*–-]|[-=]>|>>)[ \t\u00a0]+\S|([·・･•●▪■◦⁃○◎◆▶►➢★✓✔✅☑])\s*(?!\2|☆)\S|[①-⑳]\s*\w")
#: The characters that such an item can begin with.
_BULLET_SIGNS = "‣∙*–-=>·・･•●▪■◦⁃○◎◆▶►➢★✓✔✅☑①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
#: The minimum share of paragraphs with an empty block next to them, in a post that separates paragraphs so.
_SEPARATED = 0.3
_SENTENCE_ENDS = (".", "!", "?", "。", "！", "？", "…", ".”", ".»", '."', ".)", "।", "۔")


def join_lines(blocks: list[Element]) -> list[Element]:
    """Return the blocks with runs of short paragraphs joined, if empty blocks separate the post's paragraphs.

    A run that includes a long paragraph, or whose lines are mostly sentences, is not joined. Items of a typed list
    always are: Wix shows them without space between them.
    """
    texts = [_is_text(block) for block in blocks]
    is_separated = _separates_by_empty_blocks(blocks, texts)
    joined: list[Element] = []
    for run in _runs(blocks, texts):
        joined += [_joined(run)] if is_separated and _are_lines(run) else _with_lists(run)
    return joined


def _is_text(block: Element) -> bool:
    if block.tag != "p" or block.get("class") is not None or is_empty(block):
        return False
    return next(block.iterdescendants("img"), None) is None


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
    if len(run) < 2:
        return False
    texts: list[str] = []
    for block in run:
        if len(text := text_of(block).strip()) >= _LONGEST_LINE or (texts and block.get("id")):
            return False
        texts.append(text)
    lines = texts[_is_label(run[0]) :]
    return sum(text.endswith(_SENTENCE_ENDS) for text in lines) * 2 <= len(lines)


def _is_label(block: Element) -> bool:
    """Return True if a block is all bold, such as the name before what somebody says: the next line decides then."""
    bold = [text_of(mark) for mark in block if mark.tag in ("strong", "b")]
    return bool(bold) and "".join(bold).strip() == text_of(block).strip()


def _with_lists(run: list[Element]) -> list[Element]:
    """Return the blocks with adjacent items of typed lists joined, if all have the same bullet."""
    joined: list[Element] = []
    for bullet, group in groupby(run, _bullet):
        items = list(group)
        is_list = bullet and not any(block.get("id") for block in items[1:])
        joined += [_joined(items)] if is_list and len(items) > 1 else items
    return joined


def _bullet(block: Element) -> str:
    if (start := (block.text or "").lstrip()[:1]) and start not in _BULLET_SIGNS:
        return ""
    text = text_of(block).strip()
    match = _BULLET.match(text)
    return match[1] or match[2] or "①" if match and len(text) <= _LONGEST_ITEM else ""


def _joined(run: list[Element]) -> Element:
    first = run[0]
    for _, block in pairwise(run):
        first.append(element("br"))
        first[-1].tail = block.text
        first.extend(list(block))
    return first
