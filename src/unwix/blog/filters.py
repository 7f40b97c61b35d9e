"""Choose the posts of a run by their metadata."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from fnmatch import fnmatchcase
from typing import Literal

from msgspec import Struct

from ..model.post import Metadata


class Filters(Struct, frozen=True):
    """The user's filters. A post must match one of several values of a field; patterns have `*` and `?`."""

    since: date | None = None
    """The first day. Posts without a date are left out."""
    until: date | None = None
    """The last day."""
    slug: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    """`pt` matches `pt-BR` too."""
    drafts: Literal["with", "without", "only"] = "with"

    def refusal(self, metadata: Metadata) -> str | None:
        """Return the reason for leaving a post out, or None if it matches all filters."""
        if self == _NO_FILTERS:
            return None
        for option, refuses in _TESTS.items():
            if refuses(self, metadata):
                return f"left out by {option}"
        return None


_NO_FILTERS = Filters()


def _day(metadata: Metadata) -> date | None:
    try:
        return datetime.fromisoformat(metadata.date or "").date()
    except ValueError:
        return None


def _matches(patterns: tuple[str, ...], values: Iterable[str | None]) -> bool:
    lowered_patterns = [pattern.casefold() for pattern in patterns]
    return not lowered_patterns or any(
        fnmatchcase(v.casefold(), pattern) for v in values if v for pattern in lowered_patterns
    )


def _languages(language: str | None) -> tuple[str | None, ...]:
    return language, (language or "").replace("_", "-").split("-")[0]


#: For each option, a function that returns True for posts it excludes.
_TESTS: dict[str, Callable[[Filters, Metadata], bool]] = {
    "--since": lambda f, m: f.since is not None and ((day := _day(m)) is None or day < f.since),
    "--until": lambda f, m: f.until is not None and ((day := _day(m)) is None or day > f.until),
    "--slug": lambda f, m: not _matches(f.slug, [m.slug]),
    "--category": lambda f, m: not _matches(f.category, m.categories),
    "--tag": lambda f, m: not _matches(f.tag, [*m.tags, *m.hashtags]),
    "--author": lambda f, m: not _matches(f.author, m.authors),
    "--language": lambda f, m: not _matches(f.language, _languages(m.language)),
    "--drafts": lambda f, m: {"with": False, "without": m.draft is True, "only": m.draft is not True}[f.drafts],
}
