"""Heads above a text: YAML and TOML front matter, `Key: value` lines, comments; one or several in a row."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import yaml

from ..tool_formats.line import Line
from .fields import FIELD_OF, plain_key, stated_in, url_in
from .part import Part, Stated

_FENCE = re.compile(r"(---|\+\+\+)\s*\Z")
_YAML_END = re.compile(r"(?:---|\.\.\.)\s*\Z")
_LONGEST_HEAD = 200
#: `Key: value`, also `**Key:** value`, `- Key: value` and `<!-- key: value -->`.
_KEY_LINE = re.compile(
    r"\s*(?:<!--\s*)?(?:[-*+]\s+)?[*_]{0,3}(?P<key>[A-Za-z][A-Za-z _\-]{0,30}?)[*_]{0,3}\s*[:：]"
    r"\s*[*_]{0,3}\s*(?P<value>.*?)\s*(?:-->)?\s*\Z"
)
_A_KEY = re.compile(r"[\w\"'][\w .\-\"']*\s*[:=]")
_HEADING = re.compile(r"\s*#{1,6}\s+(\S.*?)\s*#*\s*\Z")
_RULE = re.compile(r"\s*(?:-{3,}|={3,}|\*{3,}|_{3,}|#{3,})\s*\Z")
_BARE_URL = re.compile(r"\s*(?:[#=-]+\s*)?<?(https?://\S+?)>?\s*[=-]*\s*\Z")
#: Jina Reader ends its head so.
_CONTENT = frozenset({"markdowncontent", "content", "text"})
_FAR = 12


def peel(part: Part) -> Part:
    """Return the part without the heads above its text, with what they state."""
    while (found := _front_matter(part) or _key_lines(part) or _bare_url(part)) is not None:
        end, stated = found
        part.removed += [(line.number, "head of the file", line.text.strip()) for line in part.lines[:end]]
        part.lines = part.lines[end:]
        part.stated.fill(stated)
    return part


def _first(lines: list[Line]) -> int | None:
    return next((n for n, line in enumerate(lines) if line.text.strip(" \t\ufeff")), None)


def _front_matter(part: Part) -> tuple[int, Stated] | None:
    """YAML between `---` lines or TOML between `+++` lines."""
    start = _first(part.lines)
    fence = _FENCE.match(part.lines[start].text.lstrip("\ufeff")) if start is not None else None
    if start is None or fence is None:
        return None
    ends = _YAML_END if fence[1] == "---" else _FENCE
    last = min(len(part.lines), start + _LONGEST_HEAD)
    end = next((n for n in range(start + 1, last) if ends.match(part.lines[n].text)), None)
    if end is None or not any(_A_KEY.match(line.text) for line in part.lines[start + 1 : end]):
        return None
    text = "\n".join(line.text for line in part.lines[start + 1 : end])
    values = _yaml(text) if fence[1] == "---" else _toml(text)
    return (end + 1, stated_in(values, "the front matter")) if values else None


def _yaml(text: str) -> dict[str, Any]:
    try:
        found = yaml.load(text, yaml.BaseLoader)  # it makes strings, lists and dictionaries only
    except (yaml.YAMLError, RecursionError, ValueError):
        found = None
    if isinstance(found, dict):
        return found
    # Tools write values that need quotes without them: line by line they can be read all the same.
    pairs = (line.partition(":") for line in text.split("\n") if line[:1].isalpha())
    return {key: value.strip().strip("\"'") for key, sign, value in pairs if sign}


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def key_of(text: str) -> tuple[str, str] | None:
    """Return the key, without separators, and the value of a `Key: value` line with a known key."""
    found = _KEY_LINE.match(text)
    if found is None:
        return None
    key = plain_key(found["key"])
    return (key, found["value"]) if key in FIELD_OF or key in _CONTENT else None


def _key_lines(part: Part) -> tuple[int, Stated] | None:
    """Lines of known keys, perhaps below a heading with the title; a rule or `Markdown Content:` may end them."""
    lines = part.lines
    start = _first(lines)
    if start is None:
        return None
    values: dict[str, Any] = {}
    heading = _HEADING.match(lines[start].text)
    n = end = start + 1 if heading else start
    while n < min(len(lines), start + 40):
        text = lines[n].text
        if not text.strip():
            n += 1
            continue
        found = key_of(text)
        if found is None or (not found[1] and found[0] not in _CONTENT):
            break
        n = end = n + 1
        if found[0] in _CONTENT:
            if found[1]:
                return None
            break
        values.setdefault(found[0], found[1])
    stated = stated_in(values, "the head of the file")
    if not stated.url and len(values) < 2:
        return None
    if stated.url is None and not (stated.title and (stated.date or stated.authors)):
        return None
    if heading and "title" not in values:
        stated.title = heading[1].strip("*_ ")
    following = _first(lines[end:])
    if following is not None and _RULE.match(lines[end + following].text):
        end += following + 1
    return end, stated


def _bare_url(part: Part) -> tuple[int, Stated] | None:
    """A URL alone in the first line, perhaps behind number signs: `# https://…`, `=== https://… ===`."""
    start = _first(part.lines)
    found = _BARE_URL.match(part.lines[start].text) if start is not None and part.stated.url is None else None
    if start is None or found is None:
        return None
    return start + 1, Stated(url=url_in(found[1]), where="the line above the post")


def url_line(text: str) -> str | None:
    """Return the URL in a line that states the URL of the text below it, or None."""
    if "://" not in text or len(text) > 500:
        return None
    found = key_of(text)
    if (found is not None and FIELD_OF.get(found[0]) == "url") or (found and found[0] == "subject"):
        return url_in(found[1])
    marked = re.match(r"\s*(?:#+|=+|-{2,})\s*(https?://\S+?)\s*[=-]*\s*\Z", text)
    return marked[1] if marked else None
