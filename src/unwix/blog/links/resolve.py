"""Find the new URL of each link to another post or to a list of the blog.

Add all posts first; after that each link is one lookup. A link to a page of the old site that is not in the run stays
unchanged and is listed in the report.
"""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Iterable

from ...model.post import Metadata
from ...model.post_summary import PostSummary
from ...model.problems import Problem
from ...model.report_rows import LinkRow, LinksRow
from ...wix.post_urls import NO_HOST, WixUrl, base_of, encode_path, name_key, on_site, parse_url
from ...writers.permalinks import Permalinks
from ...writers.target import WIKI
from ..duplicates.hash_index import HashIndex
from ..duplicates.same_site import UNKNOWN, SameSites
from .not_exported import MISSING_ANCHOR, OTHER_PAGE, REASONS

#: Used in place of a new URL: the link becomes text because the new site has no such page.
NO_LINK = ""
_NONE: list[tuple[str, str]] = []

ANCHOR = "viewer-"
#: The page number at the end of a list's URL.
_PAGE = re.compile(r"/page/\d+$")


class Links:
    """The links of one run. Call `add` for every post, then `finalize`, then `new_urls` for each post."""

    def __init__(
        self, pages: Permalinks, mode: str = "relative", base_url: str | None = None, sites: Iterable[str] = ()
    ) -> None:
        """`base_url` is the URL of the new site; `sites` are more URLs of the old one than the posts state."""
        self.pages = pages
        self.mode = mode
        self.keeps_tags = False
        """Keep links to tags that have no page on the new site, instead of turning them into text."""
        self.base_url = (base_url or "").rstrip("/")
        self.sites = SameSites(base for site in sites if (base := base_of(site)))
        self.not_exported: list[LinkRow] = []
        self.missing_anchors: list[LinkRow] = []
        """Links to a heading that the post does not have."""
        self._outputs: list[str] = []
        self._urls: dict[int, str] = {}
        """New URLs that do not follow from the file name, by number of the post."""
        self._languages: list[str | None] = []
        self._bases: list[str] = []
        self._paths = HashIndex()
        self._slugs = HashIndex()
        self._lists: dict[tuple[str, str], str] = {}
        """New URLs of lists by kind and key of the name."""
        self._list_paths: dict[str, str] = {}
        """New URLs of lists by old path, for lists whose old path is known."""
        self._folders = {"/blog/categories", "/blog/tags", "/blog/hashtags"}
        """Directories of the blog's lists. Other parts of the site can use the same names (a shop's categories)."""
        self._headings: list[list[tuple[str, str]]] = []
        self._pointed: list[tuple[str, str, str | None]] = []
        """Links with a fragment, with the base and language of their post, until their target is known."""
        self._own_places: dict[int, set[str]] = {}
        """Ids in a post that its own links point to, by number of the post."""
        self._wanted: dict[str, set[str]] = {}
        self._anchors: dict[tuple[int, str], str] = {}
        self._aliases: dict[str, str] = {}
        self._names: dict[str, str] = {}

    # ---- collecting ----------------------------------------------------------------------------------------------

    def add(self, entry: PostSummary, output: str) -> None:
        """Add a post that will be written to the file `output` below OUTPUT."""
        number = len(self._outputs)
        metadata = entry.metadata
        self._outputs.append(output)
        if self.pages.post_pattern is not None:
            self._urls[number] = self.pages.post(output, metadata)
        self._languages.append(_language(metadata))
        old = parse_url(metadata.canonical_url or "")
        if old is not None and old.base != NO_HOST:
            self.sites.learn(old.base)
            self._bases.append(sys.intern(old.base))
        else:
            self._bases.append(UNKNOWN)
        others = self._elsewhere(entry)
        self._headings.append(entry.headings or _NONE)
        if own := {_key(href[1:]) for href in entry.links if href.startswith("#")}:
            self._own_places[number] = own
        self._look_ahead(entry)
        if metadata.draft and self.pages.is_site:
            return  # generators do not build drafts: a link to one would be dead
        known = [old, *others] if old is not None else others
        slugs = {metadata.slug or ""}
        for wix_url in known:
            self._paths.add(wix_url.path, number)
            slugs.add(wix_url.name or wix_url.path.rpartition("/")[2])
        for slug in (slugs | {slug.casefold() for slug in slugs}) - {""}:
            self._slugs.add(slug, number)
        self._add_lists(metadata)
        for path, name in entry.list_names.items():
            self._learn_list(path, name)

    def _add_lists(self, metadata: Metadata) -> None:
        """Add the lists that a published post is in: of its categories, tags and authors."""
        for kind, names in (("category", metadata.categories), ("tag", metadata.tags), ("author", metadata.authors)):
            for name in self.pages.listed(kind, names):
                keys = (name_key(name), _joined(name)) if kind == "tag" else (name_key(name),)
                if (kind, keys[0]) not in self._lists and (url := self.pages.list_page(kind, name)):
                    for key in keys:
                        self._lists.setdefault((kind, key), url)

    def _elsewhere(self, entry: PostSummary) -> list[WixUrl]:
        """Return the other URLs of the post that was added last; their hosts belong to its site."""
        result = [url for text in entry.other_urls if (url := parse_url(text)) is not None]
        for other in result:
            if self._bases[-1] != UNKNOWN and other.base != NO_HOST:
                self.sites.unite(self._bases[-1], other.base)
        return result

    def _learn_list(self, path: str, name: str) -> None:
        wix_url = on_site(path)
        if path in self._names or wix_url is None:
            return
        self._names[path] = name
        self._folders.add(_without_language(wix_url))
        if (url := self.pages.list_page(wix_url.kind, name)) is not None:
            self._list_paths[path] = url

    def _look_ahead(self, entry: PostSummary) -> None:
        """Remember the links that are needed before the first post is rewritten."""
        for href in entry.links:
            if "#" in href and not href.startswith("#"):
                self._pointed.append((href, self._bases[-1], _language(entry.metadata)))
            if "post/" in href and (wix_url := parse_url(href)) is not None and wix_url.kind == "post":
                self.sites.note(wix_url.base, wix_url.name)

    def finalize(self) -> None:
        """Find the other hosts of the old site and the ids that links point to. Call it after the last `add`."""
        self._paths.finalize()
        self._slugs.finalize()
        self.sites.finalize(lambda slug: (self._bases[number] for number in self._slugs.numbers(slug)))
        for href, base, language in self._pointed:
            wix_url = self._old(href)
            number = self.find(wix_url, base, language) if wix_url is not None else None
            if wix_url is not None and number is not None:
                self._wanted.setdefault(self._outputs[number], set()).add(_key(wix_url.fragment))
        numbers = {output: number for number, output in enumerate(self._outputs) if output in self._wanted}
        for output, keys in self._wanted.items():
            number = numbers[output]
            for key, identity in self.pages.heading_ids(
                self._headings[number], keys | self._own_places.get(number, set())
            ).items():
                self._anchors[number, key] = identity
        self._pointed.clear()
        self._headings.clear()
        self._own_places.clear()

    def anchors(self, output: str) -> frozenset[str]:
        """Return the ids in the post at `output` that links of other posts point to."""
        return frozenset(self._wanted.get(output, ()))

    def problems(self, entry: PostSummary) -> list[Problem]:
        """Return no problems: links to pages that were not exported are listed by `report`."""
        return []

    # ---- rewriting ---------------------------------------------------------------------------------------------

    def new_urls(self, entry: PostSummary, output: str) -> dict[str, str]:
        """Return the new URL of each link of a post that changes, by the URL exactly as the article has it."""
        new: dict[str, str] = {}
        media = {ref.url for ref in entry.media}
        here = parse_url(entry.metadata.canonical_url or "")
        base = here.base if here is not None and here.base != NO_HOST else UNKNOWN
        for href in dict.fromkeys(entry.links):
            if href.startswith("#"):
                if (key := self._own_anchor(entry, href[1:])) is not None:
                    new[href] = f"#{key}"
                continue
            wix_url = self._old(href)
            if wix_url is None or wix_url.kind == "file" or href in media:
                continue
            new_url = self._new_url(wix_url, entry, base, output)
            if new_url is None and wix_url.kind == "tag" and not self.keeps_tags:
                new[href] = NO_LINK
            elif new_url is None:
                self.not_exported.append(LinkRow(entry.source, href, REASONS.get(wix_url.kind, OTHER_PAGE)))
            elif self.mode != "keep" and new_url != href:
                new[href] = new_url
        return new

    def _old(self, href: str) -> WixUrl | None:
        """Return the parsed URL of a link to the old site, or None for any other link."""
        wix_url = on_site(href)
        return wix_url if wix_url is not None and (self.sites.is_old(wix_url.base) or wix_url.base == NO_HOST) else None

    def _new_url(self, wix_url: WixUrl, entry: PostSummary, base: str, output: str) -> str | None:
        number = self.find(wix_url, base, _language(entry.metadata))
        if number is not None:
            if not self._paths.numbers(wix_url.path):
                self._aliases.setdefault(wix_url.path, self._outputs[number])
            return self._to_post(number, wix_url, entry, output)
        url = self.list_url(wix_url)
        if url is None or (self.pages.target.links_between == "files" and self.mode != "absolute"):
            return None
        return self._to_url(url, entry, output)

    def find(self, wix_url: WixUrl, base: str = UNKNOWN, language: str | None = None) -> int | None:
        """Return the number of the post at a URL of the old site, by path, else by slug, or None.

        `base` and `language` are those of the linking post. `base` is used for a URL without a host. Where posts of
        several languages share a slug, the language of the URL decides, then `language`.
        """
        site = base if wix_url.base == NO_HOST else wix_url.base
        by_path = self._candidates(self._paths, wix_url.path, site)
        if by_path and not wix_url.language:
            return by_path[0]
        by_slug = []
        if wix_url.kind == "post":
            by_slug = self._candidates(self._slugs, wix_url.name, site)
            by_slug = by_slug or self._candidates(self._slugs, wix_url.name.casefold(), site)
        for wanted_language in (wix_url.language, language):
            for candidate in by_slug:
                if wanted_language and self._languages[candidate] == wanted_language:
                    return candidate
        return next(iter([*by_path, *by_slug]), None)

    def _candidates(self, index: HashIndex, key: str, site: str) -> list[int]:
        return [number for number in index.numbers(key) if self.sites.is_same_site(site, self._bases[number])]

    def list_url(self, wix_url: WixUrl) -> str | None:
        """Return the new URL of a list of the blog, or None if the new site has no such list."""
        if wix_url.kind in ("home", "feed"):
            return self.pages.list_page(wix_url.kind, "")
        path = _PAGE.sub("", wix_url.path)
        if (url := self._list_paths.get(path)) is not None or _without_language(wix_url) not in self._folders:
            return None if self.pages.is_partial(wix_url.kind) and url not in self._lists.values() else url
        exact = self._lists.get((wix_url.kind, name_key(wix_url.name)))
        return exact or self._lists.get((wix_url.kind, _joined(wix_url.name)))

    def _to_post(self, number: int, wix_url: WixUrl, entry: PostSummary, output: str) -> str:
        key = _key(wix_url.fragment) if wix_url.fragment else ""
        other = self._outputs[number]
        if other == output and key in entry.anchors:
            return f"#{key}"  # the writer knows the id
        anchor = self._anchors.get((number, key)) if key else None
        if wix_url.fragment.startswith(ANCHOR) and anchor is None:
            self.missing_anchors.append(LinkRow(entry.source, f"{wix_url.path}#{wix_url.fragment}", MISSING_ANCHOR))
        mark = f"#{encode_path(anchor)}" if anchor else ""
        if self.mode == "wiki":
            return WIKI + other + (f"#{anchor}" if anchor else "")
        if self.pages.target.links_between == "files" and self.mode != "absolute":
            return encode_path(posixpath.relpath(other, posixpath.dirname(output) or ".")) + mark
        url = self._urls.get(number) or self.pages.post(other, Metadata())
        return self._to_url(url, entry, output) + mark

    def _to_url(self, url: str, entry: PostSummary, output: str) -> str:
        """Return a URL path of the new site in the form of the mode: absolute, or relative to the linking post."""
        if self.mode == "absolute":
            return self.base_url + url
        here = self.pages.post(output, entry.metadata)
        path = posixpath.relpath(url, here if here.endswith("/") else posixpath.dirname(here))
        return path + "/" * (url.endswith("/") and not path.endswith("/"))

    def report(self) -> LinksRow:
        """Return the `links` of report.json, which `unwix redirects` and `unwix cutover` read."""
        sites = self.sites
        return LinksRow(
            sites.learned, sites.suggested, self._names, self._aliases, self.not_exported, self.missing_anchors
        )

    def _own_anchor(self, entry: PostSummary, fragment: str) -> str | None:
        """Return the id that an in-page link means if it differs from its fragment, else None."""
        key = _key(fragment)
        return key if key != fragment and fragment not in entry.anchors and key in entry.anchors else None


def _joined(name: str) -> str:
    """Return a tag as hashtags spell it: `Clay Life` is `#claylife`."""
    return name_key(name).replace("-", "")


def _without_language(wix_url: WixUrl) -> str:
    return wix_url.folder.removeprefix(f"/{wix_url.language}") if wix_url.language else wix_url.folder


def _key(fragment: str) -> str:
    """Return the key `abc12` of `viewer-abc12`, or of a heading's id on the newest pages, `text-of-heading-abc12`."""
    return fragment.removeprefix(ANCHOR) if fragment.startswith(ANCHOR) else fragment.rpartition("-")[2]


def _language(metadata: Metadata) -> str | None:
    return sys.intern(metadata.language.lower()) if metadata.language else None
