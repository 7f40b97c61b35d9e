"""Summarize a post for planning: its links, the ids that links can point to, and its media."""

from __future__ import annotations

from hashlib import blake2b

from lxml import etree

from ..model.article import HEADINGS, text_of
from ..model.post import Post
from ..model.post_summary import PostSummary
from ..wix.post_urls import LIST_KINDS, on_site
from .duplicates.quality import quality
from .media.uses import media_of

#: The minimum number of characters of a text that identifies a post together with its title.
_IDENTIFYING = 60


def summarize(post: Post) -> PostSummary:
    """Return what the plan of a run must know about a post, without its article."""
    return PostSummary(
        post.source,
        post.reader,
        post.metadata,
        quality=quality(post),
        captured=post.source_info.captured,
        is_amp=post.source_info.is_amp,
        links=[str(href) for a in post.article.iter("a") if (href := a.get("href"))],
        anchors=[str(identity) for node in post.article.iter() if (identity := node.get("id"))],
        headings=[(h.get("id") or "", text_of(h).strip()) for h in post.article.iter(*HEADINGS)],
        list_names=_list_names(post),
        media=list(media_of(post)),
        ids=post.ids,
        site=post.site,
        time_zone=post.time_zone,
        printed_day=post.printed_day,
        other_urls=post.other_urls,
        text_digest=_text_digest(post),
        digest=_digest(post),
    )


def _list_names(post: Post) -> dict[str, str]:
    known = ((on_site(url), name) for url, name in post.list_names.items())
    return {wix_url.path: name for wix_url, name in known if wix_url is not None and wix_url.kind in LIST_KINDS}


def _text_digest(post: Post) -> str:
    text = "".join(text_of(post.article).split())
    if len(text) < _IDENTIFYING or not post.metadata.title:
        return ""
    title = " ".join(post.metadata.title.split())
    return blake2b(f"{title}\n{text}".encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _digest(post: Post) -> str:
    digest = blake2b(etree.tostring(post.article), digest_size=12)
    digest.update(repr(post.metadata.as_dict()).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
