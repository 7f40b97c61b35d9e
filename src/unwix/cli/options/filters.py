"""Filtering: the options that say which posts of the sources are wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .param_types import Day, OneOf

if TYPE_CHECKING:
    from ...blog.filters import Filters

_F = TypeVar("_F", bound=Callable[..., Any])
_DAY = Day()
#: Options that take patterns and may be given more than once.
_PATTERNS = {
    "--slug": "Only posts with this slug; `*` and `?` stand for any letters.",
    "--category": "Only posts of this category.",
    "--tag": "Only posts with this tag or hashtag.",
    "--author": "Only posts by this author.",
    "--language": "Only posts in this language; pt takes pt-BR too.",
}
NAMES = ("since", "until", "drafts", *(option[2:] for option in _PATTERNS))


def filtering(command: _F) -> _F:
    """Add the options to a command."""
    drafts = click.option(
        "--drafts",
        type=OneOf(["with", "without", "only"]),
        default="with",
        show_default=True,
        help="Posts that are not published.",
    )
    command = drafts(command)
    for name, said in reversed(_PATTERNS.items()):
        command = click.option(name, multiple=True, metavar="PATTERN", help=said)(command)
    command = click.option("--until", type=_DAY, metavar="DAY", help="Only posts of this day (YYYY-MM-DD) or before.")(
        command
    )
    return click.option("--since", type=_DAY, metavar="DAY", help="Only posts of this day (YYYY-MM-DD) or later.")(
        command
    )


def take_filters(chosen: dict[str, Any]) -> Filters:
    """The filters among a command's options; they are taken out of `chosen`."""
    from ...blog.filters import Filters

    return Filters(**{name: chosen.pop(name) for name in NAMES})
