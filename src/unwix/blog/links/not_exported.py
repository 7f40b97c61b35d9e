"""Describe links to the old site that stay unchanged because their target is not in the run."""

from __future__ import annotations

#: The reason why a link stays, by the kind of URL.
REASONS = {
    "post": "no such published post in this run",
    "category": "no such category in this run, or the target has no page for it",
    "tag": "no such tag in this run, or the target has no page for it",
    "author": "no such author in this run, or the target has no page for authors",
    "home": "the target has no page for it",
    "feed": "the target has no page for it",
}
MISSING_ANCHOR = "the post is in this run, the place in it is no heading"
OTHER_PAGE = "a page of the site, not of its blog"
