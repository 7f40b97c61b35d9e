"""Skipped: the input is not a blog post, or not a post that the user asked for, and why."""

from __future__ import annotations

from typing import Any

from .errors import UnwixError

#: Every kind of skipped input and its meaning: the `detail` of a row that states nothing more.
SKIP_KINDS: dict[str, str] = {
    # Pages of a Wix site
    "list-page": "a page with a list of posts",
    "category-page": "a blog category page",
    "tag-page": "a blog tag page",
    "archive-page": "a blog archive page",
    "member-page": "a member's profile page",
    "forum-page": "a forum page",
    "event-page": "a page of a Wix site without a blog post: the details of an event",
    "product-page": "a page of a Wix site without a blog post: a product",
    "service-page": "a page of a Wix site without a blog post: a service that can be booked",
    "program-page": "a page of a Wix site without a blog post: an online program",
    "group-page": "a page of a Wix site without a blog post: a group",
    "plans-page": "a page of a Wix site without a blog post: plans and prices",
    "menu-page": "a page of a Wix site without a blog post: a restaurant's menu",
    "portfolio-page": "a page of a Wix site without a blog post: a project of a portfolio",
    "search-page": "a page of search results",
    "faq-page": "a page of a Wix site without a blog post: questions and answers",
    "form-page": "a page of a Wix site without a blog post: a form",
    "login-page": "a page of a Wix site that asks for a password; log in, and save the post's page again",
    "not-found-page": "a “page not found” page",
    "post-not-loaded": "a post page without its body (it was saved before the post had loaded)",
    "empty-page": "a page that was saved without its content",
    "old-blog-page": (
        "a post of Wix's blog of 2014 to 2018 without its text; convert the blog's feed (blog-feed.xml), or save the "
        "page from a browser"
    ),
    "other-blog-app": (
        "a page of another blog app than Wix Blog, which shows its posts in a frame; save the page with SingleFile, "
        "which keeps frames, or export the posts from that app"
    ),
    "site-page": "a page of a Wix site without a blog post",
    # Other files
    "other-page": "a page without a Wix blog post",
    "no-wix-signs": "a text without the signs of a Wix post page",
    "no-line-breaks": (
        "the text of a Wix page without line breaks between its parts; dump the page again with a separator, such as"
        " get_text('\\n')"
    ),
    "no-posts": "data without a Wix blog post",
    "posts-without-bodies": "a list of posts without their bodies",
    "comments": "comments",
    "other-feed": "a feed, and not of a Wix blog",
    "empty-feed": "a feed without items",
    "sitemap": "a sitemap",
    "image": "an image",
    "media": "a video, font or other media file",
    "style-or-script": "a style sheet or script",
    "document-format": "a PDF, office document or book",
    "shortcut": "a shortcut to a web page, not the page itself",
    "mail": "a mail, or a saved page without HTML in it",
    "archive": "an archive that cannot be opened; unpack it and give the directory",
    "binary-file": "a binary file",
    "empty-file": "an empty file",
    "web-archive-records": "records of a web archive that are not pages",
    # Posts that this run does not write
    "duplicate": "a duplicate of another post of this run",
    "trash": "a post in the blog's trash; --include-deleted writes it",
    "filtered": "left out by a filter option",
    "redirect": "the page redirects to another post",
    "gone": "the site has no such page any more",
}


class Skipped(UnwixError):
    """Raised for an input that is not a blog post, or that this run does not write.

    `kind` is a key of `SKIP_KINDS`; `detail` is a phrase for people, by default the meaning of the kind. `words` is the
    number of words of a page that may be a post all the same, or None. `posts` is the number of posts that a list page
    states for the whole blog, or None.
    """

    def __init__(
        self, kind: str, detail: str | None = None, words: int | None = None, posts: int | None = None
    ) -> None:
        self.kind = kind
        meaning = SKIP_KINDS[kind]  # raises KeyError for an unknown kind
        self.detail = meaning if detail is None else detail
        self.words = words
        self.posts = posts
        super().__init__(self.detail)

    def __reduce__(self) -> tuple[type[Skipped], tuple[str, str, int | None, int | None]]:
        return type(self), (self.kind, self.detail, self.words, self.posts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Skipped) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self._values())

    def _values(self) -> tuple[Any, ...]:
        return self.kind, self.detail, self.words, self.posts

    def as_dict(self) -> dict[str, Any]:
        """Return kind and detail, and the words where they were counted, in the form of report.json."""
        counts = {"words": self.words, "posts": self.posts}
        known = {name: number for name, number in counts.items() if number is not None}
        return {"kind": self.kind, "detail": self.detail, **known}
