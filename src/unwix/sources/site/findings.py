"""The result of a search for posts: the posts, the places that were requested, and why nothing was found."""

from __future__ import annotations

from msgspec import Struct, field

from ...model.report_rows import FoundPostRow, ProbeRow, SiteRow
from ..http.errors import FetchError
from ..http.fetch import Response
from . import page_signs
from .outcomes import Outcomes, ways
from .post_index import PostIndex
from .visitor_api import VisitorApi


class CrawlResult(Struct):
    """The posts and feeds of a site, and how they were found."""

    start: str
    index: PostIndex
    kind: str = "site"
    """The kind of the given URL: site, list, sitemap, feed or post."""
    name: str | None = None
    probes: list[ProbeRow] = field(default_factory=list)
    feeds: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    model: page_signs.SiteModel = field(default_factory=page_signs.SiteModel)
    api: VisitorApi | None = None
    without_page: list[tuple[str, str]] = field(default_factory=list)
    """Posts that were read from their documents only, and why their pages could not be downloaded."""

    outcomes: Outcomes | None = None
    """The results of the posts; None if nothing was written."""

    def warnings(self) -> list[str]:
        """Return sentences about places that could not be read and posts that are missing."""
        warnings = [f"{look.kind}: {look.error}" for look in self.probes if look.error]
        advertised, posts_found = self.index.advertised_count, len(self.index)
        if self.outcomes is not None and (text := self.outcomes.warning()) is not None:
            warnings.append(text)
        elif self.outcomes is None and advertised is not None and advertised > posts_found:
            warnings.append(f"the site states {advertised} posts, and {posts_found} were found ({ways(self.index)})")
        if self.without_page:
            url, reason = self.without_page[0]
            more = f", and {len(self.without_page) - 1} more posts" if len(self.without_page) > 1 else ""
            warnings.append(f"visitor API: it is the only source of {url}{more}: the page could not be read ({reason})")
        return warnings + (self.api.warnings() if self.api is not None else [])

    def report(self) -> SiteRow:
        """Return the row of the site in report.json."""
        outcomes, index = self.outcomes, self.index
        return SiteRow(
            site=self.start,
            advertised=index.advertised_count,
            stated_by=dict(index.stated),
            found=len(index),
            found_by=dict(index.counts_by_method()),
            found_only_by=index.found_only_by(),
            outcomes=None if outcomes is None else dict(sorted(outcomes.counts().items())),
            documents=self.api.documents if self.api is not None else 0,
            probed=self.probes,
            warnings=self.warnings(),
            posts=[
                FoundPostRow(url, methods, None if outcomes is None else outcomes.state(url))
                for url, methods in index.methods()
            ],
        )


def no_posts_error(crawl: CrawlResult, first: Response) -> FetchError:
    """Return the error that explains why a search found no posts."""
    if crawl.kind == "site" and not page_signs.is_wix(first.data):
        return FetchError("not-wix", crawl.start)
    if page_signs.is_not_found(first.data):
        return FetchError("gone", crawl.start, "Wix says so")
    troubles = [look.error for look in crawl.probes if look.error]
    if crawl.model.members:
        return FetchError("members", crawl.start)
    if crawl.model.password:
        return FetchError("password", crawl.start)
    if troubles:
        return FetchError("unread", crawl.start, troubles[0] or "")
    return FetchError("no-blog", crawl.start)
