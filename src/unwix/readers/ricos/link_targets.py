"""Find the nodes of a document that links point to: only these get an `id` in the article."""

from __future__ import annotations

from typing import Any

from ...web.json_path import Json, identity, line, objects
from ..article_building.context import ANCHOR


def linked_keys(document: Any) -> set[str]:
    """Return the ids that links anywhere in the document point to."""
    result: set[str] = set()
    stack = [document]
    while stack:
        value = stack.pop()
        kind = type(value)  # this loop visits the whole document, so each step counts
        if kind is dict:
            stack += value.values()
            if "anchor" in value and (anchor := line(value, "anchor")):
                result.add(anchor.removeprefix(ANCHOR))
            if "url" in value and (url := line(value, "url")) and "#" + ANCHOR in url:
                result.add(url.rpartition("#" + ANCHOR)[2])
        elif kind is list:
            stack += value
    return result


def all_keys(nodes: list[Json]) -> set[str]:
    """Return the ids of all nodes."""
    result: set[str] = set()
    stack = list(nodes)
    while stack:
        node = stack.pop()
        result.add(identity(node))
        stack.extend(objects(node, "nodes"))
    return result
