"""Options that select posts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .param_types import Day, OneOf

if TYPE_CHECKING:
    from ...blog.filters import Filters

_F = TypeVar("_F", bound=Callable[..., Any])
_DAY = Day()
#: Options that take patterns and can be repeated.
_PATTERNS = {
    "--slug": "Only posts with this slug; `*` and `?` are wildcards. Can be repeated.",
    "--category": "Only posts in this category. Can be repeated.",
    "--tag": "Only posts with this tag or hashtag. Can be repeated.",
    "--author": "Only posts by this author. Can be repeated.",
    "--language": "Only posts in this language; pt includes pt-BR. Can be repeated.",
}
NAMES = ("since", "until", "drafts", *(option[2:] for option in _PATTERNS))


def filtering(command: _F) -> _F:
    """Add the filter options to a command."""
    drafts = click.option(
        "--drafts",
        type=OneOf(["with", "without", "only"]),
        default="with",
        show_default=True,
        help="Include unpublished posts, leave them out, or convert only them.",
    )
    command = drafts(command)
    for name, help_text in reversed(_PATTERNS.items()):
        command = click.option(name, multiple=True, metavar="PATTERN", help=help_text)(command)
    command = click.option("--until", type=_DAY, metavar="DAY", help="Only posts until this day (YYYY-MM-DD).")(command)
    return click.option("--since", type=_DAY, metavar="DAY", help="Only posts from this day on (YYYY-MM-DD).")(command)


def take_filters(chosen: dict[str, Any]) -> Filters:
    """Return the filters that the options define, and remove these options from `chosen`."""
    from ...blog.filters import Filters

    return Filters(**{name: chosen.pop(name) for name in NAMES})
