"""Options for images, videos, audio and attached files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from msgspec.structs import replace

from ...version import __version__
from ..console import say
from ..terminal.progress import Progress
from .links import parse_base_url
from .param_types import OneOf

if TYPE_CHECKING:
    from ...blog.media.item import MediaItem
    from ...blog.media.plan import ArchiveFile, Media
    from ...sources import Source
    from ...sources.archives.resources import Resource
    from ...sources.http.public_hosts import Network
    from ...writers.target import Target

_F = TypeVar("_F", bound=Callable[..., Any])
_OPTIONS = (
    click.option(
        "--media",
        type=OneOf(["copy", "link", "list"]),
        default="link",
        show_default=True,
        help="copy: use the media in the sources, or download them. link: keep the links to Wix. "
        "list: keep the links and write media.json.",
    ),
    click.option(
        "--media-url",
        metavar="URL",
        callback=parse_base_url,
        help="With --media copy: the URL below which you will publish the files. Default: as the target expects it.",
    ),
    click.option("--avatars", is_flag=True, help="With --media copy or list: include the authors' profile images."),
    click.option(
        "--media-limit",
        type=click.IntRange(1),
        default=1000,
        show_default=True,
        metavar="MB",
        help="Skip media files larger than MB.",
    ),
    click.option(
        "--media-jobs",
        type=click.IntRange(1, 64),
        default=8,
        show_default=True,
        metavar="N",
        help="Number of simultaneous downloads.",
    ),
    click.option(
        "--media-rate",
        type=click.FloatRange(0.1, 1000),
        default=20.0,
        show_default=True,
        metavar="N",
        help="Requests per second to one host.",
    ),
)
_NAMES = ("media", "media_url", "avatars", "media_limit", "media_jobs", "media_rate")


def media_options(command: _F) -> _F:
    """Add the media options to a command."""
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
    """Return the media of a run, or None if posts link to Wix; the options are removed from `chosen`.

    Without `fetches` nothing is downloaded. `network` replaces the network in tests.
    """
    mode, url, avatars, limit, jobs, rate = (chosen.pop(name) for name in _NAMES)
    if url and mode != "copy":
        raise click.UsageError("--media-url is for copied files: add --media copy.")
    if mode == "link" or folder is None or (mode == "list" and not fetches):
        return None
    from ...blog.media.plan import Media
    from ...writers.themes import themed_target

    def would_ask(items: Mapping[str, MediaItem]) -> list[MediaItem]:
        import tempfile

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
        local_files = LocalFiles(folder / CACHE, lambda: _resources(sources), limits.size)
        downloader = Downloader(folder / CACHE, agent, limits, network, _report_unreachable)
        fetcher = MediaResolver(folder, downloader, local_files, jobs, offline=bool(chosen.get("offline")))
    return Media(
        folder,
        _with_media_url(themed_target(chosen["target"], chosen.get("theme")), url),
        mode,
        version=__version__,
        fetcher=fetcher,
        avatars=avatars,
        keep=_keep(sources),
        would_ask=would_ask if not chosen.get("offline") else lambda _items: [],
        watch=_watch,
    )


def _with_media_url(target: Target, url: str | None) -> Target:
    """Return the target with the owner's own URL of media files."""
    if url is None:
        return target
    return replace(target, media_url=url.rstrip("/").replace("{", "%7B").replace("}", "%7D") + "/{name}")


def _resources(sources: Sequence[Source]) -> Iterator[Resource]:
    """Yield the files in the sources that are not pages, and show the progress."""
    from ...sources.archives.resources import ResourceHolder

    holding = [source for source in sources if isinstance(source, ResourceHolder)]
    resources = (resource for source in holding for resource in source.resources())
    return Progress().each(resources, "looking for media", None, lambda resource: resource.source.partition("!/")[0])


def _keep(sources: Sequence[Source]) -> ArchiveFile:
    """Return the function that adds a downloaded file to the archive of `--archive`."""
    from ...sources import RecordingSource

    keeping = [source for source in sources if isinstance(source, RecordingSource)]
    return keeping[0].keep if len(keeping) == 1 else lambda _address, _file, _kind: None


def _report_unreachable(host: str) -> None:
    """Report once that a host cannot be reached, as soon as that is known."""
    say(f"Cannot reach {host} (no network?). Copies in the sources are used where there are any.")


def media_line(media: Media, index: str) -> str:
    """Return one line about the media of a run: `Media: 48 files (20 kB), 7 failed; see blog/media.json`."""
    from ...model.results import counted

    totals = media.summary()
    if not totals["files"] and not totals["missing"]:
        return f"Media: {counted(totals['listed'], 'file')} listed in {index}"
    failed = f", {totals['missing']} failed" if totals["missing"] else ""
    return f"Media: {counted(totals['files'], 'file')} ({size_text(totals['bytes'])}){failed}; see {index}"


def size_text(size: int) -> str:
    """Return a number of bytes in a unit that fits: `20 kB`, `3.4 MB`."""
    if size < 1_000_000:
        return f"{-(-size // 1000)} kB"
    return f"{size / 1e6:.1f} MB" if size < 1_000_000_000 else f"{size / 1e9:.2f} GB"


def _watch(items: Iterator[MediaItem], number: int) -> Iterator[MediaItem]:
    return Progress().each(items, "downloading", number)
