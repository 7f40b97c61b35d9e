"""Ids that Wix gives to posts, members, categories and tags."""

from __future__ import annotations

import re

from ..web.json_path import Json, line

_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\Z|[0-9a-f]{24}\Z", re.I)
#: The fields of a post object with its ids; comments refer to the first (docs/wix/api.md#comments).
_ID_FIELDS = ("referenceId", "internalId", "contentId", "id", "_id")


def is_id(text: str) -> bool:
    """Return True if the text is an id of Wix: a GUID, or 24 hexadecimal digits."""
    return _ID.match(text) is not None


def ids_of(post: Json) -> list[str]:
    """Return all ids in a post object, first the one that comments refer to."""
    return [value for name in _ID_FIELDS if (value := line(post, name))]
