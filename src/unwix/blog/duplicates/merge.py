"""Merge the duplicates of a post in a run: the best of them, completed from the others.

An old saved page may lack its galleries and videos, a feed its cover, a CMS export the author's name. What each copy
lacks, field by field and place by place, another may have: a page, its AMP copy, an item of a feed, a document in JSON.
Where a thing came from is remembered (`Post.places`). Each copy is a witness of the words.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date

from ...model.article import Element
from ...model.facts import Facts, text_key, url_key, words
from ...model.post import MediaNote, Metadata, Post
from ...model.problems import Problem
from ...wix.post_urls import is_free_site, parse_url
from .align import pieces
from .fill import fill_placeholders
from .quality import SHORTENED

#: Marks of a post's state: they are said of the copy that has them alone.
_OF_ONE_COPY = frozenset({"draft", "scheduled", "unlisted"})
#: The length of the day in a date.
_DAY = len("2024-09-27")
#: Fields that mean something next to another field alone: (field, the field it belongs to).
_BELONGS_TO = {"cover_alt": "cover"}
#: The problem that is solved when a field is found, by its place.
_SOLVED = {
    "title": ("title-missing", "front matter"),
    "date": ("date-unclear", "front matter"),
    "authors": ("unresolved-names", "authors"),
    "categories": ("unresolved-names", "categories"),
    "tags": ("unresolved-names", "tags"),
}


def merge(best: Post, others: list[Post]) -> Post:
    """Return the best duplicate of a post, completed from the others. All of them stay as they are.

    `others` are in order: the first that has a thing is asked for it. Each is a witness of the post's words.
    """
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
        for url, theirs in other.media.items():
            mine = merged.media.get(url, MediaNote())
            if not mine.copies:
                merged.media[url] = MediaNote(mine.name or theirs.name, theirs.copies, theirs.source or other.source)
        if merged.document is None and _prose(other.article) == _prose(best.article):
            merged.document = other.document
    merged.problems += _disagreements(merged, others)
    _settle_address(merged, others)
    merged.merged_from = {
        name: place for name, place in merged.provenance.items() if best.provenance.get(name) != place
    }
    media_words = _media_words(merged.article)
    merged.other_facts += [(other.source, _word_facts(other, merged, media_words)) for other in others]
    return merged


# ---- front matter -----------------------------------------------------------------------------------------------


def _fill_fields(post: Post, other: Post) -> None:
    """Take the fields that the post lacks."""
    mine, theirs = post.metadata, other.metadata
    for name in (f.name for f in fields(Metadata)):
        value = getattr(theirs, name)
        if value in (None, []) or name in _OF_ONE_COPY:
            continue
        if not (_is_wanted(name, mine, theirs) or (_has_problem(post, name) and not _has_problem(other, name))):
            continue
        setattr(mine, name, copy.copy(value))
        post.provenance[name] = f"{other.source}: {other.provenance.get(name, '?')}"
        if name in _SOLVED:
            post.problems[:] = [p for p in post.problems if (p.kind, p.where) != _SOLVED[name]]
    if mine.authors and mine.author_id:
        mine.author_id = None
        post.provenance.pop("author_id", None)


def _settle_address(post: Post, others: list[Post]) -> None:
    """Set the URL at the owner's own domain, with its slug; keep the other URLs of the post."""
    mine = post.metadata
    with_url = [other for other in others if other.metadata.canonical_url]
    if _is_at_free_address(mine) and (
        better := next((other for other in with_url if not _is_at_free_address(other.metadata)), None)
    ):
        post.other_urls.append(str(mine.canonical_url))
        for name in ("canonical_url", "slug"):
            if (value := getattr(better.metadata, name)) != getattr(mine, name) and value:
                setattr(mine, name, value)
                post.provenance[name] = f"{better.source}: {better.provenance.get(name, '?')}"
    known = {url_key(url): url for other in with_url if (url := other.metadata.canonical_url)}
    known |= {url_key(url): url for url in post.other_urls}
    known.pop(url_key(mine.canonical_url or ""), None)
    post.other_urls = list(known.values())


def _is_at_free_address(metadata: Metadata) -> bool:
    wix_url = parse_url(metadata.canonical_url or "")
    return wix_url is not None and is_free_site(wix_url.base)


def _has_problem(post: Post, name: str) -> bool:
    """Return True if a field is incomplete because some ids in it have no name."""
    return name in _SOLVED and _SOLVED[name] in {(problem.kind, problem.where) for problem in post.problems}


def _is_wanted(name: str, mine: Metadata, theirs: Metadata) -> bool:
    value = getattr(mine, name)
    if name == "author_id" and mine.authors:
        return False
    if name == "description" and theirs.description and theirs.description.endswith(("...", "…")):
        return False  # Wix cut it from the body
    if name in ("date", "updated") and value:
        return _is_the_same_day_only(value, getattr(theirs, name))
    if name in _BELONGS_TO and getattr(mine, _BELONGS_TO[name]) != getattr(theirs, _BELONGS_TO[name]):
        return False
    if name.startswith("seo_") and getattr(theirs, name) == getattr(
        mine, {"seo_title": "title", "seo_description": "description"}[name]
    ):
        return False
    return value in (None, [])


def _is_the_same_day_only(mine: str, theirs: str) -> bool:
    """Return True if one date is a day, and the other a moment of that day."""
    return len(mine) == len("2024-09-27") and len(theirs) > len(mine) and theirs.startswith(mine)


def _disagreements(post: Post, others: list[Post]) -> Iterator[Problem]:
    """Yield a problem for each title and day of publication that other copies state and the post does not have.

    What several copies state is one problem. Days that are next to each other are the same moment in two time zones.
    """
    sources_by_value: dict[tuple[str, str], list[str]] = {}
    for other in others:
        mine, theirs = post.metadata, other.metadata
        if mine.title and theirs.title and text_key(mine.title) != text_key(theirs.title):
            sources_by_value.setdefault(("title", theirs.title), []).append(other.source)
        if _are_days_apart(mine.date, theirs.date):
            sources_by_value.setdefault(("date", (theirs.date or "")[:_DAY]), []).append(other.source)
    for (name, value), sources in sources_by_value.items():
        yield Problem("sources-disagree", "front matter", f"{', '.join(sources)}: the {name} is “{value[:100]}”")


def _are_days_apart(one: str | None, other: str | None) -> bool:
    """Return True if both values state a day and the days are more than one day apart."""
    try:
        return abs((date.fromisoformat((one or "")[:_DAY]) - date.fromisoformat((other or "")[:_DAY])).days) > 1
    except ValueError:
        return False


# ---- the other copies as witnesses ------------------------------------------------------------------------------


def _word_facts(other: Post, best: Post, media_words: Counter[str]) -> Facts:
    """Return the words of a duplicate's text as facts, without media, in which duplicates differ.

    A copy that ends earlier (the excerpt of a feed, a preview) is no witness of what it does not show.
    """
    content, whole = _prose(other.article), _prose(best.article)
    ends_early = whole[: len(content)] == content or any(problem.kind in SHORTENED for problem in other.problems)
    missing_words = Counter(whole) if ends_early else Counter(_in_tables(best.article, other.article))
    return Facts(content, optional_words=media_words + missing_words)


def _in_tables(mine: Element, theirs: Element) -> Iterator[str]:
    """Yield the words of tables if the duplicate has no table: feeds and AMP versions leave them out."""
    if theirs.find(".//table") is None:
        for table in mine.iter("table"):
            yield from words(" ".join(map(str, table.itertext())))


def _prose(article: Element) -> list[str]:
    return [word for piece in pieces(article) if piece.text for word in piece.text.split()]


def _media_words(article: Element) -> Counter[str]:
    return Counter(word for piece in pieces(article) if not piece.text for word in words(piece.content))
