"""Options of the commands that read Wix's REST API."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from ...blog.comments import Comments
    from ...model.page import Page
    from ...readers.documents.names import Names
    from ...sources import Source
    from ...sources.api.client import ApiClient
    from ...sources.api.source import ApiSource
    from ...sources.progress import ProgressListener

_F = TypeVar("_F", bound=Callable[..., Any])
#: The key is read from this variable only: every user of the machine can read command lines.
KEY = "UNWIX_API_KEY"


def asking(command: _F) -> _F:
    """Add the options about the API to a command."""
    options = (
        click.option(
            "--api",
            is_flag=True,
            is_eager=True,  # SOURCE is required only without it
            help=f"Read all posts, including drafts, from Wix's REST API. Set your API key in {KEY}.",
        ),
        click.option(
            "--site-id",
            metavar="ID",
            is_eager=True,
            help="Wix site ID, or the dashboard URL that contains it.",
        ),
        click.option(
            "--comments",
            is_flag=True,
            help="Write readers' comments to POST.comments.json where the source has them; with --to wordpress, to the "
            "import file.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def unless_api(ctx: click.Context, param: click.Parameter, value: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the sources. Raises click.MissingParameter if there are none and `--api` is not given."""
    if not value and not ctx.params.get("api") and not ctx.resilient_parsing:
        if ctx.params.get("site_id"):
            raise click.UsageError("--site-id needs --api.", ctx)
        raise click.MissingParameter(ctx=ctx, param=param)
    return value


def open_api(chosen: dict[str, Any]) -> ApiClient:
    """Return a client with the key from the environment, and remove the key from the environment of child processes."""
    from ...sources.api import client as api

    if not chosen.get("site_id"):
        raise click.UsageError("--api needs --site-id: the part after /dashboard/ in the URL of your Wix dashboard.")
    key = os.environ.pop(KEY, "")
    if not key.strip():
        raise click.UsageError(
            f"--api needs your API key in the environment variable {KEY}. Create a key at "
            "https://manage.wix.com/account/api-keys."
        )
    return api.ApiClient(key, _site_id(chosen["site_id"]))


def _site_id(text: str) -> str:
    """Return the site ID in a dashboard URL, or the text itself."""
    match = re.search(r"/dashboard/([^/?#]+)", text)
    return match[1] if match else text


def api_source(chosen: dict[str, Any], watch: ProgressListener) -> ApiSource:
    """Return the blog behind the API as a source."""
    from ...sources.api.source import ApiSource

    return ApiSource(open_api(chosen), bool(chosen.get("comments")), watch)


def comments_of(opened: list[Source], names: Names | None) -> Comments:
    """Return the comments in all sources but live sites, whose comments are fetched with their posts."""
    from ...blog.comments import Comments
    from ...sources import LiveSource

    local_sources = (source for source in opened if not isinstance(source, LiveSource))
    return Comments.among((page for source in local_sources for page in source.pages()), names)


def live_comments(pages: Iterable[Page], comments: Comments) -> Iterator[Page]:
    """Yield the pages of live sites, and take the comments in them on the way."""
    for page in pages:
        comments.take(page)
        yield page
