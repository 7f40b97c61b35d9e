"""Find the elements of a page that hold the bodies of posts."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from ...model.article import Element, text_of
from ...web.tags import CELLS, LANDMARKS, LISTS, TABLE_PARTS
from ..article_building.context import ANCHOR
from .other_markup.old_blog import old_bodies
from .other_markup.stray_content import has_stray_ends, take_stray_content
from .parse import HtmlPage, JsonLd
from .post_signs import is_in_foreign_part, is_post_page

#: Blocks whose style shows only their first lines; letters in capitals count.
_CLAMPED: Callable[[Element], list[Element]] = etree.XPath(  # type: ignore[assignment]  # of elements only
    "descendant-or-self::*[self::div or self::section]"
    "[contains(translate(@style, 'LINECAMP', 'linecamp'), 'line-clamp')]"
)
_VIEWERS = ("content-viewer", "rich-content-viewer")
#: Hooks that follow the body of a post.
_BEHIND = ("post-footer", "post-main-actions", "recent-posts", "wc-")
#: Hooks of pages that are not posts.
_HOOKS_OF_OTHER_PAGES = ("not-found-page", "forum-content-wrapper")
_AROUND_BLOCKS = LISTS | CELLS | TABLE_PARTS | {"li", "table", "blockquote", "figure"}
_LISTS = ("post-list", "related-post", "recent-post")


def body_elements(page: HtmlPage, ld: JsonLd, url: str | None) -> list[Element]:
    """Return the elements that contain a post's whole body: one on a post page, several on a list of whole posts.

    `data-hook="post-description"` alone is no proof: list pages use it for teasers
    (docs/wix/pages.md#recognizing-a-post). Pages of Wix Studio and HTML fragments lack it: then the viewer's own
    element is the body if the signs of a post outweigh those of another page.
    """
    bodies = _bodies(page, ld, url)
    # Such a page is skipped, unless all of these elements are inside of posts, from HTML that the author embedded.
    others = [node for hook in _HOOKS_OF_OTHER_PAGES for node in page.hooks.get(hook, [])]
    if others and not any(body.get("data-hook") == "post-description" for body in bodies):
        within = {*bodies}
        if not all(within.intersection(node.iterancestors()) for node in others):
            return []  # a forum post has all signs of a blog post
    return bodies


def _bodies(page: HtmlPage, ld: JsonLd, url: str | None) -> list[Element]:
    if page.is_amp:
        amp_bodies = _amp_body(page)
        for body in amp_bodies:
            take_stray_content(page, body)
        return amp_bodies
    result = [node for node in page.hooks.get("post-description", []) if _is_body(node)]
    if len(result) == 1:
        _take_stray_blocks(page, result[0])
    if not result and is_post_page(page, ld, url):
        result = viewers_in_main(page) or old_bodies(page) or _loose_blocks(page) or _keyed_blocks(page)
        result = [max(result, key=lambda node: len(text_of(node)))] if result and page.metas else result
        if len(result) == 1 and page.metas:
            _take_stray_keyed(page, result[0])
    if len(result) > 1 and page.metas.get("og:type") == "article":
        return [max(result, key=lambda node: sum(1 for _ in node.iter()))]
    return result


def _take_stray_blocks(page: HtmlPage, body: Element) -> None:
    """Move blocks into the body that follow it because the page has too many end tags."""
    stray = [n for hook, nodes in page.hooks.items() if hook.startswith("rcv-block") for n in nodes]
    if all(body in marker.iterancestors() for marker in stray):
        return
    inside = behind = False
    for node in list(page.tree.iter()):
        inside = inside or node is body
        behind = behind or (inside and node is not body and body not in node.iterancestors())
        if not behind or not isinstance(node.tag, str) or body in node.iterancestors():
            continue
        if (node.get("data-hook") or "").startswith(_BEHIND):
            return
        marker = (node.get("data-hook") or "").startswith("rcv-block")
        if marker or node.get("data-breakout") or (node.get("id") or "").startswith(ANCHOR):
            node.tail = None
            body.append(node)


def _take_stray_keyed(page: HtmlPage, body: Element) -> None:
    """Move blocks with ids into the body that follow it outside of all viewers: too many end tags closed it early."""
    if body.get("data-id") not in _VIEWERS and not body.get("data-rce-version"):
        return
    viewers = {n for n in page.tree.iter() if n.get("data-rce-version") or n.get("data-id") in _VIEWERS}
    inside = False
    for node in list(page.tree.iter()):
        inside = inside or node is body
        if inside and isinstance(node.tag, str) and (node.get("id") or "").startswith(ANCHOR):
            around = list(node.iterancestors())
            if viewers.isdisjoint(around) and not is_in_foreign_part(node) and not _is_beside_main(node):
                block = _whole_block(node)
                body.append(node if block in body.iterancestors() else block)


def _whole_block(node: Element) -> Element:
    """Return the list, table or quote around a block with an id, or the block itself."""
    while (parent := node.getparent()) is not None and parent.tag in _AROUND_BLOCKS:
        node = parent
    return node


def viewers_in_main(page: HtmlPage) -> list[Element]:
    """Return the outermost viewers with blocks that belong to the blog and are in the page's main region.

    Viewers of several versions can be on one page: only some state `data-rce-version`.
    """
    viewers = [n for n in page.tree.iter() if n.get("data-rce-version") or n.get("data-id") in _VIEWERS]
    known = set(viewers)
    outer = [n for n in viewers if _has_blocks(n) and not any(parent in known for parent in n.iterancestors())]
    return [node for node in outer if not is_in_foreign_part(node) and not _is_beside_main(node)]


def _is_beside_main(node: Element) -> bool:
    return any(
        parent.tag in LANDMARKS or (parent.get("data-hook") or "").startswith(_LISTS) for parent in node.iterancestors()
    )


def _loose_blocks(page: HtmlPage) -> list[Element]:
    """Return the body of a fragment that consists of a post's blocks only."""
    body = page.tree.find("body") if page.tree.tag == "html" else page.tree
    if body is None or page.metas or len(body) == 0:
        return []
    return [body] if all(_has_blocks(node) for node in body) else []


def _keyed_blocks(page: HtmlPage) -> list[Element]:
    """Return the body of a post page that lost all hooks: the element around all blocks with ids."""
    if page.hooks or page.metas.get("og:type", "article") != "article":
        return []
    keyed = [n for n in page.tree.iter() if isinstance(n.tag, str) and (n.get("id") or "").startswith(ANCHOR)]
    if not keyed:
        return []
    last = {*keyed[-1].iterancestors()}
    around = next((a for a in keyed[0].iterancestors() if a in last), None)
    return [around] if around is not None and around.tag not in ("html", "body") else []


def _is_body(node: Element) -> bool:
    return _has_blocks(node) and not any(_has_all(part, node) for part in _CLAMPED(node))


def _has_all(part: Element, node: Element) -> bool:
    """Return True if a part of an element has all of its text."""
    return part is node or text_of(part).strip() == text_of(node).strip()


def _has_blocks(node: Element) -> bool:
    """Return True if an element contains the viewer's blocks: they have ids, and since 2022 markers after them."""
    return any(
        (n.get("id") or "").startswith(ANCHOR)
        or (n.get("data-hook") or "").startswith("rcv-block")
        or n.get("data-id") in _VIEWERS
        or n.get("data-rce-version")
        for n in node.iter()
        if isinstance(n.tag, str)
    )


def _amp_body(page: HtmlPage) -> list[Element]:
    """Return the content of an AMP page: the element between the title and the categories."""
    title = next(page.tree.iter("h1"), None)
    for around in title.iterancestors("div") if title is not None else ():
        content = around.getnext()
        if content is not None and content.tag == "div" and (len(content) or has_stray_ends(page)):
            return [content]
    return []
