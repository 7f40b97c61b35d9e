"""Stubs: for hosts without redirects, as GitHub Pages: a small page under each old URL that leads on.

Hugo and Jekyll get the same pages, in the directory that they copy to the site as it is: unlike `aliases` or
`redirect_from` in the front matter, these serve lists too, and posts that their owner has edited stay untouched.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from ...file_names import safe_name
from .rules import HostFiles, Matcher, Rule, decoded, split

_PAGE = """\
<!doctype html>
<meta charset="utf-8">
<title>Moved</title>
<link rel="canonical" href="{new}">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={new}">
<p>This page has moved: <a href="{new}">{new}</a></p>
"""
#: GitHub Pages: a site of at most 1 GB; Jekyll passes over files whose names begin so.
_HIDDEN = re.compile(r"/[._#~]")


def write(rules: list[Rule]) -> HostFiles:
    """Two files for each path: `old.html`, which hosts serve for `/old`, and `old/index.html` for `/old/`."""
    made = HostFiles()
    taken: set[str] = set()
    for rule in rules:
        if (reason := _unfit(rule)) is not None:
            made.unsaid.append((rule, reason))
            continue
        page = _PAGE.format(new=html.escape(rule.new))
        name = rule.old.removeprefix("/")
        if (key := name.casefold()) in taken:
            made.unsaid.append((rule, "another old address has that file where letter case tells no names apart"))
            continue
        taken.add(key)
        made.files[f"{name}.html"] = made.files[f"{name}/index.html"] = page
    made.count = len(made.files)
    return made


def _unfit(rule: Rule) -> str | None:
    """Why no page can stand for a rule."""
    if rule.kind == "feed":
        return "a feed reader follows no page: this needs a host with redirects"
    if rule.below:
        return "a page cannot stand for all addresses below it"
    if rule.language:
        return "a page cannot ask for ?lang="
    if any(safe_name(part) != part for part in rule.old.strip("/").split("/")) or _HIDDEN.search(rule.old):
        return "no file can have that name everywhere"
    return None


_REFRESH = re.compile(r'<meta http-equiv="refresh" content="0; url=([^"]*)">')


def read(files: Mapping[str, str]) -> Matcher:
    """What a static host does with the files."""

    def match(request: str) -> str | None:
        path = split(request)[0]
        name = decoded(path).removeprefix("/")
        page = files.get(f"{name}/index.html" if path.endswith("/") else f"{name}.html")
        found = _REFRESH.search(page) if page else None
        return html.unescape(found[1]) if found else None

    return match
