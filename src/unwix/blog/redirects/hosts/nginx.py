"""nginx: a `map` of decoded paths, looked up by hash: 100,000 rules do not slow a request down.

`$uri` is the path decoded and normalised (nginx.org/en/docs/http/ngx_http_core_module.html#var_uri); the literal keys
of a `map` ignore the case of ASCII letters (ngx_http_map_module).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from .rules import HostFiles, Matcher, Rule, asked_language, decoded, escape_pattern, split

FILE = "nginx.conf"
_HEAD = """\
# Include this file in `http { }`, and put these two lines into the `server { }` of the new site:
#   if ($unwix_new) { return 301 $unwix_new$is_args$args; }
# Where map_hash_* are set already, take the two lines out of here and let the larger numbers stand.
map_hash_max_size %d;
map_hash_bucket_size %d;
"""
_BARE = 'map $uri $unwix_path { default $uri; "~^(?s)(?<unwix_bare>/.*?)/+$" $unwix_bare; }\n'
_FINAL = 'map $unwix_asked $unwix_new { "" $unwix_plain; default $unwix_asked; }\n'


def write(rules: list[Rule]) -> HostFiles:
    """Return the file: a map of the paths, one of paths with `?lang=` if there are any, and their union."""
    plain = [rule for rule in rules if not rule.language]
    language_rules = [rule for rule in rules if rule.language]
    entries = _entries((rule, rule.old) for rule in plain)
    by_language = _entries((rule, f"{rule.language}:{rule.old}") for rule in language_rules)
    longest = max((len(line.encode()) for line in [*entries, *by_language]), default=0)
    head = _HEAD % (max(2048, 2 * len(entries)), 1 << max(7, (longest + 32).bit_length()))
    union = _FINAL if language_rules else ""
    maps = [_map("$unwix_path", "$unwix_plain" if language_rules else "$unwix_new", entries)]
    if language_rules:
        maps.append(_map('"$arg_lang:$unwix_path"', "$unwix_asked", by_language))
    return HostFiles({FILE: head + _BARE + "".join(maps) + union}, count=len(rules))


def _map(source: str, target: str, entries: Iterable[str]) -> str:
    return f'map {source} {target} {{\n    default "";\n{"".join(entries)}}}\n'


def _entries(keyed: Iterable[tuple[Rule, str]]) -> list[str]:
    """Return the lines of a map: literal keys first. Keys that differ only in case are expressions."""
    groups: dict[str, list[tuple[Rule, str]]] = defaultdict(list)
    for rule, key in keyed:
        groups[_low(key) if not rule.below else f"\n{key}"].append((rule, key))
    literal: list[str] = []
    expressions: list[str] = []
    for members in groups.values():
        for rule, key in members:
            if rule.below:
                expressions.append(f'    "~^{escape_pattern(key)}/" "{rule.new}";\n')
            elif len(members) > 1:
                expressions.append(f'    "~^{escape_pattern(key)}$" "{rule.new}";\n')
            else:
                literal.append(f'    "{_quoted(key)}" "{rule.new}";\n')
    return literal + expressions


def _low(text: str) -> str:
    """Return text in lower case as nginx makes it: ASCII letters only."""
    return "".join(c.lower() if c.isascii() else c for c in text)


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


_ENTRY = re.compile(r'^    "((?:\\.|[^"\\])*)" "([^"]*)";$', re.M)
_NAME = re.compile(r'^map ("?\$\S+) (\$unwix_\w+) \{$', re.M)


def read(files: Mapping[str, str]) -> Matcher:
    """Return the function that answers requests as nginx does with the file."""
    text = files.get(FILE, "")
    starts = list(_NAME.finditer(text))
    ends = [*(m.start() for m in starts[1:]), len(text)]
    maps = {m[2]: _lookup(text[m.end() : end]) for m, end in zip(starts, ends, strict=True)}

    def match(request: str) -> str | None:
        path, query = split(request)
        path = decoded(path)
        keys = {"$unwix_asked": f"{asked_language(query)}:{path}", "$unwix_plain": path, "$unwix_new": path}
        return next((new for name, key in keys.items() if name in maps and (new := maps[name](key))), None)

    return match


def _lookup(body: str) -> Matcher:
    literal: dict[str, str] = {}
    expressions: list[tuple[re.Pattern[bytes], str]] = []
    for key, new in _ENTRY.findall(body):
        if key.startswith("~"):
            expressions.append((re.compile(key[1:].encode()), new))
        else:
            literal[_low(re.sub(r"\\(.)", r"\1", key))] = new

    def look(key: str) -> str | None:
        if (new := literal.get(_low(key))) is not None:
            return new
        raw = key.encode("utf-8", "replace")
        return next((new for expression, new in expressions if expression.search(raw)), None)

    return look
