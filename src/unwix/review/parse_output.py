"""Parse a post's file as it is now: the fields of its front matter, and its Markdown as GitHub would show it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from typing import Any

import yaml
from lxml import etree
from msgspec import Struct

from ..checks.parse_front_matter import Unreadable, refuse
from ..fidelity.compare import compare
from ..fidelity.markdown import markdown_facts
from ..model.article import Element, element
from ..web import cmark as gfm
from ..writers.target import Target
from .normalize_html import normalize_html

#: Values are kept as text, so that a date is shown as written.
_LOADER: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True)
#: A fresh conversion of one source states the id of an author whose name another source of the run stated.
_UNRESOLVED = frozenset({"author_id"})
_FENCES = {"---": "yaml", "+++": "toml"}
#: Longer front matter is shown but not parsed.
_LONGEST_HEAD = 100_000


class WrittenFile(Struct):
    """A post's file, split into its parts."""

    head: str
    """The front matter as it is in the file, without its fences."""
    fields: dict[str, str]
    """Its fields, in order; none if it cannot be parsed."""
    body: str
    target: Target

    def blocks(self) -> Element:
        """Return the plain blocks of the Markdown, as cmark-gfm reads it without the generator's own syntax."""
        html = gfm.render(self.target.plain_markdown(self.body))
        if not html.strip():
            return element("div")
        return normalize_html(etree.fromstring(f"<main>{html}</main>".encode("utf-8", "replace"), _PARSER))


def parse_output(text: str, target: Target) -> WrittenFile:
    """Split a post's text into front matter and Markdown; without front matter all of it is Markdown."""
    lines = text.removeprefix("\ufeff").split("\n")
    form = _FENCES.get(lines[0].rstrip())
    if form is not None:
        end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == lines[0].rstrip()), 0)
        head, behind = "\n".join(lines[1:end]), end + 1
    elif target.front.format == "meta" and _META.match(lines[0]):
        form = "meta"
        behind = end = next((n for n, line in enumerate(lines) if not line.strip()), len(lines))
        head = "\n".join(lines[:end])
    else:
        end = 0
    if not end or form is None:
        return WrittenFile("", {}, text, target)
    return WrittenFile(head, _fields(head, form), "\n".join(lines[behind:]), target)


def has_same_content(before: WrittenFile, now: WrittenFile) -> bool:
    """Return True if a file differs from another only in its form: line endings, spaces, another spelling of Markdown.

    Fields can be added and in another order.
    """
    if {name for name, value in before.fields.items() if now.fields.get(name) != value} - _UNRESOLVED:
        return False
    facts, facts_now = (markdown_facts(file.target.plain_markdown(file.body)) for file in (before, now))
    is_equal = compare(facts, facts_now).lossless and compare(facts_now, facts).lossless
    return is_equal and facts.words == facts_now.words and facts.links == facts_now.links


def _fields(head: str, form: str) -> dict[str, str]:
    if len(head) > _LONGEST_HEAD:
        return {}
    try:
        fields = _PARSERS[form](head)
    except (yaml.YAMLError, Unreadable, ValueError, RecursionError):
        return {}
    return {_as_text(name): _as_text(value) for name, value in fields.items()} if isinstance(fields, dict) else {}


def _yaml(head: str) -> Any:
    refuse(yaml.compose(head, Loader=_LOADER), set(), 0)  # a few lines of references can expand beyond any memory
    return yaml.load(head, Loader=_LOADER)


def _meta(head: str) -> dict[str, str]:
    """Parse `Key: value` lines; an indented line continues the value before it."""
    result: dict[str, str] = {}
    name = ""
    for line in head.split("\n"):
        if start := _META.match(line):
            name = start[1]
            result[name] = line[start.end() :].strip()
        elif name:
            result[name] += " " + line.strip()
    return result


_META = re.compile(r"([A-Za-z_][\w -]*):")
_PARSERS: dict[str, Callable[[str], Any]] = {
    "yaml": _yaml,
    "toml": tomllib.loads,
    "meta": _meta,
}


def _as_text(value: Any, depth: int = 0) -> str:
    """Return a value as text; values nested too deeply (an alias of itself) are not followed."""
    if depth > 4:
        return "…"
    if isinstance(value, list | tuple):
        return ", ".join(_as_text(item, depth + 1) for item in value[:100])
    if isinstance(value, dict):
        return "; ".join(f"{_as_text(k, depth + 1)}: {_as_text(v, depth + 1)}" for k, v in list(value.items())[:100])
    return "" if value is None else str(value)
