"""Decide by ids, URLs, titles, dates and words whether two posts are one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from heapq import nsmallest

from ...model.post import Metadata
from ...model.post_summary import PostSummary
from ...wix.ids import is_id
from ...wix.post_urls import is_free_site, parse_url
from ...wix.tracking import without_tracking
from ...wix.url_keys import url_key
from .hash_index import hashed

_GUID, _DAY = 36, len("2024-09-27")
#: The minimum share of words that two forms of one post have in common: feeds omit captions, form exports omit tables.
_ALIKE = 0.9
#: The minimum share of the shorter text's three-word sequences that two versions of one post have in common, by the
#: number of differences in title and day. Unrelated texts share less than 2 %, revisions most.
_SHARED_SEQUENCES = (0.05, 0.25, 0.6)
#: Two texts that share 60 % of their sequences have none of this many samples in common once in 1,500 cases.
_SKETCH = 8
#: Texts with fewer words cannot distinguish two posts with one title and day.
_MIN_WORDS = 12
#: In a script without letter case, longer words are unsegmented text (Chinese, Japanese, Thai …).
_MAX_WORD = 6


def normalized_url(url: str | None) -> str | None:
    """Return a post's URL for comparison: without fragment, tracking parameters, scheme, `www.` and letter case."""
    return url_key(without_tracking(url.split("#")[0])) if url else None


def differ_in_case_only(one: Metadata, other: Metadata) -> bool:
    """Return True if two URLs are equal but for upper and lower case: Wix's slugs are case-sensitive."""
    url, other_url = (parse_url(metadata.canonical_url or "") for metadata in (one, other))
    if url is None or other_url is None or url.path.rstrip("/") == other_url.path.rstrip("/"):
        return False
    return url.path.casefold().rstrip("/") == other_url.path.casefold().rstrip("/")


def have_different_ids(one: PostSummary, other: PostSummary) -> bool:
    """Return True if the ids of the sites, or the posts' GUIDs, prove that the posts differ.

    Ids in different formats prove nothing.
    """
    if one.site and other.site and one.site != other.site:
        return True
    ids, other_ids = ({i.lower() for i in entry.ids if len(i) == _GUID and is_id(i)} for entry in (one, other))
    return bool(ids and other_ids) and ids.isdisjoint(other_ids)


def same_name(one: Metadata, other: Metadata) -> bool:
    """Return True if two posts share their slug or their title."""
    return bool((one.slug and one.slug == other.slug) or (one.title and one.title == other.title))


def same_day(one: Metadata, other: Metadata) -> bool:
    """Return True if both posts state a date, on the same day."""
    return bool(one.date and other.date) and str(one.date)[:_DAY] == str(other.date)[:_DAY]


def same_on_site(one: Metadata, other: Metadata) -> bool:
    """Return True if two posts with one slug on one site are the same; translations can share a slug."""
    if _languages(one) != _languages(other):
        return False
    return bool(one.title and one.title == other.title) or same_day(one, other)


def same_moment(one: str | None, other: str | None) -> bool:
    """Return True if two dates are the same second; a date without time matches any time of its day."""
    if not one or not other or min(len(one), len(other)) <= _DAY:
        return bool(one and other)
    try:
        return _second(one) == _second(other)
    except ValueError:
        return False


def _second(date: str) -> datetime:
    moment = datetime.fromisoformat(date)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)


def at_free_and_own_domain(one: Metadata, other: Metadata) -> bool:
    """Return True if one post is at the site's free Wix URL and the other at its own domain."""
    urls = [parse_url(metadata.canonical_url or "") for metadata in (one, other)]
    return None not in urls and sum(url is not None and is_free_site(url.base) for url in urls) == 1


def differ_in_language_only(one: Metadata, other: Metadata) -> bool:
    """Return True if two URLs are one page in two interface languages: they differ only in `?lang=`."""
    url, other_url = (parse_url(metadata.canonical_url or "") for metadata in (one, other))
    if url is None or other_url is None or url.language == other_url.language:
        return False
    return (url.base, url.path) == (other_url.base, other_url.path)


def nearly_equal(one: list[str], other: list[str]) -> bool:
    """Return True if two texts have nearly the same words."""
    longer = max(len(one), len(other))
    return longer > 0 and (Counter(one) & Counter(other)).total() >= _ALIKE * longer


def are_revisions(one: Metadata, other: Metadata, words: list[str], other_words: list[str]) -> bool:
    """Return True if two posts at one URL are versions of one post rather than two posts.

    The less their titles and days agree, the more words must match.
    """
    differences = _other_title(one, other) + other_day(one, other)
    shorter, longer = sorted((_tokens(words), _tokens(other_words)), key=len)
    if differences == 0 and len(shorter) < _MIN_WORDS:
        return True
    if len(shorter) < 3:
        return differences < 2
    sequences = set(_sequences(shorter))
    return len(sequences & {*_sequences(longer)}) >= _SHARED_SEQUENCES[differences] * len(sequences)


def sketch(words: list[str]) -> list[int]:
    """Return a bottom-k sketch: the smallest hashes of all three-word sequences.

    Texts that share most of their words share some of these numbers.
    """
    tokens = _tokens(words)
    sequences = set(_sequences(tokens)) or {tuple(tokens)}
    return nsmallest(_SKETCH, (hashed(" ".join(sequence)) for sequence in sequences))


def _tokens(words: list[str]) -> list[str]:
    """Return the words; unsegmented text (a script without spaces) is split into characters."""
    return [token for word in words for token in (word if len(word) > _MAX_WORD and word.upper() == word else (word,))]


def _sequences(words: list[str]) -> Iterable[tuple[str, ...]]:
    return zip(words, words[1:], words[2:], strict=False)


def _other_title(one: Metadata, other: Metadata) -> bool:
    title, other_title = (" ".join((metadata.title or "").casefold().split()) for metadata in (one, other))
    return bool(title and other_title) and title != other_title


def other_day(one: Metadata, other: Metadata) -> bool:
    """Return True if both posts state a date, on different days."""
    return bool(one.date and other.date) and not same_day(one, other)


def _languages(one: Metadata) -> tuple[str | None, str]:
    """Return the language in a post's URL, and the language that the post states."""
    wix_url = parse_url(one.canonical_url or "")
    return wix_url.language if wix_url is not None else None, (one.language or "").lower()
