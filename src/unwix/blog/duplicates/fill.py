"""Fill the placeholders of an article (a gallery without images, a video without URL) from another duplicate.

A placeholder is found in the other duplicate by the id of the editor's block, which saved pages and documents share,
else by the lines of text around it. Nothing is guessed: a placeholder that several things could fill stays empty.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable

from ...model.article import BLOCK_ID, Element, is_placeholder, text_of
from ...model.facts import IMAGE, IMAGE_END, exact_text, text_key
from ...model.post import Post
from ...wix.url_keys import image_key, url_key
from .align import Alignment

#: What a placeholder of each name (`title` of `div.missing`) may be filled with: the class of a figure or paragraph,
#: `image` for a figure without one. A placeholder of another name takes anything that is no text.
_FITTING: dict[str, tuple[str, ...]] = {
    "gallery": ("gallery", "image"),
    "image": ("image",),
    "GIF": ("image",),
    "video": ("video", "embed"),
    "embed": ("embed", "video", "audio", "map"),
    "audio": ("audio", "embed"),
    "map": ("map", "embed"),
    "file": ("file",),
}
_ANYTHING = ("gallery", "image", "video", "embed", "audio", "map", "file", "button", "poll")


def fill_placeholders(post: Post, other: Post) -> None:
    """Fill the post's placeholders with what another duplicate has there, and remove the problems that this solves."""
    placeholders = post.placeholders()
    if not placeholders:
        return
    blocks_by_mark = _by_block_id(placeholders, other)
    if len(blocks_by_mark) < len(placeholders):
        blocks_by_mark |= _by_text(post.article, [mark for mark in placeholders if mark not in blocks_by_mark], other)
    for mark, blocks in blocks_by_mark.items():
        problem = placeholders.pop(mark)
        block_id = mark.get(BLOCK_ID)
        copies = [copy.deepcopy(block) for block in blocks]
        _replace(mark, copies)
        _count(post, copies)
        for block in copies:
            block.attrib.pop(BLOCK_ID, "")
            if block_id:
                block.set(BLOCK_ID, block_id)
        post.provenance[problem.where] = f"{other.source}: {_named(copies)}"
        if problem not in placeholders.values():
            post.problems[:] = [p for p in post.problems if p != problem]


def _named(blocks: list[Element]) -> str:
    return ", ".join(sorted({_form(block) for block in blocks}))


def _form(block: Element) -> str:
    return block.get("class") or ("image" if block.tag == "figure" else str(block.tag))


def _fitting_forms(mark: Element) -> tuple[str, ...]:
    return _FITTING.get(mark.get("title") or "", _ANYTHING)


def _by_block_id(placeholders: Iterable[Element], other: Post) -> dict[Element, list[Element]]:
    """Return for each placeholder the block of the other duplicate with the same id.

    Placeholders for which the other duplicate has several such blocks, or a placeholder too, are left out.
    """
    known: dict[str, list[Element]] = {}
    for block in other.article.iter():
        if block_id := block.get(BLOCK_ID):
            known.setdefault(block_id, []).append(block)
    result = {}
    for mark in placeholders:
        blocks = known.get(mark.get(BLOCK_ID) or "", [])
        if len(blocks) == 1 and not is_placeholder(blocks[0]) and _form(blocks[0]) in _fitting_forms(mark):
            result[mark] = blocks
    return result


def _by_text(article: Element, marks: list[Element], other: Post) -> dict[Element, list[Element]]:
    """Return for each placeholder the elements of the duplicate between the same lines of text."""
    side_by_side = Alignment(article, other.article)
    result: dict[Element, list[Element]] = {}
    blocks_between: dict[tuple[Element, ...], list[Element]] = {}
    for mark in marks:
        blocks, other_blocks = side_by_side.neighbours(mark)
        if other_blocks:
            blocks_between.setdefault(tuple(blocks), other_blocks)
    for own, others in blocks_between.items():
        known_urls = {url for block in own for url in _urls(block)}
        left = [block for block in others if not is_placeholder(block) and known_urls.isdisjoint(_urls(block))]
        result |= _one_to_one([block for block in own if block in marks], left)
    return result


def _one_to_one(marks: list[Element], left: list[Element]) -> dict[Element, list[Element]]:
    """Assign elements to the placeholders of one place, in order; return nothing if the numbers differ."""
    groups = _groups(left, galleries=sum(mark.get("title") == "gallery" for mark in marks))
    if len(groups) != len(marks):
        return {}
    pairs = list(zip(marks, groups, strict=True))
    if not all(_form(block) in _fitting_forms(mark) for mark, group in pairs for block in group):
        return {}
    return dict(pairs)


def _groups(blocks: list[Element], galleries: int) -> list[list[Element]]:
    """Group the elements that replace one placeholder: consecutive images, as feeds write a gallery, are one group."""
    groups: list[list[Element]] = []
    for block in blocks:
        if block.tag == "hr":
            continue
        if galleries and groups and _form(block) == "image" == _form(groups[-1][-1]):
            groups[-1].append(block)
        else:
            groups.append([block])
    return groups


def _urls(block: Element) -> Iterable[str]:
    yield from (image_key(source) for image in block.iter("img") if (source := image.get("src")))
    yield from (url_key(href) for link in block.iter("a") if (href := link.get("href")))


def _replace(mark: Element, blocks: list[Element]) -> None:
    """Put blocks in the place of a placeholder, and remove the neighbours that repeat a caption of the blocks."""
    parent = mark.getparent()
    if parent is None:
        return
    captions = {text_key(text_of(node)) for block in blocks for node in (block, *block.iter("figcaption", "a"))} - {""}
    for neighbour in (mark.getprevious(), mark.getnext()):
        if neighbour is not None and neighbour.tag == "p" and neighbour.get("id") is None:
            named = neighbour.get("class") == "file" or (len(neighbour) == 1 and neighbour[0].tag == "em")
            if (named or neighbour.find(".//a") is None) and text_key(text_of(neighbour)) in captions:
                parent.remove(neighbour)
    at, tail = parent.index(mark), mark.tail
    parent.remove(mark)
    for n, block in enumerate(blocks):
        parent.insert(at + n, block)
        block.tail = None
    if blocks:
        blocks[-1].tail = tail
        if mark.get("id") and blocks[0].get("id") is None:
            blocks[0].set("id", str(mark.get("id")))


def _count(post: Post, blocks: list[Element]) -> None:
    """Add what was filled in to the source facts, so that the comparison expects it in the Markdown."""
    for block in blocks:
        post.facts.has_additions = True
        post.facts.add_optional(text_of(block))
        for image in block.iter("img"):
            if source := image.get("src"):
                post.facts.images[image_key(source)] += 1
                post.facts.add_optional(f"{IMAGE}{image_key(source)}{IMAGE_END}")
                if name := exact_text(image.get("alt") or ""):
                    post.facts.alts[name] += 1
        post.facts.embeds.update(url_key(href) for link in block.iter("a") if (href := link.get("href")))
