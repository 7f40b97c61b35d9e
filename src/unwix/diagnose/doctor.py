"""Diagnose a site or files without converting them: contents, gaps, next command."""

from __future__ import annotations

import shlex
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..model.problems import KINDS
from ..model.skipped import SKIP_KINDS
from ..run.report import counted
from ..run.steps import ConversionResult, convert_page
from ..sources.site.post_index import DISCOVERY_METHODS
from .inspect import ELSEWHERE

if TYPE_CHECKING:
    from ..sources.site.site import Site

#: What each reader reads, in a user's words.
_READ_FROM = {
    "viewer": "the HTML of the page",
    "ricos": "embedded post data (Ricos)",
    "draftjs": "embedded post data (Draft.js)",
    "feed": "a feed",
    "text": "a text dump",
}
#: So many posts of a site are read, to see what their pages lack.
SAMPLE = 3
#: What a user can do about skipped pages, by kind.
_ADVICE = {
    "no-wix-signs": "if a text is a post anyway, convert it with --as text",
    "list-page": "lists contain only the beginnings of posts: give the URL of the site, and unwix finds all posts",
    "post-not-loaded": "save such a page again after the post has loaded, or give the URL of the site",
}
#: So many reasons and addresses are listed; the rest is counted.
_LISTED = 8


@dataclass(slots=True)
class Findings:
    """What a look found: what is there, what is missing, and the sources to convert, as the user gives them."""

    title: str
    there: list[tuple[str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    posts: int = 0

    def lines(self, columns: int | None = None) -> Iterator[str]:
        """The findings, as they are printed; no wider than so many columns but for addresses and commands."""
        yield self.title
        yield ""
        yield "Contents"
        for name, value in self.there:
            yield from _wrapped(f"  {name:<14} {value}", columns, 17)
        yield ""
        yield "Missing"
        for text in self.missing or ["nothing found"]:
            yield from _wrapped(f"  {text}", columns, 4)
        if self.posts:
            yield ""
            yield "Next"
            yield f"  unwix convert {shlex.join(self.sources)} -o content/"


@dataclass(slots=True)
class _Counts:
    """What outcomes of pages add up to."""

    readers: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    sites: Counter[str] = field(default_factory=Counter)
    keys: set[str] = field(default_factory=set)
    posts: int = 0

    def take(self, outcome: ConversionResult) -> None:
        for post in outcome.posts:
            self.posts += 1
            self.readers[post.reader] += 1
            self.kinds.update(problem.kind for problem in post.problems)
            url = post.metadata.canonical_url
            self.keys.add(url or f"{post.source} {post.metadata.title}")
            if url:
                parts = urlsplit(url)
                self.sites[f"{parts.scheme}://{parts.netloc}"] += 1
        if outcome.skipped:
            self.skipped[outcome.skipped.kind] += 1
        if outcome.failed:
            self.failed.append(f"{outcome.source}: {outcome.failed}")

    def losses(self) -> Iterator[str]:
        """A line for each kind of problem that means something is missing, most frequent first."""
        for kind, number in self.kinds.most_common():
            if KINDS[kind][0] != "note":
                where = f"; where to find it: {ELSEWHERE[kind]}" if kind in ELSEWHERE else ""
                yield f"{number} × {kind}: {KINDS[kind][1]}{where}"


def examine_site(site: Site) -> Findings:
    """A look at a live site: its posts are found, and a few of them read. Raises FetchError when none can be had."""
    found = site.found
    index = found.index
    name = f", “{found.name}”" if found.name else ""
    findings = Findings(f"{found.start}: {_WHAT[found.kind]}{name}", sources=[site.url], posts=len(index))
    findings.there.append(("posts", str(len(index))))
    findings.there += [
        (f"  {way}", f"{number} by {DISCOVERY_METHODS[way]}") for way, number in index.counts_by_method().items()
    ]
    findings.there += [(f"  {way} alone", _some(posts)) for way, posts in index.found_only_by().items()]
    if found.languages:
        findings.there.append(("languages", ", ".join(found.languages)))
    findings.there += [("feed", address) for address in found.feeds]
    delay = site.fetcher.robots(found.start).delay
    findings.there.append(("robots.txt", f"a pause of {delay:g} s" if delay else "no pause asked for"))
    findings.missing += found.warnings()
    counts, looked = _Counts(), _sample(list(index.urls()))
    for address in looked:
        for page in site.fetch(address):
            counts.take(convert_page(page))
    findings.there.append(("sample", f"{counted(len(looked), 'post')}: {_listing(counts.readers)}"))
    findings.missing += [f"in {counted(len(looked), 'post')} of the sample: {loss}" for loss in counts.losses()]
    findings.missing += counts.failed
    if found.kind == "site":
        findings.missing.append(
            "drafts, scheduled posts and posts for members are on no public page: you can still export them with your "
            "API key (--api)"
        )
    return findings


def examine_files(sources: list[str], outcomes: Iterable[ConversionResult]) -> Findings:
    """A look at files and folders: every page is read, and nothing is written."""
    counts = _Counts()
    pages = 0
    for outcome in outcomes:
        pages += 1
        counts.take(outcome)
    findings = Findings(f"{', '.join(sources)}: {counted(pages, 'page')}", sources=list(sources), posts=counts.posts)
    copies = counts.posts - len(counts.keys)
    again = f", {counted(copies, 'copy').replace('copys', 'copies')} of the same post among them" if copies else ""
    findings.there.append(("posts", f"{counts.posts}{again}"))
    if counts.readers:
        findings.there.append(("read", _listing(counts.readers)))
    findings.there += [("site", f"{site} ({counted(number, 'post')})") for site, number in counts.sites.most_common(5)]
    findings.there += [
        ("skipped", f"{number} × {SKIP_KINDS[kind]}") for kind, number in counts.skipped.most_common(_LISTED)
    ]
    if not counts.posts:
        findings.missing.append("posts: save the pages of posts, or give the URL of the site")
    findings.missing += counts.losses()
    findings.missing += counts.failed[:_LISTED]
    if (rest := len(counts.failed) - _LISTED) > 0:
        findings.missing.append(f"and {rest} more files that cannot be read")
    findings.missing += [advice for kind, advice in _ADVICE.items() if kind in counts.skipped]
    if any(True for _ in counts.losses()) and counts.sites:
        # What the saved pages lack may still be on the site: given both, the better copy of each post is taken.
        findings.sources.append(counts.sites.most_common(1)[0][0])
    return findings


def _wrapped(line: str, columns: int | None, indent: int) -> list[str]:
    if columns is None:
        return [line]
    return textwrap.wrap(
        line, max(40, columns), subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False
    )


_WHAT = {
    "site": "a live Wix site",
    "list": "a list of posts of a Wix site",
    "sitemap": "a sitemap of a Wix site",
    "feed": "a feed of a Wix site (the newest 20 posts at most; give the site's address for all)",
    "post": "one post of a Wix site",
}


def _sample(addresses: list[str]) -> list[str]:
    """The first, the last and one between: blogs change over the years."""
    if len(addresses) <= SAMPLE:
        return addresses
    return [addresses[0], addresses[len(addresses) // 2], addresses[-1]]


def _listing(counts: Counter[str]) -> str:
    """How many posts were read from what."""
    found = (f"{number} from {_READ_FROM.get(name, name)}" for name, number in counts.most_common())
    return ", ".join(found) or "none could be read"


def _some(addresses: list[str]) -> str:
    rest = len(addresses) - 3
    return ", ".join(addresses[:3]) + (f" and {rest} more" if rest > 0 else "")
