"""The SOURCE argument, the options for live sites, and opening and closing sources."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..locking import lock_file
from ..terminal.progress import Progress
from .api import api_source

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from ...run.report import Report
    from ...sources import Source

_F = TypeVar("_F", bound=Callable[..., Any])
#: Text that is probably the domain of a site, with a path or not.
_DOMAIN = re.compile(
    r"(?!.*\.(?:html?|mhtml?|zip|json|jsonl|xml|txt|md|csv|warc|gz|tar|tgz|har|pdf|docx?|wacz)$)"
    r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,12}(?:/\S*)?",
    re.I,
)
#: Text that begins like a URL: `htp://`, `https:/`. A drive of Windows has one letter only.
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")

#: Hosts of Wix itself, where no blog of a user is.
_HOSTS_OF_WIX = {
    "manage.wix.com": "a page of the Wix dashboard, which needs your login",
    "editor.wix.com": "the Wix editor, which needs your login",
    "users.wix.com": "the login page of Wix",
}
_ACCOUNT_PATHS = ("my-account", "dashboard", "account/")


class SourceType(click.ParamType):  # type: ignore[type-arg]  # generic only in the newest click
    """A path, a URL, or `-` for standard input; `www.example.com` is a URL unless a file has that name."""

    name = "source"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str | Path:
        """Return a URL as text, with `https://` added if the scheme is missing, or a path."""
        from ...sources.urls import is_remote_file, is_web_url, looks_like_url

        text = str(value)
        if is_web_url(text) or is_remote_file(text):
            if page := _page_of_wix(text):
                self.fail(
                    f"{text} is {page}. Give the public URL of the blog: https://www.example.com/blog", param, ctx
                )
            return text
        if _SCHEME.match(text) and not os.path.exists(text):
            hint = f"Did you mean {near}?" if (near := _repaired(text)) else "URLs of sites begin with https://."
            self.fail(f"“{text}” is not a valid URL. {hint}", param, ctx)
        if looks_like_url(text) and not Path(text).exists():
            return f"https://{text}"
        if _DOMAIN.fullmatch(text) and not Path(text).exists():
            self.fail(f"No such file: {text}. For a live site use https://{text}", param, ctx)
        path = Path(value)
        # `./-` is a file; the path alone would be that of standard input.
        return path.absolute() if str(path) == "-" != text else path

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Let the shell complete the name of a file or directory."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type="file")]


def _page_of_wix(url: str) -> str | None:
    """Return which page of Wix itself, not of a site, a URL leads to: such pages need a login."""
    host, _, path = url.partition("://")[2].partition("/")
    host = host.lower()
    if host in _HOSTS_OF_WIX:
        return _HOSTS_OF_WIX[host]
    is_account = host in ("www.wix.com", "wix.com") and path.lower().startswith(_ACCOUNT_PATHS)
    return _HOSTS_OF_WIX["manage.wix.com"] if is_account else None


def _repaired(text: str) -> str | None:
    """Return the URL that a misspelt one was probably meant to be: `http:/www.example.com`, `htps://…`, `file://…`."""
    from ...sources.urls import is_web_url

    scheme, rest = text.split(":", 1)
    rest = rest.lstrip("/")
    if scheme.lower() == "file":
        return f"/{rest}" if os.path.exists(f"/{rest}") else None
    url = f"{'http' if scheme.lower() == 'http' else 'https'}://{rest}"
    return url if scheme.lower().startswith("ht") and is_web_url(url) and _DOMAIN.fullmatch(rest) else None


_CACHE = click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Directory for fetched pages and for results of earlier runs. Default: the system's cache directory.",
)
_OFFLINE = click.option("--offline", is_flag=True, help="Make no network requests; use what an earlier run fetched.")
_ARCHIVE = click.option(
    "--archive",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Save everything fetched from a live site as a web archive (FILE.warc.gz) that unwix can read.",
)
_AGENT = click.option("--user-agent", metavar="TEXT", help="User-Agent header to send.")
_PAGES_ONLY = click.option(
    "--no-visitor-api",
    "pages_only",
    is_flag=True,
    help="Read only the pages of a live site; do not request its posts from the API that its visitors use.",
)
_CLIENT_ID = click.option(
    "--client-id",
    metavar="ID",
    help="Client ID of an OAuth app (Headless settings) of the live site, to request its posts from Wix's REST API.",
)


def asking_sites(command: _F) -> _F:
    """Add the options for requests to a site."""
    return _CACHE(_OFFLINE(_PAGES_ONLY(_CLIENT_ID(_AGENT(command)))))


def fetching(command: _F) -> _F:
    """Add the options for requests to a site, and --archive."""
    return _CACHE(_OFFLINE(_ARCHIVE(_PAGES_ONLY(_CLIENT_ID(_AGENT(command))))))


@contextmanager
def opened(
    sources: tuple[str | Path, ...],
    chosen: dict[str, Any],
    progress: Progress | None = None,
    output: Path | None = None,
) -> Iterator[list[Source]]:
    """Open the sources of a command; close them at the end, so that a run that was stopped can resume.

    What lies in `output` is no source.
    """
    from ...sources import LiveSource, open_sources
    from ...sources.urls import is_remote_file

    sites = sum(isinstance(source, str) and not is_remote_file(source) for source in sources)
    if chosen.get("archive") and sites != 1:
        raise click.UsageError("--archive saves one live site: give exactly one URL as SOURCE.")
    if chosen.get("archive"):
        lock_file(chosen["archive"])
    how = _fetching(chosen) if sites else None
    found = open_sources(
        sources,
        chosen.get("kind") == "text",
        how,
        progress,
        output,
        exclude_patterns=chosen.get("exclude_patterns") or (),
        password=chosen.get("password"),
    )
    if chosen.get("api"):
        found.insert(0, api_source(chosen, progress or Progress()))
    finished = False
    try:
        yield found
        finished = True
    finally:
        if progress is not None:
            progress.end()
        for source in found:
            if isinstance(source, LiveSource):
                source.close(finished)


def _fetching(chosen: dict[str, Any]) -> Any:
    from ...sources.http.fetch import FetchSettings
    from ...sources.http.public_hosts import AGENT, Network

    return FetchSettings(
        agent=chosen.get("user_agent") or AGENT,
        cache=chosen.get("cache"),
        offline=bool(chosen.get("offline")),
        archive=chosen.get("archive"),
        visitor_api=not chosen.get("pages_only"),
        client_id=chosen.get("client_id"),
        comments=bool(chosen.get("comments")),
        network=click.get_current_context().obj or Network(),
    )


def is_live(opened: list[Source]) -> bool:
    """Return True if a source is a live site, which reports its own progress."""
    from ...sources import LiveSource

    return any(isinstance(source, LiveSource) for source in opened)


def take_reports(report: Report, opened: list[Source]) -> None:
    """Give live sites the results of their posts, and add the reports of all sources to the report of the run."""
    from ...sources import LiveSource, ReportingSource

    for source in opened:
        if isinstance(source, LiveSource):
            source.take_outcomes(_outcomes(report))
    report.sites += [row for source in opened if isinstance(source, ReportingSource) and (row := source.report())]


def _outcomes(report: Report) -> Iterator[tuple[list[str], str]]:
    """Yield the URLs and sources of each post and skipped input, with its result."""
    for text in report.rows:
        row = json.loads(text)
        urls = [row["source"], row["url"], *row.get("duplicates", ()), *row.get("other_urls", ())]
        yield [url for url in urls if url], "failed" if row["file"] == "failed" else "written"
    yield from (([source], reason.kind) for source, reason in report.skipped)
