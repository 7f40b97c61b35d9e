"""`--theme`: the fields and files of a theme or starter."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from ...web.urls import split_url
from .param_types import OneOf

if TYPE_CHECKING:
    from ...run.output_folder import Folder
    from ...run.report import Report
    from ...writers.themes import SiteFacts

#: The keys of `writers.themes.THEMES`, for the help: the themes themselves are imported when one is used.
THEME_NAMES = (
    "papermod", "ananke", "minima", "chirpy", "eleventy-base-blog", "astro-blog", "docusaurus", "material",
)  # fmt: skip
_F = TypeVar("_F", bound=Callable[..., Any])


def theme_option(command: _F) -> _F:
    """Add `--theme` to a command."""
    return click.option(
        "--theme",
        type=OneOf([*THEME_NAMES]),
        metavar="THEME",
        help=f"Theme or starter of the site: {', '.join(THEME_NAMES)}. Writes the fields that it reads, and the small "
        "files that it needs, if they are missing.",
    )(command)


def use_theme(ctx: click.Context, chosen: dict[str, Any]) -> None:
    """Put the choices of the theme into the options; the user's own win. Raises click.UsageError for another target.

    They are recorded with the output, so that `check` uses them too.
    """
    if not chosen["theme"]:
        return
    from ...writers.themes import THEMES

    name, theme = chosen["theme"], THEMES[chosen["theme"]]
    if ctx.get_parameter_source("target") not in (None, ParameterSource.DEFAULT) and chosen["target"] != theme.target:
        raise click.UsageError(f"--theme {name} is for {theme.target}. Use --to {theme.target}, or leave --to out.")
    choices = {
        "target": theme.target,
        "fields": (*theme.fields, *chosen["fields"]),
        "path": chosen["path"] or theme.path,
        "permalinks": (*theme.permalinks, *chosen["permalinks"]),
    }
    chosen.update(choices)
    ctx.params.update(choices)


def put_theme_files(folder: Folder, name: str | None, report: Report) -> None:
    """Write the files of a theme that are missing."""
    if not name:
        return
    from ...writers.themes import THEMES

    site = _facts(report)
    for path, text in THEMES[name].files.items():
        if folder.owns(path) or not (folder.path / path).exists():
            folder.put(path, text(site))


def _facts(report: Report) -> SiteFacts:
    """Return what the report knows about the blog."""
    from ...writers.themes import SiteFacts

    authors: dict[str, None] = {}
    tags: dict[str, None] = {}
    languages: Counter[str] = Counter()
    hosts: Counter[str] = Counter()
    for line in report.rows:
        row = json.loads(line)
        authors |= dict.fromkeys(row.get("authors") or ())
        tags |= dict.fromkeys(row.get("tags") or ())
        languages[row.get("language") or "en"] += 1
        hosts[split_url(row.get("url") or "").hostname or ""] += 1
    host = next((host for host, _ in hosts.most_common() if host), "Blog")
    language = languages.most_common(1)[0][0] if languages else "en"
    return SiteFacts(host.removeprefix("www."), language, tuple(authors), tuple(tags))
