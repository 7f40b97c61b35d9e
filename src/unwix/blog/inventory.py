"""Inventory: a Post → its Entry: what it links to, what can be linked to in it, and the media that it uses."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from lxml import etree

from ..article import text_of
from ..entry import Entry, MediaRef
from ..post import Post

#: Copies of one post from worse to better, by reader: a text has no links and pictures, a feed item no captions.
_RANKS = {"text": 0, "feed": 1}
_AMP, _WHOLE = 2, 3


def entry_of(post: Post) -> Entry:
    """What a plan must know of a post."""
    is_copy = "AMP" in post.traits.get("copy", "")
    losses = sum(problem.severity == "loss" for problem in post.problems)
    return Entry(
        post.source,
        post.reader,
        post.metadata,
        rank=(_AMP if is_copy else _RANKS.get(post.reader, _WHOLE), -losses, len(post.facts.words)),
        is_copy=is_copy,
        links=[str(href) for a in post.article.iter("a") if (href := a.get("href"))],
        anchors=[str(identity) for node in post.article.iter() if (identity := node.get("id"))],
        media=list(media_of(post)),
        digest=_digest(post),
    )


def media_of(post: Post) -> Iterator[MediaRef]:
    """The media of a post, in the order of the text; the cover first."""
    if post.metadata.cover:
        yield MediaRef(post.metadata.cover, "cover", post.metadata.cover_alt)
    for node in post.article.iter("img", "a"):
        if node.tag == "img" and (source := node.get("src")):
            kind = "gallery" if any(a.get("class") == "gallery" for a in node.iterancestors("figure")) else "image"
            yield MediaRef(
                source, kind, node.get("alt"), width=_number(node.get("width")), height=_number(node.get("height"))
            )
        elif node.tag == "a" and (href := node.get("href")) and (parent := node.getparent()) is not None:
            form = parent.get("class") or ""
            if form in ("video", "audio", "file"):
                yield MediaRef(href, form, name=text_of(node).strip() or None)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 7 else None


def _digest(post: Post) -> str:
    said = blake2b(etree.tostring(post.article), digest_size=12)
    said.update(repr(post.metadata.as_dict()).encode("utf-8", "surrogatepass"))
    return said.hexdigest()
