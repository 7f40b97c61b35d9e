"""Detect what a page of a Wix site shows: a blog post, or something else that the same viewer renders.

No sign decides alone (docs/wix/studio-pages.md#recognizing-a-studio-post): events, forums, forms and questions with
answers use the viewer of posts, forum posts have `og:type` article, and post pages list other posts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...model.article import Element
from ...model.facts import words
from ...model.skipped import SKIP_KINDS, Skipped
from ...model.words_of_scripts import WITHOUT_SPACES
from ...wix.post_counts import stated_total
from ...wix.post_urls import parse_url
from .other_markup.old_blog import is_old_post
from .other_markup.other_apps import other_blog_app
from .parse import HtmlPage, JsonLd

#: Hooks that occur only on the blog's post page, outside of lists.
_POST_HOOKS = ("post-page-root", "post-page", "post-description", "post-main-actions-desktop", "post-hero-image")
_POST_METAS = ("article:published_time", "article:modified_time", "article:author", "article:section", "article:tag")
#: Prefixes of the hooks of other parts of a Wix site whose texts the same viewer renders, and the kind of page that has
#: one.
FOREIGN_HOOKS: tuple[tuple[str, str], ...] = (
    ("EVENTS_ROOT_NODE", "event-page"),
    ("event-", "event-page"),
    ("forum-", "forum-page"),
    ("faq-", "faq-page"),
    ("widget-accordion", "faq-page"),
    ("accordion", "faq-page"),
    ("form-", "form-page"),
    ("checkbox-", "form-page"),
    ("donation-", "form-page"),
    ("product-", "product-page"),
    ("service-", "service-page"),
    ("bookings-", "service-page"),
    ("challenge", "program-page"),
    ("program-", "program-page"),
    ("course-", "program-page"),
    ("group-", "group-page"),
    ("groups-", "group-page"),
    ("plan-", "plans-page"),
    ("plans-", "plans-page"),
    ("menu-", "menu-page"),
    ("menus-", "menu-page"),
    ("restaurant", "menu-page"),
    ("portfolio-", "portfolio-page"),
    ("project-", "portfolio-page"),
    ("collection-page", "portfolio-page"),
    ("search-app", "search-page"),
    ("search-results", "search-page"),
    ("profile-", "member-page"),
    ("member-", "member-page"),
    ("wc-", "site-page"),
    ("comment", "site-page"),
)
#: Kinds of pages by a part of their URL.
_BY_URL: tuple[tuple[re.Pattern[str], str, str | None], ...] = tuple(
    (re.compile(pattern, re.I), kind, detail)
    for pattern, kind, detail in (
        (r"^https?://(?:manage|editor|users)\.wix\.com/", "other-page", "a page of the Wix dashboard, not of the blog"),
        (r"/(?:blog/)?(?:explore/)?categor(?:y|ies)/", "category-page", None),
        (r"/(?:blog/)?tags/", "tag-page", None),
        (r"/(?:blog/)?hashtags/", "tag-page", "a blog hashtag page"),
        (r"/(?:blog/)?archive/\d{4}", "archive-page", None),
        (r"/profile/|/members?-area(?:/|$)", "member-page", None),
        (r"/forum(?:/|$)", "forum-page", None),
        (r"/blog/?$|/blog/page/\d+", "list-page", "a blog list page"),
        (r"/event-(?:details|info)/|/events?/", "event-page", None),
        (r"/product-page/", "product-page", None),
        (r"/service-page/|/booking-(?:calendar|form)/|/book-online", "service-page", None),
        (r"/challenge-page/|/programs?/|/courses?/", "program-page", None),
        (r"/portfolio(?:-collections)?/", "portfolio-page", None),
        (r"/search(?:-results)?/?(?:\?|$)", "search-page", None),
        (r"/groups?/", "group-page", None),
        (r"/plans-pricing", "plans-page", None),
    )
)
#: A text with this many words is long enough to be a post.
_LONG_TEXT = 80
_LD_KINDS = {
    "Product": "product-page",
    "FAQPage": "faq-page",
    "Service": "service-page",
    "DiscussionForumPosting": "forum-page",
    "Course": "program-page",
    "Menu": "menu-page",
    "Restaurant": "menu-page",
    "ProfilePage": "member-page",
    "CollectionPage": "list-page",
}
#: Types of pages other than posts in `og:type`: `product.item`, `events.event`.
_OG_KINDS = {"product": "product-page", "event": "event-page", "profile": "member-page"}
#: Events have types of their own: `MusicEvent`, `TheaterEvent`.
_EVENT = "Event"


def foreign_kind(hook: str) -> str | None:
    """Return the kind of page that contains this hook; None for hooks of the blog and of the whole site."""
    return next((kind for prefix, kind in FOREIGN_HOOKS if hook.startswith(prefix)), None) if hook else None


def is_in_foreign_part(node: Element) -> bool:
    """Return True if an element belongs to a part of the site other than the blog, or to readers' comments."""
    return any(foreign_kind(parent.get("data-hook") or "") for parent in node.iterancestors())


def kind_by_url(url: str | None) -> tuple[str, str | None] | None:
    """Return kind and detail of a page of the site that is not a post, by its URL only."""
    return next(((kind, detail) for pattern, kind, detail in _BY_URL if pattern.search(url or "")), None)


def kind_by_data(ld: JsonLd) -> str | None:
    """Return the kind of page that the JSON-LD describes, if it is not a post."""
    if ld.posting:
        return None
    if any(name.endswith(_EVENT) for name in ld.types):
        return "event-page"
    return next((kind for name, kind in _LD_KINDS.items() if name in ld.types), None)


def is_post_url(url: str | None) -> bool:
    """Return True if a URL has the form of a post's."""
    parsed = parse_url(url) if url else None
    return parsed is not None and parsed.kind == "post"


def is_post_page(page: HtmlPage, ld: JsonLd, url: str | None) -> bool:
    """Return True if the signs of one post outweigh those against it; a fragment without metadata needs none."""
    og_type = page.metas.get("og:type", "").lower()
    score = 2 * (any(hook in page.hooks for hook in _POST_HOOKS) or is_old_post(page))
    score += any(name in page.metas for name in _POST_METAS)
    score += 1 if og_type == "article" else -1 if og_type else 0
    score += 1 if ld.posting else -1 if kind_by_data(ld) else 0
    score += 1 if is_post_url(url) else -1 if kind_by_url(url) else 0
    score -= 2 * (_is_forum(page) or "EVENTS_ROOT_NODE" in page.hooks)
    is_fragment = not any(name.startswith("og:") for name in page.metas)
    return score >= (0 if is_fragment else 1)


def _is_forum(page: HtmlPage) -> bool:
    """Return True for a page with a forum outside of the viewers of posts."""
    forums = page.hooks.get("forum-content-wrapper", [])
    return any(all(a.get("data-rce-version") is None for a in forum.iterancestors()) for forum in forums)


def may_be_post(page: HtmlPage, ld: JsonLd, url: str | None) -> int | None:
    """Return the number of words of a skipped page that may be a post; None for others.

    It has a long text, and either the URL or the metadata of a post, or that text is in the viewer's markup outside of
    every known part of the site that uses it. A page whose data or URL is of another kind is not a post.
    """
    if (_is_forum(page) and not is_post_url(url)) or kind_by_data(ld):
        return None
    if is_post_url(url) or ld.posting:
        body = page.tree.find(".//body")
        count = _count_words([body if body is not None else page.tree])
    elif kind_by_url(url):
        return None
    else:
        viewers = [node for node in page.tree.iter("div") if node.get("data-rce-version")]
        viewers = viewers or [node for node in page.tree.iter() if (node.get("id") or "").startswith("viewer-")]
        count = _count_words(node for node in viewers if not is_in_foreign_part(node))
    return count if count >= _LONG_TEXT else None


def _count_words(nodes: Iterable[Element]) -> int:
    """Return the number of words; in scripts without spaces, two characters are counted as one."""
    found = (word for node in nodes for word in words(" ".join(map(str, node.itertext()))))
    return sum(len(word) // 2 or 1 if WITHOUT_SPACES.search(word) else 1 for word in found)


def skip_reason(page: HtmlPage, ld: JsonLd, url: str | None) -> Skipped:
    """Return why a page without a post is skipped: by hooks, URL, JSON-LD, then other signs."""
    kind, detail = _kind_of(page, ld, url)
    is_whole_blog = kind == "list-page" and detail is not None
    return Skipped(kind, detail, may_be_post(page, ld, url), stated_total(page.raw) if is_whole_blog else None)


_BLOG_HOOKS: tuple[tuple[str, str, str | None], ...] = (
    ("not-found-page", "not-found-page", "a “post not found” page"),
    ("forum-content-wrapper", "forum-page", None),
    ("feed-page-root", "list-page", "a blog list page"),
    ("category-page-root", "category-page", None),
    ("profile-page-root", "member-page", None),
)
_NOT_FOUND = re.compile(r"\s*(404\b|page not found\b)", re.I)


def _kind_of(page: HtmlPage, ld: JsonLd, url: str | None) -> tuple[str, str | None]:
    if blog_page := next(((kind, detail) for hook, kind, detail in _BLOG_HOOKS if hook in page.hooks), None):
        return blog_page
    if page.truncated and not page.hooks:
        return "empty-page", None
    title = page.tree.findtext(".//title") or ""
    if _NOT_FOUND.match(page.metas.get("og:title", title)) or _NOT_FOUND.match(title):
        return "not-found-page", None
    if is_old_post(page):
        return "old-blog-page", None
    if host := other_blog_app(page, url):
        return "other-blog-app", f"{SKIP_KINDS['other-blog-app']} ({host})"
    if by_url := kind_by_url(page.metas.get("og:url") or url or (page.mirrored if page.mirrored else None)):
        return by_url
    if other := _kind_by_content(page, ld):
        return other, None
    if "wix.com" in page.metas.get("generator", "").lower() or page.hooks:
        return ("login-page" if page.tree.find('.//input[@type="password"]') is not None else "site-page"), None
    return "other-page", None


def _kind_by_content(page: HtmlPage, ld: JsonLd) -> str | None:
    if "post-page-root" in page.hooks or "post-page" in page.hooks:
        return "post-not-loaded"
    if "post-list-item" in page.hooks or "post-list-root" in page.hooks:
        return "list-page"
    og_type = page.metas.get("og:type", "").lower()
    by_type = next((kind for prefix, kind in _OG_KINDS.items() if og_type.startswith(prefix)), None)
    return kind_by_data(ld) or by_type or next((k for hook in page.hooks if (k := foreign_kind(hook))), None)
