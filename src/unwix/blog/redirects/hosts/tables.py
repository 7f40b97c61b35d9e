"""Rules as CSV: for WordPress's plugin Redirection, and for any other program.

Redirection imports the columns source, target, regex and code (redirection.me/support/import-export-redirects). It
decodes a request's path and ignores a slash at its end.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping

from .rules import HostFiles, Matcher, Rule, by_path, decoded, escape_pattern, split

WORDPRESS, PLAIN = "redirection.csv", "redirects.csv"


def wordpress(rules: list[Rule]) -> HostFiles:
    """Return the table of the plugin."""
    written = HostFiles(count=len(rules))
    rows: list[tuple[str, str, int, int]] = []
    for rule in rules:
        if rule.language:
            written.unsupported.append((rule, "the table cannot depend on ?lang="))
        elif rule.below:
            rows.append((f"^{escape_pattern(rule.old)}/.", rule.new, 1, 301))
        else:
            rows.append((rule.old, rule.new, 0, 301))
    written.files[WORDPRESS] = _csv(("source", "target", "regex", "code"), rows)
    return written


def plain(rules: list[Rule]) -> HostFiles:
    """Return all rules; `/*` at the end of an old path means everything below it."""
    rows = [(rule.old + ("/*" if rule.below else ""), rule.new, 301, rule.kind, rule.language or "") for rule in rules]
    return HostFiles({PLAIN: _csv(("old", "new", "status", "kind", "lang"), rows)}, count=len(rows))


def _csv(head: tuple[str, ...], rows: list[tuple[str, str, int, int]] | list[tuple[str, str, int, str, str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


def read_wordpress(files: Mapping[str, str]) -> Matcher:
    """Return the function that answers requests as the plugin does with the table."""
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
    """Return the function that answers requests from the table."""
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
