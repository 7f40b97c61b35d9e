"""Find media files in the archives and directories of a run, with one more walk through them.

For a blog whose site is gone they are the only files. Only what posts use is unpacked, the best version of each into
the cache: an archive of any size needs the memory of the plan and the disk space of the result.
"""

from __future__ import annotations

import io
import posixpath
import re
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from ...model.page import MAX_BYTES
from ...sources.archives.resources import Resource, ResourceUnavailable
from ...web.data_urls import inline_images, is_inline
from ...web.file_types import HEAD, is_whole
from ...web.replays.wayback import archived_url
from ...wix.media_urls import MEDIA_URL, media_id
from .index_file import FileInfo, examine_file
from .item import MediaItem
from .urls import is_lower_resolution, is_remote, media_key
from .validate import validation_error

#: Separates an archive from its member in the names of reports.
_IN = "!/"
#: A directory of a mirror that is named after a host.
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", re.I)

#: Rendition sizes are whole numbers, so the proportions of a small one are off by up to this much.
_SAME_SHAPE = 0.04


class LocalFile(Struct, frozen=True):
    """An item's file in a source of the run."""

    file: FileInfo
    source: str
    """Its name in reports."""
    state: str = "local"
    """`archive` if it is in an archive."""
    is_original: bool = False
    """By its URL it is no smaller rendition."""

    @property
    def is_cached(self) -> bool:
        """True if it was unpacked into the cache and may be moved from there."""
        return self.state == "archive"

    def is_as_large(self, item: MediaItem) -> bool:
        """Return True if the URLs show no larger version elsewhere.

        A file with the original's URL is what would be downloaded. Any other image is compared with the size that posts
        state, in either orientation.
        """
        if self.is_original:
            return True
        if not (item.width and item.height and self.file.width and self.file.height):
            return not is_remote(item.url)
        own_sides, whole = sorted((self.file.width, self.file.height)), sorted((item.width, item.height))
        return own_sides[0] >= whole[0] and own_sides[1] >= whole[1]

    def keeps_shape(self, item: MediaItem) -> bool:
        """Return True if an image has the proportions that the posts state: Wix crops the thumbnails of its lists."""
        if not (item.width and item.height and self.file.width and self.file.height):
            return True
        return abs(self.file.width * item.height / (self.file.height * item.width) - 1) < _SAME_SHAPE

    def rank(self, item: MediaItem) -> tuple[bool, bool, bool, int, int]:
        """Return the quality of a copy as a sort key; the original ranks above an enlarged rendition."""
        return self.is_as_large(item), self.is_original, self.keeps_shape(item), self.file.area, self.file.size


class LocalFiles:
    """The media files in the sources of a run."""

    def __init__(self, cache: Path, resources: Callable[[], Iterable[Resource]], limit: int) -> None:
        """`resources` walks through the sources once more; files with more than `limit` bytes are ignored."""
        self._cache = cache
        self._resources = resources
        self._limit = limit
        self._best: dict[str, LocalFile] = {}

    def best(self, key: str) -> LocalFile | None:
        """Return the best copy of the item with this key; call `collect` first."""
        return self._best.get(key)

    def collect(self, items: Mapping[str, MediaItem]) -> None:
        """Look for the files of these items. Raises OSError if one cannot be written to the cache."""
        if not items:
            return
        keys_of: dict[str, set[str]] = {}
        for key, item in items.items():
            for place in _places(item):
                keys_of.setdefault(place, set()).add(key)
        pages = {
            source.partition("#")[0] for item in items.values() for source, path in item.saved_files if is_inline(path)
        }
        for resource in self._walk(pages):
            keys = {key for key in _keys(resource) if key in items} | keys_of.get(resource.source, set())
            if keys:
                self._take(resource, {key: items[key] for key in sorted(keys)})

    def _walk(self, pages: Collection[str]) -> Iterator[Resource]:
        """Yield all files of the sources, and the images embedded in these pages."""
        for resource in self._resources():
            if resource.source in pages:
                yield from _inside(resource)
            else:
                yield resource

    def _take(self, resource: Resource, items: Mapping[str, MediaItem]) -> None:
        """Keep a resource for each item that has no better copy."""
        self._cache.mkdir(parents=True, exist_ok=True)
        path = resource.path
        if path is not None and path.is_symlink():
            return  # a symbolic link can lead anywhere
        if path is None:
            path = self._cache / "archive.unpacked"
            try:
                resource.save(path, self._limit)
            except ResourceUnavailable:
                path.unlink(missing_ok=True)
                return
        try:
            file = examine_file(path)
            for key, item in items.items():
                self._offer(resource, file, key, item)
        except OSError:
            if resource.path is None:
                raise
        finally:
            if resource.path is None:
                path.unlink(missing_ok=True)

    def _offer(self, resource: Resource, file: FileInfo, key: str, item: MediaItem) -> None:
        """Keep a file for an item if it has the right type and is better than the current one."""
        with file.path.open("rb") as stream:
            if not file.size or validation_error(item.kind, item.url, stream.read(HEAD)) is not None:
                return
        if file.format is not None and not is_whole(file.path, file.format.extension):
            return
        url = _address_of(resource)
        original = url is not None and media_key(url) == key and not is_lower_resolution(url, item.url)
        copy = LocalFile(file, resource.source, "local" if resource.path else "archive", original)
        best = self._best.get(key)
        if best is not None and best.rank(item) >= copy.rank(item):
            return
        if copy.is_cached:
            cached_file = self._cache / f"{sha256(f'archive {key}'.encode('utf-8', 'replace')).hexdigest()[:32]}.file"
            shutil.copyfile(file.path, cached_file)
            copy = replace(copy, file=replace(file, path=cached_file))
        self._best[key] = copy


def _inside(page: Resource) -> Iterator[Resource]:
    """Return the images that a page contains as data: URLs, by their names."""
    try:
        raw = page.read(MAX_BYTES)
    except ResourceUnavailable:
        return
    for name, data in inline_images(raw):
        yield Resource(f"{page.source}{_IN}{name}", stream=io.BufferedReader(io.BytesIO(data)))


def _address_of(resource: Resource) -> str | None:
    """Return the URL of a resource, from the archive or a mirror's directories; for a web archive the original URL."""
    if resource.url is not None:
        return archived_url(resource.url)
    inside = resource.source.rpartition(_IN)[2] if resource.path is None else resource.source
    host, *rest = _mirrored(inside.split("/"))
    return f"https://{host}/{'/'.join(rest)}" if rest else None


def _mirrored(parts: list[str]) -> list[str]:
    """Return the path parts, beginning with the first that is a host name; an empty part if there is none."""
    return next((parts[n:] for n, part in enumerate(parts[:-1]) if _HOST.fullmatch(part)), [""])


def _keys(resource: Resource) -> Iterator[str]:
    """Return the keys of items that a resource can be a copy of, by its URL and by the id in its name."""
    if (url := _address_of(resource)) is not None:
        yield media_key(url)
    if resource.url is None and (identity := media_id(resource.source)) is not None:
        yield media_key(MEDIA_URL + identity)


def _places(item: MediaItem) -> Iterator[str]:
    """Return the names in reports of the files next to a page in an archive that an item can be.

    Only files below the page's own directory count; for a page in an email, only attachments with that exact name.
    """
    for source, path in item.saved_files:
        page = source.partition("#")[0]
        archive, mark, inside = page.rpartition(_IN)
        plain = unquote(path.partition("?")[0])
        name = posixpath.normpath(posixpath.join(posixpath.dirname(inside), plain))
        if mark and ".." not in plain.split("/") and not name.startswith(("/", "..")):
            yield f"{archive}{_IN}{name}"
        yield f"{page}{_IN}{path}"
