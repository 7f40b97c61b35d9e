"""Linking: how posts link to each other, and where the new site has its pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .param_types import OneOf

if TYPE_CHECKING:
    from ...blog.links.resolve import Links
    from ...run.report import Report

_F = TypeVar("_F", bound=Callable[..., Any])


def _base_url(_ctx: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    from ...wix.post_urls import new_site

    try:
        return new_site(value) if value else None
    except (ValueError, UnicodeError) as error:
        raise click.BadParameter(str(error)) from None


def patterns_of(addresses: tuple[str, ...]) -> dict[str, str]:
    """The patterns of --address by kind of page. Raises click.BadParameter."""
    from ...writers.targets.permalinks import KINDS

    found = {}
    for value in addresses:
        kind, _, pattern = value.partition("=")
        if kind not in KINDS or not pattern.startswith("/"):
            told = f"“{value}” should be like post=/blog/{{slug}}/, for {', '.join(KINDS)}"
            raise click.BadParameter(told, param_hint="--address")
        found[kind] = pattern
    return found


base_url_option = click.option(
    "--base-url",
    metavar="URL",
    callback=_base_url,
    help="The address of the new site; its path goes before all others.",
)
address_option = click.option(
    "--address",
    "addresses",
    multiple=True,
    metavar="KIND=PATTERN",
    help="Where the new site has its pages, if not where the target's own theme has them: post=/blog/{slug}/.",
)
links_options = (
    click.option(
        "--links",
        "mode",
        type=OneOf(["relative", "absolute", "wiki", "keep"]),
        help="How posts link to each other; default: as the target's sites do.",
    ),
    base_url_option,
    address_option,
    click.option(
        "--site",
        "sites",
        multiple=True,
        metavar="ADDRESS",
        help="Another address of the old site: links to it are links between posts.",
    ),
)


def linking(command: _F) -> _F:
    """The options of all commands that rewrite links."""
    for option in reversed(links_options):
        command = option(command)
    return command


def links_of(
    target: str,
    *,
    mode: str | None,
    base_url: str | None,
    addresses: tuple[str, ...],
    sites: tuple[str, ...],
    **_rest: Any,
) -> Links:
    """The links of a run, as the user chose."""
    from ...blog.links.resolve import Links
    from ...wix.post_urls import base_of
    from ...writers.targets.permalinks import permalinks_of

    for site in sites:
        if base_of(site) is None:
            raise click.BadParameter(
                f"“{site}” is no address of a site, like user.wixsite.com/site", param_hint="--site"
            )
    pages = permalinks_of(target, patterns_of(addresses))
    mode = mode or pages.target.links
    if mode == "wiki" and target != "obsidian":
        raise click.UsageError("--links wiki is for --to obsidian: nothing else reads [[…]].")
    return Links(pages, mode, base_url, sites)


def moved(report: Report, links: Links) -> list[tuple[str, str]]:
    """The posts' own old addresses, each with the new one, as `unwix redirects` would lead on."""
    from ...blog.redirects.plan import build_redirects

    if not links.pages.is_site:
        return []  # notes and files are no site
    rows = [json.loads(row) for row in report.rows]
    found = build_redirects({"posts": rows, "links": report.links or {}}, links.pages, links.base_url or None)
    return [(rule.old, rule.new) for rule in found.moved]
