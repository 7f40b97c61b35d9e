"""Find the strings that a person would see in data of unknown structure, by the kind of their key and value.

Wix adds fields to its documents, and other programs keep the texts of their widgets in attributes. A string of several
words is a text unless its key or its value is that of a setting; one word is a text only under a key such as `title`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from ...model.words_of_scripts import VOWEL_MARKS, WITHOUT_SPACES

_DEEPEST = 30
#: Last words of keys whose value a visitor reads even if it is one word.
_TEXT_KEYS = frozenset(
    {
        "answer", "body", "caption", "content", "footnote", "heading", "headline", "label", "legend", "message", "note",
        "placeholder", "question", "quote", "subheading", "subtitle", "summary", "teaser", "text", "title", "tooltip",
        "words",
    }
)  # fmt: skip
#: Last words of keys whose value is a setting, an internal name or a URL.
_SETTING_KEYS = frozenset(
    {
        "action", "alignment", "align", "animation", "background", "behavior", "border", "class", "classes", "color",
        "colors", "css", "direction", "display", "easing", "effect", "event", "events", "family", "file", "filename",
        "font", "fonts", "format", "gradient", "hash", "hook", "href", "icon", "id", "ids", "key", "keys", "kind",
        "lang", "language", "layout", "locale", "mime", "mode", "mutability", "origin", "path", "pathname",
        "position", "provider", "rel", "sandbox", "selector", "shadow", "shape", "size", "sizes", "slug", "src",
        "srcset", "style", "styles", "tags", "target", "template", "theme", "timezone", "token", "transform",
        "transition", "type", "uri", "url", "uuid", "variant", "version", "weight", "zone",
    }
)  # fmt: skip
_KEY_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
#: A word of letters.
LETTERS = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{VOWEL_MARKS}])+")
#: One word that is not an identifier such as `fade-in`, `bef69125` or `item_title`.
_ONE_WORD = re.compile(rf"\s*{LETTERS.pattern}[.!?:…।]?\s*")
#: Scripts written without spaces: a text of two characters can be a sentence.
SPACELESS = re.compile(rf"{WITHOUT_SPACES.pattern}{{2}}")
#: Markup, code, JSON, lengths and colors of a style sheet, and file names.
_NO_TEXT = re.compile(
    r"[<{]|^[\w.-]+\(|\b\d+(?:px|r?em|vh|vw|ms)\b|#[0-9a-f]{6}\b|^\s*[\w-]+\s*:\s*[\w#.-]+;|\.(?:jpe?g|png|gif|webp|svg|mp4|pdf|js|css)$",
    re.I,
)
_HTML = re.compile(r"</[a-z][\w-]*\s*>|<br\b", re.I)
_PROGRAM = re.compile(r"<(?:script|style|svg|iframe|object)\b", re.I)
_TAG = re.compile(r"<[^<>]*>")
_URL = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?//\S*\s*|\s*(?:mailto|tel|data|blob):\S*\s*|\s*wix:\w+://.*", re.I)


def shown_strings(data: Any, name: str = "", hidden: frozenset[str] = frozenset(), depth: int = 0) -> Iterator[str]:
    """Yield the strings in data that a person would see, in order; none under a key of `hidden`.

    `name` is the key of the data. JSON inside a string is searched too.
    """
    if depth > _DEEPEST or name in hidden:
        return
    if isinstance(data, str):
        if data.lstrip()[:1] in ("{", "[") and (inner := _parsed(data)) is not None:
            yield from shown_strings(inner, name, hidden, depth + 1)
        elif kind_of_key(name) != "setting" and is_shown(name, text := _without_tags(data)):
            yield text
    elif isinstance(data, dict):
        for key, inner in data.items():
            yield from shown_strings(inner, str(key), hidden, depth + 1)
    elif isinstance(data, list):
        for inner in data:
            yield from shown_strings(inner, name, hidden, depth + 1)


def _without_tags(text: str) -> str:
    """Return the text of a piece of HTML; any other text, and HTML with a program in it, as it is."""
    return " ".join(_TAG.sub(" ", text).split()) if _HTML.search(text) and not _PROGRAM.search(text) else text


def is_shown(name: str, value: str) -> bool:
    """Return True if a string under such a key is a text that a person would see."""
    kind = kind_of_key(name)
    if kind == "setting" or _NO_TEXT.search(value) or _URL.fullmatch(value):
        return False
    number = len(LETTERS.findall(value))
    has_words = number > 1 and len(value.split()) > 1
    is_word = kind == "text" and _ONE_WORD.fullmatch(value) is not None
    return has_words or is_word or SPACELESS.search(value) is not None


@lru_cache(maxsize=1000)  # a document has few distinct keys
def kind_of_key(name: str) -> str:
    """Return `text` for a key such as `title`, `setting` for one such as `color`, an empty string for others."""
    words = _KEY_WORD.findall(name)
    last = words[-1].lower() if words else ""
    if last == "name" and len(words) > 1:  # `className`, `file_name`
        last = words[-2].lower()
    return "text" if last in _TEXT_KEYS else "setting" if last in _SETTING_KEYS else ""


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
