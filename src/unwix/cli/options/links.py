"""Options for links between posts and for the URLs of the new site."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .param_types import OneOf

if TYPE_CHECKING:
    from ...blog.links.resolve import Links
    from ...run.report import Report

_F = TypeVar("_F", bound=Callable[..., Any])


def parse_base_url(_ctx: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """Return the URL of a site without a slash at its end. Raises click.BadParameter."""
    from ...wix.post_urls import new_site

    try:
        return new_site(value) if value else None
    except (ValueError, UnicodeError) as error:
        raise click.BadParameter(str(error)) from None


def patterns_of(permalinks: tuple[str, ...]) -> dict[str, str]:
    """Return the patterns of --permalink by kind of page. Raises click.BadParameter."""
    from ...writers.permalinks import KINDS

    result = {}
    for value in permalinks:
        kind, _, pattern = value.partition("=")
        if kind not in KINDS or not pattern.startswith("/"):
            raise click.BadParameter(
                f"“{value}” must look like post=/blog/{{slug}}/. The kinds are {', '.join(KINDS)}.",
                param_hint="--permalink",
            )
        result[kind] = pattern
    return result


def site_patterns(state: Mapping[str, Any], target: str | None, permalinks: tuple[str, ...]) -> dict[str, str]:
    """Return the URLs of the new site by kind of page: those that OUTPUT was converted with, replaced by --permalink.

    Another target than that of OUTPUT has none of its URLs. Raises click.BadParameter.
    """
    options = state.get("options")
    known = options.get("permalinks") if isinstance(options, dict) and state.get("target") == target else None
    return patterns_of((*(map(str, known) if isinstance(known, list) else ()), *permalinks))


base_url_option = click.option(
    "--base-url",
    metavar="URL",
    callback=parse_base_url,
    help="Base URL of the new site (including any path prefix).",
)
permalink_option = click.option(
    "--permalink",
    "permalinks",
    multiple=True,
    metavar="KIND=PATTERN",
    help="URL pattern of the new site's pages, if not the target's default: post=/blog/{slug}/. Can be repeated.",
)
links_options = (
    click.option(
        "--links",
        "mode",
        type=OneOf(["relative", "absolute", "wiki", "keep"]),
        help="How posts link to each other. Default: as the target expects.",
    ),
    base_url_option,
    permalink_option,
    click.option(
        "--site",
        "sites",
        multiple=True,
        metavar="URL",
        help="Another URL of the old site; links to it are treated as links between posts. Can be repeated.",
    ),
)


def linking(command: _F) -> _F:
    """Add the link options to a command."""
    for option in reversed(links_options):
        command = option(command)
    return command


def links_of(
    target: str,
    *,
    mode: str | None,
    base_url: str | None,
    permalinks: tuple[str, ...],
    sites: tuple[str, ...],
    **_rest: Any,
) -> Links:
    """Return the link rewriter that the options define. Raises click.UsageError."""
    from ...blog.links.resolve import Links
    from ...wix.post_urls import base_of
    from ...writers.permalinks import permalinks_of

    for site in sites:
        if base_of(site) is None:
            raise click.BadParameter(
                f"“{site}” is not the URL of a site, such as user.wixsite.com/site.", param_hint="--site"
            )
    pages = permalinks_of(target, patterns_of(permalinks))
    keeps_tags = mode == "keep"
    mode = mode or pages.target.links
    if mode == "wiki" and target != "obsidian":
        raise click.UsageError("--links wiki needs --to obsidian; no other target reads [[…]] links.")
    links = Links(pages, mode, base_url, sites)
    links.keeps_tags = keeps_tags
    return links


def moved(report: Report, links: Links) -> list[tuple[str, str]]:
    """Return the old and the new URL of each post that moves, as `unwix redirects` would use them."""
    from ...blog.redirects.plan import build_redirects

    if not links.pages.is_site:
        return []  # notes and plain files have no URLs
    rows = [json.loads(row) for row in report.rows]
    redirects = build_redirects(rows, report.links, links.pages, links.base_url or None)
    return [(rule.old, rule.new) for rule in redirects.moved]
