"""Find the viewer's elements by their `data-hook`, and read their texts."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.article import Element, text_nodes, text_of
from ...web.tags import NO_TEXT
from ...wix.hooks import is_interface
from ..article_building.inline_runs import Run, one_line, tidy

#: A line ends before and after these elements.
_LINE_ENDS = ("br", "div", "p")


def hooked(node: Element, *prefixes: str) -> Iterator[Element]:
    """Yield the elements in a tree whose hook begins with one of the prefixes."""
    return (n for n in node.iter() if isinstance(n.tag, str) and (n.get("data-hook") or "").startswith(prefixes))


def words_of(node: Element | None) -> str:
    """Return the words in an element as one clean line; empty for None."""
    return " ".join(r.text for r in one_line(tidy([Run(text_of(node))]))).strip() if node is not None else ""


def lines_of_author(node: Element) -> list[str]:
    """Return the lines of text in an element without buttons and other interface text of the viewer."""
    nodes = text_nodes(node, lambda child: child.tag in NO_TEXT or is_interface(child))
    pieces = ((child.tag in _LINE_ENDS) * "\n" + text.replace("\n", " ") for child, _is_tail, text in nodes)
    lines = ("".join(r.text for r in one_line(tidy([Run(line)]))).strip() for line in "".join(pieces).split("\n"))
    return [line for line in lines if line]


def whole_number(value: str | None) -> int | None:
    """Return the whole number in an attribute, or None if it contains anything else."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else None
