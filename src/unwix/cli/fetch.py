"""`unwix fetch`: only keep what a site gives, or what Wix's API answers, for a conversion later, and again."""

from __future__ import annotations

import shlex
import sys
from datetime import UTC, datetime
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from . import OK, SOME_FAILED, events
from .help import command
from .locking import lock_output
from .options.api import asking, open_api
from .options.sources import SourceType, asking_sites, opened
from .progress import Progress, line

if TYPE_CHECKING:
    from ..model.page import Page
    from ..sources.site.site import Site

_ENDINGS = (".warc", ".warc.gz")


@command(
    "Keep what a site or Wix's API gives, to convert it later.",
    "unwix fetch https://www.example.com -o kept/",
    "unwix fetch --api --site-id ID -o answers/",
)
@click.argument("address", required=False, type=SourceType())
@click.option(
    "--output",
    "-o",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR|FILE.warc.gz",
    help="Folder for the web archive of a site, or the archive itself; with --api a folder for the answers.",
)
@asking_sites
@asking
@click.option("--json", "as_json", is_flag=True, help="Print events as JSON Lines instead of text.")
def fetch(address: str | Path | None, output: Path, as_json: bool, **chosen: Any) -> None:
    """Save what the site at ADDRESS gives as a web archive, or what Wix's API answers of a blog as JSON files.

    `unwix convert` makes posts of either, now or in ten years. A run that was stopped goes on where it was. Pictures
    and files are not in it: `unwix convert ADDRESS --media copy --archive FILE.warc.gz` keeps these too.
    """
    if chosen["api"] and address is not None:
        raise click.UsageError("--api asks for the site of --site-id: leave the address out.")
    if chosen["api"]:
        if as_json:
            raise click.UsageError("--json tells of the pages of a site; --api has none.")
        _answers(output, chosen)
    elif not isinstance(address, str):
        told = "name one, or give --api" if address is None else f"“{address}” is none"
        raise click.UsageError(f"fetch saves what is at an address on the web: {told}.")
    elif chosen["comments"]:
        raise click.UsageError("--comments needs --api: the pages of a site do not carry them.")
    else:
        _archive(address, output, as_json, chosen)


def _answers(output: Path, chosen: dict[str, Any]) -> None:
    """Keep what the API answers."""
    from ..sources.api.responses import ApiResponses, count_posts

    if output.is_file():
        raise click.UsageError(f"{output} is a file; name a folder for the answers of the API.")
    api = open_api(chosen)
    lock_output(output)
    progress = Progress()
    answers = ApiResponses(api, output, chosen["comments"], progress)
    try:
        answers.fetch()
    finally:
        progress.end()
    for note in answers.notes:
        click.echo(f"unwix: {note}", err=True)
    count = count_posts(answers)
    click.echo(f"{count} {'post' if count == 1 else 'posts'} in {output.as_posix()}, and what else the API tells")
    click.echo(f"To convert them: unwix convert {shlex.quote(str(output))} -o posts", err=True)
    sys.exit(OK)


def _archive(address: str, output: Path, as_json: bool, chosen: dict[str, Any]) -> None:
    """Keep what a site gives, in the same way and order as `unwix convert` asks for it."""
    from ..model.errors import UnwixError
    from ..run.report import counted
    from ..sources.site.site import Site

    path = _file(address, output)
    with opened((address,), {**chosen, "archive": path}, Progress()) as found:
        (site,) = (source for source in found if isinstance(source, Site))
        saved, failed = _walk(site, as_json)
        if not saved:
            raise UnwixError(f"None of the {counted(failed, 'post')} at {address} could be had; nothing was saved.")
        warnings = site.found.warnings()
    following = f"unwix convert {shlex.quote(path.as_posix())} --output posts"
    for text in warnings:
        click.echo(events.event("warning", text=text) if as_json else f"warning: {text}", err=not as_json)
    if as_json:
        size = path.stat().st_size
        click.echo(
            events.event("fetched", archive=path.as_posix(), bytes=size, posts=saved, failed=failed, next=following)
        )
    else:
        lost = f"; {failed} could not be had" if failed else ""
        click.echo(f"{counted(saved, 'post')} in {path.as_posix()}{lost}")
        click.echo(f"To convert: {following}", err=True)
    sys.exit(SOME_FAILED if failed else OK)


def _file(address: str, output: Path) -> Path:
    """The archive: the file that was named, or one of the site's name and the day in a folder."""
    from ..blog.file_names import safe_name
    from ..sources.http.warc_writer import PART
    from ..wix.post_urls import parse_url

    if output.name.lower().endswith(_ENDINGS) and not output.is_dir():
        return output
    if output.exists() and not output.is_dir():
        raise click.UsageError(f"{output} is a file; name a folder, or a file that ends with .warc.gz.")
    site = parse_url(address)
    name = safe_name(site.base.replace("/", "-")) if site is not None else "site"
    for begun in sorted(output.glob(f"{escape(name)}-*.warc.gz{PART}")):
        if not (path := begun.with_name(begun.name.removesuffix(PART))).exists():
            return path  # of a run that was killed
    dated, number = f"{name}-{datetime.now(UTC):%Y-%m-%d}", 1
    while (path := output / f"{dated}{f'-{number}' if number > 1 else ''}.warc.gz").exists():
        number += 1
    return path


def _walk(site: Site, as_json: bool) -> tuple[int, int]:
    """Fetch all pages and tell of each; how many posts were saved, and how many could not be had."""
    from ..model.skipped import Skipped

    saved = failed = 0
    for page in site.pages():
        is_refused = page.refusal is not None and not isinstance(page.refusal, Skipped)
        failed += is_refused
        saved += page.refusal is None and site.found.index.has(page.source)
        line(_told(page, as_json))
    return saved, failed


def _told(page: Page, as_json: bool) -> str:
    """A line for one page."""
    from ..model.skipped import Skipped

    if page.refusal is None:
        size = len(page.data or b"")
        return events.event("saved", source=page.source, bytes=size) if as_json else f"{'saved':<10} {page.source}"
    if isinstance(page.refusal, Skipped):
        row = page.refusal.as_dict()
        return (
            events.event("skipped", source=page.source, **row)
            if as_json
            else f"{'skipped':<10} {page.source}: {page.refusal}"
        )
    reason = str(page.refusal)
    return (
        events.event("failed", source=page.source, reason=reason)
        if as_json
        else f"{'failed':<10} {page.source}: {reason}"
    )
