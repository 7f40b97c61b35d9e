"""Account for every text in a document of Wix's (Ricos or Draft.js), wherever in its JSON it stands.

The walk knows no node types: it takes each string that a visitor reads, and for types that unwix does not know each
string of several words. Words that are not in the article are unaccounted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from ...model.article import Element
from ...model.facts import words
from ...model.ledger import Ledger
from ..facts_builder import without_markers
from ..html_ledger import article_text, in_order, without_glued
from .ricos_media import KNOWN_TYPES

_MAX_DEPTH = 400
_QUOTED = 12


def account_document(document: dict[str, Any], article: Element) -> Ledger:
    """Return the accounts of the words of a document."""
    texts = list(_texts(document))
    written = words("\n".join((article_text(article), *(n.get("alt") or "" for n in article.iter("img")))))
    all_words = Counter(words("\n".join(texts)))
    left = all_words - Counter(written)
    unaccounted: list[str] = []
    if left and (left := without_glued(left, written)):
        unaccounted = in_order("\n".join(texts), left)
    return Ledger(
        post=all_words.total() - len(unaccounted),
        unaccounted=len(unaccounted),
        unaccounted_words=unaccounted[:_QUOTED],
    )


def _texts(document: Any) -> Iterator[str]:
    """Yield the texts of a document in order: neighbours in one line as one, a line break between blocks."""
    stack: list[tuple[Any, str, int]] = [(document, "", 0)]
    line: list[str] = []
    while stack:
        value, name, depth = stack.pop()
        if depth > _MAX_DEPTH:
            continue
        if isinstance(value, dict):
            if (text := _text_of(value)) is not None:
                line.append(without_markers(text))
                stack += [(value[key], key, depth + 1) for key in ("nodes",) if key in value]
                continue
            if line:
                yield "".join(line)
                line = []
            yield from _own_texts(value)
            stack += [
                (inner, key, depth + 1) for key, inner in reversed(value.items()) if isinstance(inner, dict | list)
            ]
        elif isinstance(value, list):
            stack += [(inner, name, depth + 1) for inner in reversed(value)]
    if line:
        yield "".join(line)


def _text_of(value: dict[str, Any]) -> str | None:
    data = value.get("textData")
    text = data.get("text") if isinstance(data, dict) else None
    return text if isinstance(text, str) else None


def _own_texts(value: dict[str, Any]) -> Iterator[str]:
    """Yield the strings of an object itself that a visitor reads."""
    if isinstance(value.get("text"), str) and "entityRanges" in value:
        yield without_markers(value["text"])
    kind = value.get("type")
    if isinstance(kind, str) and isinstance(value.get("nodes"), list) and kind not in KNOWN_TYPES:
        yield from (text for name, data in value.items() if name.endswith("Data") for text in _sentences(data, 0))


def _sentences(data: Any, depth: int) -> Iterator[str]:
    """Yield all strings of several words in the data of a node of an unknown type."""
    if depth > 20:
        return
    if isinstance(data, str):
        if len(data.split()) > 1 and "<" not in data and "{" not in data:
            yield data
    elif isinstance(data, dict | list):
        for inner in data.values() if isinstance(data, dict) else data:
            yield from _sentences(inner, depth + 1)
