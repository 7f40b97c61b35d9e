"""Build the bs4 tree of an article for markdownify, and walk through it.

The tree is built node by node, so that nothing needs to be parsed again. The walk replaces markdownify's, which
searches the ancestors for a `<pre>` at each element and therefore takes quadratic time for deep trees.
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
"""The names of the elements around a node; markdownify's parameter `parent_tags`."""
#: A scope in which blocks are read as parts of one line, as in markdownify.
INLINE_SCOPE = "_inline"
#: Elements whose children are blocks.
_FLOW = CONTAINERS - CELLS | {"div"}
#: markdownify's type stubs do not have the methods that are overridden here.
_Converter: Any = MarkdownConverter


class ArticleTag(Tag):
    """A bs4 tag with a reference to its element of the article."""

    def __init__(
        self, element: Element, repeats: int, parent: ArticleTag | None = None, last: PageElement | None = None
    ) -> None:
        """`last` is the node before it in document order."""
        attributes = {str(name): str(value) for name, value in element.items()}
        super().__init__(name=str(element.tag), attrs=attributes or None, parent=parent, previous=last)
        self.element = element
        """The element of the article."""
        self.repeats = repeats
        """The number of elements of the same name directly before it."""


def article_tree(article: Element) -> tuple[ArticleTag, dict[Element, ArticleTag]]:
    """Return the article as a bs4 tree, and the tag of each of its elements."""
    root = ArticleTag(article, 0)
    tags = {article: root}
    _grow(root, root, tags)
    return root, tags


def _grow(tag: ArticleTag, last: PageElement, tags: dict[Element, ArticleTag]) -> PageElement:
    """Add the descendants of a tag's element after `last`, the last node in document order; return the new one."""
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
    node = str.__new__(NavigableString, text)  # bs4's constructor calls `setup` only for a node with relations
    node.hidden = False
    node.setup(parent, last)
    parent.contents.append(node)
    return node


@cache
def _defaults() -> dict[str, Any]:
    """Return the attributes that a converter's constructor sets, so that the options are looked up only once."""
    return dict(vars(_Converter()))


class ArticleWalk(_Converter):  # type: ignore[misc]  # see _Converter
    """A `MarkdownConverter` of an article: `convert_<element>` gets the converted children of the element as text.

    Children of blocks are separated by blank lines, all others are joined as a raw line (see marks.py).
    """

    def __init__(self, article: Element) -> None:
        self.__dict__.update(_defaults(), convert_fn_cache={})
        self.root, self._tags = article_tree(article)

    def is_converted_whole(self, el: ArticleTag, parent_tags: Scope) -> bool:
        """Return whether an element's converter does not need the text of its children; it then gets None."""
        raise NotImplementedError

    def with_anchor(self, el: Element, text: str) -> str:
        """Return a block with the anchor that links of the same page need."""
        raise NotImplementedError

    def process_tag(self, node: ArticleTag, parent_tags: Scope | None = None) -> str:
        """Convert an element and its content."""
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
        """Return text with each run of white space as one space, as in code. The block that contains it escapes it."""
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

        A nested list follows the first line of its item without a blank line.
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
        """Return the content of an element of the article as a raw line, without one of its children."""
        inside = frozenset({str(el.tag), INLINE_SCOPE})
        return self._line(self._tags[el], inside, None if skip is None else self._tags[skip])

    def blocks_of(self, el: Element, skip: Element | None = None) -> str:
        """Return the blocks in an element of the article as Markdown, without one of its children."""
        return self._blocks(self._tags[el], frozenset({str(el.tag)}), None if skip is None else self._tags[skip])


def _is_first_line(tag: ArticleTag) -> bool:
    return tag.name == "p" and tag.element.getprevious() is None
