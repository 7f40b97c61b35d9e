"""`unwix fetch`: save a live site, or the responses of Wix's API, to convert them later."""

from __future__ import annotations

import shlex
import sys
from datetime import UTC, datetime
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .. import events
from ..console import OK, SOME_FAILED
from ..help import command
from ..locking import lock_output
from ..options.api import asking, open_api
from ..options.sources import SourceType, asking_sites, opened
from ..terminal.progress import Progress, line

if TYPE_CHECKING:
    from ...model.page import Page
    from ...sources.site.site import Site

_ENDINGS = (".warc", ".warc.gz")


@command(
    "Save a live site or API responses to convert them later.",
    "unwix fetch https://www.example.com -o saved/",
    "unwix fetch --api --site-id ID -o answers/",
)
@click.argument("url", required=False, metavar="URL", type=SourceType())
@click.option(
    "--output",
    "-o",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR|FILE.warc.gz",
    help="Directory for the web archive, or the archive file. With --api: directory for the responses.",
)
@asking_sites
@asking
@click.option("--json", "as_json", is_flag=True, help="Print events as JSON Lines instead of text.")
def fetch(url: str | Path | None, output: Path, as_json: bool, **chosen: Any) -> None:
    """Save the blog at URL as a web archive, or the responses of Wix's API as JSON files.

    `unwix convert` reads both. A run that was stopped resumes. Images and files are not saved; to save them too, use
    `unwix convert URL --media copy --archive FILE.warc.gz`.
    """
    if chosen["api"] and url is not None:
        raise click.UsageError("--api reads the site that --site-id names; leave out URL.")
    if chosen["api"]:
        if as_json:
            raise click.UsageError("--json cannot be used with --api.")
        _save_answers(output, chosen)
    elif not isinstance(url, str):
        detail = "Give a URL or --api." if url is None else f"“{url}” is not a URL."
        raise click.UsageError(f"fetch saves a live site. {detail}")
    elif chosen["comments"] and chosen["pages_only"]:
        raise click.UsageError("--comments cannot be used with --no-visitor-api: the pages contain no comments.")
    else:
        _save_site(url, output, as_json, chosen)


def _save_answers(output: Path, chosen: dict[str, Any]) -> None:
    """Save the answers of the API."""
    from ...sources.api.responses import ApiResponses, count_posts

    if output.is_file():
        raise click.UsageError(f"{output} is a file; give a directory for the responses of the API.")
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
    click.echo(
        f"{count} {'post' if count == 1 else 'posts'} saved in {output.as_posix()}, with authors, categories and tags"
    )
    click.echo(f"To convert them: unwix convert {shlex.quote(str(output))} -o posts", err=True)
    sys.exit(OK)


def _save_site(url: str, output: Path, as_json: bool, chosen: dict[str, Any]) -> None:
    """Save the pages of a site with the same requests, in the same order, as `unwix convert`."""
    from ...model.errors import UnwixError
    from ...model.results import counted
    from ...sources.site.site import Site

    path = _archive_path(url, output)
    with opened((url,), {**chosen, "archive": path}, Progress()) as opened_sources:
        (site,) = (source for source in opened_sources if isinstance(source, Site))
        saved, failed = _walk(site, as_json)
        if not saved:
            raise UnwixError(f"None of the {counted(failed, 'post')} at {url} could be downloaded; nothing was saved.")
        warnings = site.crawl_result.warnings()
    following = f"unwix convert {shlex.quote(path.as_posix())} --output posts"
    for text in warnings:
        click.echo(events.event("warning", text=text) if as_json else f"warning: {text}", err=not as_json)
    if as_json:
        size = path.stat().st_size
        click.echo(
            events.event("fetched", archive=path.as_posix(), bytes=size, posts=saved, failed=failed, next=following)
        )
    else:
        missing = f"; {failed} could not be downloaded" if failed else ""
        click.echo(f"{counted(saved, 'post')} saved in {path.as_posix()}{missing}")
        click.echo(f"To convert: {following}", err=True)
    sys.exit(SOME_FAILED if failed else OK)


def _archive_path(url: str, output: Path) -> Path:
    """Return the archive: the file that the user named, or one named after site and date in a directory."""
    from ...blog.file_names import safe_name
    from ...sources.http.warc_writer import PART
    from ...wix.post_urls import parse_url

    if output.name.lower().endswith(_ENDINGS) and not output.is_dir():
        return output
    if output.exists() and not output.is_dir():
        raise click.UsageError(f"{output} is a file; give a directory, or a file name that ends with .warc.gz.")
    site = parse_url(url)
    name = safe_name(site.base.replace("/", "-")) if site is not None else "site"
    for begun in sorted(output.glob(f"{escape(name)}-*.warc.gz{PART}")):
        if not (path := begun.with_name(begun.name.removesuffix(PART))).exists():
            return path  # left by a run that was killed
    dated, number = f"{name}-{datetime.now(UTC):%Y-%m-%d}", 1
    while (path := output / f"{dated}{f'-{number}' if number > 1 else ''}.warc.gz").exists():
        number += 1
    return path


def _walk(site: Site, as_json: bool) -> tuple[int, int]:
    """Fetch all pages and print a line for each. Return the number of saved posts and of failed pages."""
    from ...model.skipped import Skipped

    saved: set[str] = set()
    failed = 0
    for page in site.pages():
        is_refused = page.error is not None and not isinstance(page.error, Skipped)
        failed += is_refused
        if page.error is None and site.crawl_result.index.has(page.source):  # its page, or its document
            saved.add(site.crawl_result.index.key(page.source))
        line(_page_line(page, as_json))
    return len(saved), failed


def _page_line(page: Page, as_json: bool) -> str:
    """Return the line for one page."""
    from ...model.skipped import Skipped

    if page.error is None:
        size = len(page.data or b"")
        return events.event("saved", source=page.source, bytes=size) if as_json else f"{'saved':<10} {page.source}"
    if isinstance(page.error, Skipped):
        row = page.error.as_dict()
        return (
            events.event("skipped", source=page.source, **row)
            if as_json
            else f"{'skipped':<10} {page.source}: {page.error}"
        )
    reason = str(page.error)
    return (
        events.event("failed", source=page.source, reason=reason)
        if as_json
        else f"{'failed':<10} {page.source}: {reason}"
    )
