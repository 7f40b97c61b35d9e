"""Examine a site or files without converting them: contents, missing content, next command."""

from __future__ import annotations

import shlex
import textwrap
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field

from ..model.page import DOCUMENT
from ..model.problems import KINDS
from ..model.results import counted
from ..model.skipped import SKIP_KINDS
from ..run.rows import PostRow, post_row
from ..run.steps import convert_page
from ..sources.site.post_index import DISCOVERY_METHODS
from ..web.urls import split_url
from .explain import skip_fixes
from .inspect import ELSEWHERE
from .preview import Preview

if TYPE_CHECKING:
    from ..sources.site.site import Site

#: What each reader reads, for users.
_READ_FROM = {
    "viewer": "the HTML of the page",
    "ricos": "the post's own document (Ricos)",
    "draftjs": "the post's own document (Draft.js)",
    "feed": "a feed",
    "text": "a text dump",
}
#: The number of posts of a site that are read to find out what its pages do not contain.
SAMPLE = 3
#: Kinds of skipped pages that another way to save them can turn into posts.
_RECOVERABLE = ("no-wix-signs", "list-page", "post-not-loaded")
_HOW_TO_GET_POSTS = "save the pages of posts, or give the URL of the site"
#: The number of reasons and files that are listed; the rest is counted.
_LISTED = 8


class Findings(Struct):
    """The result of an examination: contents, missing content, and the sources to convert as the user named them."""

    title: str
    contents: list[tuple[str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    posts: int = 0

    def lines(self, columns: int | None = None) -> Iterator[str]:
        """Yield the lines to print, wrapped to `columns`; URLs and commands are not wrapped."""
        yield self.title
        yield ""
        yield "Contents"
        for name, value in self.contents:
            yield from _wrapped(f"  {name:<14} {value}", columns, 17)
        yield ""
        yield "Missing"
        for text in self.missing or ["nothing found"]:
            yield from _wrapped(f"  {text}", columns, 4)
        if self.posts:
            yield ""
            yield "Next"
            yield f"  unwix convert {shlex.join(self.sources)} -o posts/"


class _Counts(Struct):
    """Totals over the pages examined."""

    readers: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    sites: Counter[str] = field(default_factory=Counter)
    posts: int = 0

    def add(self, row: PostRow) -> None:
        if row["reader"] is None:
            self.failed.append(f"{row['source']}: {row['problems'][0]['detail']}")
            return
        self.posts += 1
        self.readers[row["reader"]] += 1
        self.kinds.update(problem["kind"] for problem in row["problems"])
        if row["url"]:
            parts = split_url(row["url"])
            self.sites[f"{parts.scheme}://{parts.netloc}"] += 1

    def losses(self) -> Iterator[str]:
        """Yield a line for each kind of problem that means missing content, most frequent first."""
        for kind, number in self.kinds.most_common():
            if KINDS[kind][0] != "note":
                where = f"; where to find it: {ELSEWHERE[kind]}" if kind in ELSEWHERE else ""
                yield f"{number} × {kind}: {KINDS[kind][1]}{where}"


def examine_site(site: Site) -> Findings:
    """List the posts of a live site and read a few of them. Raises FetchError if none can be downloaded."""
    crawl = site.crawl_result
    index = crawl.index
    name = f", “{crawl.name}”" if crawl.name else ""
    findings = Findings(f"{crawl.start}: {_WHAT[crawl.kind]}{name}", sources=[site.url], posts=len(index))
    findings.contents.append(("posts", str(len(index))))
    findings.contents += [
        (f"  {way}", f"{number} by {DISCOVERY_METHODS[way]}") for way, number in index.counts_by_method().items()
    ]
    findings.contents += [(f"  {way} alone", _some(posts)) for way, posts in index.found_only_by().items()]
    if crawl.languages:
        findings.contents.append(("languages", ", ".join(crawl.languages)))
    findings.contents += [("feed", url) for url in crawl.feeds]
    delay = site.fetcher.robots(crawl.start).delay
    findings.contents.append(("robots.txt", f"a pause of {delay:g} s" if delay else "no pause required"))
    counts, sample = _Counts(), _sample(list(index.urls()))
    for url in sample:
        pages = site.fetch(url)
        # What a page lacks is in its document.
        for page in [page for page in pages if page.source.endswith(DOCUMENT)] or pages:
            result = convert_page(page)
            for post in result.posts:
                counts.add(post_row(post, "", "written"))
            if result.failed:
                counts.failed.append(f"{result.source}: {result.failed}")
    findings.missing += crawl.warnings()
    findings.contents.append(("sample", f"{counted(len(sample), 'post')}: {_listing(counts.readers)}"))
    findings.missing += [f"in {counted(len(sample), 'post')} of the sample: {loss}" for loss in counts.losses()]
    findings.missing += counts.failed
    if crawl.kind == "site":
        findings.missing.append(
            "drafts, scheduled posts and posts for members are on no public page: you can still export them with your "
            "API key (--api)"
        )
    return findings


def examine_files(sources: list[str], preview: Preview) -> Findings:
    """Describe files and directories, given the completed preview of their conversion."""
    counts = _Counts(skipped=Counter(reason.kind for _, reason in preview.report.skipped))
    for row in preview.rows():
        counts.add(row)
    title = f"{', '.join(sources)}: {counted(preview.pages, 'page')}"
    findings = Findings(title, sources=list(sources), posts=counts.posts)
    duplicates = counts.skipped.pop("duplicate", 0)
    again = f", and {counted(duplicates, 'duplicate')} of them" if duplicates else ""
    findings.contents.append(("posts", f"{counts.posts}{again}"))
    if counts.readers:
        findings.contents.append(("read", _listing(counts.readers)))
    findings.contents += [
        ("site", f"{site} ({counted(number, 'post')})") for site, number in counts.sites.most_common(_LISTED)
    ]
    if (more := len(counts.sites) - _LISTED) > 0:
        findings.contents.append(("site", f"and {counted(more, 'more site')}"))
    findings.contents += [
        ("skipped", f"{number} × {SKIP_KINDS[kind]}") for kind, number in counts.skipped.most_common()
    ]
    if not counts.posts:
        findings.missing.append(f"posts: {'' if preview.pages else 'there is no file; '}{_HOW_TO_GET_POSTS}")
    findings.missing += counts.losses()
    findings.missing += counts.failed[:_LISTED]
    if (rest := len(counts.failed) - _LISTED) > 0:
        findings.missing.append(f"and {rest} more files that cannot be read")
    findings.missing += [f"{SKIP_KINDS[kind]}: {skip_fixes()[kind]}" for kind in _RECOVERABLE if kind in counts.skipped]
    if any(True for _ in counts.losses()) and counts.sites:
        # Content that is missing in saved pages may still be on the site: from both, unwix takes the better version.
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
    "feed": "a feed of a Wix site (the newest 20 posts at most; give the URL of the site for all)",
    "post": "one post of a Wix site",
}


def _sample(urls: list[str]) -> list[str]:
    """Return the first, the last and one between, because the markup of blogs changes over the years."""
    if len(urls) <= SAMPLE:
        return urls
    return [urls[0], urls[len(urls) // 2], urls[-1]]


def _listing(counts: Counter[str]) -> str:
    """Return the number of posts by what they were read from, as one phrase."""
    phrases = (f"{number} from {_READ_FROM.get(name, name)}" for name, number in counts.most_common())
    return ", ".join(phrases) or "none could be read"


def _some(urls: list[str]) -> str:
    rest = len(urls) - 3
    return ", ".join(urls[:3]) + (f" and {rest} more" if rest > 0 else "")
