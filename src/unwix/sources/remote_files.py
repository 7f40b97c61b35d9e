"""Read files on object storage (s3://, gs://), and archives on web servers, through fsspec."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from types import SimpleNamespace
from typing import Any, BinaryIO, cast

from msgspec import Struct, field

from ..model.errors import UnwixError
from ..model.page import Page
from .archives.member import SKIPPED_FILES
from .archives.open_archive import pages_in
from .earlier_output import PREFIX
from .files import is_excluded, without_excluded

#: Bytes per request. A slice of an archive has several requests.
_BLOCK = 1_000_000
_BUFFER = 65_536
#: A file that a server sends only as a whole is kept in memory up to this size, then in a temporary file.
_IN_MEMORY = 16_000_000


class RemoteFile(Struct, frozen=True):
    """A file at a URL with the methods of Path that pages need. Each process opens it anew."""

    url: str

    def stat(self) -> SimpleNamespace:
        """Return the size of the file (`st_size`), 0 if the server does not state it. Raises OSError."""
        file_system, path = open_url(self.url)
        try:
            return SimpleNamespace(st_size=file_system.info(path).get("size") or 0)
        except Exception as error:
            raise _os_error(error) from None

    def open(self, mode: str = "rb") -> BinaryIO:
        """Open the file as a stream that can seek. Raises OSError."""
        file_system, path = open_url(self.url)
        try:
            if not self.url.startswith("http") or file_system.info(path).get("partial"):
                return cast(BinaryIO, io.BufferedReader(file_system.open(path, mode, block_size=_BLOCK), _BUFFER))
            with file_system.open(path, mode, block_size=0) as stream:  # a web server without support for ranges
                whole = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # its reader closes it
                copyfileobj(stream, whole)
        except Exception as error:
            raise _os_error(error) from None
        whole.seek(0)
        return cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, whole), _BUFFER))

    def read_bytes(self) -> bytes:
        """Return the bytes. Raises OSError."""
        with self.open() as stream:
            try:
                return stream.read()
            except Exception as error:
                raise _os_error(error) from None

    def write_bytes(self, data: bytes) -> None:
        """Write the file. Raises OSError."""
        file_system, path = open_url(self.url)
        try:
            file_system.pipe_file(path, data)
        except Exception as error:
            raise _os_error(error) from None


class RemoteFiles(Struct):
    """A file at a URL, all files below a directory (`s3://bucket/pages/`), or those that match a pattern with `*`."""

    url: str
    plain: bool = False
    """Read any text as a post."""
    exclude_patterns: tuple[str, ...] = ()
    password: str | None = None
    _listed: list[str] = field(default_factory=list)

    def pages(self) -> Iterator[Page]:
        """Yield the page of each file and the pages of each archive. Raises UnwixError if there is no such file."""
        for file in self.files():
            yield from self.pages_in(file)

    def files(self) -> Iterator[Page]:
        """Yield each file, archives unopened. Raises UnwixError if there is none."""
        for url in self._urls():
            yield Page(url, path=cast(Path, RemoteFile(url)), as_text=self.plain)

    def pages_in(self, file: Page) -> Iterator[Page]:
        """Yield the pages of a file that `files` has given: those in an archive, or the file itself."""
        return without_excluded(pages_in(file, self.password), self.exclude_patterns)

    def is_html(self, file: Page) -> bool:
        """Return False: it is unknown before the file is read."""
        return False

    def may_be_archive(self, file: Page) -> bool:
        """Return True: what a remote file is shows when it is opened."""
        return True

    def count(self) -> int:
        """Return the number of files."""
        return len(self._urls())

    def _urls(self) -> list[str]:
        """Return the URLs of all files, in order."""
        if not self._listed:
            file_system, path = open_url(self.url)
            try:
                self._listed = sorted(self._search(file_system, path))
            except Exception as error:
                raise UnwixError(f"{self.url} cannot be read: {one_line(error)}") from None
            if not self._listed:
                raise UnwixError(f"{self.url} does not exist, or has no files.")
        return self._listed

    def _search(self, file_system: Any, path: str) -> Iterator[str]:
        if self.url.startswith(("http://", "https://")):
            yield self.url
            return
        is_pattern = "*" in path
        names = file_system.glob(path) if is_pattern else file_system.find(path)
        for name in names:
            below = PurePosixPath(name).name if is_pattern else name.removeprefix(path).lstrip("/")
            last = PurePosixPath(name).name
            if last in SKIPPED_FILES or last.startswith(PREFIX) or is_excluded(below, self.exclude_patterns):
                continue
            if not is_pattern or file_system.isfile(name):
                yield file_system.unstrip_protocol(name)


def open_url(url: str) -> tuple[Any, str]:
    """Return the file system of a URL, and the path in it. Raises UnwixError if a library is missing."""
    try:
        from fsspec.core import url_to_fs

        file_system, path = url_to_fs(url)
    except ImportError as error:
        raise UnwixError(f"{url} needs more libraries ({error}). Install: pip install 'unwix[cluster]'") from None
    except ValueError as error:
        raise UnwixError(f"{url} cannot be opened: {one_line(error)}") from None
    return file_system, path


def _os_error(error: Exception) -> OSError:
    return error if isinstance(error, OSError) else OSError(one_line(error))


def one_line(error: Exception) -> str:
    """Return the message of an exception in one line of at most 300 characters, or the name of its type."""
    return " ".join(str(error).split())[:300] or type(error).__name__
