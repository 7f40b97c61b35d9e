"""Read HAR captures of a browser's developer tools, in JSON (http://www.softwareishard.com/blog/har-12-spec/).

Readers find the posts in it as in any JSON; this module yields the other responses, by URL.
"""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import Any

from ...model.page import MAX_BYTES
from .member import Member, is_web_url, printable_name
from .streams import HEAD, Budget

_BEGIN = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"log"\s*:\s*\{')


def is_har(stream: io.BufferedReader) -> bool:
    """Return True if a stream is a HAR capture, by its first bytes."""
    return _BEGIN.match(stream.peek(HEAD)) is not None


def members(stream: io.BufferedReader, _budget: Budget) -> Iterator[Member]:
    """Yield the responses with captured bodies. Raises ValueError if it is not JSON, or larger than a page may be."""
    raw = stream.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise ValueError("a capture of more than 50 MB")
    log = json.loads(raw)["log"]
    for entry in log.get("entries") or ():
        if (answer := _answer(entry)) is not None:
            yield answer


def _answer(entry: Any) -> Member | None:
    """Return the body of a response; None if it was not captured, or is only a part of a file."""
    try:
        url, status, content = entry["request"]["url"], entry["response"]["status"], entry["response"]["content"]
        text = content["text"]
    except (KeyError, TypeError):
        return None
    if not isinstance(url, str) or not isinstance(text, str) or status != 200 or not is_web_url(url):
        return None
    packed = content.get("encoding") == "base64"
    return Member(printable_name(url), partial(_body, text, packed), url=url, whole=True, aside=True)


def _body(text: str, packed: bool) -> BytesIO:
    """Return the bytes of a body. Raises ValueError if they are not valid base64."""
    return BytesIO(base64.b64decode(text) if packed else text.encode("utf-8", "replace"))
