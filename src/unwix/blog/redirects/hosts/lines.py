"""Lines: the `_redirects` file of Netlify and of Cloudflare: `from to status`, one rule a line, the first match wins.

Netlify (docs.netlify.com/routing/redirects) decodes a request's path before it compares and takes no notice of a slash
at its end. Cloudflare (developers.cloudflare.com/pages/configuration/redirects) compares letter by letter, knows no
query, and has limits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote, unquote

from ....wix.post_urls import encode_path
from .compact import compacted
from .rules import HostFiles, Matcher, Rule, fill, request_spellings, split

FILE = "_redirects"
#: Cloudflare's limits.
STATIC, DYNAMIC, LONGEST = 2_000, 100, 1_000
_SPECIAL = re.compile(r"\*|:[A-Za-z]")
_UNSAYABLE = re.compile(r"[\s?#*]|/:|%")


def netlify(rules: list[Rule]) -> HostFiles:
    """Netlify's file. Rules with a language come first: the first match wins."""
    made = HostFiles()
    lines: list[str] = []
    for rule in sorted(rules, key=lambda rule: (rule.below, rule.language is None)):
        if rule.old.startswith("/.netlify"):
            made.unsaid.append((rule, "Netlify keeps /.netlify for itself"))
            continue
        spoken = [quote(rule.old, safe="/-._~!$&'()+,;=@", errors="replace")]
        if not _UNSAYABLE.search(rule.old) and rule.old not in spoken:
            spoken.append(rule.old)
        condition = f" lang={encode_path(rule.language)}" if rule.language else ""
        force = "!" * bool(rule.language)  # another translation may stand at the very path
        lines += [f"{text}{'/*' if rule.below else ''}{condition} {rule.new} 301{force}" for text in spoken]
    made.count = len(lines)
    made.files[FILE] = "".join(f"{line}\n" for line in lines)
    return made


def cloudflare(rules: list[Rule]) -> HostFiles:
    """Cloudflare's file: every spelling is a line. Past the limit, posts with one pattern share a line."""
    made = HostFiles()
    needed, rest = _spoken(rules, made)
    if len(needed) > STATIC or len(rest) > DYNAMIC:
        needed, rest = _spoken(compacted(rules), made := HostFiles())
    first, over = needed[:STATIC], needed[STATIC:]
    dynamic, too_many = rest[:DYNAMIC], rest[DYNAMIC:]
    written = {rule for rule, _ in first}
    made.over = list(dict.fromkeys(rule for rule, _ in [*over, *too_many] if rule not in written))
    made.usual_only = list(dict.fromkeys(rule for rule, _ in over if rule in written))
    made.count = len(first) + len(dynamic)
    made.files[FILE] = "".join(f"{line}\n" for _, line in [*first, *dynamic])
    return made


_Lines = list[tuple[Rule, str]]


def _spoken(rules: Iterable[Rule], made: HostFiles) -> tuple[_Lines, _Lines]:
    """The static and the dynamic lines: each rule's usual spelling first, so that a limit cuts the rare ones."""
    usual: _Lines = []
    rare: _Lines = []
    dynamic: _Lines = []
    for rule in rules:
        if rule.language:
            made.unsaid.append((rule, "Cloudflare's rules cannot ask for ?lang="))
            continue
        if rule.pattern or rule.below:
            olds = [rule.old] if rule.pattern else [text for text in request_spellings(rule.old) if text.isascii()]
            dynamic += [(rule, f"{old}{end} {rule.new} 301") for old in olds for end in _ends(rule)]
            continue
        everything = [text for text in request_spellings(rule.old) if text.isascii()]
        texts = [text for text in everything if not _SPECIAL.search(text)]
        lines = [(rule, f"{text}{slash} {rule.new} 301") for text in texts for slash in ("", "/")]
        if texts != everything:
            made.unsaid.append(
                (rule, "Cloudflare would read the address as a pattern; it is said percent-encoded only")
            )
        if lines and len(lines[0][1]) > LONGEST:
            made.unsaid.append((rule, f"a rule of Cloudflare's has at most {LONGEST} characters"))
        else:
            usual += lines[:1]
            rare += [(rule, line) for rule, line in lines[1:] if len(line) <= LONGEST]
    return usual + rare, dynamic


def _ends(rule: Rule) -> tuple[str, ...]:
    return ("/*",) if rule.below else ("", "/")


def read(files: Mapping[str, str], *, decodes: bool) -> Matcher:
    """What a `_redirects` file does; `decodes` for Netlify, which decodes paths, else Cloudflare, which does not."""
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
        path = unquote(path).rstrip("/") if decodes else _as_url(path)
        asked = query.split("&")
        for condition, new in exact.get(path, ()):
            if not condition or condition in asked:
                return new
        for expression, new in dynamic:
            if found := expression.fullmatch(path):
                return fill(new, found.groupdict())
        return None

    return match


def _as_url(path: str) -> str:
    """A path as the URL standard's parser gives it: bare UTF-8 encoded, all else as it stands."""
    return "".join(c if c.isascii() and c not in ' "<>^`{}' else quote(c) for c in path)


def _expression(old: str) -> re.Pattern[str]:
    pieces = re.split(r"(\*|:[A-Za-z]\w*)", old)
    written = (
        ".*" if p == "*" else f"(?P<{p[1:]}>[^/]+)" if re.fullmatch(r":[A-Za-z]\w*", p) else re.escape(p)
        for p in pieces
    )
    return re.compile("".join(written), re.S)
