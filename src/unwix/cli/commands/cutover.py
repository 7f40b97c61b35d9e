"""`unwix cutover`: list what to check before cancelling Wix."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..help import command
from ..options.links import base_url_option, permalink_option, site_patterns
from ..options.output import output_argument, written_target_option
from ..options.param_types import OneOf


@command("List what to check before cancelling Wix.", "unwix cutover blog/ > cutover.md")
@output_argument
@base_url_option
@permalink_option
@written_target_option
@click.option(
    "--format",
    "form",
    type=OneOf(["markdown", "csv"]),
    default="markdown",
    show_default=True,
    help="Format of the list.",
)
def cutover(output: Path, form: str, target: str | None, **new_site: Any) -> None:
    """Print a list of what to check before cancelling Wix.

    Old URLs with their new ones, posts that lack something, media still at Wix, links to the old site, comments, and
    what only Wix's dashboard exports.
    """
    from ...blog.cut_over import as_csv, as_markdown, cut_over_list, old_site
    from ...blog.media.index_file import rows_in
    from ...blog.redirects.plan import build_redirects
    from ...run.read_report import read_report
    from ...run.state_file import state_of
    from ...writers.permalinks import permalinks_of
    from ...writers.targets import TARGETS

    report = read_report(output)
    state = state_of(output)
    target = target or state.get("target")
    if target not in TARGETS:
        raise click.UsageError(f"The target of OUTPUT is unknown; give --to with one of {', '.join(TARGETS)}.")
    pages = permalinks_of(str(target), site_patterns(state, target, new_site["permalinks"]), None)
    posts, links = report["posts"], report["links"]
    redirects = build_redirects(posts, links, pages, new_site["base_url"])
    items = cut_over_list(posts, links, rows_in(output), redirects)
    click.echo(as_csv(items) if form == "csv" else as_markdown(items, old_site(posts)), nl=False)
