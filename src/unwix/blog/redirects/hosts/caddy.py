"""Caddy: a snippet for a site's block with `map` and `redir` (caddyserver.com/docs/caddyfile/directives/map).

`{path}` is decoded. Keys are compared character by character; a path with Caddyfile syntax in it is an expression.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .rules import HostFiles, Matcher, Rule, asked_language, decoded, escape_pattern, split

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
        _language_handle(number, language, group) for number, (language, group) in enumerate(by_language.items())
    )
    body = f'map {{path}} {{unwix_new}} {{\n{"".join(entries + expressions)}\tdefault ""\n}}\n'
    return HostFiles({FILE: _HEAD + language_handles + body + _TAIL}, count=len(rules))


def _language_handle(number: int, language: str, rules: list[Rule]) -> str:
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
    maps = [(block[3] or "", _lookup(block[2])) for block in _MAP.finditer(files.get(FILE, ""))]

    def match(request: str) -> str | None:
        path, query = split(request)
        path = decoded(path) + ("/" if path.endswith("/") else "")
        answers = (look(path) for language, look in maps if language in ("", asked_language(query)))
        return next((new for new in answers if new is not None), None)

    return match


def _lookup(body: str) -> Matcher:
    literal: dict[str, str] = {}
    expressions: list[tuple[re.Pattern[str], str]] = []
    for key, new in _ENTRY.findall(body):
        if key.startswith("~"):
            expressions.append((re.compile(_python(key[1:])), new))
        else:
            literal[key] = new

    def look(path: str) -> str | None:
        if path in literal:
            return literal[path]
        return next((new for expression, new in expressions if expression.search(path)), None)

    return look


def _python(expression: str) -> str:
    return re.sub(r"\\x\{([0-9a-f]+)\}", lambda m: re.escape(chr(int(m[1], 16))), expression)
