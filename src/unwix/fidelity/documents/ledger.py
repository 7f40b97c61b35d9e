"""Account for every text in a document of Wix (Ricos or Draft.js), wherever it is in the JSON.

The walk takes the text of nodes and blocks, and from all other fields, known or not, each string that a person would
see (shown_strings.py). Words that are not in the article are unaccounted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from ...model.article import Element
from ...model.facts import text_key, words
from ...model.ledger import Ledger
from ...model.problems import Problem
from ...wix.url_keys import image_key, url_key
from ..facts_builder import without_markers
from ..ledger.html_ledger import article_text, in_order, other_texts, text_of_page, without_glued
from ..ledger.shown_strings import is_shown, shown_strings
from .draftjs_media import KNOWN_ENTITIES
from .ricos_media import KNOWN_TYPES

_MAX_DEPTH = 400
#: Values of JSON that contain others.
_HOLDERS = (dict, list)
_QUOTED = 12
#: Parts of a document that no visitor reads, or that an app interprets.
_NOT_SHOWN = frozenset(
    {
        "appEmbedData", "documentStyle", "mapSettings", "msg", "oembed",
        "original_file_name", "file_name", "rel", "selectedProduct", "spoiler", "createdTimestamp", "updatedTimestamp",
    }
)  # fmt: skip
#: Fields that only an oEmbed response has (https://oembed.com), and all of its fields with another site's words.
_OEMBED = frozenset({"provider_name", "provider_url"})
_OF_OEMBED = _OEMBED | {"author_name", "author_url", "description", "html", "title", "type", "version"}
#: What a link preview or an embed says of another page, and its code. Elsewhere such a text is the author's.
_OF_OTHERS = frozenset({"description", "html"})
#: Fields of data about another page, and of what hides a block until it is clicked.
_ABOUT_OTHERS = frozenset({"thumbnailUrl", "thumbnail_url", "oembed", "srcType", "buttonText", "enabled", "source"})
_DATA_OF_OTHERS = "linkPreviewData"
_PARENTS = frozenset({_DATA_OF_OTHERS, "spoilerData", "spoiler", "htmlData", "embedData"})
_URL = re.compile(r"(?:https?:)?//\S+|wix:\w+://\S+|[0-9a-z]{4,8}_[0-9a-f]{32}~mv2\.\w+", re.I)


def account_document(document: dict[str, Any], article: Element) -> tuple[Ledger, list[Problem]]:
    """Return the accounts of the words of a document, and problems about media in unknown nodes."""
    text = "\n".join((article_text(article), *other_texts(article)))
    written = words(text)
    texts = list(_texts(document, f" {' '.join(written)} "))
    shown = words("\n".join(texts))
    left = Counter(shown) - Counter(written) if shown != written else None
    unaccounted: list[str] = []
    if left and (left := without_glued(left, written)):
        unaccounted = in_order("\n".join(texts), left)
    ledger = Ledger(
        post=len(shown) - len(unaccounted),
        unaccounted=len(unaccounted),
        unaccounted_words=unaccounted[:_QUOTED],
    )
    return ledger, list(_media_left_out(document, article))


def _texts(document: Any, article: str) -> Iterator[str]:
    """Yield the texts of a document in order, adjacent texts of a line as one; some are empty."""
    stack: list[tuple[Any, str, int]] = [(document, "", 0)]
    line: list[str] = []
    while stack:
        value, name, depth = stack.pop()
        if depth > _MAX_DEPTH or name in _NOT_SHOWN:
            continue
        if isinstance(value, dict):
            if (text := _text_of(value)) is not None:
                line.append(without_markers(text))
                yield from _notes_of(value, article)
                stack += [(value[key], key, depth + 1) for key in ("nodes",) if key in value]
                continue
            yield "".join(line)
            line = []
            hidden = _hidden_in(value, name)
            yield from _own_texts(value, name == "htmlData" or value.get("srcType") == "html", article, hidden)
            stack += [
                (inner, _DATA_OF_OTHERS if key == "data" and _is_preview(value) else key, depth + 1)
                for key, inner in reversed(value.items())
                if isinstance(inner, _HOLDERS) and key not in hidden
            ]
        elif isinstance(value, list):
            stack += [(inner, name, depth + 1) for inner in reversed(value)]
        elif name == "nodes" and isinstance(value, str):
            line.append(value)
        elif isinstance(value, str) and is_shown(name, value) and f" {text_key(value)} " not in article:
            yield value
    yield "".join(line)


def _hidden_in(value: dict[str, Any], name: str) -> frozenset[str]:
    """Return the fields of an object that no visitor reads; `name` is its own key."""
    if not _OEMBED.isdisjoint(value):
        return _NOT_SHOWN | _OF_OEMBED
    is_about_others = name in _PARENTS or not _ABOUT_OTHERS.isdisjoint(value)
    return _NOT_SHOWN | _OF_OTHERS if is_about_others else _NOT_SHOWN


def _is_preview(entity: dict[str, Any]) -> bool:
    """Return True for an entity of Draft.js that previews another page."""
    return "link-preview" in str(entity.get("type")).lower().replace("_", "-")


def _text_of(value: dict[str, Any]) -> str | None:
    data = value.get("textData")
    text = data.get("text") if isinstance(data, dict) else None
    if text is None and value.get("type") == "TEXT":
        text = value.get("text")
    return text if isinstance(text, str) else None


def _notes_of(node: dict[str, Any], article: str) -> Iterator[str]:
    """Yield the texts attached to a text, such as a note in a decoration."""
    data = node.get("textData")
    own_text = "textData" if isinstance(data, dict) else "text"
    parts = [(node, ("type", "id", "nodes", own_text)), (data, ("text",))]
    for part, known in parts:
        if isinstance(part, dict):
            for name, inner in part.items():
                if inner and name not in known:
                    yield from _not_in(article, shown_strings(inner, name, _NOT_SHOWN))


def _not_in(article: str, texts: Iterable[str]) -> Iterator[str]:
    """Yield the texts that the article, given as a key, does not contain."""
    return (text for text in texts if (key := text_key(text)) and f" {key} " not in article)


def _own_texts(value: dict[str, Any], is_html: bool, article: str, hidden: frozenset[str]) -> Iterator[str]:
    """Yield the strings of an object itself that a visitor reads; `is_html`: it contains the code of an HTML block."""
    is_block = isinstance(value.get("text"), str) and "entityRanges" in value
    if is_block:
        yield without_markers(value["text"])
    code = value.get("src" if value.get("srcType") == "html" else "html")
    if is_html and isinstance(code, str) and "<" in code and "<script" not in code.lower() and not value.get("url"):
        lines = (" ".join(line.split()) for line in text_of_page(code).split("\n"))
        yield from _not_in(article, lines)
    for name, inner in value.items():
        if isinstance(inner, str) and not (is_block and name == "text"):
            yield from _not_in(article, shown_strings(inner, name, hidden))


def _is_unknown(value: dict[str, Any]) -> bool:
    """Return True for a node or an entity of an unknown type."""
    kind = value.get("type")
    if not isinstance(kind, str):
        return False
    if isinstance(value.get("nodes"), list):
        return kind.strip() not in KNOWN_TYPES
    return "mutability" in value and kind not in KNOWN_ENTITIES


# ---- media in nodes of unknown types ------------------------------------------------------------------------------


def _media_left_out(document: Any, article: Element) -> Iterator[Problem]:
    """Yield a problem for each unknown node whose URL or image is not in the article."""
    unknown = [node for node in _typed_objects(document) if _is_unknown(node)]
    if not unknown:
        return
    urls = {url_key(node.get(name) or "") for name in ("href", "src") for node in article.iter("a", "img")}
    images = {image_key(node.get("src") or "") for node in article.iter("img")}
    for node in unknown:
        data = [inner for name, inner in node.items() if name.lower().endswith("data")]
        for url in dict.fromkeys(url for inner in _strings(data, 0) for url in _URL.findall(inner)):
            if url_key(url) not in urls and image_key(url) not in images:
                kind = str(node.get("type"))[:60]
                yield Problem(
                    "element-left-out", "body", f"of a block of the kind {kind} this is left out: {url[:160]}"
                )


def _typed_objects(document: Any) -> Iterator[dict[str, Any]]:
    """Yield all objects with a type, in order. This visits the whole document, so each step counts."""
    stack: list[tuple[Any, int]] = [(document, 0)]
    while stack:
        value, depth = stack.pop()
        if isinstance(value, dict):
            if "type" in value:
                yield value
            value = list(value.values())
        if depth < _MAX_DEPTH:
            inner = [(part, depth + 1) for part in value if isinstance(part, _HOLDERS)]
            inner.reverse()
            stack += inner


def _strings(data: Any, depth: int) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, _HOLDERS) and depth < 20:
        for inner in data.values() if isinstance(data, dict) else data:
            yield from _strings(inner, depth + 1)
