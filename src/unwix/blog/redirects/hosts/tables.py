"""Rules as tables: JSON for WordPress's plugin Redirection, CSV for any other program.

Redirection imports the JSON that it exports (fileio/json.php). It decodes a request's path and ignores a slash at its
end; `flag_query: pass` makes it answer with any query, and hand the query on (models/url/url-flags.php). Its import of
CSV has no such flag, so with it a request with `?utm_source=…` would not be redirected.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from typing import Any

from .rules import HostFiles, Matcher, Rule, by_path, decoded, escape_pattern, split

WORDPRESS, PLAIN = "redirection.json", "redirects.csv"


_GROUP = {"id": 1, "name": "unwix", "module_id": 1, "enabled": True}


def wordpress(rules: list[Rule]) -> HostFiles:
    """Return the import file of the plugin."""
    written = HostFiles(count=len(rules))
    rows: list[dict[str, Any]] = []
    for rule in rules:
        if rule.language:
            written.unsupported.append((rule, "the plugin's rules cannot depend on ?lang="))
        elif rule.below:
            rows.append(_plugin_rule(f"^{escape_pattern(rule.old)}/.", rule.new, regex=True))
        else:
            rows.append(_plugin_rule(rule.old, rule.new, regex=False))
    redirects = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    written.files[WORDPRESS] = f'{{"groups": [{json.dumps(_GROUP)}],\n"redirects": [\n{redirects}\n]}}\n'
    return written


def _plugin_rule(old: str, new: str, *, regex: bool) -> dict[str, Any]:
    flags = {"flag_query": "exact" if regex else "pass", "flag_case": False, "flag_trailing": True, "flag_regex": regex}
    return {
        "url": old,
        "match_data": {"source": flags},
        "action_code": 301,
        "action_type": "url",
        "action_data": {"url": new},
        "match_type": "url",
        "regex": regex,
        "group_id": 1,
        "enabled": True,
    }


def plain(rules: list[Rule]) -> HostFiles:
    """Return all rules; `/*` at the end of an old path means everything below it."""
    rows = [(rule.old + ("/*" if rule.below else ""), rule.new, 301, rule.kind, rule.language or "") for rule in rules]
    return HostFiles({PLAIN: _csv(("old", "new", "status", "kind", "lang"), rows)}, count=len(rows))


def _csv(head: tuple[str, ...], rows: list[tuple[str, str, int, str, str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


def read_wordpress(files: Mapping[str, str]) -> Matcher:
    """Return the function that answers requests as the plugin does with the table."""
    exact: dict[str, str] = {}
    expressions: list[tuple[re.Pattern[bytes], str]] = []
    for row in json.loads(files.get(WORDPRESS, '{"redirects": []}'))["redirects"]:
        if row["regex"]:
            expressions.append((re.compile(row["url"].encode()), row["action_data"]["url"]))
        else:
            exact.setdefault(row["url"], row["action_data"]["url"])

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
