"""Yield the pages of standard input (`-`): one file of any size, also an archive."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from ..model.errors import UnwixError
from ..model.page import Page
from .archives.open_archive import pages_in
from .archives.resources import Resource, resources_in

#: The name of standard input in reports.
NAME = "stdin"


class StandardInput(Struct):
    """Standard input, copied to a temporary file: a pipe can be read only once, and sources are walked repeatedly."""

    plain: bool = False
    """Read any text as a post."""
    password: str | None = None
    """The password of an encrypted archive."""
    _directory: TemporaryDirectory[str] | None = None

    def pages(self) -> Iterator[Page]:
        """Yield the page, or the pages of an archive. Raises UnwixError where nothing is piped in."""
        yield from pages_in(self._page(), self.password)

    def resources(self) -> Iterator[Resource]:
        """Yield the members of an archive that pages may show."""
        yield from resources_in(self._page(), self.password)

    def count(self) -> int:
        """Return the number of files that may be pages."""
        return 1

    def _page(self) -> Page:
        if self._directory is None:
            if sys.stdin is None or sys.stdin.isatty():
                raise UnwixError("Nothing is piped into unwix. Use it so: cat FILE | unwix convert - -o OUTPUT")
            self._directory = TemporaryDirectory(prefix="unwix-stdin-")
            with Path(self._directory.name, NAME).open("wb") as file:
                try:
                    shutil.copyfileobj(sys.stdin.buffer, file)
                except OSError as error:
                    raise UnwixError(f"Standard input cannot be read: {error.strerror or error}.") from None
        return Page(NAME, path=Path(self._directory.name, NAME), as_text=self.plain)
