"""Merge the duplicates of a post: the best of them, completed from the others.

An old saved page may lack its galleries and videos, a feed item its cover, a CMS export the author's name. Each missing
field and each placeholder is filled from the first other duplicate that has the content. `Post.merged_from` states
where it came from, and the words of every duplicate are compared with the output (`Post.other_facts`).
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator
from datetime import date as day

from msgspec.structs import replace

from ...model.article import Element
from ...model.facts import Facts, text_key, words
from ...model.post import MediaNote, Metadata, Post
from ...model.problems import Problem
from ...wix.post_urls import is_free_site, parse_url
from ...wix.url_keys import url_key
from .align import pieces
from .fill import fill_placeholders
from .quality import SHORTENED

#: Fields that describe one version of a post, and are not copied to another.
_NOT_COPIED = frozenset({"draft", "scheduled", "unlisted"})
#: Number of characters of the day in an ISO date.
_DAY = len("2024-09-27")
#: For each field, the problem (kind and place) that is solved when the field is filled.
_SOLVED = {
    "title": ("title-missing", "front matter"),
    "date": ("date-unclear", "front matter"),
    "authors": ("unresolved-names", "authors"),
    "categories": ("unresolved-names", "categories"),
    "tags": ("unresolved-names", "tags"),
}


def merge(best: Post, others: list[Post]) -> Post:
    """Return a copy of the best duplicate, completed from the others: from the first of them that has the content."""
    if not others:
        return best
    merged = replace(
        best,
        metadata=copy.deepcopy(best.metadata),
        article=copy.deepcopy(best.article),
        provenance=dict(best.provenance),
        problems=list(best.problems),
        facts=copy.deepcopy(best.facts),
        other_facts=list(best.other_facts),
        ids=list(dict.fromkeys(one for post in (best, *others) for one in post.ids)),
        site=next((post.site for post in (best, *others) if post.site), None),
        time_zone=next((post.time_zone for post in (best, *others) if post.time_zone), None),
        printed_day=next((post.printed_day for post in (best, *others) if post.printed_day), None),
        other_urls=list(best.other_urls),
        media=dict(best.media),
    )
    for other in others:
        _fill_fields(merged, other)
        fill_placeholders(merged, other)
        for url, other_note in other.media.items():
            note = merged.media.get(url, MediaNote())
            if not note.copies:
                name = note.name or other_note.name
                merged.media[url] = MediaNote(name, other_note.copies, other_note.source or other.source)
        if merged.document is None and _prose(other.article) == _prose(best.article):
            merged.document = other.document
    merged.problems += _disagreements(merged, others)
    _choose_url(merged, others)
    merged.merged_from = {
        name: place for name, place in merged.provenance.items() if best.provenance.get(name) != place
    }
    media_words = _media_words(merged.article)
    merged.other_facts += [(other.source, _word_facts(other, merged, media_words)) for other in others]
    return merged


# ---- front matter -----------------------------------------------------------------------------------------------


def _fill_fields(post: Post, other: Post) -> None:
    """Copy the fields that the post lacks, or that are incomplete in it alone."""
    metadata = post.metadata
    for name in Metadata.__struct_fields__:
        if getattr(other.metadata, name) in (None, []) or name in _NOT_COPIED:
            continue
        if _is_missing(name, metadata, other.metadata) or (_has_problem(post, name) and not _has_problem(other, name)):
            _copy_field(name, other, post)
            if name in _SOLVED:
                post.problems[:] = [p for p in post.problems if (p.kind, p.where) != _SOLVED[name]]
    if metadata.authors and metadata.author_id:
        metadata.author_id = None
        post.provenance.pop("author_id", None)


def _copy_field(name: str, source: Post, target: Post) -> None:
    setattr(target.metadata, name, copy.copy(getattr(source.metadata, name)))
    target.provenance[name] = f"{source.source}: {source.provenance.get(name, '?')}"


def _choose_url(post: Post, others: list[Post]) -> None:
    """Set the URL at the owner's own domain, with its slug; keep the other URLs of the post."""
    metadata = post.metadata
    with_url = [other for other in others if other.metadata.canonical_url]
    if _is_at_free_url(metadata) and (
        better := next((other for other in with_url if not _is_at_free_url(other.metadata)), None)
    ):
        post.other_urls.append(str(metadata.canonical_url))
        for name in ("canonical_url", "slug"):
            if getattr(better.metadata, name) not in (None, "", getattr(metadata, name)):
                _copy_field(name, better, post)
    known = {url_key(url): url for other in with_url if (url := other.metadata.canonical_url)}
    known |= {url_key(url): url for url in post.other_urls}
    known.pop(url_key(metadata.canonical_url or ""), None)
    post.other_urls = list(known.values())


def _is_at_free_url(metadata: Metadata) -> bool:
    wix_url = parse_url(metadata.canonical_url or "")
    return wix_url is not None and is_free_site(wix_url.base)


def _has_problem(post: Post, name: str) -> bool:
    """Return True if a field is incomplete because some ids in it have no name."""
    return name in _SOLVED and _SOLVED[name] in {(problem.kind, problem.where) for problem in post.problems}


def _is_missing(name: str, metadata: Metadata, other: Metadata) -> bool:
    """Return True if the field is missing and may be copied from the other, or if only the other date has a time."""
    value, other_value = getattr(metadata, name), getattr(other, name)
    if name == "author_id" and metadata.authors:
        return False
    if name == "description" and other_value.endswith(("...", "…")):
        return False  # Wix cut it from the body
    if name in ("date", "updated") and value:
        return len(value) == _DAY < len(other_value) and other_value.startswith(value)
    if name == "cover_alt" and metadata.cover != other.cover:
        return False
    if name.startswith("seo_") and other_value == getattr(metadata, name.removeprefix("seo_")):
        return False
    return value in (None, [])


def _disagreements(post: Post, others: list[Post]) -> Iterator[Problem]:
    """Yield a problem for each title and day of publication that other duplicates state and the post does not have.

    What several duplicates state is one problem. Days that are next to each other are the same moment in two time
    zones.
    """
    sources_by_value: dict[tuple[str, str], list[str]] = {}
    title, date = post.metadata.title, post.metadata.date
    for other in others:
        other_title, other_date = other.metadata.title, other.metadata.date
        if title and other_title and text_key(title) != text_key(other_title):
            sources_by_value.setdefault(("title", other_title), []).append(other.source)
        if _are_days_apart(date, other_date):
            sources_by_value.setdefault(("date", (other_date or "")[:_DAY]), []).append(other.source)
    for (name, value), sources in sources_by_value.items():
        yield Problem("sources-disagree", "front matter", f"{', '.join(sources)}: the {name} is “{value[:100]}”")


def _are_days_apart(one: str | None, other: str | None) -> bool:
    """Return True if both values state a day and the days are more than one day apart."""
    try:
        return abs((day.fromisoformat((one or "")[:_DAY]) - day.fromisoformat((other or "")[:_DAY])).days) > 1
    except ValueError:
        return False


# ---- facts of the other duplicates ------------------------------------------------------------------------------


def _word_facts(other: Post, best: Post, media_words: Counter[str]) -> Facts:
    """Return the words of a duplicate's text as facts, without media, in which duplicates differ.

    If a duplicate ends earlier (the excerpt of a feed, a preview), further words in the post are no difference.
    """
    content, whole = _prose(other.article), _prose(best.article)
    ends_early = whole[: len(content)] == content or any(problem.kind in SHORTENED for problem in other.problems)
    missing_words = Counter(whole) if ends_early else Counter(_in_tables(best.article, other.article))
    return Facts(content, optional_words=media_words + missing_words)


def _in_tables(article: Element, other: Element) -> Iterator[str]:
    """Yield the words of tables if the duplicate has no table: feeds and AMP versions omit them."""
    if other.find(".//table") is None:
        for table in article.iter("table"):
            yield from words(" ".join(map(str, table.itertext())))


def _prose(article: Element) -> list[str]:
    return [word for piece in pieces(article) if piece.text for word in piece.text.split()]


def _media_words(article: Element) -> Counter[str]:
    return Counter(word for piece in pieces(article) if not piece.text for word in words(piece.content))
