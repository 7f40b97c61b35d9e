"""API: the options of the commands that ask Wix's REST API with the owner's key."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from ...blog.comments import Comments
    from ...readers.documents.names import Names
    from ...sources import Source
    from ...sources.api.client import ApiClient
    from ...sources.api.source import ApiSource
    from ...sources.progress import ProgressListener

_F = TypeVar("_F", bound=Callable[..., Any])
#: The key comes from here alone: what is on a command line, everybody on the machine can read.
KEY = "UNWIX_API_KEY"


def asking(command: _F) -> _F:
    """The options about the API."""
    options = (
        click.option(
            "--api",
            is_flag=True,
            is_eager=True,  # whether sources are needed depends on it
            help=f"Ask Wix's REST API for all posts, drafts too; the owner's key is in {KEY}.",
        ),
        click.option(
            "--site-id",
            metavar="ID",
            is_eager=True,
            help="Of which site: the address of its dashboard, or the part of it behind /dashboard/.",
        ),
        click.option(
            "--comments",
            is_flag=True,
            help="Keep what readers wrote under each post, where the sources have it, as POST.comments.json.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def unless_api(ctx: click.Context, param: click.Parameter, value: tuple[Any, ...]) -> tuple[Any, ...]:
    """The sources of a command, which has to have some unless it asks the API."""
    if not value and not ctx.params.get("api") and not ctx.resilient_parsing:
        if ctx.params.get("site_id"):
            raise click.UsageError("--site-id says which site --api asks for; give --api too.", ctx)
        raise click.MissingParameter(ctx=ctx, param=param)
    return value


def open_api(chosen: dict[str, Any]) -> ApiClient:
    """The API with the key of the environment, which processes that are started later do not get."""
    from ...sources.api import client as api

    if not chosen.get("site_id"):
        raise click.UsageError("--api needs --site-id: the part behind /dashboard/ in the address of the dashboard.")
    key = os.environ.pop(KEY, "")
    if not key.strip():
        raise click.UsageError(
            f"--api needs the owner's key in the environment variable {KEY}; it is made at "
            "https://manage.wix.com/account/api-keys."
        )
    return api.ApiClient(key, _id_in(chosen["site_id"]))


def _id_in(said: str) -> str:
    """The id of a site, taken out of the address of its dashboard when that is given."""
    found = re.search(r"/dashboard/([^/?#]+)", said)
    return found[1] if found else said


def api_source(chosen: dict[str, Any], watch: ProgressListener) -> ApiSource:
    """The blog as the API gives it."""
    from ...sources.api.source import ApiSource

    return ApiSource(open_api(chosen), bool(chosen.get("comments")), watch)


def comments_of(opened: list[Source], names: Names | None) -> Comments:
    """The comments that the sources at hand have; a live site shows none."""
    from ...blog.comments import Comments
    from ...sources import LiveSource

    at_hand = (source for source in opened if not isinstance(source, LiveSource))
    return Comments.among((page for source in at_hand for page in source.pages()), names)
