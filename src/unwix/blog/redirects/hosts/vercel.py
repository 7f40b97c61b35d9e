"""Vercel: `vercel.json` with `redirects` (vercel.com/docs/routing/redirects/configuration-redirects).

A `source` is a path-to-regexp pattern. Vercel compares it with the path as requested, so the pattern of a path with
non-ASCII characters contains all its spellings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from .compact import compacted
from .rules import HostFiles, Matcher, Rule, fill, request_spellings, split

FILE = "vercel.json"
#: The maximum number of routes of a deployment, and of characters of a source.
ROUTES, LONGEST = 1_024, 4_096
_IN_GROUP = re.compile(r"[.^$|()\[\]{}*+?\\]")
_IN_TEXT = re.compile(r"[(){}:*+?!\[\]\\]")


def write(rules: list[Rule]) -> HostFiles:
    """Return the file. Above the limit, posts with one pattern share a route."""
    if len(rules) > ROUTES:
        rules = compacted(rules)
    written = HostFiles()
    routes: list[dict[str, Any]] = []
    for rule in sorted(rules, key=lambda rule: (rule.is_alternative, rule.pattern, rule.below, rule.language is None)):
        source = _source(rule)
        if len(source) > LONGEST:
            written.unsupported.append((rule, f"Vercel accepts at most {LONGEST} characters in a source"))
        elif len(routes) >= ROUTES and rule.is_alternative:
            written.unsupported.append((rule, "above Vercel's limit: another Unicode form of a URL that has a rule"))
        elif len(routes) >= ROUTES:
            written.over_limit.append(rule)
        else:
            routes.append({"source": source, **_condition(rule), "destination": rule.new, "statusCode": 301})
    written.count = len(routes)
    lines = ",\n".join("    " + json.dumps(route, ensure_ascii=False) for route in routes)
    written.files[FILE] = f'{{\n  "redirects": [\n{lines}\n  ]\n}}\n'
    return written


def _condition(rule: Rule) -> dict[str, Any]:
    condition = {"type": "query", "key": "lang", "value": re.escape(rule.language or "")}
    return {"has": [condition]} if rule.language else {}


def _source(rule: Rule) -> str:
    if rule.pattern:
        return rule.old + ("/:below*" if rule.below else "{/}?")
    texts = request_spellings(rule.old)
    if len(texts) == 1:
        source = _IN_TEXT.sub(r"\\\g<0>", texts[0])
    else:
        source = "/(" + "|".join(_IN_GROUP.sub(r"\\\g<0>", text.removeprefix("/")) for text in texts) + ")"
    return source + ("/:below*" if rule.below else "{/}?")


def read(files: Mapping[str, str]) -> Matcher:
    """Return the function that answers requests as Vercel does with the file."""
    routes = json.loads(files.get(FILE) or "{}").get("redirects", [])
    compiled = [(_expression(route["source"]), route) for route in routes]
    # Most sources are plain text: those are looked up. The order is that of the file.
    plain: dict[str, list[int]] = {}
    others: list[int] = []
    for number, (expression, _) in enumerate(compiled):
        if isinstance(expression, str):
            plain.setdefault(expression, []).append(number)
        else:
            others.append(number)

    def match(request: str) -> str | None:
        path, query = split(request)
        parameters = dict(part.partition("=")[::2] for part in query.split("&"))
        for number in sorted([*plain.get(path.rstrip("/"), ()), *others]):
            expression, route = compiled[number]
            parts: Mapping[str, str] = {}
            if not isinstance(expression, str):
                if (match := expression.fullmatch(path)) is None:
                    continue
                parts = match.groupdict()
            if all(re.fullmatch(has["value"], parameters.get(has["key"], "")) for has in route.get("has", ())):
                return fill(route["destination"], parts)
        return None

    return match


_TOKEN = re.compile(
    r"\\(?P<char>.)|:(?P<name>[A-Za-z]\w*)(?P<many>\*?)|\((?P<group>(?:\\.|[^\\)])*)\)|(?P<slash>\{/\}\?)|(?P<text>.)",
    re.S,
)


def _expression(source: str) -> re.Pattern[str] | str:
    """Return a source as an expression; as a plain path if it is one, with or without a slash at its end."""
    out: list[str] = []
    plain: list[str] | None = []
    for token in _TOKEN.finditer(source):
        if (char := token["char"] or token["text"]) is not None:
            out.append(re.escape(char))
            if plain is not None:
                plain.append(char)
        elif token["slash"]:
            out.append("/?")
        else:
            plain = None
            if token["group"] is not None:
                out.append(f"(?:{token['group']})")
            elif token["many"]:
                out[-1] = f"(?:/(?P<{token['name']}>.*))?" if out and out[-1] == re.escape("/") else ".*"
            else:
                out.append(f"(?P<{token['name']}>[^/]+)")
    return re.compile("".join(out), re.S) if plain is None else "".join(plain)
