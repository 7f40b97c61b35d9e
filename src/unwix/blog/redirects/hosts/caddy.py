"""Caddy: a snippet for a site's block with `map` and `redir` (caddyserver.com/docs/caddyfile/directives/map).

`{path}` is decoded. Keys are compared character by character; a path with Caddyfile syntax in it is an expression.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .rules import HostFiles, Matcher, Rule, decoded, escape_pattern, split

FILE = "Caddyfile"
_HEAD = """\
# Import this file into the block of the new site: `import redirects/Caddyfile`.
map {query} {unwix_query} {
	"~(.+)" "?${1}"
	default ""
}
"""
_TAIL = """\
@unwix expression `{unwix_new} != ""`
redir @unwix {unwix_new}{unwix_query} 301
"""
# A quote or a backslash would end the string; a brace would begin a placeholder or an environment variable.
_PLAIN = re.compile(r"[^\"\\{}`]*")


def write(rules: list[Rule]) -> HostFiles:
    """Return the file. Rules with a language have a map and a matcher for each language."""
    entries: list[str] = []
    expressions: list[str] = []
    by_language: dict[str, list[Rule]] = {}
    for rule in rules:
        if rule.language:
            by_language.setdefault(rule.language, []).append(rule)
        elif rule.below:
            expressions.append(f'\t"~^{escape_pattern(rule.old, bytewise=False)}/." "{rule.new}"\n')
        elif _PLAIN.fullmatch(rule.old):
            entries += [f'\t"{rule.old}{slash}" "{rule.new}"\n' for slash in ("", "/")]
        else:
            expressions.append(f'\t"~^{escape_pattern(rule.old, bytewise=False)}/?$" "{rule.new}"\n')
    language_handles = "".join(
        _asked(number, language, found) for number, (language, found) in enumerate(by_language.items())
    )
    body = f'map {{path}} {{unwix_new}} {{\n{"".join(entries + expressions)}\tdefault ""\n}}\n'
    return HostFiles({FILE: _HEAD + language_handles + body + _TAIL}, count=len(rules))


def _asked(number: int, language: str, rules: list[Rule]) -> str:
    """Return the map and the matcher of one language."""
    name = f"unwix_lang{number}"
    lines = "".join(f'\t"~^{escape_pattern(rule.old, bytewise=False)}/?$" "{rule.new}"\n' for rule in rules)
    return (
        f'map {{path}} {{{name}}} {{\n{lines}\tdefault ""\n}}\n'
        f'@{name} expression `{{{name}}} != "" && {{query.lang}} == "{language}"`\n'
        f"redir @{name} {{{name}}}{{unwix_query}} 301\n"
    )


_MAP = re.compile(
    r"^map \{path\} \{(unwix_\w+)\} \{\n(.*?)^\}$(?:\n@\S+ expression .*?\{query\.lang\} == \"([^\"]*)\")?", re.M | re.S
)
_ENTRY = re.compile(r'^\t"([^"]*)" "([^"]*)"$', re.M)


def read(files: Mapping[str, str]) -> Matcher:
    """Return the function that answers requests as Caddy does with the file."""
    maps: list[tuple[str, dict[str, str], list[tuple[re.Pattern[str], str]]]] = []
    for found in _MAP.finditer(files.get(FILE, "")):
        literal: dict[str, str] = {}
        expressions: list[tuple[re.Pattern[str], str]] = []
        for key, new in _ENTRY.findall(found[2]):
            if key.startswith("~"):
                expressions.append((re.compile(_python(key[1:])), new))
            else:
                literal[key] = new
        maps.append((found[3] or "", literal, expressions))

    def match(request: str) -> str | None:
        path, query = split(request)
        path = decoded(path) + ("/" if path.endswith("/") else "")
        query_language = next((part[5:] for part in query.split("&") if part.startswith("lang=")), "")
        for language, literal, expressions in maps:
            if language and language != query_language:
                continue
            if path in literal:
                return literal[path]
            for expression, new in expressions:
                if expression.search(path):
                    return new
        return None

    return match


def _python(expression: str) -> str:
    return re.sub(r"\\x\{([0-9a-f]+)\}", lambda m: re.escape(chr(int(m[1], 16))), expression)
