"""The interface of everything that changes URLs in posts: links between posts, and media."""

from __future__ import annotations

from typing import Protocol

from ..model.post_summary import PostSummary
from ..model.problems import Problem


class Rewriter(Protocol):
    """Gives posts new URLs for their links or their media."""

    def add(self, summary: PostSummary, output: str) -> None:
        """Register a post that will be written to the file `output`, a path below OUTPUT."""

    def finalize(self) -> None:
        """Prepare the new URLs when all posts are known. Downloads happen now."""

    def new_urls(self, summary: PostSummary, output: str) -> dict[str, str]:
        """Return the new URLs of a post, by the URLs exactly as in its article."""

    def anchors(self, output: str) -> frozenset[str]:
        """Return the ids in a post that links of other posts point to."""

    def problems(self, summary: PostSummary) -> list[Problem]:
        """Return the problems of a post's links or media."""
