"""A redirect as data, and the spellings in which browsers and servers request one path."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import quote, unquote

from msgspec import Struct, field
from msgspec.structs import replace

from ....wix.post_urls import encode_path

#: Answers a request (path and query as the browser sends them) with the URL that it is redirected to, or None.
Matcher = Callable[[str], str | None]
#: Characters that browsers do not encode in a path, besides letters and digits (url.spec.whatwg.org, path
#: percent-encode set).
_BROWSER = "/-._~!$&'()*+,;=:@[]|"
_HEX = re.compile(r"%[0-9A-F]{2}")
_RAW = re.compile(r"[^\x00-\x20\x7f?#%\s]+")


class Rule(Struct, frozen=True):
    """An old path and its new URL."""

    old: str
    """The path from the site's root, decoded, without a slash at its end."""
    new: str
    """The value of `Location`: percent-encoded, a path from the root or a whole URL."""
    kind: str = "post"
    below: bool = False
    """Everything below `old`, and not `old` itself: pages 2, 3 … of a list."""
    language: str | None = None
    """Only for requests with this `?lang=`, where several posts shared one old path."""
    pattern: bool = False
    """`:slug` (and `:year` …) in `old` matches any one part, which replaces it in `new`."""

    is_alternative: bool = False
    """`old` is another rule's path in another Unicode normal form (`with_normal_forms`)."""


class HostFiles(Struct):
    """The files of a host, and the rules that are not in them."""

    files: dict[str, str] = field(default_factory=dict)
    """By name, below the host's directory."""
    unsupported: list[tuple[Rule, str]] = field(default_factory=list)
    """Rules that the host's format does not support, each with the reason."""
    over_limit: list[Rule] = field(default_factory=list)
    """Rules above the host's limit."""
    usual_only: list[Rule] = field(default_factory=list)
    """Rules whose rarer spellings are above the limit."""
    count: int = 0
    """Number of lines, entries or files that the host's limit applies to."""


def request_spellings(path: str) -> list[str]:
    """Return the spellings of a decoded path in requests, the canonical one first.

    As browsers encode it, fully percent-encoded, both with lower-case hexadecimal digits, and as bare UTF-8.
    """
    strict, browser = encode_path(path), quote(path, safe=_BROWSER, errors="replace")
    small = (_HEX.sub(lambda m: m[0].lower(), text) for text in (strict, browser))
    raw = [path] if _RAW.fullmatch(path) else []
    return list(dict.fromkeys([browser, strict, *small, *raw]))


def with_normal_forms(rules: list[Rule]) -> list[Rule]:
    """Return the rules, and after them a rule for each path that is spelled otherwise in NFC or NFD.

    Some browsers, feed readers and copied links have an accent as a character of its own.
    """
    known_urls = {(rule.old, rule.language) for rule in rules}
    others = [
        replace(rule, old=old, is_alternative=True)
        for rule in rules
        if not rule.old.isascii()
        for form in ("NFC", "NFD")
        if ((old := unicodedata.normalize(form, rule.old)), rule.language) not in known_urls
    ]
    return [*rules, *{(rule.old, rule.language): rule for rule in reversed(others)}.values()]


def requests_for(rule: Rule) -> Iterator[str]:
    """Yield the requests that a rule must answer: each spelling, plain, with a slash at the end, and with a query."""
    query = f"?lang={rule.language}" if rule.language else ""
    for spelling in request_spellings(rule.old):
        if rule.below:
            yield f"{spelling}/2"
        else:
            yield from (f"{spelling}{query}", f"{spelling}/{query}")
            yield f"{spelling}{query or '?'}{'&' if query else ''}utm_source=feed&fbclid=x"


def split(request: str) -> tuple[str, str]:
    """Return a request's path and query."""
    path, _, query = request.partition("?")
    return path, query


def asked_language(query: str) -> str:
    """Return the language that a request's query asks for with `?lang=`, or ""."""
    return next((part.removeprefix("lang=") for part in query.split("&") if part.startswith("lang=")), "")


def as_url(path: str) -> str:
    """Return a path as the URL standard's parser does: bare UTF-8 encoded, everything else unchanged."""
    return "".join(c if c.isascii() and c not in ' "<>^`{}' else quote(c) for c in path)


def decoded(path: str) -> str:
    """Return a request's path as most servers compare it: decoded, without double slashes and the one at the end."""
    return re.sub(r"/{2,}", "/", unquote(path, errors="replace")).rstrip("/")


def fill(new: str, parts: Mapping[str, str]) -> str:
    """Return a URL in which each `:name` is replaced by the part that a pattern found."""
    return re.sub(r":([A-Za-z]\w*)", lambda match: parts.get(match[1], match[0]), new)


def by_path(exact: Mapping[str, str], below: Mapping[str, str]) -> Matcher:
    """Return a matcher over decoded paths: the path itself, else the longest one above it."""

    def match(request: str) -> str | None:
        path = decoded(split(request)[0])
        if path in exact:
            return exact[path]
        while "/" in path:
            path = path.rpartition("/")[0]
            if path in below:
                return below[path]
        return None

    return match


def escape_pattern(text: str, *, bytewise: bool = True) -> str:
    r"""Return a regular expression that matches exactly a text: letters and digits of any script and `/_-` unchanged.

    All other characters are `\xHH` (`bytewise`, for PCRE over bytes; else `\x{H…}`, for Go), so that nothing has a
    meaning in the expression or in the configuration file around it.
    """

    def escaped(match: re.Match[str]) -> str:
        if bytewise:
            return "".join(f"\\x{byte:02x}" for byte in match[0].encode("utf-8", "replace"))
        return f"\\x{{{ord(match[0]):x}}}"

    return re.sub(r"[^\w/-]", escaped, text)
