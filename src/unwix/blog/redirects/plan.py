"""Plan the redirects of a blog: one rule from each old URL to the new one, from the report of a run.

The URLs of the posts come first, then other spellings in links of the posts, then further URLs at which Wix served the
same post (docs/wix/discovery.md#url-shapes). If a host limits the number of rules, the first ones are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from msgspec import Struct, field

from ...model.post import Metadata
from ...model.report_rows import LinksRow
from ...web.urls import split_url
from ...wix.post_urls import LIST_KINDS, WixUrl, name_key, on_site, parse_url
from ...writers.permalinks import Permalinks
from .hosts.rules import Rule

Row = Mapping[str, Any]
#: Posts from before this year may come from Wix's old blog, whose URLs contained the day.
_OLD_BLOG = "2021"
_CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff\\\\]")
_NOT_WORD = re.compile(r"[^\w]+|_+")
_LISTS = {"category": ("/blog/categories/",), "tag": ("/blog/tags/", "/blog/hashtags/")}
_FIELDS = {"category": "categories", "tag": "tags"}
_LONGEST = 2_000


class Redirects(Struct):
    """The rules of one blog, the most certain first, and the old URLs that get no rule."""

    rules: list[Rule] = field(default_factory=list)
    moved: list[Rule] = field(default_factory=list)
    """The rules from the posts' own URLs; all of them are in `rules` too."""
    left_out: list[tuple[str, str]] = field(default_factory=list)
    """(old path, reason)."""
    _taken: dict[tuple[str, str | None], str] = field(default_factory=dict)
    _refused: set[tuple[str, str]] = field(default_factory=set)
    _pages: set[str] = field(default_factory=set)
    """Decoded paths of the new site. A rule from one of them would hide a page."""

    def add(self, rule: Rule, *, own: bool = False) -> None:
        """Add a rule, unless its URL has one already, is a page of the new site, or is not a URL that browsers request.

        `own`: the rule starts at a post's own URL. If it is refused, `left_out` gets the reason.
        """
        key = (rule.old, rule.language)
        if not rule.old or (not own and key in self._taken):
            return
        if rule.below and rule.old.rpartition("/")[0] == _plain(rule.new):
            return  # the list stays where it was: its pages belong to the new site
        if (reason := _impossible(rule.old)) is not None:
            self._refuse(rule, reason)
        elif rule.old in self._pages and not rule.below and (not rule.language or rule.old == _plain(rule.new)):
            if own and rule.old != _plain(rule.new):
                self._refuse(rule, "a page of the new site has this URL")
        elif (other := self._taken.get(key)) is not None:
            if other != rule.new:
                self._refuse(rule, f"it already leads to {other}")
        else:
            self._taken[key] = rule.new
            self.rules.append(rule)
            self.moved += [rule] if own else []

    def _refuse(self, rule: Rule, reason: str) -> None:
        if (rule.old, reason) not in self._refused:
            self._refused.add((rule.old, reason))
            self.left_out.append((rule.old, reason))


def build_redirects(
    posts: Iterable[Row], links: LinksRow | None, pages: Permalinks, base_url: str | None = None
) -> Redirects:
    """Return the rules for the posts and links of a report; `base_url` is put before the new URLs."""
    rows = [row for row in posts if row.get("output") and not row.get("draft")]
    urls = [(row, pages.post(row["output"], _metadata(row))) for row in rows]
    redirects = Redirects()
    if not urls:
        return redirects
    base = (base_url or "").rstrip("/")
    new_of = {row["output"]: base + url for row, url in urls}
    redirects._pages = {_plain(url) for url in new_of.values()}
    lists = dict(_lists(urls, links.lists if links else {}, pages, base))
    redirects._pages |= {_plain(url) for url in lists.values()}
    for rule in _own_rules(rows, new_of):
        redirects.add(rule, own=True)
    other_paths = [(path, row["output"]) for row in rows for path in _elsewhere(row)]
    aliases = links.aliases.items() if links else ()
    for rule in (
        *(Rule(path, new_of[output]) for path, output in (*other_paths, *aliases) if output in new_of),
        *(Rule(path, url, kind) for (kind, path), url in lists.items()),
        *(Rule(path, new_of[row["output"]]) for row in rows for path in _older_paths(row)),
        *_rules_of_pages(lists),
    ):
        redirects.add(rule)
    return redirects


def _own_rules(rows: Iterable[Row], new_of: Mapping[str, str]) -> Iterator[Rule]:
    """Yield the rules from the posts' own URLs."""
    languages = _several_languages(rows)
    for row in rows:
        if (old := parse_url(row.get("url") or "")) is not None and old.path:
            language = old.language if (old.path in languages and old.path == _without_language(old)) else None
            yield Rule(old.path, new_of[row["output"]], language=language)


def _rules_of_pages(lists: Mapping[tuple[str, str], str]) -> Iterator[Rule]:
    """Yield the rules from pages 2, 3 … of the blog's lists."""
    for (kind, path), url in lists.items():
        if kind in ("category", "tag", "home"):
            yield Rule(f"{path}/page", url, kind, below=True)


def _several_languages(rows: Iterable[Row]) -> set[str]:
    """Return the paths that several posts share, one for each `?lang=`."""
    output_by_path: dict[str, str] = {}
    several: set[str] = set()
    for row in rows:
        old = parse_url(row.get("url") or "")
        if old is not None and output_by_path.setdefault(old.path, row["output"]) != row["output"]:
            several.add(old.path)
    return several


def _without_language(old: WixUrl) -> str:
    return old.path if not old.path.startswith(f"/{old.language}/") else ""


def _elsewhere(row: Row) -> Iterator[str]:
    """Yield the paths of a post at the site's other URLs."""
    urls = (parse_url(url) for url in row.get("other_urls") or () if isinstance(url, str))
    yield from (url.path for url in urls if url is not None)


def _older_paths(row: Row) -> Iterator[str]:
    """Yield the paths at which Wix served a post in addition to its own URL (docs/wix/discovery.md#url-shapes)."""
    old = parse_url(row.get("url") or "")
    slug = row.get("slug") or (old.name or old.path.rpartition("/")[2] if old is not None else "")
    if not slug or "/" in slug:
        return
    prefix = f"/{old.language}" if old is not None and old.language and old.path.startswith(f"/{old.language}/") else ""
    day = re.match(r"(\d{4})-(\d{2})-(\d{2})", row.get("date") or "")
    paths = [*([old.path] if old is not None else []), *_elsewhere(row)]
    dated = next((match[1] for path in paths if (match := re.search(r"/(\d{4}/\d{1,2}/\d{1,2})/[^/]+$", path))), None)
    for before in dict.fromkeys((prefix, "")):
        yield f"{before}/post/{slug}"
        yield f"{before}/single-post/{slug}"
        yield f"{before}/amp/{slug}"
        if dated:
            yield f"{before}/post/{dated}/{slug}"
            yield f"{before}/single-post/{dated}/{slug}"
        elif day and day[1] < _OLD_BLOG:
            yield f"{before}/single-post/{'/'.join(day.groups())}/{slug}"


def _lists(
    posts: list[tuple[Row, str]], named: Mapping[str, str], pages: Permalinks, base: str
) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the old paths of the blog's lists, each with its kind and its new URL.

    `named` has the URLs of lists that pages link to. For other lists both paths that Wix makes of a name are used.
    """
    known = {("home", "/blog"): "", ("feed", "/blog-feed.xml"): "", ("feed", "/feed.xml"): ""}
    linked_lists: set[tuple[str, str]] = set()
    for path, name in named.items():
        if (wix_url := on_site(path)) is not None and wix_url.kind in LIST_KINDS:
            linked_lists.add((wix_url.kind, name))
            known |= {(wix_url.kind, spelling): name for spelling in _list_spellings(wix_url.kind, path)}
    built: set[str | None] = set()
    for kind, field_name in _FIELDS.items():
        names = dict.fromkeys(name for row, _ in posts for name in pages.listed(kind, row.get(field_name) or ()))
        built |= {pages.list_page(kind, name) for name in names}
        for name in [name for name in names if (kind, name) not in linked_lists]:
            for path in _list_paths(kind, name):
                known.setdefault((kind, path), name)
    for (kind, path), name in known.items():
        url = pages.list_page(kind, name)
        if url is not None and (url in built or not pages.is_partial(kind)):
            yield (kind, path), base + url


def _list_spellings(kind: str, path: str) -> Iterator[str]:
    """Yield the paths at which Wix served a list that pages link to by this path."""
    ends = ("", "/profile", "/blog-posts") if kind == "author" else ("",)
    yield from (path.removesuffix("/profile") + end for end in ends)
    if kind == "tag":
        yield path.replace("/tags/", "/hashtags/")


def _list_paths(kind: str, name: str) -> Iterator[str]:
    for slug in (_NOT_WORD.sub("-", name.lower()).strip("-"), name_key(name)):
        if slug:
            yield from (before + slug for before in _LISTS[kind])


def _metadata(row: Row) -> Metadata:
    return Metadata(slug=row.get("slug"), date=row.get("date"), language=row.get("language"))


def _plain(url: str) -> str:
    """Return the decoded path of a new URL, without a slash at its end."""
    return unquote(split_url(url).path).rstrip("/")


def _impossible(path: str) -> str | None:
    """Return why no browser requests this path, or None if one may."""
    if _CONTROL.search(path) or any(part in (".", "..") for part in path.split("/")) or not path.startswith("/"):
        return "no browser requests such a URL"
    return "the URL is longer than servers accept" if len(path) > _LONGEST else None
