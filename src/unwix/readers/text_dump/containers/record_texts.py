"""Find the texts of pages in JSON values and rows: the field with the text, and the fields with its metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from ..tool_formats.forms import numbered
from .fields import plain_key, stated_in, url_in
from .part import Part, Stated

#: Names of fields with the text of a page, without separators.
_TEXT_KEYS = frozenset(
    "text texts content contents markdown pagecontent body rawcontent fullcontent fulltext articletext article"
    " extractedtext maintext contenttext cleanedtext md rawtext bodytext plaintext documentcontent document documents"
    " doc docs pagetext transcript innertext lines paragraphs page".split()
)
#: Suffixes of longer names: `scraped_text`, `bodyMarkdown`.
_TEXT_ENDS = ("text", "content", "markdown", "body", "transcript", "textcontent")
#: Words that such a name must not contain.
_OF_OTHERS = ("alt", "anchor", "link", "button", "label", "html", "title", "context")
#: A shorter string is a label or a snippet; from a field with another name, only a text of several lines is read.
_SHORTEST, _SHORTEST_OF_OTHERS, _LEAST_LINES = 80, 200, 4
_DEEPEST = 12
_SOURCE_INDENT = " " * 8
_HTML = re.compile(r"\s*<(?:!doctype|html|head|body|div|p|main|header|h\d|meta|script|span|img|br|ul|ol|table)\b", re.I)
#: This many escaped line breaks, or two in a row, without any real one, mean that the text was encoded twice.
_LEAST_ESCAPED = 5
_TABLE_NAMES = ("columns", "header", "headers", "fields", "columnnames")
_TABLE_ROWS = ("data", "rows", "values")
#: Lists and objects next to records that are not about a single one of them.
_ABOUT_ALL = frozenset({"usage", "links"})


def parts_in(value: Any, where: str) -> Iterator[Part]:
    """Yield a part for each text in a value: a JSON object, a list of objects, or a row of a table."""
    yield from _walk(value, Stated(), where, 0)


def is_text_key(key: str) -> bool:
    """Return True if a field or column with this name contains the text of a page."""
    plain = plain_key(key)
    return plain in _TEXT_KEYS or (plain.endswith(_TEXT_ENDS) and not any(word in plain for word in _OF_OTHERS))


def _walk(value: Any, outer: Stated, where: str, depth: int) -> Iterator[Part]:
    """Yield the parts of a value; `outer` is the metadata of the objects around it."""
    if depth > _DEEPEST:
        return
    if isinstance(value, str):
        if (text := _as_text(value)) is not None and _has_lines(text):
            yield Part(numbered(text), outer, is_sure=False)
    elif isinstance(value, Sequence):
        if (rows := _rows_below_names(value)) is not None:
            value = rows
        elif _are_elements(value):
            value = _joined_elements(value)
        for item in value:
            yield from _walk(item, outer if len(value) == 1 else Stated(), where, depth + 1)
    elif isinstance(value, Mapping):
        yield from _walk_object(value, outer, where, depth)


def _walk_object(value: Mapping[str, Any], outer: Stated, where: str, depth: int) -> Iterator[Part]:
    rows = _columns(value)
    if rows is not None:
        for row in rows:
            yield from _walk(row, Stated(), where, depth + 1)
        return
    stated = stated_in(value, where)
    stated.fill(outer)
    if (text_found := _text_of(value)) is not None:
        text, is_sure, is_markdown = text_found
        yield Part(numbered(text), stated, is_markdown=is_markdown, is_sure=is_sure)
        return
    for key, item in value.items():
        url = url_in(str(key))
        if url is not None and url == str(key).strip():
            yield from _walk(item, Stated(url=url, where=where), where, depth + 1)
        elif isinstance(item, Mapping | list):
            is_own = plain_key(str(key)) not in _ABOUT_ALL and (isinstance(item, Mapping) or len(item) == 1)
            yield from _walk(item, stated if is_own else Stated(), where, depth + 1)


# ---- the text of one record -------------------------------------------------------------------------------------


def _text_of(value: Mapping[str, Any]) -> tuple[str, bool, bool] | None:
    """Return the longest text of an object, and whether its field name declares a text, and Markdown.

    Of two texts, the one with lines is returned.
    """
    candidates: list[tuple[bool, int, int, str, str]] = []
    for key, item in value.items():
        is_known = is_text_key(str(key))
        if not is_known and (not isinstance(item, str) or url_in(str(key)) is not None):
            continue
        text = _as_text(item)
        if text is not None and (is_known or (len(text) >= _SHORTEST_OF_OTHERS and _has_lines(text))):
            candidates.append((is_known, _lines_up_to(text, 3), len(text), text, plain_key(str(key))))
    if not candidates:
        return None
    is_known, _, _, text, key = max(candidates, key=lambda one: one[:3])
    return text, is_known, key.endswith("markdown") or key == "md"


def _as_text(item: Any) -> str | None:
    """Return the text in a value: a string, or a list of lines, paragraphs or blocks with a text each."""
    text = item
    if isinstance(item, list) and item:
        blocks = [one.get("text") if isinstance(one, Mapping) and "type" in one else one for one in item]
        texts = [block for block in blocks if isinstance(block, str)]
        if len(texts) < len(blocks):
            return None
        is_lines = any(not one.strip() for one in texts[:-1]) or all(one.endswith("\n") for one in texts)
        text = ("\n" if is_lines else "\n\n").join(texts)
    if not isinstance(text, str) or len(text) < _SHORTEST or _HTML.match(text):
        return None
    if "\n" not in text and (text.count("\\n") >= _LEAST_ESCAPED or "\\n\\n" in text):
        return text.replace("\\r\\n", "\n").replace("\\n", "\n").replace("\\t", "\t").replace('\\"', '"')
    return text


def _lines_up_to(text: str, most: int) -> int:
    """Return the number of line ends in a text, at most `most`; those of a page's source are followed by an indent."""
    own = (line for line in text.split("\n", 200)[1:] if line.strip() and not line.startswith(_SOURCE_INDENT))
    return sum(1 for _ in islice(own, most))


def _has_lines(text: str) -> bool:
    return sum(1 for line in text.split("\n", 50) if line.strip()) >= _LEAST_LINES


# ---- elements of a page -----------------------------------------------------------------------------------------


def _are_elements(values: Sequence[Any]) -> bool:
    """Return True for the elements of pages that Unstructured writes: each has a type, an id and a text."""
    return len(values) > 1 and all(
        isinstance(one, Mapping) and "element_id" in one and isinstance(one.get("text"), str) and "type" in one
        for one in values
    )


def _joined_elements(elements: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return one record per page, whose text has the elements as paragraphs, list items and headings."""
    pages: dict[str, tuple[Mapping[str, Any], list[str]]] = {}
    for one in elements:
        metadata: Mapping[str, Any] = one["metadata"] if isinstance(one.get("metadata"), Mapping) else {}
        name = str(metadata.get("url") or metadata.get("filename") or "")
        texts = pages.setdefault(name, (metadata, []))[1]
        is_item, is_title = one["type"] == "ListItem", one["type"] == "Title"
        sign = "- " if is_item else ("## " if texts else "# ") if is_title else ""
        gap = "\n" if is_item and texts and texts[-1].lstrip().startswith("- ") else "\n\n"
        texts.append(f"{gap}{sign}{one['text']}")
    return [{"metadata": dict(metadata), "markdown": "".join(texts).strip()} for metadata, texts in pages.values()]


# ---- tables written as JSON -------------------------------------------------------------------------------------


def _columns(value: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """Return the rows of a table whose columns are lists or objects, or that states names and rows separately."""
    by_key = {plain_key(str(key)): item for key, item in value.items()}
    names = next((by_key[key] for key in _TABLE_NAMES if isinstance(by_key.get(key), list)), None)
    rows = next((by_key[key] for key in _TABLE_ROWS if isinstance(by_key.get(key), list)), None)
    if names and rows and all(isinstance(row, list) for row in rows):
        titles = [str(name.get("name") if isinstance(name, Mapping) else name) for name in names]
        return [dict(zip(titles, row, strict=False)) for row in rows]
    texts = next((item for key, item in value.items() if is_text_key(str(key)) and isinstance(item, list | dict)), None)
    if isinstance(texts, list) and len(texts) == 1 and isinstance(texts[0], list):  # the responses to one query
        value = {key: item[0] if isinstance(item, list) and len(item) == 1 else item for key, item in value.items()}
        texts = texts[0]
    columns = {str(key): item for key, item in value.items() if _is_column(item, texts)}
    if not texts or len(columns) < 2 or not all(isinstance(text, str) for text in _cells(texts)):
        return None
    return [dict(zip(columns, row, strict=True)) for row in zip(*map(_cells, columns.values()), strict=True)]


def _is_column(item: Any, texts: Any) -> bool:
    """Return True if a value has as many cells as the column of texts, with the same keys."""
    if isinstance(item, dict) and isinstance(texts, dict):
        return item.keys() == texts.keys()
    return isinstance(item, list) and isinstance(texts, list) and len(item) == len(texts)


def _cells(column: list[Any] | dict[str, Any]) -> list[Any]:
    return list(column.values()) if isinstance(column, dict) else column


def _rows_below_names(rows: Sequence[Any]) -> list[dict[str, Any]] | None:
    """Return the rows of a list of lists whose first one contains the column names."""
    if len(rows) < 2 or not all(isinstance(row, list) for row in rows):
        return None
    names = rows[0]
    if not all(isinstance(name, str) for name in names) or not any(is_text_key(name) for name in names):
        return None
    return [dict(zip(names, row, strict=False)) for row in rows[1:]]
