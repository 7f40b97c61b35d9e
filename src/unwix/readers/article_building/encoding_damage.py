"""Determine which posts of a file are affected by its invalid bytes."""

from __future__ import annotations

from lxml import etree

from ...model.post import Post
from ...model.problems import with_kind

_REPLACEMENT = "\ufffd"


def note_damage_elsewhere(post: Post) -> None:
    """Report invalid bytes of a file as a note if none of them is in the post: its metadata, its facts, its article."""
    if all(problem.kind != "encoding-damaged" for problem in post.problems) or _has_damage(post):
        return
    post.problems = with_kind(post.problems, "encoding-damaged", "encoding-damaged-elsewhere")


def _has_damage(post: Post) -> bool:
    metadata = map(str, post.metadata.as_dict().values())
    return any(_REPLACEMENT in text for text in (*metadata, post.facts.text, *post.facts.words)) or (
        _REPLACEMENT in etree.tostring(post.article, encoding="unicode")
    )
