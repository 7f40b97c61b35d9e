"""Media: the options that say what becomes of pictures, films, sounds and files."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ... import __version__
from ...run.report import counted
from ..progress import Progress
from .param_types import OneOf

if TYPE_CHECKING:
    from ...blog.media.item import MediaItem
    from ...blog.media.plan import ArchiveFile, Media
    from ...sources import Source
    from ...sources.archives.resources import Resource
    from ...sources.http.public_hosts import Network

_F = TypeVar("_F", bound=Callable[..., Any])
_OPTIONS = (
    click.option(
        "--media",
        type=OneOf(["copy", "link", "list"]),
        default="link",
        show_default=True,
        help="Pictures, films, sounds, files: take them from the sources, else from the web, and refer to the copies; "
        "refer to Wix; or list them too.",
    ),
    click.option("--avatars", is_flag=True, help="With --media, the authors' own pictures too."),
    click.option(
        "--media-limit",
        type=click.IntRange(1),
        default=1000,
        show_default=True,
        metavar="MB",
        help="No file that is larger.",
    ),
    click.option(
        "--media-jobs",
        type=click.IntRange(1, 64),
        default=8,
        show_default=True,
        metavar="N",
        help="Downloads at a time.",
    ),
    click.option(
        "--media-rate",
        type=click.FloatRange(0.1, 1000),
        default=20.0,
        show_default=True,
        metavar="N",
        help="Requests a second to one host.",
    ),
)
_NAMES = ("media", "avatars", "media_limit", "media_jobs", "media_rate")


def media_options(command: _F) -> _F:
    """Add the options to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def take_media(
    chosen: dict[str, Any],
    folder: Path | None,
    fetches: bool,
    network: Network | None = None,
    sources: Sequence[Source] = (),
) -> Media | None:
    """The media of a run, None where posts refer to Wix; the options are taken out of `chosen`.

    Without `fetches` it only says what would be. What the sources carry is taken from them. `network` is for tests:
    the one that the library is called with.
    """
    mode, avatars, limit, jobs, rate = (chosen.pop(name) for name in _NAMES)
    if mode == "link" or folder is None or (mode == "list" and not fetches):
        return None
    from ...blog.media.plan import Media
    from ...writers.targets.import_targets import target_of

    def would_ask(items: Mapping[str, MediaItem]) -> list[MediaItem]:
        from ...blog.media.local_files import LocalFiles
        from ...blog.media.resolver import first_urls

        with tempfile.TemporaryDirectory(prefix="unwix-") as cache:
            return first_urls(items, LocalFiles(Path(cache), lambda: _resources(sources), limit * 1_000_000))

    fetcher = None
    if fetches and mode == "copy":
        from ...blog.media.download import Downloader, DownloadLimits
        from ...blog.media.index_file import CACHE
        from ...blog.media.local_files import LocalFiles
        from ...blog.media.resolver import MediaResolver

        limits = DownloadLimits(jobs, rate, limit * 1_000_000)
        agent = chosen.get("user_agent") or f"unwix/{__version__}"
        carried = LocalFiles(folder / CACHE, lambda: _resources(sources), limits.size)
        downloader = Downloader(folder / CACHE, agent, limits, network)
        fetcher = MediaResolver(folder, downloader, carried, jobs, offline=bool(chosen.get("offline")))
    return Media(
        folder,
        target_of(chosen["target"]),
        mode,
        version=__version__,
        fetcher=fetcher,
        avatars=avatars,
        keep=_keep(sources),
        would_ask=would_ask if not chosen.get("offline") else lambda _items: [],
        watch=_watch,
    )


def _resources(sources: Sequence[Source]) -> Iterator[Resource]:
    """All that the sources hold beside pages, with its progress; one on the network holds nothing by itself."""
    from ...sources.archives.resources import ResourceHolder

    holding = [source for source in sources if isinstance(source, ResourceHolder)]
    found = (resource for source in holding for resource in source.resources())
    total = sum(source.count() or 0 for source in holding)
    return Progress().each(found, "looking for media", total, lambda resource: resource.source.partition("!/")[0])


def _keep(sources: Sequence[Source]) -> ArchiveFile:
    """Gives files of the web to the source that keeps an archive: of several sites none does."""
    from ...sources import RecordingSource

    keeping = [source for source in sources if isinstance(source, RecordingSource)]
    return keeping[0].keep if len(keeping) == 1 else lambda _address, _file, _kind: None


def told(media: Media, output: Path) -> str:
    """One line on what became of the media."""
    found, listed = media.summary(), (output / "media.json").as_posix()
    if not found["files"] and not found["missing"]:
        return f"media: {found['listed']} listed in {listed}"
    missing = f"; {found['missing']} could not be had" if found["missing"] else ""
    size = f"{found['bytes'] / 1e6:.1f} MB"
    return f"media: {counted(found['files'], 'file')}, {size}{missing}; the list is {listed}"


def _watch(items: Iterator[MediaItem], number: int) -> Iterator[MediaItem]:
    return Progress().each(items, "downloading", number)
