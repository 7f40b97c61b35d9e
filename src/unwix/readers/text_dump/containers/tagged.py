"""Texts between tags, as prompts for language models have them: `<document><source>…</source>…</document>`."""

from __future__ import annotations

import re

from ..tool_formats.line import Line
from .fields import FIELD_OF, plain_key, stated_in
from .part import Part

_NAMES = (
    r"(?:document|doc|page|webpage|web_page|item|file|article|entry|result|search_result|text|website|context|chunk|post"
    r"|source)"
)
_OPEN = re.compile(rf"\s*<({_NAMES})((?:\s+[\w:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+))*)\s*>\s*\Z", re.I)
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
_FIELD = re.compile(r"\s*<([\w:-]+)>\s*(.*?)\s*</\1>\s*\Z")
#: Tags around the texts or around all of them.
_WRAPPER = re.compile(
    r"\s*</?(?:documents?|docs|pages|items|files|articles|entries|results|search_results|sources|posts|context|"
    r"document_contents?|contents?|page_content|text|body|markdown|raw_content|metadata)\s*>\s*\Z",
    re.I,
)
_RULE = "tag around the text"


def tagged_parts(lines: list[Line]) -> list[Part]:
    """Return the texts between tags of one name, each with its fields; empty for a file of another form."""
    first = [n for n, line in enumerate(lines) if line.text.strip()][:6]
    opening = next((m for n in first if (m := _OPEN.match(lines[n].text)) and not _is_only_wrapper(lines, m[1])), None)
    if opening is None or not lines[first[0]].text.lstrip().startswith("<"):
        return []
    name = opening[1].lower()
    close = re.compile(rf"\s*</{name}\s*>\s*\Z", re.I)
    parts: list[Part] = []
    part: Part | None = None
    values: dict[str, str] = {}
    for line in lines:
        opened = _OPEN.match(line.text)
        if opened and opened[1].lower() == name and part is None:
            part = Part([], removed=[(line.number, _RULE, line.text.strip())])
            values = {m[1]: m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(opened[2])}
        elif part is not None and close.match(line.text):
            part.removed.append((line.number, _RULE, line.text.strip()))
            part.stated = stated_in(values, "the tags around the text")
            parts.append(part)
            part = None
        elif part is not None:
            _take(line, part, values)
    if part is not None:  # the file ends before the last tag
        part.stated = stated_in(values, "the tags around the text")
        parts.append(part)
    return parts


def _is_only_wrapper(lines: list[Line], name: str) -> bool:
    """Return whether a tag of that name stands around others of another name."""
    return sum(1 for line in lines if (m := _OPEN.match(line.text)) and m[1].lower() == name.lower()) == 0


def _take(line: Line, part: Part, values: dict[str, str]) -> None:
    empty = not any(one.text.strip() for one in part.lines)
    found = _FIELD.match(line.text) if empty else None
    if found is not None and plain_key(found[1]) in FIELD_OF:
        values.setdefault(found[1], found[2])
    elif not _WRAPPER.match(line.text):
        part.lines.append(line)
        return
    part.removed.append((line.number, _RULE, line.text.strip()))
