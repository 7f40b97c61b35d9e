"""Find the region of the post in the bytes of a saved page, independently of the reader and its parser."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from lxml import etree
from selectolax.lexbor import LexborHTMLParser, LexborNode

from ...model.article import Element
from ...model.facts import count_words
from ...model.words_of_scripts import ANY_WORD
from ...web.tags import LANDMARKS, VOID
from .viewer_region import viewer_around

#: The start of a post's body, best first (docs/wix/viewer.md#container).
_STARTS = (b'data-hook="post-description"', b'data-rce-version="', b'data-id="rich-content-viewer"')
#: Markers after the region of a post: bytes inside of a tag. The usual ones come first.
_BEHIND = (
    b'id="SITE_FOOTER', b'data-hook="wc-root', b'data-hook="comments', b'id="wix-warmup-data', b'id="wix-viewer-model',
)  # fmt: skip
#: The usual ends of a post, which are no hooks of blocks.
_USUAL_ENDS = (b'data-hook="post-footer"', b'data-hook="post-main-actions-desktop"', b'data-hook="recent-posts"')
#: Hooks that follow the last block of a post.
_ENDS = (
    b'data-hook="post-footer', b'data-hook="post-main-actions', b'data-hook="recent-posts', b'data-hook="related-posts',
)  # fmt: skip
#: Categories, tags and counters: before the footer in pages that a site composes itself, in it if a site has no share
#: buttons.
_BEFORE_FOOTER = (
    b'id="post-footer"', b'data-hook="category-label-list', b'data-hook="tag-cloud-root', b'data-hook="post-stats',
    b'data-hook="like-button-with-count',
)  # fmt: skip
#: Blocks of the editor have such ids. So do comments.
_BLOCK = b'id="viewer-'
_MARKER = b'data-hook="rcv-block'
#: Elements around the post: an end tag without its start tag also ends the region.
_AROUND = re.compile(rb"<(/?)(article|main)(?=[\s>])")
_LONGEST = 5_000_000
#: The maximum size of what follows the body of a whole page.
_LONGEST_END = 40
#: The reader reports deeper nesting, at which its parser gives up; HTML's own rules take quadratic time for it.
_DEEPEST = 2500
#: Attributes that identify an element, best first.
_KNOWN_BY = ("id", "data-rce-version", "data-hook", "data-id", "class", "style")
_TEXTS = etree.XPath(".//text()", smart_strings=False)
_AROUND_POST = "ancestor-or-self::*[not(self::body or self::html)]"
_TEXTS_AROUND = etree.XPath(
    f"({_AROUND_POST}/preceding-sibling::*|{_AROUND_POST}/following-sibling::*)/descendant::text()", smart_strings=False
)
#: Markers are searched for in pieces of this size, so that near ones are found without scanning the whole page.
_WINDOW = 1 << 16
#: The end of a page after which nothing is shown: mirrors add a comment there. Searched for in its last bytes.
_NOTHING_BEHIND = re.compile(rb"</body\s*>\s*(?:<!--(?:(?!-->).)*-->\s*)?(?:</html\s*>\s*)?\Z", re.S)
_LONGEST_COMMENT = 1000
_TAG = re.compile(rb"<(/?)([a-z][^\s/>]*)", re.I)
_WITHOUT_DEPTH = frozenset(name.encode() for name in (*VOID, "p", "li", "td", "tr", "option", "dt", "dd"))


def post_region(raw: bytes, blocks: Sequence[str] = ()) -> bytes | None:
    """Return the bytes of the region of a page's post, or None for a page without the viewer's markup.

    The page must have only one post. `blocks` are the ids of the blocks that the reader found. A page without the hooks
    of the blog can have other viewers, and texts of its template next to the post (docs/wix/studio-pages.md): the
    region is the viewer that contains the first block. An apparent end of the post before the last block is ignored.
    """
    at = _in_tag(raw, _STARTS[0])
    viewer = viewer_around(raw, blocks) if at < 0 else None
    if viewer is not None:
        if viewer.is_whole:
            return raw[viewer.start : viewer.end]
        at = viewer.at
    return _region_from(raw, _in_one_of(raw, _STARTS[1:]) if at < 0 else at, blocks)


def _region_from(raw: bytes, at: int, blocks: Sequence[str]) -> bytes | None:
    """Return the region that begins with the tag at a position."""
    start = raw.rfind(b"<", 0, at) if at >= 0 else -1
    if start < 0:
        return None
    body_end = raw.rfind(b"</body", at)  # browsers show what follows a stray one
    if _has_more_behind(raw, body_end) and b"<body" not in raw:
        body_end = -1
    limit = min(body_end if body_end >= 0 else len(raw), start + _LONGEST)
    at = _behind_block(raw, start, _last_block(raw, blocks, at, limit), limit)
    usual = _first(raw, _USUAL_ENDS, at, limit)
    behind = _first(raw, _BEHIND, at, usual)
    if usual < limit and behind == usual:
        end = raw.rfind(b"<", start, _before_footer(raw, at, usual) + 1)
        return raw[start : _end_around(raw, start, end) or end]
    last_id_at = raw.rfind(_BLOCK, at, behind)
    region_end = _first(raw, (*_ENDS, *_BEFORE_FOOTER), max(at, last_id_at), behind)
    around = _end_around(raw, start, region_end)
    if around is not None:
        return raw[start:around]
    if region_end < limit:
        return raw[start : raw.rfind(b"<", start, region_end + 1)]
    rest = raw[start:limit]
    if b"<html" not in raw[:start]:
        return rest
    first = _first_element(rest)
    if raw.count(_BLOCK, start, behind) > first.count(_BLOCK):  # a stray end tag has closed the element early
        last = raw.rfind(b"<", start, last_id_at)
        return raw[start:last] + _first_element(raw[last:limit])
    return first


def _in_one_of(raw: bytes, signs: tuple[bytes, ...]) -> int:
    """Return the position of the first of the markers, best first, that is inside of a tag, or -1."""
    return next((at for sign in signs if (at := _in_tag(raw, sign)) >= 0), -1)


def _in_tag(raw: bytes, sign: bytes) -> int:
    """Return the position of the first marker inside of a tag, or -1: style sheets and scripts contain it, too."""
    at = first = raw.find(sign)
    while at >= 0 and raw.find(b">", max(raw.rfind(b"<", 0, at), 0), at) >= 0:
        at = raw.find(sign, at + 1)
    return at if at >= 0 else first


def _last_block(raw: bytes, blocks: Sequence[str], at: int, limit: int) -> int:
    """Return the position of the last of the blocks that follow a position, or the position itself."""
    for block_id in blocks:
        if (place := raw.find(f'id="{block_id}"'.encode(), at + 1, limit)) < 0:
            break
        at = place
    return at


def _behind_block(raw: bytes, start: int, block: int, limit: int) -> int:
    """Return the position of the marker that follows a block in pages since 2022, or of the block in older ones."""
    if raw.rfind(_MARKER, start, block) < 0:
        return block
    return max(block, raw.find(_MARKER, block, limit))


def _has_more_behind(raw: bytes, body_end: int) -> bool:
    """Return True if more than the end of the page follows an end tag of its body."""
    if body_end < 0 or len(raw) - body_end > _LONGEST_COMMENT:
        return True
    return len(raw) - body_end > _LONGEST_END and _NOTHING_BEHIND.match(raw, body_end) is None


def _first(raw: bytes, signs: tuple[bytes, ...], start: int, end: int) -> int:
    """Return the position of the first of some markers, or `end`."""
    overlap = max(map(len, signs)) - 1
    for window in range(start, end, _WINDOW):
        limit = min(window + _WINDOW + overlap, end)
        positions = [at for sign in signs if (at := raw.find(sign, window, limit)) >= 0]
        if positions:
            return min(positions)
    return end


def _before_footer(raw: bytes, start: int, end: int) -> int:
    """Return the position of tags or counters after the last block of a post, or `end`."""
    if _first(raw, _BEFORE_FOOTER, max(start, raw.rfind(_BLOCK, start, end)), end) == end:
        return end  # the usual case: no marker follows the last block
    first = _first(raw, _BEFORE_FOOTER, start, end)
    return end if raw.find(_BLOCK, first, end) >= 0 else first


def _first_element(rest: bytes) -> bytes:
    """Return the element at the beginning: the known part of the region of a truncated page."""
    body = LexborHTMLParser(rest).body if not is_too_deep(rest) else None
    first = body.child if body is not None else None
    return (first.html or "").encode() if first is not None else rest


def element_regions(raw: bytes, bodies: Sequence[Element], has_stray_ends: bool = False) -> list[bytes | None]:
    """Return, for each element of the reader's tree, what HTML's own rules read of it in the bytes of the page.

    None for an element that the two parsers do not both find at the same position among similar ones. In a page with
    stray end tags (`has_stray_ends`), what follows the element may belong to it and is returned too.
    """
    tree = LexborHTMLParser(raw) if raw and not is_too_deep(raw) else None
    nodes = [_node_of(tree, body) if tree is not None else None for body in bodies]
    followers = ["".join(_what_follows(node)) if node is not None and has_stray_ends else "" for node in nodes]
    return [
        ((node.html or "") + rest).encode() if node is not None else None
        for node, rest in zip(nodes, followers, strict=True)
    ]


def _node_of(tree: LexborHTMLParser, body: Element) -> LexborNode | None:
    tag, name = str(body.tag), next((name for name in _KNOWN_BY if body.get(name)), None)
    value = body.get(name) if name else None
    alike = [node for node in body.getroottree().iter(tag) if name is None or node.get(name) == value]
    nodes = [node for node in tree.tags(tag) if not name or node.attributes.get(name) == value]
    if len(nodes) == len(alike):
        return nodes[alike.index(body)]
    # One parser finds more such elements than the other: the post is in the smallest that contains all words of the
    # body.
    words = Counter(ANY_WORD.findall("\n".join(_TEXTS(body))))  # type: ignore[arg-type]  # of texts only
    whole = [node for node in nodes if words <= Counter(ANY_WORD.findall(node.text(separator="\n")))]
    return min(whole, key=lambda node: len(node.html or ""), default=None)


def _what_follows(node: LexborNode) -> Iterator[str]:
    """Yield what follows an element up to the end of the page, without menus, footers and lists of links."""
    around: LexborNode | None = node
    while around is not None and around.tag not in ("body", "html"):
        sibling = around.next
        while sibling is not None:
            links = sum(len(link.text().split()) for link in sibling.css("a")) if sibling.is_element_node else 0
            is_menu = 0 < len(sibling.text().split()) <= links
            if not (sibling.is_element_node and (sibling.tag in LANDMARKS or sibling.id)) and not is_menu:
                yield sibling.html or ""
            sibling = sibling.next
        around = around.parent


def words_in(node: Element) -> int:
    """Return the number of words in an element."""
    return count_words("\n".join(_TEXTS(node)))[0]  # type: ignore[arg-type]  # of texts only


def words_around(body: Element) -> int:
    """Return the number of words of a page around the element of the post's body: titles, menus, footers."""
    return count_words("\n".join(_TEXTS_AROUND(body)))[0]  # type: ignore[arg-type]  # of texts only


def is_too_deep(region: bytes, start_tags: int = _DEEPEST + 1) -> bool:
    """Return True if elements are nested so deeply that no reader accepts them.

    `start_tags` is the number of start tags if it is known.
    """
    if start_tags <= _DEEPEST:
        return False
    tags = region.count(b"<")
    is_suspicious = tags > 8 * _DEEPEST or tags - 2 * region.count(b"</") > _DEEPEST
    return is_suspicious and _depth(region) > _DEEPEST


def _depth(region: bytes) -> int:
    depth = deepest = 0
    for tag in _TAG.finditer(region):
        if tag[2].lower() not in _WITHOUT_DEPTH:
            depth = max(0, depth + (-1 if tag[1] else 1))
            deepest = max(deepest, depth)
    return deepest


def _end_around(raw: bytes, start: int, end: int) -> int | None:
    """Return the end of the element around the post if it is before `end`."""
    if all(raw.find(sign, start, end) < 0 for sign in (b"</article", b"</main")):
        return None
    depth = 0
    for tag in _AROUND.finditer(raw, start, end):
        depth += -1 if tag[1] else 1
        if depth < 0:
            return tag.start()
    return None
