"""Targeting: what `convert` and `check` write for: the site generator, the files' names, the fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .values import OneOf

if TYPE_CHECKING:
    from ..blog.paths import Paths

_F = TypeVar("_F", bound=Callable[..., Any])
#: As in `writers.targets.TARGETS`, which `--help` need not load; a test holds the two against each other.
NAMES = ("markdown", "hugo", "jekyll", "astro", "eleventy", "obsidian", "pelican", "mkdocs", "zola")


def targeting(command: _F) -> _F:
    """The options that say what the posts are for."""
    options = (
        click.option(
            "--to",
            "target",
            type=OneOf(NAMES),
            default="markdown",
            metavar="TARGET",
            help=f"What the posts are for: {', '.join(NAMES)}; OUTPUT is the folder of the site's project. Default: "
            "markdown.",
        ),
        click.option(
            "--path",
            metavar="PATTERN",
            help="Names of the files, as {year}/{slug}: slug, title, date, year, month, day, lang, category, author.",
        ),
        click.option(
            "--field",
            "fields",
            multiple=True,
            metavar="CHANGE",
            help="Front matter: date:created renames a field, views: drops it, layout=post adds one; commas between.",
        ),
        click.option(
            "--main-language",
            metavar="CODE",
            help="Language of the blog; default: what most posts are in. Posts in others go into folders of their own.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def paths_of(*, target: str, path: str | None, main_language: str | None, **_rest: Any) -> Paths:
    """Where the posts of a run go. Raises BadPattern."""
    from ..blog.languages import Languages
    from ..blog.paths import Paths, checked
    from ..writers.targets import TARGETS

    chosen = TARGETS[target]
    return Paths(chosen, checked(path, chosen) if path else None, Languages(main_language))
