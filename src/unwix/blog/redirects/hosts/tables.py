"""Tables: rules as CSV: for WordPress's plugin Redirection, and for any program.

Redirection imports the columns source, target, regex and code (redirection.me/support/import-export-redirects); it
decodes a request's path and takes no notice of a slash at its end (its default settings for queries and slashes).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping

from .rules import HostFiles, Matcher, Rule, by_path, decoded, escape_pattern, split

WORDPRESS, PLAIN = "redirection.csv", "redirects.csv"


def wordpress(rules: list[Rule]) -> HostFiles:
    """The table of the plugin."""
    made = HostFiles(count=len(rules))
    rows: list[tuple[str, str, int, int]] = []
    for rule in rules:
        if rule.language:
            made.unsaid.append((rule, "the table cannot ask for ?lang="))
        elif rule.below:
            rows.append((f"^{escape_pattern(rule.old)}/.", rule.new, 1, 301))
        else:
            rows.append((rule.old, rule.new, 0, 301))
    made.files[WORDPRESS] = _csv(("source", "target", "regex", "code"), rows)
    return made


def plain(rules: list[Rule]) -> HostFiles:
    """All of the rules; `*` at the end of an old path stands for everything below it."""
    rows = [(rule.old + ("/*" if rule.below else ""), rule.new, 301, rule.kind, rule.language or "") for rule in rules]
    return HostFiles({PLAIN: _csv(("old", "new", "status", "kind", "lang"), rows)}, count=len(rows))


def _csv(head: tuple[str, ...], rows: list[tuple[str, str, int, int]] | list[tuple[str, str, int, str, str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


def read_wordpress(files: Mapping[str, str]) -> Matcher:
    """What the plugin does with the table."""
    exact: dict[str, str] = {}
    expressions: list[tuple[re.Pattern[bytes], str]] = []
    for source, target, regex, _ in list(csv.reader(io.StringIO(files.get(WORDPRESS, ""))))[1:]:
        if regex == "1":
            expressions.append((re.compile(source.encode()), target))
        else:
            exact.setdefault(source, target)

    def match(request: str) -> str | None:
        path = decoded(split(request)[0])
        raw = path.encode("utf-8", "replace")
        return exact.get(path) or next((new for e, new in expressions if e.search(raw)), None)

    return match


def read_plain(files: Mapping[str, str]) -> Matcher:
    """What a program that reads the table would do."""
    exact: dict[tuple[str, str], str] = {}
    below: dict[str, str] = {}
    for old, new, _, _, language in list(csv.reader(io.StringIO(files.get(PLAIN, ""))))[1:]:
        if old.endswith("/*"):
            below[old[:-2]] = new
        else:
            exact.setdefault((old, language), new)
    anywhere = by_path({old: new for (old, language), new in exact.items() if not language}, below)

    def match(request: str) -> str | None:
        path, query = split(request)
        asked = next((part[5:] for part in query.split("&") if part.startswith("lang=")), "")
        return exact.get((decoded(path), asked)) or anywhere(request)

    return match
