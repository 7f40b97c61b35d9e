"""Account for every visible word of a post's region in the raw bytes of a saved page.

The region is found in the bytes as they were saved and parsed alone, so that nothing that a reader cuts out, and no end
tag too many, can hide a word. Words that are neither in the article nor interface text by a named rule are unaccounted.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from ..model.article import Element
from ..model.facts import image_key, text_key, tokens, url_key, words
from ..model.ledger import Ledger
from ..model.problems import Problem
from ..web.tags import IMAGES, NEVER_SHOWN, PHRASING
from ..wix.hooks import AUTHOR_HOOKS, HELPER_HOOKS, WIDGET_HOOKS, is_interface
from ..wix.ui_texts.catalogue import viewer_words

#: The beginning of a post's body, best first.
_STARTS = (b'data-hook="post-description"', b'data-rce-version="', b'data-id="rich-content-viewer"')
#: What ends the region of a post: bytes inside of a tag.
_ENDS = (
    b"</article", b"</main", b"</body", b"<footer", b"<nav", b'data-hook="post-footer', b'data-hook="post-main-actions',
    b'data-hook="recent-posts', b'data-hook="related-posts', b'data-hook="wc-root', b'data-hook="comments',
    b'id="SITE_FOOTER', b'id="wix-warmup-data', b'id="wix-viewer-model',
)  # fmt: skip
_INLINE_TAG = re.compile(rf"</?(?:{'|'.join(sorted(PHRASING))})(?=[\s/>])[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_LONGEST = 5_000_000
_QUOTED = 12


def _parser() -> etree.HTMLParser:
    return etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False)


@dataclass
class _Line:
    """A line of the region's text, and the rule by which it is interface text, or the number of its widget."""

    text: str
    rule: str = ""
    widget: int = 0


@dataclass
class _Region:
    lines: list[_Line] = field(default_factory=list)
    widgets: int = 0
    _parts: list[str] = field(default_factory=list)

    def flush(self, rule: str, widget: int) -> None:
        """End the line."""
        if self._parts:
            if (text := "".join(self._parts)).strip():
                self.lines.append(_Line(text, rule, widget))
            self._parts.clear()

    def visit(self, node: Element, rule: str, widget: int, drawing: bool) -> None:
        """Collect the text of an element; in a drawing only that of `<text>` shows."""
        tag = node.tag
        if not isinstance(tag, str) or tag in NEVER_SHOWN:
            return
        hook = node.get("data-hook") or ""
        own_rule, own_widget = rule, widget
        if hook or tag == "button":
            if is_interface(node) or hook in HELPER_HOOKS:
                own_rule = hook or tag
            elif hook.startswith(WIDGET_HOOKS) and not widget:
                self.widgets += 1
                own_widget = self.widgets
        own = hook.startswith(AUTHOR_HOOKS)
        drawing = (drawing or tag == "svg") and tag != "text"
        breaks = own or tag not in PHRASING or own_rule != rule or own_widget != widget
        if breaks:
            self.flush(rule, widget)
        if node.text and not drawing:
            self._parts.append(node.text)
        for child in node:
            self.visit(child, own_rule, own_widget, drawing)
            if child.tail and not drawing:
                self._parts.append(child.tail)
        if tag == "iframe" and (page := node.get("srcdoc")):
            self._parts += _text_of(page)
        if breaks:
            self.flush(own_rule, own_widget)


def _text_of(page: str) -> Iterator[str]:
    tree = etree.fromstring(page.encode(), _parser()) if page.strip() else None
    if tree is not None:
        for node in tree.iter():
            if node.tag not in NEVER_SHOWN:
                yield f"\n{node.text or ''}"
            yield f"\n{node.tail or ''}"


def post_region(raw: bytes) -> tuple[Element, bytes] | None:
    """Return the region of a page's post, parsed alone, and its bytes.

    None where its bounds are unknown. The page must have one post only.
    """
    start = next((at for sign in _STARTS if (at := raw.find(sign)) >= 0), -1)
    if start < 0:
        return None
    start = raw.rfind(b"<", 0, start)
    end = _end_of_region(raw, start)
    if start < 0 or end is None:
        return None
    piece = raw[start:end]
    try:
        return etree.fromstring(b"<html><body>" + piece + b"</body></html>", _parser()), piece
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _end_of_region(raw: bytes, start: int) -> int | None:
    end = min(len(raw), start + _LONGEST)
    found = None
    for sign in _ENDS:
        if (at := raw.find(sign, start, end)) >= 0:
            end = found = at
    return found if found is None else raw.rfind(b"<", start, found + 1)


def account(region: Element, article: Element, also: Iterable[str] = ()) -> tuple[Ledger, list[Problem]]:
    """Return the accounts of a region's words, and problems of elements without words that the article lacks.

    `also` are texts of the post outside of the article, its title for example.
    """
    text = article_text(article)
    written = Counter(words("\n".join((text, *also, *(n.get("alt") or "" for n in article.iter("img"))))))
    shown = Counter(words(_all_text(region)))
    if not shown - written and next(region.iter("iframe"), None) is None:
        return Ledger(post=shown.total()), list(_left_out(region, article))  # most posts: nothing is left to explain
    found = _Region()
    try:
        found.visit(region, "", 0, False)
    except RecursionError:
        return Ledger(), []
    found.flush("", 0)
    all_words = Counter(words("\n".join(line.text for line in found.lines)))
    left = all_words - written
    platform = 0
    unaccounted: list[str] = []
    if left and (left := without_glued(left, words(text))):
        platform, unaccounted = _explain(found, left, f" {text_key(text)} ")
    ledger = Ledger(
        post=all_words.total() - platform - len(unaccounted),
        platform=platform,
        unaccounted=len(unaccounted),
        unaccounted_words=unaccounted[:_QUOTED],
    )
    return ledger, list(_left_out(region, article))


def article_text(article: Element) -> str:
    """Return the text of an article, a line for each block."""
    parts: list[str] = []
    for event, node in etree.iterwalk(article, events=("start", "end")):
        if node.tag not in PHRASING:
            parts.append("\n")
        parts.append((node.text if event == "start" else node.tail) or "")
    return "".join(parts)


def without_glued(left: Counter[str], article: list[str]) -> Counter[str]:
    """Return the words without those that are two or three words of the article glued together by a lost line break."""
    glued = {"".join(article[n : n + size]) for size in (2, 3) for n in range(len(article) - size + 1)}
    return Counter({word: number for word, number in left.items() if word not in glued})


def _all_text(region: Element) -> str:
    """Return all text that a browser may show, a line for each block, without looking at single elements."""
    etree.strip_elements(region, *NEVER_SHOWN, with_tail=False)
    markup = etree.tostring(region, encoding="unicode")  # as XML, in which no attribute contains a `>`
    text = _TAG.sub("\n", _INLINE_TAG.sub("", markup))
    return html.unescape(text) if "&" in text else text


def _explain(found: _Region, left: Counter[str], article: str) -> tuple[int, list[str]]:
    """Return the number of words that rules call interface text, and the words that nothing explains."""
    known = {line.widget for line in found.lines if line.widget and _is_in(line.text, article)}
    platform = 0
    open_lines: list[_Line] = []
    for line in found.lines:
        if line.rule or (line.widget and line.widget in known) or line.text.strip() in viewer_words():
            for word in words(line.text):
                if left[word] > 0:
                    left[word] -= 1
                    platform += 1
        else:
            open_lines.append(line)
    unaccounted: list[str] = []
    if left := +left:
        for line in open_lines:
            for token in tokens(line.text):
                word = token.lower()
                if left.get(word, 0) > 0:
                    left[word] -= 1
                    unaccounted.append(token)
    return platform, unaccounted


def _is_in(text: str, article: str) -> bool:
    key = text_key(text)
    return bool(key) and f" {key} " in article


# ---- elements without words ---------------------------------------------------------------------------------------


def _left_out(region: Element, article: Element) -> Iterator[Problem]:
    """Yield a problem for each element that shows something without words, and of which the article has nothing."""
    if not any(True for _ in region.iter("object", "embed", "area", "source", "a", "img")):
        return
    urls = {url_key(node.get(name) or "") for name in ("href", "src") for node in article.iter("a", "img")}
    images = {image_key(node.get("src") or "") for node in article.iter("img")}
    for node in region.iter("object", "embed", "area", "source", "a", "img"):
        tag = str(node.tag)
        if tag in ("object", "embed", "area"):
            url = node.get("data") or node.get("src") or node.get("href") or ""
            if url and url_key(url) not in urls:
                yield Problem("element-left-out", "body", f"a page element <{tag}> is not in the post: {url[:200]}")
        elif tag == "source":
            if (source := _lone_source(node)) and image_key(source) not in images:
                yield Problem("element-left-out", "body", f"an image is not in the post: {source[:200]}")
        elif tag == "a":
            if _is_empty_link(node) and url_key(node.get("href") or "") not in urls:
                yield Problem("link-without-text", "body", f"a link without text is left out: {node.get('href')}"[:260])
        elif _has_no_url(node) and (alt := (node.get("alt") or "").strip()) and alt not in viewer_words():
            yield Problem(
                "image-not-in-page", "body", f"the saved page does not contain the URL of the image “{alt[:160]}”"
            )


def _lone_source(node: Element) -> str | None:
    """Return the URL of a `<source>` in a `<picture>` whose image states none."""
    parent = node.getparent()
    if parent is None or parent.tag != "picture" or any(not _has_no_url(img) for img in parent.iter("img")):
        return None
    return (node.get("srcset") or node.get("src") or "").split(" ", 1)[0].rstrip(",") or None


def _has_no_url(image: Element) -> bool:
    if any(parent.tag in IMAGES or parent.tag == "noscript" for parent in image.iterancestors()):
        return False
    names = ("src", "srcset", "data-src", "data-pin-media", "data-image-info")
    parent = image.getparent()
    in_picture = parent is not None and parent.tag == "picture" and parent.find("source") is not None
    return not any(image.get(name) for name in names) and not in_picture


def _is_empty_link(node: Element) -> bool:
    href = node.get("href") or ""
    if not re.match(r"(?:https?:)?//", href, re.I) or words("".join(map(str, node.itertext()))):
        return False
    return next(node.iter(*IMAGES, "iframe", "video", "audio", "picture", "object", "embed", "button"), None) is None
