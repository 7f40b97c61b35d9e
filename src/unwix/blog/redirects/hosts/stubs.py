"""GitHub Pages, Hugo, Jekyll: a small page at each old URL that forwards to the new one.

For Hugo and Jekyll the pages are in the directory that is copied to the site unchanged. Unlike `aliases` and
`redirect_from` in the front matter, they also serve lists, and posts that their owner has edited.
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
#: Jekyll skips files whose names begin with these characters.
_HIDDEN = re.compile(r"/[._#~]")


def write(rules: list[Rule]) -> HostFiles:
    """Return two files for each path: `old.html`, which hosts serve for `/old`, and `old/index.html` for `/old/`."""
    written = HostFiles()
    used_paths: set[str] = set()
    for rule in rules:
        if (reason := _unfit(rule)) is not None:
            written.unsupported.append((rule, reason))
            continue
        page = _PAGE.format(new=html.escape(rule.new))
        name = rule.old.removeprefix("/")
        if (key := name.casefold()) in used_paths:
            written.unsupported.append((rule, "another old URL has this file name where letter case is ignored"))
            continue
        used_paths.add(key)
        written.files[f"{name}.html"] = written.files[f"{name}/index.html"] = page
    written.count = len(written.files)
    return written


def _unfit(rule: Rule) -> str | None:
    """Return why a page cannot replace a rule, or None if one can."""
    if rule.kind == "feed":
        return "a feed reader does not follow a page: this needs a host with redirects"
    if rule.below:
        return "a page cannot redirect all URLs below it"
    if rule.language:
        return "a page cannot depend on ?lang="
    if rule.is_alternative:
        return "not every system accepts file names in two Unicode forms"
    if any(safe_name(part) != part for part in rule.old.strip("/").split("/")) or _HIDDEN.search(rule.old):
        return "not every system accepts this file name"
    return None


_REFRESH = re.compile(r'<meta http-equiv="refresh" content="0; url=([^"]*)">')


def read(files: Mapping[str, str]) -> Matcher:
    """Return the function that answers requests as a static host does with the files."""

    def match(request: str) -> str | None:
        path = split(request)[0]
        name = decoded(path).removeprefix("/")
        page = files.get(f"{name}/index.html" if path.endswith("/") else f"{name}.html")
        match = _REFRESH.search(page) if page else None
        return html.unescape(match[1]) if match else None

    return match
