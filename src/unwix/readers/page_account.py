"""Account for the words of a saved page: which belong to the post, the platform, the site, or another post."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial

from lxml import etree

from ..fidelity.ledger import html_ledger
from ..fidelity.ledger.elements_without_text import LINK_LEFT_OUT
from ..fidelity.ledger.generated_text import generated_by_page
from ..fidelity.ledger.page_region import element_regions, post_region, words_around, words_in
from ..fidelity.ledger.texts_around_post import texts_around_post
from ..model.article import Element
from ..model.facts import text_key
from ..model.post import Post
from ..model.problems import Problem
from .saved_page.find_body import viewers_in_main
from .saved_page.injected_markup import without_injected
from .saved_page.parse import HtmlPage

#: Elements that contain one post, or the posts that follow it.
_HOLDERS = ("post", "post-page", "post-list-item", "related-posts", "recent-posts")
#: The ids of the blocks in an element, in order.
_BLOCK_IDS = etree.XPath("descendant-or-self::*/@id[starts-with(., 'viewer-')]", smart_strings=False)
_LONGEST_QUOTE = 160
_PARSED = Problem(
    "account-of-parsed-page",
    "file",
    "the post was not found in the bytes of the page; its words were counted in what the parser kept of it",
)


def account_page(post: Post, page: HtmlPage, body: Element) -> None:
    """Set the ledger of the only post of a page, and report content of the page that the post lacks."""
    blocks: list[str] = _BLOCK_IDS(body)  # type: ignore[assignment]  # strings only
    region = post_region(page.raw, blocks) if page.raw else None
    if region is None:
        region = element_regions(page.raw, [body], page.stray_ends)[0] if page.raw else None
    others = [text for other in page.hooks.get("post-description", ()) if (text := _other_post(other, body))]
    _account(post, page, region, body, others)
    assert post.ledger is not None
    post.ledger = post.ledger._replace(site=post.ledger.site + words_around(body))
    if page.raw and region:
        known = cache(lambda: _text_key_of(post, page))
        post.problems += texts_around_post(page.raw, region, known)
        if page.metas and "post-description" not in page.hooks:
            post.problems += _other_viewers(page, body, known)


def _text_key_of(post: Post, page: HtmlPage) -> str:
    """Return the texts of a post and of the page's metadata as a key, with a space at both ends."""
    texts = "\n".join((html_ledger.article_text(post.article), *page.metas.values()))
    return f" {text_key(texts)} "


def _other_viewers(page: HtmlPage, body: Element, known: Callable[[], str]) -> Iterator[Problem]:
    """Yield a problem for each other viewer in the main region of a page: the author may have divided the post."""
    for viewer in viewers_in_main(page):
        text = " ".join(" ".join(map(str, viewer.itertext())).split())
        is_part = viewer is body or body in viewer.iterancestors() or viewer in body.iterancestors()
        if not is_part and text and f" {text_key(text)} " not in known():
            detail = f"a second text of the editor next to the post is left out: “{text[:_LONGEST_QUOTE]}”"
            yield Problem("element-left-out", "page", detail)


def account_posts(posts: Sequence[Post], page: HtmlPage, bodies: Sequence[Element]) -> None:
    """Set the ledger of each post of a page with several posts; the words of the others count as `other_post`."""
    numbers = [words_in(body) for body in bodies]
    regions = element_regions(page.raw, bodies)
    for post, region, body, number in zip(posts, regions, bodies, numbers, strict=True):
        _account(post, page, region, body, [])
        assert post.ledger is not None
        others = sum(numbers) - number
        around = max(0, words_around(body) - others)
        post.ledger = post.ledger._replace(site=post.ledger.site + around, other_post=others)


def account_own_document(post: Post, page: HtmlPage) -> None:
    """Set the ledger of a post on a page without a rendered body: its words are those of the page's document."""
    from ..fidelity.documents.ledger import account_document

    if post.document is not None:
        ledger, left_out = account_document(post.document[1], post.article)
        post.ledger = ledger._replace(site=words_in(page.tree))
        post.problems += left_out


def _account(post: Post, page: HtmlPage, region: bytes | None, body: Element, others: list[str]) -> None:
    """Account for the words of a region; text that other programs inserted is not the post's."""
    if region is None:
        region = etree.tostring(body, encoding="utf-8", method="html", with_tail=False)
        post.problems.append(_PARSED)
    post.ledger, left_out = html_ledger.account(
        region,
        post.article,
        post.facts.word_counts()[0],
        [post.metadata.title or ""],
        partial(without_injected, region),
        others,
    )
    if page.styles:
        written = text_key(html_ledger.article_text(post.article))
        left_out += generated_by_page(page.styles, region, body, written)
    post.problems += [problem for problem in left_out if not _is_reported(problem, post.problems)]


def _other_post(section: Element, body: Element) -> str:
    """Return the text of the element around a section that is the body of another post, else an empty string."""
    holder = next((a for a in section.iterancestors() if a.get("data-hook") in _HOLDERS), None)
    if holder is None or any(node is holder for node in body.iterancestors()):
        return ""
    return " ".join(map(str, holder.itertext()))


def _is_reported(problem: Problem, known: list[Problem]) -> bool:
    """Return True if the reader has reported the same problem."""
    if problem.kind == "link-without-text":
        url = problem.detail.removeprefix(LINK_LEFT_OUT).split(" ", 1)[0]
        return any(other.kind == "links-without-anchor-text" and url in other.detail for other in known)
    return any(other.kind == problem.kind and other.detail == problem.detail for other in known)
