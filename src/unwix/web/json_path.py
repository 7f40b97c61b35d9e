"""Read fields of JSON in which any value can be missing, `null` or of the wrong type.

REST answers of 2022 write explicit nulls everywhere (docs/wix/ricos.md#document), and files are untrusted: no
function here raises. Returned strings contain no characters that XML does not allow.
"""

from __future__ import annotations

import json
import re
from typing import Any

from .text_cleaning import clean, without_controls

#: An object of JSON.
Json = dict[str, Any]
_ESCAPED_CONTROL = re.compile(r"\\(?:[bf]|u(?:00[0189]|007f|d[89a-f]|fd[de]|fff[ef]))", re.I)


def parse_json(text: str) -> Any:
    """Return the value of a JSON text, without the control characters and lone surrogates that no file or URL holds.

    Raises ValueError for text that is not JSON, RecursionError for JSON that is nested too deeply.
    """
    value = json.loads(text, strict=False)
    return _without_controls(value) if _ESCAPED_CONTROL.search(text) or _has_controls(text) else value


def _has_controls(text: str) -> bool:
    return without_controls(text) != text


def _without_controls(value: Any) -> Any:
    if isinstance(value, str):
        return without_controls(value)
    if isinstance(value, list):
        return [_without_controls(item) for item in value]
    if isinstance(value, dict):
        return {without_controls(key): _without_controls(item) for key, item in value.items()}
    return value


def json_value(text: str) -> Any:
    """Return the value of a JSON text as `parse_json` does, or None if it is not JSON."""
    try:
        return parse_json(text)
    except (ValueError, RecursionError):
        return None


def json_object(data: bytes) -> Json | None:
    """Return the object that bytes state in JSON, or None if they state anything else."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def dig(value: Any, *path: str) -> Any:
    """Return the value at a path of keys, or None if a step is missing or not an object."""
    for step in path:
        if not isinstance(value, dict):
            return None
        value = value.get(step)
    return value


def obj(value: Any, *path: str) -> Json:
    """Return the object at a path, or an empty one."""
    value_at_path = dig(value, *path)
    return value_at_path if isinstance(value_at_path, dict) else {}


def objects(value: Any, *path: str) -> list[Json]:
    """Return the objects of the list at a path, without other values.

    Draft.js tables write lists as objects with numbers as keys (docs/wix/draftjs.md#objects-with-numbers-as-keys):
    their values are returned in numeric order.
    """
    value_at_path = dig(value, *path)
    if isinstance(value_at_path, dict):
        value_at_path = [value_at_path[key] for key in sorted(value_at_path, key=lambda k: (len(str(k)), str(k)))]
    return [item for item in value_at_path if isinstance(item, dict)] if isinstance(value_at_path, list) else []


def text(value: Any, *path: str) -> str:
    """Return the string at a path without invisible characters, or an empty string."""
    for step in path:  # not `dig`: a document has hundreds of such look-ups
        if not isinstance(value, dict):
            return ""
        value = value.get(step)
    if not isinstance(value, str):
        return ""
    return value if value.isprintable() else clean(value)


def line(value: Any, *path: str) -> str:
    """Return the string at a path as one trimmed line."""
    for step in path:  # not `text`: a post has a hundred of such look-ups
        if not isinstance(value, dict):
            return ""
        value = value.get(step)
    if not isinstance(value, str):
        return ""
    return " ".join((value if value.isprintable() else clean(value)).split())


def kind_of(node: Json) -> str:
    """Return the type of a node, a decoration, a block or an entity."""
    value_at_path = node.get("type")
    return value_at_path.strip() if isinstance(value_at_path, str) else ""


def first_line(value: Any, *paths: tuple[str, ...]) -> str:
    """Return the line at the first path that has one, or an empty string."""
    return next((value_at_path for path in paths if (value_at_path := line(value, *path))), "")


def number(value: Any, *path: str) -> int | None:
    """Return the whole number at a path, also of a float or a string of digits (protobuf writes int64 so), or None."""
    value_at_path = dig(value, *path)
    if (
        isinstance(value_at_path, str)
        and value_at_path.isascii()
        and value_at_path.isdigit()
        and len(value_at_path) < 12
    ):
        return int(value_at_path)
    if isinstance(value_at_path, bool) or not isinstance(value_at_path, int | float):
        return None
    return int(value_at_path) if -1e12 < value_at_path < 1e12 else None


def flag(value: Any, *path: str) -> bool | None:
    """Return the boolean at a path, or None."""
    value_at_path = dig(value, *path)
    return value_at_path if isinstance(value_at_path, bool) else None


def identity(value: Json) -> str:
    """Return the id of an object. The JavaScript SDK renames `id` to `_id` (docs/wix/ricos.md#ids), drafts to `key`."""
    for name in ("id", "_id", "key"):
        if value_at_path := line(value, name):
            return value_at_path
    return ""
