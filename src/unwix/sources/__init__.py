"""Yield the pages of files, archives, live sites and the REST API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from ..model.page import Page
from ..model.report_rows import ApiRow, SiteRow
from .files import Files
from .urls import is_remote_file, is_web_url

if TYPE_CHECKING:
    from .http.fetch import FetchSettings
    from .progress import ProgressListener


class Source(Protocol):
    """Something that pages come from."""

    def pages(self) -> Iterator[Page]:
        """Yield its pages in a stable order, each time it is called. Raises UnwixError if there is no such source."""
        ...

    def count(self) -> int | None:
        """Return the number of its pages; None if it is known only after reading all of them."""
        ...


@runtime_checkable
class ReportingSource(Source, Protocol):
    """A source with a report about itself at the end of a run."""

    def report(self) -> SiteRow | ApiRow | None:
        """Return the source's own part of the report, with warnings for the user; None if it was not read."""
        ...


@runtime_checkable
class LiveSource(ReportingSource, Protocol):
    """A source on the network: its pages are fetched one by one, so it is never walked for a first look."""

    def take_outcomes(self, outcomes: Iterable[tuple[list[str], str]]) -> None:
        """Receive the results of the posts and pages of the run, for the report.

        Each has its URLs and sources, and `written`, `failed` or the kind of a skipped input.
        """
        ...

    def name_pages(self) -> Iterator[Page]:
        """Yield the pages with names of categories and tags, which are fetched for this purpose."""
        ...

    def close(self, finished: bool = True) -> None:
        """End the run. If it did not finish, the next one resumes."""
        ...


@runtime_checkable
class FileSource(Source, Protocol):
    """A source of files, whose archives can be opened in other processes."""

    exclude_patterns: tuple[str, ...]
    """Patterns of archive members to leave out (`files.is_excluded`)."""

    def files(self) -> Iterator[Page]:
        """Yield each file that may be a page, archives unopened. Raises UnwixError for a missing path."""
        ...

    def pages_in(self, file: Page) -> Iterator[Page]:
        """Yield the pages of a file from `files`: those in an archive, or the file itself."""
        ...

    def may_be_archive(self, file: Page) -> bool:
        """Return False if a file that `files` has given is its own only page."""
        ...

    def is_html(self, file: Page) -> bool:
        """Return True if a file that `files` has given begins as an HTML page."""
        ...


@runtime_checkable
class RecordingSource(Protocol):
    """A source that can record its pages in an archive, together with the media of their posts."""

    def keep(self, url: str, file: Path, kind: str) -> None:
        """Add the file of a URL, with its media type, to the archive if there is one. Raises UnwixError."""
        ...


def open_sources(
    args: Iterable[str | Path],
    plain: bool = False,
    fetching: FetchSettings | None = None,
    watch: ProgressListener | None = None,
    exclude: Path | None = None,
    *,
    exclude_patterns: tuple[str, ...] = (),
    password: str | None = None,
) -> list[Source]:
    """Return the sources that the arguments of a command name, in order; nothing is read yet.

    A URL is a site, or files if it leads to object storage or an archive; `-` is standard input; consecutive files and
    directories are one source, because one can contain another. With `plain` every text is read as a post. `fetching`
    has the options for requests, `watch` is informed of their progress, and `exclude` is the output directory, which is
    never a source. `exclude_patterns` leave out files, `password` is that of encrypted archives.
    """
    opened: list[Source] = []
    for kind, group in groupby(args, _kind_of):
        if kind == "files":
            opened.append(Files([Path(arg) for arg in group], plain, exclude, exclude_patterns, password))
            continue
        if kind == "remote files":
            from .remote_files import RemoteFiles

            opened += [RemoteFiles(str(arg), plain, exclude_patterns, password) for arg in group]
            continue
        if kind == "standard input":
            from .standard_input import StandardInput

            opened.append(StandardInput(plain, password))
            continue
        from .http.fetch import FetchSettings
        from .progress import NullProgress
        from .site.site import Site

        opened += [Site(str(arg), fetching or FetchSettings(), watch or NullProgress()) for arg in group]
    return opened


#: The argument for standard input.
_STANDARD_INPUT = "-"


def _kind_of(arg: str | Path) -> str:
    if str(arg) == _STANDARD_INPUT:
        return "standard input"
    if is_remote_file(str(arg)):
        return "remote files"
    return "site" if is_web_url(str(arg)) else "files"
