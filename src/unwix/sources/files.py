"""Yield the pages of files and directories in a stable order, and the pages in archives (archives/)."""

from __future__ import annotations

import os
import select
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field

from ..model.errors import UnreadablePage, UnwixError
from ..model.page import MAX_BYTES, Page
from ..web.file_types import HEAD, format_of
from .archives.member import SKIPPED_FILES, SKIPPED_FOLDERS
from .archives.open_archive import may_be_archive, pages_in
from .earlier_output import PREFIX, is_output, written_files

if TYPE_CHECKING:
    from .archives.resources import Resource

#: The maximum wait for the first byte of a pipe, in seconds.
_PIPE_SECONDS = 10
#: Formats of media in pages; a directory of saved pages contains dozens of them per page.
_ASSET_GROUPS = frozenset({"image", "video", "audio", "font"})
#: Text files of pages, recognized by their names, because their content is arbitrary.
_ASSET_NAMES = frozenset({".css", ".js", ".mjs", ".map", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".ico"})


class _Traits(NamedTuple):
    """What the first bytes of a file show."""

    is_asset: bool = False
    """It is an image, style sheet, script or font of a page."""
    may_be_archive: bool = False
    is_html: bool = False
    """It begins as an HTML page."""


_HTML = (b"<!doctype html", b"<html")


class Files(Struct, frozen=True):
    """Files and directories in the given order; directories are walked by name.

    Left out in directories: files of unwix (`exclude`, outputs of earlier runs, `.unwix…`), files of operating systems
    and version control, and the images, style sheets and scripts of pages. A file that the user names is always read.
    """

    paths: list[Path]
    plain: bool = False
    """Read any text as a post."""
    exclude: Path | None = None
    """The OUTPUT of the run, which is not a source unless it is a source's own directory."""
    exclude_patterns: tuple[str, ...] = ()
    """Patterns of files, directories and members of archives to leave out, with `*` and `?` (`is_excluded`)."""
    password: str | None = None
    """The password of encrypted archives."""
    _listed: list[tuple[str, bool]] = field(default_factory=list)
    """The path of each file, and whether the user named it: a run asks for its files several times."""
    _traits: dict[str, _Traits] = field(default_factory=dict)
    _pipes: dict[Path, Page] = field(default_factory=dict)
    """Pipes can be read only once, and sources are walked several times."""

    def pages(self) -> Iterator[Page]:
        """Yield the page of each file and the pages of each archive. Raises UnwixError for a missing path."""
        for page in self.files():
            yield from self.pages_in(page)

    def files(self) -> Iterator[Page]:
        """Yield each file that may be a page, archives unopened. Raises UnwixError for a missing path."""
        for name, is_named in self._files():
            if not is_named and self._traits_of(name).is_asset:
                continue
            file = Path(name)
            page = Page(_name(file), path=file, as_text=self.plain)
            yield self._from_pipe(file, page) if is_named and _is_pipe(file) else page

    def pages_in(self, file: Page) -> Iterator[Page]:
        """Yield the pages of a file that `files` has given: those in an archive, or the file itself."""
        if not self.may_be_archive(file):
            yield file
            return
        yield from without_excluded(pages_in(file, self.password), self.exclude_patterns)

    def may_be_archive(self, file: Page) -> bool:
        """Return True if a file that `files` has given looks like an archive; False if it cannot be read."""
        return file.path is not None and self._traits_of(str(file.path)).may_be_archive

    def is_html(self, file: Page) -> bool:
        """Return True if a file that `files` has given begins as an HTML page."""
        return file.path is not None and self._traits_of(str(file.path)).is_html

    def _traits_of(self, path: str) -> _Traits:
        if (known := self._traits.get(path)) is not None:
            return known
        found = self._traits[path] = _traits_of(path)
        return found

    def resources(self) -> Iterator[Resource]:
        """Yield all files, and all members of archives. Unreadable ones are left out."""
        from .archives.resources import resources_in

        for name, _ in self._files():
            if (file := Path(name)).is_file():
                yield from resources_in(Page(_name(file), path=file), self.password)

    def count(self) -> int:
        """Return the number of files that may be pages."""
        return sum(is_named or not self._traits_of(file).is_asset for file, is_named in self._files())

    def _files(self) -> list[tuple[str, bool]]:
        """Return the path of each file once, and True if the user named it. Directories are walked once."""
        if not self._listed:
            self._listed.extend([(str(file), is_named) for file, is_named in self._walk_sources()])
        return self._listed

    def _walk_sources(self) -> Iterator[tuple[Path, bool]]:
        seen: set[str] = set()
        folders: dict[str, str] = {}
        for path in self.paths:
            _check(path)
            is_named = not path.is_dir()
            for file in (path,) if is_named else self._walk(path):
                # A file given twice (a directory and a file in it) is one page.
                real = os.path.realpath(file) if is_named or os.path.islink(file) else _real_path(file, folders)
                if real not in seen:
                    seen.add(real)
                    yield file, is_named

    def _walk(self, folder: Path) -> Iterator[Path]:
        locked: list[Path] = []
        excluded = os.path.realpath(self.exclude) if self.exclude is not None else None
        if excluded == os.path.realpath(folder):
            excluded = None
        assets: set[str] = set()
        for root, folders, files in os.walk(folder, onerror=lambda error: locked.append(Path(error.filename))):
            if is_output(Path(root)):
                assets.update(os.path.join(root, *PurePosixPath(name).parts) for name in written_files(Path(root)))
            folders[:] = sorted(
                name
                for name in folders
                if name not in SKIPPED_FOLDERS
                and not name.startswith(PREFIX)
                and os.path.join(root, name) not in assets
                and (excluded is None or os.path.realpath(os.path.join(root, name)) != excluded)
                and not is_excluded(os.path.relpath(os.path.join(root, name), folder), self.exclude_patterns)
            )
            for name in sorted(files):
                path = Path(root, name)
                if name in SKIPPED_FILES or name.startswith(PREFIX) or os.path.join(root, name) in assets:
                    continue
                if self.exclude_patterns and is_excluded(os.path.relpath(path, folder), self.exclude_patterns):
                    continue
                # No pipes or devices, because reading one may never end. A broken link is a page that fails.
                if os.path.isfile(path) or not os.path.exists(path):
                    yield path
        yield from locked  # each is a page that fails, so that its content is not left out silently

    def _from_pipe(self, file: Path, page: Page) -> Page:
        """Return a page with the content of a pipe, or with the error that nothing writes to it."""
        if file not in self._pipes:
            try:
                self._pipes[file] = Page(page.source, data=_read_pipe(file), as_text=self.plain)
            except OSError as error:
                reason = error.strerror or str(error)
                self._pipes[file] = Page(page.source, error=UnreadablePage(f"the pipe cannot be read: {reason}"))
        return self._pipes[file]


def is_excluded(path: str, patterns: tuple[str, ...]) -> bool:
    """Return True if a pattern matches a path, a directory in it, or the name of either.

    The path is relative to its source: `drafts` matches `2019/drafts/a.html`, `2019/*` everything below `2019`.
    """
    if not patterns or not path:
        return False
    parts = PurePosixPath(path.replace(os.sep, "/")).parts
    whole = ["/".join(parts[: number + 1]) for number in range(len(parts))]
    return any(fnmatchcase(text, pattern.rstrip("/")) for pattern in patterns for text in (*parts, *whole))


def without_excluded(pages: Iterable[Page], patterns: tuple[str, ...]) -> Iterator[Page]:
    """Yield the pages whose path in their archive no pattern matches."""
    return (page for page in pages if not is_excluded(page.source.partition("!/")[2], patterns))


def _check(path: Path) -> None:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise UnwixError(
            f"{path} does not exist. Give a file or a directory with saved pages, or the URL of a site (https://…)."
        ) from None
    except OSError as error:
        raise UnwixError(f"{path} cannot be read: {error.strerror or error}.") from None


def _is_pipe(path: Path) -> bool:
    with suppress(OSError):
        return stat.S_ISFIFO(path.stat().st_mode)
    return False


def _read_pipe(path: Path) -> bytes:
    """Return all bytes of a pipe, at most one more than a page may have. Raises OSError if nothing writes to it."""
    # Opening a named pipe without a writer would block forever; the pipes of a shell have a writer from the beginning.
    seconds = None if os.path.realpath(path).startswith(("/dev/", "/proc/")) else _PIPE_SECONDS
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with open(handle, "rb") as pipe:
        ready, _, _ = select.select([pipe], [], [], seconds)
        if ready:
            os.set_blocking(handle, True)
            return pipe.read(MAX_BYTES + 1)
    raise OSError(f"nothing was written to it within {_PIPE_SECONDS} seconds")


def _real_path(file: Path, folders: dict[str, str]) -> str:
    """Return the real path of a file that is not a link; `folders` are the real paths of directories so far."""
    folder, name = os.path.split(file)
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    return os.path.join(folders[folder], name)


def _traits_of(path: str) -> _Traits:
    try:
        if not os.path.isfile(path):  # also False if the system refuses access
            return _traits()
        with open(path, "rb") as file:
            head = file.read(HEAD)
    except OSError:
        return _traits()  # a page that fails
    is_html = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:20].lower().startswith(_HTML)
    return _traits(_is_asset(path, head), may_be_archive(head), is_html)


@cache
def _traits(is_asset: bool = False, may_be_archive: bool = False, is_html: bool = False) -> _Traits:
    """Return traits that many files share: a run has 100,000 of them."""
    return _Traits(is_asset, may_be_archive, is_html)


def _is_asset(path: str, head: bytes) -> bool:
    """Return True if a file is an image, style sheet, script or font of a page, by its content or its extension."""
    if os.path.splitext(path)[1].lower() in _ASSET_NAMES:
        return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"<"
    file_format = format_of(head)
    return file_format is not None and file_format.group in _ASSET_GROUPS


def _name(path: Path) -> str:
    """Return a file's name in reports: as given, with `/`; bytes that are not text are replaced."""
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")
