"""The walk through an article: each element's converter gets what the element's children became."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet

from ...model.article import CONTAINERS, Element
from ...web.tags import CELLS, LISTS
from .lists import may_interrupt
from .marks import collapse_spaces

Scope = AbstractSet[str]
"""The names of the elements around an element."""
#: In a scope: blocks are read as parts of one line.
INLINE_SCOPE = "_inline"
#: Elements whose children are blocks.
_FLOW = CONTAINERS - CELLS | {"div"}
#: Elements whose converters ask how many of the kind stand directly before them.
_COUNTED = LISTS | {"li"}


class ArticleWalk:
    """Converts an article with one method per element of its vocabulary: `convert_<element>(el, text, around)`.

    `text` is what the element's children became: blocks separated by blank lines, all others joined as a raw line (see
    marks.py). `around` are the names of the elements around it.
    """

    def __init__(self, article: Element) -> None:
        self.article = article
        self._converters: dict[str, Callable[..., str] | None] = {}
        self._repeats: dict[Element, int] = {}

    def is_converted_whole(self, el: Element, around: Scope) -> bool:
        """Return whether an element's converter needs no text of its children; it gets None then."""
        raise NotImplementedError

    def with_anchor(self, el: Element, text: str) -> str:
        """Return a block with the anchor that links of the same page need."""
        raise NotImplementedError

    def convert(self, el: Element, around: Scope = frozenset()) -> str:
        """Convert an element and everything in it."""
        tag = str(el.tag)
        if self.is_converted_whole(el, around):
            text = None
        elif tag in _FLOW:
            text = self._blocks(el, around | {tag})
        else:
            text = self._line(el, around | {tag})
        if tag not in self._converters:
            self._converters[tag] = getattr(self, f"convert_{tag}", None)
        converter = self._converters[tag]
        return (text or "") if converter is None else converter(el, text, around)

    def convert_text(self, text: str, around: Scope) -> str:
        """Return text with each run of white space as one space, as it is in code. Its block escapes it."""
        return text if "code" in around else collapse_spaces(text)

    def repeats(self, el: Element) -> int:
        """Return how many elements of the same name stand directly before a list or an item."""
        return self._repeats.get(el, 0)

    def _children(self, el: Element) -> Iterator[Element]:
        name, repeats = None, 0
        for child in el:
            repeats = repeats + 1 if child.tag == name else 0
            name = child.tag
            if repeats and name in _COUNTED:
                self._repeats[child] = repeats
            yield child

    def _line(self, el: Element, inside: Scope, skip: Element | None = None) -> str:
        parts = [self.convert_text(text, inside)] if (text := el.text) else []
        for child in self._children(el) if el.tag in LISTS else el:
            if child is not skip:
                parts.append(self.convert(child, inside))
            if tail := child.tail:
                parts.append(self.convert_text(tail, inside))
        return "".join(parts)

    def _blocks(self, el: Element, inside: Scope, skip: Element | None = None) -> str:
        """Return the blocks in an element, separated by blank lines.

        A nested list follows the first line of its item directly.
        """
        out: list[str] = []
        before: Element | None = None
        for child in self._children(el):
            if child is skip:
                continue
            if text := self.with_anchor(child, self.convert(child, inside)):
                if out:
                    after_line = len(out) == 1 and el.tag == "li" and before is not None and _is_first_line(before)
                    out.append("\n" if after_line and may_interrupt(child) else "\n\n")
                out.append(text)
            before = child
        return "".join(out)

    def inline_of(self, el: Element, skip: Element | None = None) -> str:
        """Return the content of an element of the article, without one child, as a raw line."""
        return self._line(el, frozenset({str(el.tag), INLINE_SCOPE}), skip)

    def blocks_of(self, el: Element, skip: Element | None = None) -> str:
        """Return the blocks in an element of the article, without one child, as Markdown."""
        return self._blocks(el, frozenset({str(el.tag)}), skip)


def _is_first_line(el: Element) -> bool:
    return el.tag == "p" and el.getprevious() is None
