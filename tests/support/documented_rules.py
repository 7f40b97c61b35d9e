"""Check posts against the documented rules of Zola and Obsidian, which no test can run on this machine.

Zola: getzola.org/documentation/content/page (front matter), /content/shortcodes, /content/multilingual. Obsidian:
help.obsidian.md, Properties, Tags, Internal links, Embed web pages, Basic formatting syntax.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath
from typing import Any

import yaml

_FENCED = re.compile(r"^[ >]*(`{3,})[^\n]*\n.*?^[ >]*\1[ ]*$", re.S | re.M)
_CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.S)
#: Zola's page fields and their possible values; other fields belong under `extra`.
ZOLA_FIELDS: dict[str, tuple[type, ...]] = {
    "title": (str,),
    "description": (str,),
    "date": (datetime.date, datetime.datetime, str),
    "updated": (datetime.date, datetime.datetime, str),
    "weight": (int,),
    "draft": (bool,),
    "slug": (str,),
    "path": (str,),
    "aliases": (list,),
    "authors": (list,),
    "in_search_index": (bool,),
    "template": (str,),
    "taxonomies": (dict,),
    "extra": (dict,),
}


def zola_faults(name: str, text: str, pages: Collection[str] = ()) -> Iterator[str]:
    """Return the faults of a post for Zola: values that it would refuse or misread; `pages` are the URLs of links."""
    del pages
    match = re.match(r"\+\+\+\n(.*?)\n?\+\+\+\n", text, re.S)
    if match is None:
        yield f"{name}: no front matter in TOML"
        return
    head, body = tomllib.loads(match[1]), text[match.end() :]
    for field, value in head.items():
        if field not in ZOLA_FIELDS or not isinstance(value, ZOLA_FIELDS[field]):
            yield f"{name}: front matter {field} = {value!r}"
    for kind, terms in head.get("taxonomies", {}).items():
        if not isinstance(terms, list) or not all(isinstance(term, str) for term in terms):
            yield f"{name}: taxonomy {kind} is no list of words"
    if not re.fullmatch(r"content/(?:[^/]+/)+index(?:\.[a-z]{2,3}(?:-[a-z0-9]+)*)?\.md", name):
        yield f"{name}: no page bundle"
    # Zola searches for shortcodes and the summary marker in the text before it reads Markdown, in code too.
    yield from (f"{name}: a shortcode in {line!r}" for line in body.split("\n") if re.search(r"\{\{|\{%", line))
    yield from (f"{name}: a summary mark" for _ in re.findall(r"<!-- *more *-->", body))


def obsidian_faults(name: str, text: str, notes: Collection[str] = ()) -> Iterator[str]:
    """Return the faults of a note for Obsidian: values that it would refuse or misread; links may lead to `notes`."""
    if re.search(r'[\[\]#^|\\:*"<>?]', name) or not PurePosixPath(name).name.strip(". "):
        yield f"{name}: a note of that name cannot be linked to"
    _, head, body = text.split("---\n", 2)
    properties: dict[str, Any] = yaml.safe_load(head) or {}
    for field, value in properties.items():
        if isinstance(value, dict) or (isinstance(value, list) and any(isinstance(v, dict | list) for v in value)):
            yield f"{name}: property {field} is nested, which Obsidian does not show"
    yield from (f"{name}: tag {tag!r}" for tag in properties.get("tags", []) if not _is_tag(str(tag)))
    for field in ("created", "updated"):
        if (moment := properties.get(field)) is not None and getattr(moment, "tzinfo", None) is not None:
            yield f"{name}: {field} has a zone, which Obsidian's date fields do not take"
    prose = _CODE.sub("`code`", _FENCED.sub("", body))
    for note in re.findall(r"(?<!\\)\[\[([^\[\]|#]+)(?:#[^\[\]|]*)?(?:\|[^\[\]]+)?\]\]", prose):
        if f"{note}.md" in notes:
            prose = re.sub(r"\[\[" + re.escape(note) + r"(?:#[^\[\]|]*)?(?:\|[^\[\]]+)?\]\]", "a note", prose)
    prose = re.sub(r"\]\([^)\n]*\)|<[^>\n]*>|\\.|&#?\w+;", " ", prose)
    for what, sign in _OBSIDIAN_SIGNS.items():
        yield from (f"{name}: {what} in {line!r}" for line in prose.split("\n") if re.search(sign, line))


#: Syntax that Obsidian reads in addition to Markdown.
_OBSIDIAN_SIGNS = {
    "a tag": r"(?<![^\s(])#[\w/-]*[^\W\d]",
    "a wiki link": r"\[\[(?=.)",
    "a comment": "%%",
    "a highlight": "==",
    "a formula": r"\$\$|\$[^\s$](?:.*\S)?\$(?!\d)",
    "a footnote": r"\^\[",
}


def _is_tag(text: str) -> bool:
    return re.fullmatch(r"[\w/-]*[^\W\d_][\w/-]*|[\w/-]*_[\w/-]*", text) is not None
