"""Read HAR captures, in which a browser's developer tools record what a visit loaded, as JSON.

The format: http://www.softwareishard.com/blog/har-12-spec/. A visit loads the first post as a page, and posts opened by
a click as documents (docs/wix/api.md#captures); one file can contain both.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

from ...web.json_path import Json, dig, obj, objects


def answers(value: Any) -> list[str] | None:
    """Return the texts of all responses in a capture; None for a JSON value that is not a capture.

    Base64 bodies are decoded; binary ones (images) are left out.
    """
    if not isinstance(dig(value, "log", "entries"), list):
        return None
    texts = (_text(obj(entry, "response", "content")) for entry in objects(value, "log", "entries"))
    return [text for text in texts if text]


def _text(content: Json) -> str | None:
    text = content.get("text")
    if not isinstance(text, str) or content.get("encoding") != "base64":
        return text if isinstance(text, str) else None
    try:
        return base64.b64decode(text).decode("utf-8")
    except (ValueError, binascii.Error):
        return None
