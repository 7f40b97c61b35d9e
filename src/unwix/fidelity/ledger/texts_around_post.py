"""Find sentences between the title of a post and its body, or directly behind the body, that no post contains.

Wix shows names, dates, counters, categories and tags there: links, short labels, and elements with hooks of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ...model.facts import text_key
from ...model.problems import Problem
from ...wix.ui_texts.catalogue import viewer_words
from .shown_strings import SPACELESS

#: What follows a post and its footer in the article: other posts, comments, the end of the page.
_BEHIND = re.compile(
    rb"<[^<>]*(?:data-hook=\"(?:recent-posts|related-posts|comments|wc-root)|id=\"(?:SITE_FOOTER|wix-))|</(?:article|main|body)\b"
)
_LONGEST = 60_000
#: A text between two tags that is long enough for a sentence.
_LONG_TEXT = re.compile(rb">[^<>{]{20,}<")
#: Labels around a post have fewer words, or fewer characters in scripts without spaces.
_WORDS, _CHARACTERS = 6, 16
#: Hooks of elements around a post's counters and labels, and of elements that contain others.
_KNOWN_HOOKS = (
    "post-title", "post-stats", "post-main-actions__", "like-button", "category-label", "tag-cloud", "time-",
    "user-name", "profile-link", "ratings-", "link", "share-button", "social-button",
)  # fmt: skip
_LONGEST_QUOTE = 160
#: The number of bytes at the beginning of a region that occur once in most pages.
_IDENTIFYING = 500


def texts_around_post(raw: bytes, region: bytes, known: Callable[[], str]) -> Iterator[Problem]:
    """Yield a note for each sentence next to the region of a post. `known` returns the texts of the post as a key."""
    start = _place_of(region, raw)
    if start < 0:
        return
    end = start + len(region)
    title = raw.rfind(b"</h1", max(0, start - _LONGEST), start)
    behind = _BEHIND.search(raw, end + 1, end + _LONGEST)
    places = (
        ("between the title and the body", raw[title:start] if title >= 0 else b""),
        ("behind the body", raw[end : behind.start()] if behind else b""),
    )
    for where, piece in places:
        if _LONG_TEXT.search(piece):
            for text in _sentences(piece):
                if f" {text_key(text)} " not in known():
                    detail = f"a text {where} is left out: “{text[:_LONGEST_QUOTE]}”"
                    yield Problem("unknown-block", "page", detail)


def _place_of(region: bytes, raw: bytes) -> int:
    """Return where a region begins in a page, or -1. Its beginning is searched for, which is faster than all of it."""
    beginning = region[:_IDENTIFYING]
    at = raw.find(beginning)
    while at >= 0 and not raw.startswith(region, at):
        at = raw.find(beginning, at + 1)
    return at


def _sentences(piece: bytes) -> Iterator[str]:
    """Yield the texts of several words that are neither links nor in elements with a known hook."""
    tree = LexborHTMLParser(piece)
    tree.strip_tags(["script", "style", "svg"])
    for node in tree.css("body, body *"):
        text = " ".join(node.text(deep=False).split())
        if _is_sentence(text) and text not in viewer_words() and not _is_of_page(node):
            yield text


def _is_sentence(text: str) -> bool:
    if text.startswith("©"):
        return False
    return len(text.split()) >= _WORDS or (len(text) >= _CHARACTERS and SPACELESS.search(text) is not None)


def _is_of_page(node: LexborNode) -> bool:
    around: LexborNode | None = node
    while around is not None:
        hook = around.attributes.get("data-hook") or ""
        if around.tag in ("a", "button") or hook.startswith(_KNOWN_HOOKS):
            return True
        around = around.parent
    return False
