"""The article as the bs4 tree that markdownify converts, and the walk through it.

The tree is built node by node: nothing in it needs to be parsed again. The walk replaces markdownify's, which looks up
the tree for a `<pre>` at each element and so takes quadratic time for deep trees.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import cache
from typing import Any

from ...model.article import CONTAINERS, Element
from ...web.tags import CELLS
from ..bs4_imports import MarkdownConverter, NavigableString, PageElement, Tag
from .lists import may_interrupt
from .marks import collapse_spaces

Scope = AbstractSet[str]
"""The names of the elements around a node, which markdownify calls `parent_tags`."""
#: In a scope: blocks are read as parts of one line, as in markdownify.
INLINE_SCOPE = "_inline"
#: Elements whose children are blocks.
_FLOW = CONTAINERS - CELLS | {"div"}
#: markdownify's type stubs lack the methods that are overridden here.
_Converter: Any = MarkdownConverter


class ArticleTag(Tag):
    """An element of the article in the bs4 tree."""

    def __init__(
        self, element: Element, repeats: int, parent: ArticleTag | None = None, last: PageElement | None = None
    ) -> None:
        """`last` is the node before it in document order."""
        attributes = {str(name): str(value) for name, value in element.items()}
        super().__init__(name=str(element.tag), attrs=attributes or None, parent=parent, previous=last)
        self.element = element
        """The same element in the article."""
        self.repeats = repeats
        """How many elements of the same name stand directly before it."""


def article_tree(article: Element) -> tuple[ArticleTag, dict[Element, ArticleTag]]:
    """Return the article as a bs4 tree, and the tag of each of its elements."""
    root = ArticleTag(article, 0)
    tags = {article: root}
    _grow(root, root, tags)
    return root, tags


def _grow(tag: ArticleTag, last: PageElement, tags: dict[Element, ArticleTag]) -> PageElement:
    """Add the descendants of a tag's element; `last` is the last node so far in document order. Return the new last."""
    if text := tag.element.text:
        last = _add_text(tag, text, last)
    name, repeats = "", 0
    for child in tag.element:
        repeats = repeats + 1 if child.tag == name else 0
        name = str(child.tag)
        child_tag = tags[child] = ArticleTag(child, repeats, tag, last)
        tag.contents.append(child_tag)
        last = _grow(child_tag, child_tag, tags)
        if child.tail:
            last = _add_text(tag, child.tail, last)
    return last


def _add_text(parent: Tag, text: str, last: PageElement) -> PageElement:
    node = str.__new__(NavigableString, text)  # its own constructor calls `setup` for a node without relations
    node.hidden = False
    node.setup(parent, last)
    parent.contents.append(node)
    return node


@cache
def _defaults() -> dict[str, Any]:
    """Return what the constructor of a converter sets: it looks up all options by their names, once is enough."""
    return dict(vars(_Converter()))


class ArticleWalk(_Converter):  # type: ignore[misc]  # see _Converter
    """A `MarkdownConverter` of an article: `convert_<element>` gets what the element's children became.

    Children of blocks are separated by blank lines, all others are joined as a raw line (see marks.py).
    """

    def __init__(self, article: Element) -> None:
        self.__dict__.update(_defaults(), convert_fn_cache={})
        self.root, self._tags = article_tree(article)

    def is_converted_whole(self, el: ArticleTag, parent_tags: Scope) -> bool:
        """Return whether an element's converter needs no text of its children; it gets None then."""
        raise NotImplementedError

    def with_anchor(self, el: Element, text: str) -> str:
        """Return a block with the anchor that links of the same page need."""
        raise NotImplementedError

    def process_tag(self, node: ArticleTag, parent_tags: Scope | None = None) -> str:
        """Convert an element and everything in it."""
        around = parent_tags or frozenset()
        if self.is_converted_whole(node, around):
            text = None
        elif node.name in _FLOW:
            text = self._blocks(node, around | {node.name})
        else:
            text = self._line(node, around | {node.name})
        convert = self.get_conv_fn_cached(node.name)
        return str(text if convert is None else convert(node, text, parent_tags=around))

    def process_text(self, el: NavigableString, parent_tags: Scope | None = None) -> str:
        """Return text with each run of white space as one space, as it is in code. Its block escapes it."""
        return str(el) if parent_tags and "code" in parent_tags else collapse_spaces(str(el))

    def _line(self, tag: ArticleTag, inside: Scope, skip: Tag | None = None) -> str:
        parts: list[str] = []
        for child in tag.contents:
            if isinstance(child, ArticleTag):
                if child is not skip:
                    parts.append(self.process_tag(child, inside))
            elif isinstance(child, NavigableString):
                parts.append(self.process_text(child, inside))
        return "".join(parts)

    def _blocks(self, tag: ArticleTag, inside: Scope, skip: Tag | None = None) -> str:
        """Return the blocks in an element, separated by blank lines.

        A nested list follows the first line of its item directly.
        """
        out: list[str] = []
        before: ArticleTag | None = None
        for child in tag.contents:
            if not isinstance(child, ArticleTag) or child is skip:
                continue
            if text := self.with_anchor(child.element, self.process_tag(child, inside)):
                if out:
                    after_line = len(out) == 1 and tag.name == "li" and before is not None and _is_first_line(before)
                    out.append("\n" if after_line and may_interrupt(child.element) else "\n\n")
                out.append(text)
            before = child
        return "".join(out)

    def inline_of(self, el: Element, skip: Element | None = None) -> str:
        """Return the content of an element of the article, without one child, as a raw line."""
        inside = frozenset({str(el.tag), INLINE_SCOPE})
        return self._line(self._tags[el], inside, None if skip is None else self._tags[skip])

    def blocks_of(self, el: Element, skip: Element | None = None) -> str:
        """Return the blocks in an element of the article, without one child, as Markdown."""
        return self._blocks(self._tags[el], frozenset({str(el.tag)}), None if skip is None else self._tags[skip])


def _is_first_line(tag: ArticleTag) -> bool:
    return tag.name == "p" and tag.element.getprevious() is None
