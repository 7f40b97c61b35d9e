"""Hooked elements: how the viewer's elements are found by their `data-hook`, and what they say."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.article import Element, text_of
from ..article_building.inline_runs import Run, one_line, tidy


def hooked(node: Element, *prefixes: str) -> Iterator[Element]:
    """The elements in a tree whose hook begins with one of the prefixes."""
    return (n for n in node.iter() if isinstance(n.tag, str) and (n.get("data-hook") or "").startswith(prefixes))


def words_of(node: Element | None) -> str:
    """The words in an element as one clean line; empty for None."""
    return " ".join(r.text for r in one_line(tidy([Run(text_of(node))]))).strip() if node is not None else ""


def whole_number(value: str | None) -> int | None:
    """The whole number in an attribute, None when anything else is there."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else None
