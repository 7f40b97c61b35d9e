"""Page: bytes and where they came from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from .errors import UnreadablePage, UnwixError

#: The largest page that is read, in bytes. The largest known post page has 2 MB (docs/wix/pages.md#page-size);
#: a much larger file is not a post, and would use too much memory.
MAX_BYTES = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a source: a file that is read when it is needed, or bytes at hand.

    A page of a file holds the path only, so that a batch of any size stays small in memory and
    cheap to hand to another process.
    """

    source: str
    """Where it came from, as reports name it: as given, relative, with `/`."""
    path: Path | None = None
    data: bytes | None = None
    plain: bool = False
    """The user says that a text is a post as it stands, whatever it looks like."""
    first: int | None = None
    """Of a part of a large file, the number of its first row or line."""
    address: str | None = None
    """Its address on the web, where the source knows it: a web archive does, and the live site."""
    refusal: UnwixError | None = None
    """Why its bytes cannot be had, where the source found that out: an encrypted file of an archive, an answer 404."""

    def is_larger(self, size: int) -> bool:
        """Whether it is a file of more bytes than these. Raises OSError when that cannot be told."""
        return self.data is None and self.path is not None and self.path.stat().st_size > size

    def open(self) -> BinaryIO:
        """The file as a stream. Raises OSError when it cannot be opened."""
        return (self.path or Path()).open("rb")

    def located(self, reason: str) -> str:
        """A reason as reports give it: for a part of a file, with the row or line where the part begins."""
        return reason if self.first is None else f"from row {self.first} on: {reason}"

    def read(self) -> bytes:
        """The page's bytes. Raises BadPage when they cannot be read or are too many, and the source's refusal."""
        if self.refusal is not None:
            raise self.refusal
        if self.data is not None:
            raw = self.data
        elif self.path is not None:
            try:
                size = self.path.stat().st_size
                if size > MAX_BYTES:
                    raise UnreadablePage(f"the file has {size // 1_000_000} MB; a saved post page has at most 50")
                raw = self.path.read_bytes()
            except OSError as error:
                raise UnreadablePage(f"the file cannot be read: {error.strerror or error}") from None
        else:
            raw = b""
        if len(raw) > MAX_BYTES:
            raise UnreadablePage(f"the page has {len(raw) // 1_000_000} MB; a saved post page has at most 50")
        return raw
