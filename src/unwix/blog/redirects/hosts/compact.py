"""Compact: many rules of one pattern as one, for hosts that count them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from urllib.parse import unquote, urlsplit

from ....wix.post_urls import encode_path
from .rules import Rule

#: So many posts must share a pattern: fewer are said one by one.
_FEWEST = 20
_DAY = re.compile(r"/\d{4}/\d{1,2}/\d{1,2}$")
#: What stands between a list and the number of its page.
_BELOW = "/page"
_PLAIN = re.compile(r"[\w.~-]+")


def compacted(rules: list[Rule]) -> list[Rule]:
    """The rules with one `/post/:slug` → `/posts/:slug/` in the place of all that it says, the exceptions before it.

    A pattern answers for URLs too that never were a post; these have no page in the new site either way. No
    pattern is made where a page of the new site would fall under it.
    """
    groups: dict[tuple[str, bool], list[tuple[Rule, str]]] = defaultdict(list)
    kept: list[Rule] = []
    taken = {_folder(unquote(urlsplit(rule.new).path).rstrip("/")) for rule in rules}
    for rule in rules:
        split = None if rule.language else _split(rule)
        if split is None or split[0] in taken:
            kept.append(rule)
        else:
            groups[split[0], rule.below].append((rule, split[1]))
    patterns: list[Rule] = []
    for (folder, below), members in groups.items():
        (new, number) = Counter(template for _, template in members).most_common(1)[0]
        if number < _FEWEST:
            kept += [rule for rule, _ in members]
            continue
        kept += [rule for rule, template in members if template != new]
        patterns.append(Rule(f"{folder}/:slug{_BELOW * below}", new, members[0][0].kind, below, pattern=True))
    return [*kept, *patterns]


def _folder(path: str) -> str:
    """The directory of a path; the days of old posts' URLs as `:year/:month/:day`."""
    return _DAY.sub("/:year/:month/:day", path.rpartition("/")[0])


def _split(rule: Rule) -> tuple[str, str] | None:
    """The directory of the old path, and the new one with `:slug` for the slug; None when the new one has none."""
    old = rule.old.removesuffix(_BELOW) if rule.below else rule.old
    slug = old.rpartition("/")[2]
    name = encode_path(slug)
    # A placeholder puts in what the request has, letter by letter: a slug with signs may be spelled otherwise there.
    if not _PLAIN.fullmatch(slug) or ":" in rule.new.replace("://", "", 1):
        return None
    before, found, after = rule.new.rpartition(f"/{name}")
    if not found or after not in ("", "/", ".html"):
        return None
    return _folder(old), f"{before}/:slug{after}"
