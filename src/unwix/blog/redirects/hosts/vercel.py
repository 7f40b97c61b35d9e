"""Vercel: `vercel.json` with `redirects` (vercel.com/docs/routing/redirects/configuration-redirects).

A `source` is a path-to-regexp pattern that is held against the path as the request has it, so that a path with letters
beyond ASCII is said in all its spellings at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from .compact import compacted
from .rules import HostFiles, Matcher, Rule, fill, request_spellings, split

FILE = "vercel.json"
#: The limit of routes of a deployment, and of the characters of a source.
ROUTES, LONGEST = 1_024, 4_096
_IN_GROUP = re.compile(r"[.^$|()\[\]{}*+?\\]")
_IN_TEXT = re.compile(r"[(){}:*+?!\[\]\\]")


def write(rules: list[Rule]) -> HostFiles:
    """The file. Past the limit, posts with one pattern share a route."""
    if len(rules) > ROUTES:
        rules = compacted(rules)
    made = HostFiles()
    routes: list[dict[str, Any]] = []
    for rule in sorted(rules, key=lambda rule: (rule.pattern, rule.below, rule.language is None)):
        source = _source(rule)
        if len(source) > LONGEST:
            made.unsaid.append((rule, f"a source of Vercel's has at most {LONGEST} characters"))
        elif len(routes) >= ROUTES:
            made.over.append(rule)
        else:
            routes.append({"source": source, **_condition(rule), "destination": rule.new, "statusCode": 301})
    made.count = len(routes)
    lines = ",\n".join("    " + json.dumps(route, ensure_ascii=False) for route in routes)
    made.files[FILE] = f'{{\n  "redirects": [\n{lines}\n  ]\n}}\n'
    return made


def _condition(rule: Rule) -> dict[str, Any]:
    asked = {"type": "query", "key": "lang", "value": re.escape(rule.language or "")}
    return {"has": [asked]} if rule.language else {}


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
    """What the file does."""
    routes = json.loads(files.get(FILE) or "{}").get("redirects", [])
    compiled = [(_expression(route["source"]), route) for route in routes]
    # Most sources are plain text: those are looked up, in the order of the file.
    plain: dict[str, list[int]] = {}
    others: list[int] = []
    for number, (expression, _) in enumerate(compiled):
        if isinstance(expression, str):
            plain.setdefault(expression, []).append(number)
        else:
            others.append(number)

    def match(request: str) -> str | None:
        path, query = split(request)
        asked = dict(part.partition("=")[::2] for part in query.split("&"))
        for number in sorted([*plain.get(path.rstrip("/"), ()), *others]):
            expression, route = compiled[number]
            parts: Mapping[str, str] = {}
            if not isinstance(expression, str):
                if (found := expression.fullmatch(path)) is None:
                    continue
                parts = found.groupdict()
            if all(re.fullmatch(has["value"], asked.get(has["key"], "")) for has in route.get("has", ())):
                return fill(route["destination"], parts)
        return None

    return match


_TOKEN = re.compile(
    r"\\(?P<char>.)|:(?P<name>[A-Za-z]\w*)(?P<many>\*?)|\((?P<group>(?:\\.|[^\\)])*)\)|(?P<slash>\{/\}\?)|(?P<text>.)",
    re.S,
)


def _expression(source: str) -> re.Pattern[str] | str:
    """A source as an expression; as a plain path where it is one with a slash or none at its end."""
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
