"""Options for the target: the site generator or import format, file names and front matter fields."""

from __future__ import annotations

from collections.abc import Callable, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ...writers.targets import TARGETS
from .param_types import OneOf

if TYPE_CHECKING:
    from ...blog.paths import Paths
    from ...writers.import_files.import_format import FileLimits

_F = TypeVar("_F", bound=Callable[..., Any])
NAMES = tuple(TARGETS)


def targeting(command: _F) -> _F:
    """Add the target options to a command."""
    options = (
        click.option(
            "--to",
            "target",
            type=OneOf(NAMES),
            default="markdown",
            metavar="TARGET",
            help=f"Site generator or import format: {', '.join(NAMES)}. OUTPUT is then the directory of the site's "
            "project. Default: markdown.",
        ),
        click.option(
            "--path",
            metavar="PATTERN",
            help="Pattern of file names, such as {year}/{slug}. Fields: slug, title, date, year, month, day, lang, "
            "category, author.",
        ),
        click.option(
            "--field",
            "fields",
            multiple=True,
            metavar="CHANGE",
            help="Change the front matter: date:created renames a field, views: drops it, layout=post adds one, "
            "layout?=post only where it is missing. Separate several changes by commas.",
        ),
        click.option(
            "--main-language",
            metavar="CODE",
            help="Main language of the blog. Default: the language of most posts. Posts in other languages get "
            "directories of their own.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


#: PHP takes uploads of 2 MB unless the host allows more, and many web servers end an import after 60 seconds.
_DEFAULT_SPLIT, _MOST_IMAGES = 2.0, 100
split_option = click.option(
    "--split",
    type=click.FloatRange(0),
    metavar="MB",
    help="For --to wordpress: write several import files, each of at most MB megabytes and "
    f"{_MOST_IMAGES} images. 0: one file. Default: {_DEFAULT_SPLIT:g}.",
)


def file_limits(chosen: dict[str, Any]) -> FileLimits:
    """Return the largest import file, and remove its option from `chosen`."""
    from ...writers.import_files.import_format import FileLimits

    size = chosen.pop("split")
    size = _DEFAULT_SPLIT if size is None else size
    return FileLimits(size * 1_000_000, _MOST_IMAGES) if size else FileLimits()


#: Options for files of single posts; an import file contains all posts.
_OF_FILES = {
    "path": "--path",
    "fields": "--field",
    "sidecar": "--sidecar",
    "comments": "--comments",
    "review": "--review",
    "expect": "--expect",
}
#: Systems whose import cannot read files next to the table.
_NEED_URLS = {"webflow": "Webflow", "shopify": "Shopify"}
_OF_MARKDOWN = frozenset({"review", "expect"})


def refuse_of_files(chosen: dict[str, Any]) -> None:
    """Raise click.UsageError if an option does not fit a target that is one file, or not Markdown."""
    target = TARGETS[chosen["target"]]
    refused: Set[str]
    what = f"one file, {target.file}" if target.file else "JSON"
    if target.file:
        refused = _OF_FILES.keys() - ({"fields"} if target.record else {""})
        if target.import_format is not None and target.import_format.takes_comments:
            refused -= {"comments"}
    else:
        refused = _OF_MARKDOWN if target.record else frozenset()
    for name, option in _OF_FILES.items():
        if name in refused and chosen.get(name):
            raise click.UsageError(f"{option} cannot be used with --to {target.name}, which writes {what}.")
    if chosen.get("split") is not None and target.name != "wordpress":
        raise click.UsageError("--split can be used with --to wordpress only.")
    if target.name == "wordpress" and chosen.get("media") == "copy" and not chosen.get("media_url"):
        raise click.UsageError(
            "WordPress imports images by URL: leave --media copy out, and it downloads them from Wix; or add the "
            "URL where you will put OUTPUT/uploads, such as --media-url https://www.example.com/wp-content/uploads/wix."
        )
    if target.name in _NEED_URLS and chosen.get("media") == "copy":
        raise click.UsageError(f"{_NEED_URLS[target.name]} imports images by their URLs: leave --media copy out.")


def refuse_import(output: Path, instead: str) -> None:
    """Raise click.UsageError if OUTPUT contains an import file or JSON instead of a Markdown file per post."""
    from ...run.state_file import state_of

    target = TARGETS.get(str(state_of(output).get("target")))
    if target is not None and (target.file or target.record):
        what = f"{target.file}, an import file" if target.file else "JSON records"
        raise click.UsageError(f"{output} contains only {what}. {instead.format(target=target.name)}.")


def paths_of(*, target: str, path: str | None, main_language: str | None, **_rest: Any) -> Paths:
    """Return the file names of the posts of a run. Raises BadPattern."""
    from ...blog.languages import Languages
    from ...blog.paths import Paths, parse_pattern

    chosen = TARGETS[target]
    return Paths(chosen, parse_pattern(path, chosen) if path else None, Languages(main_language))
