"""Read values of a Wix document, whose fields may be missing or of another type."""

from __future__ import annotations

from typing import Any


def get(value: Any, *path: str) -> Any:
    """Return the value at a path of keys, or None if a step is missing."""
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def string(value: Any, *path: str) -> str:
    """Return the string at a path, or an empty string."""
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value if isinstance(value, str) else ""


def dicts(value: Any, *path: str) -> list[dict[str, Any]]:
    """Return the objects in the list (or the values of the object) at a path."""
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    if not value:  # usually missing
        return []
    items = list(value.values()) if isinstance(value, dict) else value
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def nodes_in(node: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the nodes in a node of a document."""
    return dicts(node, "nodes") if node.get("nodes") else []
