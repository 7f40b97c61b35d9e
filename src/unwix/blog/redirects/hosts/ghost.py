"""Write rules as the JSON file that Ghost imports (docs.ghost.org/themes/routing/#redirects).

Ghost compares a path as the browser sends it, percent-encoded, with each regular expression in turn
(core/server/services/lib/dynamic-redirect-manager.js). It keeps the query.
"""

from __future__ import annotations

import json
import re
import string
from collections.abc import Mapping
from urllib.parse import quote

from .rules import HostFiles, Matcher, Rule, split

FILE = "redirects.json"
_PLAIN = re.compile(r"[\w/~-]", re.ASCII)


def write(rules: list[Rule]) -> HostFiles:
    """Return the file: exact paths, then paths below which everything is redirected."""
    written = HostFiles(count=len(rules))
    rows = []
    for rule in sorted(rules, key=lambda rule: rule.below):
        if rule.language:
            written.unsupported.append((rule, "Ghost's redirects cannot depend on ?lang="))
            continue
        end = "/.+$" if rule.below else "/?$"
        pattern = "^" + "".join(_pattern(char) for char in rule.old) + end
        # Ghost replaces `$1` in a new URL by a group of the expression.
        rows.append({"from": pattern, "to": rule.new.replace("$", "%24"), "permanent": True})
    written.files[FILE] = "[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n"
    return written


def _pattern(char: str) -> str:
    """Return a regular expression for a character of a path: encoded, in either case, and as it is if it is ASCII."""
    if _PLAIN.fullmatch(char):
        return char
    data = char.encode("utf-8", "replace")
    encoded = "".join("%" + "".join(_digit(digit) for digit in f"{byte:02X}") for byte in data)
    return f"(?:{encoded}|\\x{data[0]:02x})" if len(data) == 1 else encoded


def _digit(digit: str) -> str:
    return f"[{digit}{digit.lower()}]" if digit.isalpha() else digit


def read(files: Mapping[str, str]) -> Matcher:
    """Return the function that answers requests as Ghost does with the file.

    Bare UTF-8 counts as what browsers make of it: they never send it, and Ghost's server refuses it.
    """
    rows = [(re.compile(row["from"]), row["to"]) for row in json.loads(files.get(FILE, "[]"))]

    def match(request: str) -> str | None:
        path = quote(split(request)[0], safe=string.printable, errors="replace")
        return next((new for pattern, new in rows if pattern.search(path)), None)

    return match
