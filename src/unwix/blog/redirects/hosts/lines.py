"""Netlify and Cloudflare: `_redirects`, a line `from to status` for each rule; the first match wins.

Netlify (docs.netlify.com/routing/redirects) decodes a request's path before it compares, and ignores a slash at its
end. Cloudflare (developers.cloudflare.com/pages/configuration/redirects) compares character by character, ignores the
query, and has limits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote, unquote

from ....wix.post_urls import encode_path
from .compact import compacted
from .rules import HostFiles, Matcher, Rule, as_url, fill, request_spellings, split

FILE = "_redirects"
#: Cloudflare's limits: plain rules, patterns, characters of a line.
STATIC, DYNAMIC, LONGEST = 2_000, 100, 1_000
_NO_ROOM = "above Cloudflare's limit: another Unicode form of a URL that has a rule"
_SPECIAL = re.compile(r"\*|:[A-Za-z]")
_NEEDS_ENCODING = re.compile(r"[\s?#*]|/:|%")


def netlify(rules: list[Rule]) -> HostFiles:
    """Return Netlify's file. Rules with a language come first, because the first match wins."""
    written = HostFiles()
    lines: list[str] = []
    for rule in sorted(rules, key=lambda rule: (rule.below, rule.language is None)):
        if rule.old.startswith("/.netlify"):
            written.unsupported.append((rule, "Netlify reserves /.netlify"))
            continue
        spellings = [quote(rule.old, safe="/-._~!$&'()+,;=@", errors="replace")]
        if not _NEEDS_ENCODING.search(rule.old) and rule.old not in spellings:
            spellings.append(rule.old)
        condition = f" lang={encode_path(rule.language)}" if rule.language else ""
        force = "!" * bool(rule.language)  # the path itself may be the page of another translation
        lines += [f"{text}{'/*' if rule.below else ''}{condition} {rule.new} 301{force}" for text in spellings]
    written.count = len(lines)
    written.files[FILE] = "".join(f"{line}\n" for line in lines)
    return written


def cloudflare(rules: list[Rule]) -> HostFiles:
    """Return Cloudflare's file, a line for each spelling. Above the limit, posts with one pattern share a line."""
    written = HostFiles()
    needed, rest = _lines_by_kind(rules, written)
    if len(needed) > STATIC or len(rest) > DYNAMIC:
        needed, rest = _lines_by_kind(compacted(rules), written := HostFiles())
    first, over = needed[:STATIC], needed[STATIC:]
    dynamic, too_many = rest[:DYNAMIC], rest[DYNAMIC:]
    first_rules = {rule for rule, _ in first}
    missing = dict.fromkeys(rule for rule, _ in [*over, *too_many] if rule not in first_rules)
    written.over_limit = [rule for rule in missing if not rule.is_alternative]
    written.unsupported += [(rule, _NO_ROOM) for rule in missing if rule.is_alternative]
    written.usual_only = list(dict.fromkeys(rule for rule, _ in over if rule in first_rules))
    written.count = len(first) + len(dynamic)
    written.files[FILE] = "".join(f"{line}\n" for _, line in [*first, *dynamic])
    return written


_Lines = list[tuple[Rule, str]]


def _lines_by_kind(rules: Iterable[Rule], written: HostFiles) -> tuple[_Lines, _Lines]:
    """Return the plain lines and the patterns, usual spellings first, so that a limit drops only rare ones."""
    usual: _Lines = []
    rare: _Lines = []
    rarest: _Lines = []
    dynamic: _Lines = []
    for rule in rules:
        if rule.language:
            written.unsupported.append((rule, "Cloudflare's rules ignore ?lang="))
            continue
        if rule.pattern or rule.below:
            spellings = [rule.old] if rule.pattern else [text for text in request_spellings(rule.old) if text.isascii()]
            dynamic += [(rule, f"{old}{end} {rule.new} 301") for old in spellings for end in _ends(rule)]
            continue
        everything = [text for text in request_spellings(rule.old) if text.isascii()]
        texts = [text for text in everything if not _SPECIAL.search(text)]
        lines = [(rule, f"{text}{slash} {rule.new} 301") for text in texts for slash in ("", "/")]
        if texts != everything:
            written.unsupported.append(
                (rule, "Cloudflare would read the URL as a pattern; the rule has its percent-encoded spelling only")
            )
        if lines and len(lines[0][1]) > LONGEST:
            written.unsupported.append((rule, f"Cloudflare accepts at most {LONGEST} characters in a rule"))
        else:
            usual += [] if rule.is_alternative else lines[:1]
            further = [(rule, line) for rule, line in lines[0 if rule.is_alternative else 1 :] if len(line) <= LONGEST]
            rarest += further if rule.is_alternative else []
            rare += [] if rule.is_alternative else further
    return usual + rare + rarest, dynamic


def _ends(rule: Rule) -> tuple[str, ...]:
    return ("/*",) if rule.below else ("", "/")


def read(files: Mapping[str, str], *, decodes: bool) -> Matcher:
    """Return the function that answers requests from a `_redirects` file; `decodes`: as Netlify, else as Cloudflare."""
    exact: dict[str, list[tuple[str, str]]] = {}
    dynamic: list[tuple[re.Pattern[str], str]] = []
    for line in files.get(FILE, "").splitlines():
        parts = line.split()
        if len(parts) < 3 or line.startswith("#"):
            continue
        old, *condition, new, _status = parts
        if _SPECIAL.search(old):
            dynamic.append((_expression(old), new))
        else:
            key = (unquote(old) if decodes and "%" in old else old).rstrip("/" if decodes else "")
            exact.setdefault(key, []).append((condition[0] if condition else "", new))

    def match(request: str) -> str | None:
        path, query = split(request)
        path = unquote(path).rstrip("/") if decodes else as_url(path)
        query_parts = query.split("&")
        for condition, new in exact.get(path, ()):
            if not condition or condition in query_parts:
                return new
        for expression, new in dynamic:
            if match := expression.fullmatch(path):
                return fill(new, match.groupdict())
        return None

    return match


def _expression(old: str) -> re.Pattern[str]:
    pieces = re.split(r"(\*|:[A-Za-z]\w*)", old)
    written = (
        ".*" if p == "*" else f"(?P<{p[1:]}>[^/]+)" if re.fullmatch(r":[A-Za-z]\w*", p) else re.escape(p)
        for p in pieces
    )
    return re.compile("".join(written), re.S)
