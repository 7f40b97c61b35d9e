"""Apply the edits that a target needs and the user chose to a copy of a post's article."""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Iterator

from msgspec import Struct
from msgspec.structs import replace

from ...model.article import Element
from ...model.post import Metadata, Post
from ...model.problems import Problem
from ...writers.target import Target
from .cover import cover_in_body, remove_cover
from .whole_words import complete_marks, has_half_marks


class Edits(Struct, frozen=True):
    """The user's choices."""

    strip_tracking: bool = False
    """Remove tracking parameters (`utm_source`, `fbclid`) from URLs."""
    normalize: frozenset[str] = frozenset()
    """`lists`: typed bullets and numbers become lists; `headings`: bold lines become headings."""
    footnotes: bool = False
    """Numbers that link to notes become footnotes of Markdown."""
    keep_cover: bool = False
    """Keep the cover as first image of the body even if the target's themes also show it."""


NO_CHOICES = Edits()


class EditedPost(Struct, frozen=True):
    """A post with an edited article."""

    post: Post
    problems: list[Problem]
    """A note about each edit."""


def edited(post: Post, edits: Edits, target: Target, unlinked: Collection[str] = ()) -> EditedPost | None:
    """Return the edited post, or None if there is nothing to edit. `unlinked` are URLs whose links become text.

    The post itself is not changed.
    """
    steps = [*_needed_edits(post.article, unlinked), *_chosen_edits(edits, target), *_target_edits(edits, target)]
    if not steps and not cover_in_body(post.article, post.metadata):
        return None
    article, metadata = copy.deepcopy(post.article), replace(post.metadata)
    problems = [
        Problem(kind, "body", detail) for kind, step in steps if (detail := step(article, metadata)) is not None
    ]
    if cover_in_body(article, metadata):
        metadata.cover_in_body = True
    if not problems and metadata == post.metadata:
        return None
    return EditedPost(replace(post, article=article, metadata=metadata), problems)


#: The kind of the problem that notes an edit, and the edit: it changes an article and its metadata in place and returns
#: what it did, or None if there was nothing to do. The module of an edit is imported when the edit is needed.
Step = tuple[str, Callable[[Element, Metadata], str | None]]


def _needed_edits(article: Element, unlinked: Collection[str]) -> Iterator[Step]:
    if has_half_marks(article):
        yield "mark-extended", lambda article, _: complete_marks(article)
    if unlinked:
        from .links import unlink

        yield "link-to-text", lambda article, _: unlink(article, unlinked)


def _chosen_edits(edits: Edits, target: Target) -> Iterator[Step]:
    if edits.strip_tracking:
        from .links import strip_tracking

        yield "tracking-removed", lambda article, _: strip_tracking(article)
    if "lists" in edits.normalize:
        from .typed_lists import make_lists

        yield "list-from-text", lambda article, _: make_lists(article)
    if "headings" in edits.normalize:
        from .headings import make_headings

        yield "heading-from-bold", lambda article, _: make_headings(article)
    if edits.footnotes:
        from .footnotes import TARGETS_WITH_FOOTNOTES, make_footnotes

        if target.name in TARGETS_WITH_FOOTNOTES:
            yield "footnotes-made", lambda article, _: make_footnotes(article)


def _target_edits(edits: Edits, target: Target) -> Iterator[Step]:
    if target.shows_title:
        from .headings import lower_headings

        yield "headings-lowered", lambda article, _: lower_headings(article)
    if target.draws_cover and not edits.keep_cover:
        yield "cover-removed", remove_cover
