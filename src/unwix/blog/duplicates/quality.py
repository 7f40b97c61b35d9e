"""Rank the duplicates of a post by how much of the post they contain."""

from __future__ import annotations

from ...model.post import Metadata, Post

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
    )


def _names_a_language(metadata: Metadata) -> bool:
    """Return True if the URL asks for an interface language (`?lang=fr`); the URL without it is the post's own."""
    return "lang=" in (metadata.canonical_url or "").partition("?")[2]
