"""WordPress: the JSON file of the plugin Redirection (redirection.me/developer/json-export).

Only this form can state what happens to the query: `flag_query: pass` ignores it in the comparison and keeps it. The
plugin decodes a request's path and ignores a slash at its end (`flag_trailing`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from .rules import HostFiles, Matcher, Rule, decoded, escape_pattern, split

FILE = "redirection.json"
_GROUP = {"id": 1, "name": "unwix", "module_id": 1, "enabled": True}


def write(rules: list[Rule]) -> HostFiles:
    """Return the file. Rules with a language come first, because the first match wins."""
    ordered = sorted(rules, key=lambda rule: (rule.below, rule.language is None))
    lines = ",\n".join(json.dumps(_redirect(number, rule), ensure_ascii=False) for number, rule in enumerate(ordered))
    text = f'{{"groups": [{json.dumps(_GROUP)}],\n"redirects": [\n{lines}\n]}}\n'
    return HostFiles({FILE: text}, count=len(rules))


def _redirect(number: int, rule: Rule) -> dict[str, Any]:
    query = f"?lang={rule.language}" if rule.language else ""
    flags = {"flag_query": "pass", "flag_case": False, "flag_trailing": True, "flag_regex": False}
    if rule.below:
        flags = {"flag_query": "exact", "flag_case": False, "flag_trailing": False, "flag_regex": True}
    return {
        "id": number + 1,
        "url": f"^{escape_pattern(rule.old)}/." if rule.below else rule.old.replace("?", "%3F") + query,
        "match_type": "url",
        "match_data": {"source": flags},
        "action_type": "url",
        "action_code": 301,
        "action_data": {"url": rule.new},
        "regex": rule.below,
        "group_id": 1,
        "position": number,
        "enabled": True,
    }


def read(files: Mapping[str, str]) -> Matcher:
    """Return the function that answers requests as the plugin does with the file."""
    redirects = json.loads(files.get(FILE) or "{}").get("redirects", [])
    exact: dict[tuple[str, str], str] = {}
    expressions: list[tuple[re.Pattern[bytes], str]] = []
    for redirect in redirects:
        new = redirect["action_data"]["url"]
        if redirect["match_data"]["source"]["flag_regex"]:
            expressions.append((re.compile(redirect["url"].encode()), new))
        else:
            path, _, query = redirect["url"].partition("?")
            exact.setdefault((path.replace("%3F", "?"), query), new)

    def match(request: str) -> str | None:
        path, query = split(request)
        path = decoded(path)
        for part in (*query.split("&"), ""):
            if (path, part) in exact:
                return exact[path, part]
        raw = path.encode("utf-8", "replace")
        return next((new for expression, new in expressions if expression.search(raw)), None)

    return match
