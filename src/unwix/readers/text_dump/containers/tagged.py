"""Read texts between tags, as in prompts for language models: `<document><source>…</source>…</document>`."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from ..tool_formats.line import Line
from .fields import field_key, stated_in
from .part import Part
from .record_texts import is_text_key

#: Words in the names of tags around a text: `<document>`, `<blog_post>`, `<search-result>`.
_WORDS = frozenset(
    "document doc page webpage item file article entry result source text content markdown body website site web"
    " context chunk post record story blog metadata meta data snippet passage".split()
)
_TAG = re.compile(
    r"<(?P<end>/)?(?P<name>[A-Za-z][\w.:-]*)"
    r"(?P<attributes>(?:\s+[\w:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+))*)\s*(?P<empty>/)?>"
)
_LAST_TAG = re.compile(r"</([A-Za-z][\w.:-]*)\s*>\s*\Z")
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>\s*\Z")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
#: The maximum number of lines of text above the first tag.
_PREAMBLE = 12
_SHORTEST_TEXT, _LONGEST_VALUE = 80, 500
_RULE, _OUTSIDE = "tag around the text", "text between the tagged texts"


class _Token(NamedTuple):
    """A tag, or a piece of a line between tags."""

    line: Line
    name: str | None = None
    is_end: bool = False
    values: dict[str, str] | None = None


def begins_with_tags(text: str) -> bool:
    """Return True if a file begins with a tag around texts, and not with HTML or another XML format."""
    match = _TAG.match(_DECLARATION.sub("", text, count=1).lstrip())
    return match is not None and _is_structural(match["name"]) and match["name"].lower() not in ("body", "meta")


def tagged_parts(lines: Sequence[Line]) -> list[Part]:
    """Return the texts between tags of one name, each with its fields; empty for other files.

    Lines outside of the texts are listed among the removed lines of the nearest text.
    """
    start = islice((line.text.strip() for line in lines if line.text.strip()), _PREAMBLE)
    if not any(text.startswith("<") and begins_with_tags(text) for text in start):
        return []
    is_xml = any(_DECLARATION.match(line.text) for line in lines[:3])
    tokens = [token for line in lines for token in _tokens(line, is_xml)]
    names = dict.fromkeys(token.name for token in tokens if token.name and not token.is_end)
    closed = {token.name for token in tokens if token.is_end}
    last = next((token.name for token in reversed(tokens) if token.name and not token.is_end), None)
    candidates = [_parts(tokens, name) for name in names if name in closed or len(closed) == 0 or name == last]
    candidates += [_parts(tokens, name) for name in names if name not in closed and name != last and closed]
    return max(candidates, key=_score, default=[]) if any(_score(parts)[0] for parts in candidates) else []


def _score(parts: list[Part]) -> tuple[int, int, int]:
    """Return the number of texts in tags of a name, of those with metadata, and their length."""
    sizes = [sum(len(line.text) for line in part.lines) for part in parts]
    texts = sum(size >= _SHORTEST_TEXT for size in sizes)
    if not texts:
        return (0, 0, 0)
    return texts, sum(not part.stated.is_empty() for part in parts), -sum(sizes)


def _is_structural(name: str) -> bool:
    """Return True if a tag can enclose a text or a metadata field."""
    words = re.split(r"[_.:-]", name.lower())
    return any(word.removesuffix("s") in _WORDS for word in words) or field_key(name) is not None


def _tokens(line: Line, is_xml: bool) -> Iterator[_Token]:
    """Yield the tags at both ends of a line and the text between them."""
    text = _CDATA.sub("", line.text) if "CDATA[" in line.text or "]]>" in line.text else line.text
    if "<" not in text:
        text = html.unescape(text) if is_xml else text
        yield _Token(line if text == line.text else Line(text, line.number))
        return
    closing: list[_Token] = []
    rest = text
    while (match := _TAG.match(rest.lstrip())) and _is_structural(match["name"]):
        yield _tag(line, match)
        if match["empty"]:
            yield _Token(Line("", line.number), match["name"].lower(), is_end=True)
        rest = rest.lstrip()[match.end() :]
        value, end, behind = rest.partition(f"</{match['name']}>")
        if end and not match["end"] and field_key(match["name"]) is not None:  # a field that ends on the same line
            yield _Token(Line(value, line.number))
            yield _Token(Line(end, line.number), match["name"].lower(), is_end=True)
            rest = behind
    while (last := _LAST_TAG.search(rest)) and _is_structural(last[1]):
        closing.append(_Token(Line(last[0].strip(), line.number), last[1].lower(), is_end=True))
        rest = _CDATA.sub("", rest[: last.start()])
    rest = _CDATA.sub("", rest)
    if rest.strip() or rest == text:
        yield _Token(Line(html.unescape(rest) if is_xml else rest, line.number))
    yield from reversed(closing)


def _tag(line: Line, match: re.Match[str]) -> _Token:
    values = {m[1]: m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(match["attributes"])}
    return _Token(Line(match[0], line.number), match["name"].lower(), bool(match["end"]), values)


def _parts(tokens: list[_Token], name: str | None) -> list[Part]:
    """Return the texts between tags of a name, with the lines outside of them in the lists of removed lines."""
    parts: list[Part] = []
    outside: list[tuple[int, str, str]] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.name == name and not token.is_end:
            end = next((n for n in range(at + 1, len(tokens)) if tokens[n].name == name and tokens[n].is_end), None)
            inner = tokens[at + 1 : end]
            parts.append(_part(token, inner, tokens[end] if end is not None else None))
            parts[-1].removed[:0] = outside
            outside = []
            at = len(tokens) if end is None else end + 1
        else:
            if token.line.text.strip():
                outside.append((token.line.number, _RULE if token.name else _OUTSIDE, token.line.text.strip()))
            at += 1
    if parts:
        parts[-1].removed += outside
    return parts


def _part(opening: _Token, inner: list[_Token], closing: _Token | None) -> Part:
    part = Part([], removed=[(opening.line.number, _RULE, opening.line.text)])
    values = dict(opening.values or {})
    at = 0
    is_open = False  # inside the tag around the text itself
    while at < len(inner):
        token = inner[at]
        if token.name is None:
            part.lines.append(token.line)
            at += 1
            continue
        end = _end_of_field(inner, at)
        if end is not None and not is_open:
            value = " ".join(one.line.text.strip() for one in inner[at + 1 : end]).strip()
            values.setdefault(token.name, value)
            part.removed += [(one.line.number, _RULE, one.line.text.strip()) for one in inner[at : end + 1]]
            at = end + 1
            continue
        is_open = (is_open or is_text_key(token.name)) and not (token.is_end and is_text_key(token.name))
        for key, value in (token.values or {}).items():
            values.setdefault(key, value)
        part.removed.append((token.line.number, _RULE, token.line.text.strip()))
        at += 1
    if closing is not None:
        part.removed.append((closing.line.number, _RULE, closing.line.text))
    part.removed = [row for row in part.removed if row[2]]
    part.stated = stated_in(values, "the tags around the text")
    return part


def _end_of_field(tokens: list[_Token], at: int) -> int | None:
    """Return the index of the end tag of a field that begins here; None for any other tag."""
    token = tokens[at]
    if token.is_end or token.name is None or field_key(token.name) is None:
        return None
    size = 0
    for n in range(at + 1, len(tokens)):
        if tokens[n].name is not None:
            return n if tokens[n].is_end and tokens[n].name == token.name and size <= _LONGEST_VALUE else None
        size += len(tokens[n].line.text.strip())
        if size > _LONGEST_VALUE:
            return None
    return None
