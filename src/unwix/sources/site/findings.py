"""Discovery: what was found on a site, where it was looked for, and why nothing was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..http.errors import FetchError
from ..http.fetch import Response
from . import page_signs as wix_page
from .post_index import PostIndex


@dataclass(frozen=True, slots=True)
class Probe:
    """One place that was looked at: how many posts it named, or why it could not be read."""

    kind: str
    """sitemap, feed, list, category or page."""
    address: str
    posts: int | None
    trouble: str | None = None


@dataclass(slots=True)
class CrawlResult:
    """What was found: the posts, the feeds, and what there is to say of the way there."""

    start: str
    catalogue: PostIndex
    kind: str = "site"
    """What the address is that was given: site, list, sitemap, feed or post."""
    name: str | None = None
    looks: list[Probe] = field(default_factory=list)
    feeds: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    model: wix_page.Model = field(default_factory=wix_page.Model)

    def warnings(self) -> list[str]:
        """What does not fit: places that could not be read, a number of posts that is not the one found."""
        found = [f"{look.kind}: {look.trouble}" for look in self.looks if look.trouble]
        said, there = self.catalogue.said, len(self.catalogue)
        if self.kind == "site" and said is not None and said > there:
            found.append(f"the site says that it has {said} posts, {there} were found")
        return found

    def as_dict(self) -> dict[str, Any]:
        """The discovery as the report has it."""
        return {
            "site": self.start,
            "advertised": self.catalogue.said,
            "found": len(self.catalogue),
            "found_by": dict(self.catalogue.known_by()),
            "found_only_by": self.catalogue.only(),
            "probed": [
                {"kind": look.kind, "url": look.address, "posts": look.posts}
                | ({"error": look.trouble} if look.trouble else {})
                for look in self.looks
            ],
            "warnings": self.warnings(),
            "posts": self.catalogue.matrix(),
        }


def why_nothing(found: CrawlResult, first: Response) -> FetchError:
    """Why a search came to nothing: the sentence that the user sees."""
    if found.kind == "site" and not wix_page.is_wix(first.data):
        return FetchError("not-wix", found.start)
    if wix_page.is_not_found(first.data):
        return FetchError("gone", found.start, "Wix says so")
    troubles = [look.trouble for look in found.looks if look.trouble]
    if found.model.members:
        return FetchError("members", found.start)
    if found.model.password:
        return FetchError("password", found.start)
    if troubles:
        return FetchError("unread", found.start, troubles[0] or "")
    return FetchError("no-blog", found.start)
