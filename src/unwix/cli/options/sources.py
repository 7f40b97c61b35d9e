"""Live: what the commands that take an address on the web share: their options, opening and closing sources."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..locking import lock_file
from ..progress import Progress
from .api import api_source

if TYPE_CHECKING:
    from ...run.report import Report
    from ...sources import Source

_F = TypeVar("_F", bound=Callable[..., Any])
#: What only an address begins with: `htp://`, `https:/`; a drive of Windows has one letter.
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")


class SourceType(click.ParamType):  # type: ignore[type-arg]  # generic only in the newest click
    """A file or folder, or an address on the web; `www.example.com` is one, too, where no file has that name."""

    name = "source"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str | Path:
        """An address as it was given, `https://` before it where the scheme was left out; else a path."""
        from ...sources.urls import is_web_url, looks_like_url

        text = str(value)
        if is_web_url(text):
            return text
        if _SCHEME.match(text) and not os.path.exists(text):
            self.fail(f"“{text}” is no address of a site: these begin with https://.", param, ctx)
        if looks_like_url(text) and not Path(text).exists():
            return f"https://{text}"
        return Path(value)


_CACHE = click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Folder that keeps what was fetched; default: the system's own place for caches.",
)
_OFFLINE = click.option("--offline", is_flag=True, help="Fetch nothing: take what an earlier run kept.")
_ARCHIVE = click.option(
    "--archive",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Keep what a live site gave as a web archive (FILE.warc.gz), which unwix can read again.",
)
_AGENT = click.option("--user-agent", metavar="TEXT", help="What to tell a live site who is asking.")


def asking_sites(command: _F) -> _F:
    """The options about asking a site."""
    return _CACHE(_OFFLINE(_AGENT(command)))


def fetching(command: _F) -> _F:
    """The options about fetching of the commands that convert."""
    return _CACHE(_OFFLINE(_ARCHIVE(_AGENT(command))))


@contextmanager
def opened(
    sources: tuple[str | Path, ...], chosen: dict[str, Any], progress: Progress | None = None
) -> Iterator[list[Source]]:
    """The sources of a command; when it ends they are closed, and a run that was stopped can go on from there."""
    from ...sources import LiveSource, open_sources

    sites = sum(isinstance(source, str) for source in sources)
    if chosen.get("archive") and sites != 1:
        raise click.UsageError("--archive keeps what one site gives: name the address of one site.")
    if chosen.get("archive"):
        lock_file(chosen["archive"])
    how = _fetching(chosen) if sites else None
    found = open_sources(sources, chosen.get("kind") == "text", how, progress)
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
    from ...sources.http.fetch import AGENT, FetchSettings
    from ...sources.http.public_hosts import Network

    return FetchSettings(
        agent=chosen.get("user_agent") or AGENT,
        cache=chosen.get("cache"),
        offline=bool(chosen.get("offline")),
        archive=chosen.get("archive"),
        network=click.get_current_context().obj or Network(),
    )


def is_live(opened: list[Source]) -> bool:
    """Whether one of the sources is on the network: then it tells its own progress."""
    from ...sources import LiveSource

    return any(isinstance(source, LiveSource) for source in opened)


def take_reports(report: Report, opened: list[Source]) -> None:
    """Put into the report what it says of sources that have something to say."""
    from ...sources import ReportingSource

    report.sites += [told for source in opened if isinstance(source, ReportingSource) and (told := source.report())]
