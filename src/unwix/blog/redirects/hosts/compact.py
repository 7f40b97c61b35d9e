"""Combine many rules of one pattern into one, for hosts with a maximum number of rules."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from urllib.parse import unquote

from ....web.urls import split_url
from ....wix.post_urls import encode_path
from .rules import Rule

#: Fewer posts than this stay single rules.
_FEWEST = 20
_DAY = re.compile(r"/\d{4}/\d{1,2}/\d{1,2}$")
#: The part of a path between a list and the number of its page.
_BELOW = "/page"
_PLAIN = re.compile(r"[\w.~-]+")


def compacted(rules: list[Rule]) -> list[Rule]:
    """Return the rules with one `/post/:slug` → `/posts/:slug/` instead of all that it covers, after the exceptions.

    A pattern also redirects URLs that never were a post; the new site has no page for these either way. There is no
    pattern where it would match a page of the new site.
    """
    groups: dict[tuple[str, bool], list[tuple[Rule, str]]] = defaultdict(list)
    kept_rules: list[Rule] = []
    new_folders = {_folder(unquote(split_url(rule.new).path).rstrip("/")) for rule in rules}
    for rule in rules:
        split = None if rule.language else _split(rule)
        if split is None or split[0] in new_folders:
            kept_rules.append(rule)
        else:
            groups[split[0], rule.below].append((rule, split[1]))
    patterns: list[Rule] = []
    for (folder, below), members in groups.items():
        (new, number) = Counter(template for _, template in members).most_common(1)[0]
        if number < _FEWEST:
            kept_rules += [rule for rule, _ in members]
            continue
        kept_rules += [rule for rule, template in members if template != new]
        patterns.append(Rule(f"{folder}/:slug{_BELOW * below}", new, members[0][0].kind, below, pattern=True))
    return [*kept_rules, *patterns]


def _folder(path: str) -> str:
    """Return the directory of a path, with the date in an old post's URL as `:year/:month/:day`."""
    return _DAY.sub("/:year/:month/:day", path.rpartition("/")[0])


def _split(rule: Rule) -> tuple[str, str] | None:
    """Return the old directory and the new path with `:slug` for the slug; None if the new path does not contain it."""
    old = rule.old.removesuffix(_BELOW) if rule.below else rule.old
    slug = old.rpartition("/")[2]
    name = encode_path(slug)
    # A placeholder inserts the request's own spelling, so only slugs with a single spelling qualify.
    if not _PLAIN.fullmatch(slug) or ":" in rule.new.replace("://", "", 1):
        return None
    before, middle, after = rule.new.rpartition(f"/{name}")
    if not middle or after not in ("", "/", ".html"):
        return None
    return _folder(old), f"{before}/:slug{after}"
