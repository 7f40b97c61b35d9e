"""Targeting: what `convert` and `check` write for: the site generator, the files' names, the fields."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .param_types import OneOf

if TYPE_CHECKING:
    from ...blog.paths import Paths

_F = TypeVar("_F", bound=Callable[..., Any])
#: As in `writers.imports.NAMES`, which `--help` need not load; a test holds the two against each other.
NAMES = (
    "markdown", "hugo", "jekyll", "astro", "eleventy", "obsidian", "pelican", "mkdocs", "zola", "wordpress", "ghost",
)  # fmt: skip


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


#: Options that say something of posts' own files, which an import file has none of.
_OF_FILES = {
    "path": "--path",
    "fields": "--field",
    "sidecar": "--sidecar",
    "comments": "--comments",
    "review": "--review",
    "expect": "--expect",
}


def refuse_of_files(chosen: dict[str, Any]) -> None:
    """Raise click.UsageError where options do not fit a target that is one file."""
    from ...writers.targets.import_targets import IMPORTS

    if (target := IMPORTS.get(chosen["target"])) is None:
        return
    for name, option in _OF_FILES.items():
        if chosen.get(name):
            raise click.UsageError(f"{option} is about files of posts; --to {target.name} writes one, {target.file}.")
    if target.name == "wordpress" and chosen.get("media") == "copy":
        raise click.UsageError(
            "WordPress downloads the pictures itself when it imports wordpress.xml: leave --media copy out."
        )


def refuse_import(output: Path, instead: str) -> None:
    """Raise click.UsageError for an output that is an import file: there are no posts' files to look at."""
    from ...run.output_folder import state_of
    from ...writers.targets.import_targets import IMPORTS

    if (target := IMPORTS.get(str(state_of(output).get("target")))) is not None:
        raise click.UsageError(
            f"{output} holds {target.file}, one file for an import; {instead.format(target=target.name)}."
        )


def paths_of(*, target: str, path: str | None, main_language: str | None, **_rest: Any) -> Paths:
    """Where the posts of a run go. Raises BadPattern."""
    from ...blog.languages import Languages
    from ...blog.paths import Paths, parse_pattern
    from ...writers.targets.import_targets import target_of

    chosen = target_of(target)
    return Paths(chosen, parse_pattern(path, chosen) if path else None, Languages(main_language))
