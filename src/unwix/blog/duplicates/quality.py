"""Rank the duplicates of a post by how much of the post they contain."""

from __future__ import annotations

from ...model.post import Metadata, Post
from ...model.post_summary import PostSummary

#: Problems of a duplicate that is missing a part of the post.
SHORTENED = frozenset(
    {
        "truncated",
        "preview-only",
        "plain-text-only",
        "nesting-too-deep",
        "encoding-damaged",
        "excerpt-only",
        "print-layout",
    }
)
#: The number of values of `quality` that describe the kind of a duplicate: complete, AMP, language, draft, text.
_KIND = 5
#: The rank of each reader's source, other things being equal.
_READERS = {"ricos": 3, "draftjs": 3, "viewer": 2, "feed": 1}


def quality(post: Post) -> tuple[int | str, ...]:
    """Return the quality of a duplicate as a sort key: the greatest is the best.

    A complete duplicate comes before a truncated one, a page before its AMP version, a published post before its draft,
    the newer version before the older one, and then the one with the fewest losses.
    """
    short = {problem.kind for problem in post.problems} & SHORTENED
    losses = sum(problem.severity != "note" for problem in post.problems)
    return (
        0 if "excerpt-only" in short else 1 if short else 2,
        not post.source_info.is_amp,
        not _names_a_language(post.metadata),
        not post.metadata.draft,
        post.reader != "text",
        (post.metadata.updated or "")[:10],  # one duplicate may state the day alone
        -losses,
        _READERS.get(post.reader, 0),
        post.facts.word_counts()[0],
        bool(post.metadata.canonical_url),
    )


def ranked(numbers: list[int], summaries: dict[int, PostSummary]) -> list[int]:
    """Return the numbers of duplicates, the best first, of equal ones the first.

    Of captures of one page that state no date of change, the newest is the best: nothing else shows which
    text is newer.
    """
    ranking = sorted(numbers, key=lambda number: summaries[number].quality, reverse=True)
    best = summaries[ranking[0]]
    rivals = [number for number in ranking if _is_other_capture(summaries[number], best)]
    newest = max(rivals, key=lambda number: summaries[number].captured or "", default=ranking[0])
    return [newest, *(number for number in ranking if number != newest)]


def relation(best: PostSummary, other: PostSummary) -> str:
    """Return what the best of some duplicates is in comparison with another, for a message."""
    if _is_other_capture(best, other):
        return "the newer copy"
    return "as good a copy" if other.quality == best.quality else "the better copy"


def _is_other_capture(one: PostSummary, best: PostSummary) -> bool:
    """Return True for a newer capture of the same kind with another content."""
    if one.metadata.updated or best.metadata.updated or not (one.captured and best.captured):
        return False
    is_newer = one.captured > best.captured and one.text_digest != best.text_digest
    return is_newer and one.quality[:_KIND] == best.quality[:_KIND]


def _names_a_language(metadata: Metadata) -> bool:
    """Return True if the URL asks for an interface language (`?lang=fr`); the URL without it is the post's own."""
    return "lang=" in (metadata.canonical_url or "").partition("?")[2]
