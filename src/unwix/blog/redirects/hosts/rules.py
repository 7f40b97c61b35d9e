"""Rules: a redirect as data, and the spellings of one path that requests come in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from ....wix.post_urls import encode_path

#: Answers a request (path and query as they come over the line) with the URL it is sent to; None for no redirect.
Matcher = Callable[[str], str | None]
#: What browsers leave as it is in a path, next to letters and digits (url.spec.whatwg.org, path percent-encode set).
_BROWSER = "/-._~!$&'()*+,;=:@[]|"
_HEX = re.compile(r"%[0-9A-F]{2}")
_RAW = re.compile(r"[^\x00-\x20\x7f?#%\s]+")


@dataclass(frozen=True, slots=True)
class Rule:
    """An old path and where it is now."""

    old: str
    """Decoded, from the site's root, without a slash at its end."""
    new: str
    """A URL as it goes into a `Location`: percent-encoded, a path or with the new site in front."""
    kind: str = "post"
    below: bool = False
    """Everything below `old` too: the pages 2, 3 … of a list."""
    language: str | None = None
    """Only for requests with this `?lang=`, where one old path was several posts."""
    pattern: bool = False
    """`:slug` (and `:year` …) in `old` stands for any one part, and in `new` for the same part."""


@dataclass(slots=True)
class HostFiles:
    """What a host's format makes of rules."""

    files: dict[str, str] = field(default_factory=dict)
    """By name, below the directory that is for them."""
    unsaid: list[tuple[Rule, str]] = field(default_factory=list)
    """Rules that the host cannot say, each with the reason."""
    over: list[Rule] = field(default_factory=list)
    """Rules that the host's limit leaves no room for."""
    usual_only: list[Rule] = field(default_factory=list)
    """Rules that the limit leaves room for in their first spelling only."""
    count: int = 0
    """Lines, entries or files that count against the host's limit."""


def request_spellings(path: str) -> list[str]:
    """The ways in which requests write a decoded path, the canonical one first.

    All percent-encoded, as browsers do it, both with small hexadecimal digits, and as bare UTF-8.
    """
    strict, browser = encode_path(path), quote(path, safe=_BROWSER, errors="replace")
    small = (_HEX.sub(lambda m: m[0].lower(), text) for text in (strict, browser))
    raw = [path] if _RAW.fullmatch(path) else []
    return list(dict.fromkeys([browser, strict, *small, *raw]))


def requests_for(rule: Rule) -> Iterator[str]:
    """Requests that a rule is to answer: each spelling, with and without a slash at the end and a query."""
    query = f"?lang={rule.language}" if rule.language else ""
    for spelling in request_spellings(rule.old):
        if rule.below:
            yield f"{spelling}/2"
        else:
            yield from (f"{spelling}{query}", f"{spelling}/{query}")
            yield f"{spelling}{query or '?'}{'&' if query else ''}utm_source=feed&fbclid=x"


def split(request: str) -> tuple[str, str]:
    """A request's path and query."""
    path, _, query = request.partition("?")
    return path, query


def decoded(path: str) -> str:
    """A request's path as most servers see it: decoded, without doubled slashes and the one at the end."""
    return re.sub(r"/{2,}", "/", unquote(path, errors="replace")).rstrip("/")


def fill(new: str, parts: Mapping[str, str]) -> str:
    """A URL with the parts that a pattern found put in for their `:name`."""
    return re.sub(r":([A-Za-z]\w*)", lambda found: parts.get(found[1], found[0]), new)


def by_path(exact: Mapping[str, str], below: Mapping[str, str]) -> Matcher:
    """A matcher over decoded paths: an exact one first, else the longest that it is below of."""

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
    r"""A text as a regular expression that means just it: letters and digits of any script, `/_-` as they are.

    All other characters are said as `\xHH` (`bytewise`, for PCRE over bytes; else `\x{H…}`, for Go): nothing is left
    that could mean something to the expression or to the configuration file it stands in.
    """

    def say(found: re.Match[str]) -> str:
        if bytewise:
            return "".join(f"\\x{byte:02x}" for byte in found[0].encode("utf-8", "replace"))
        return f"\\x{{{ord(found[0]):x}}}"

    return re.sub(r"[^\w/-]", say, text)
