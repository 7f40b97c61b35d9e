"""Apache: `.htaccess` with mod_rewrite (httpd.apache.org/docs/2.4/mod/mod_rewrite.html), valid in `<VirtualHost>` too.

Apache compares expressions with the decoded path. The first rule lets requests for other directories skip the rest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .rules import HostFiles, Matcher, Rule, decoded, escape_pattern, split

FILE = ".htaccess"
_HEAD = "# Redirects from the old Wix URLs. Needs mod_rewrite, and AllowOverride FileInfo for a .htaccess file.\n"


def write(rules: list[Rule]) -> HostFiles:
    """Return the file. Rules with a language come first, because the first match wins."""
    lines: list[str] = []
    number = 0
    for rule in sorted(rules, key=lambda rule: (rule.below, rule.language is None)):
        if rule.language:
            lines.append(f'RewriteCond "%{{QUERY_STRING}}" "(?:^|&)lang={escape_pattern(rule.language)}(?:&|$)"')
        end = "/." if rule.below else "/*$"
        # `%` and `$` before a digit are back references; an encoded URL contains only `%`.
        new = rule.new.replace("%", "\\%")
        lines.append(f'RewriteRule "^/?{escape_pattern(rule.old.removeprefix("/"))}{end}" "{new}" [R=301,L,NE]')
        number += 1
    firsts = sorted({rule.old.removeprefix("/").partition("/")[0] for rule in rules})
    guard = f'RewriteRule "!^/?(?:{"|".join(map(escape_pattern, firsts))})(?:/|$)" "-" [S={number}]\n' if firsts else ""
    return HostFiles(
        {FILE: _HEAD + "RewriteEngine On\n" + guard + "".join(f"{line}\n" for line in lines)}, count=number
    )


_RULE = re.compile(r'^(?:RewriteCond "%\{QUERY_STRING\}" "([^"]*)"\n)?RewriteRule "\^([^"]*)" "([^"]*)" \[R', re.M)


def read(files: Mapping[str, str]) -> Matcher:
    """Return the function that answers requests as Apache does with the file."""
    text = files.get(FILE, "")
    guard = re.search(r'^RewriteRule "!\^([^"]*)" "-" \[S=(\d+)\]$', text, re.M)
    first = re.compile(guard[1].encode()) if guard else None
    rules: dict[bytes, list[tuple[re.Pattern[bytes] | None, str]]] = {}
    below: list[tuple[re.Pattern[bytes], str]] = []
    for condition, expression, target in _RULE.findall(text):
        query_pattern = re.compile(condition.encode()) if condition else None
        new = target.replace("\\%", "%")
        if expression.endswith("/*$"):
            # The expression matches one path: it is looked up by that path, since a file may have 100,000.
            rules.setdefault(_plain(expression.removeprefix("/?").removesuffix("/*$")), []).append((query_pattern, new))
        else:
            below.append((re.compile(expression.encode()), new))

    def match(request: str) -> str | None:
        path, query = split(request)
        raw = decoded(path).encode("utf-8", "replace")
        if first is None or not first.match(raw):
            return None
        for query_pattern, new in rules.get(raw.removeprefix(b"/"), ()):
            if query_pattern is None or query_pattern.search(query.encode("utf-8", "replace")):
                return new
        return next((new for expression, new in below if expression.match(raw)), None)

    return match


def _plain(expression: str) -> bytes:
    return re.sub(rb"\\x([0-9a-f]{2})", lambda m: bytes([int(m[1], 16)]), expression.encode())
