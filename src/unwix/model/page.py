"""Page: the bytes of one input and their origin."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from .errors import UnreadablePage, UnwixError

#: The largest page that is read, in bytes. The largest known post page has 2 MB (docs/wix/pages.md#page-size);
#: a much larger file is not a post, and would use too much memory.
MAX_BYTES = 50 * 1024 * 1024
#: Follows the URL of a post in the source of its document, which a live site returns in addition to the page.
DOCUMENT = "#document"


class Page(Struct, frozen=True):
    """One input: a file that is read when it is needed, or its bytes.

    The page of a file holds the path only: a run of any size stays small in memory, and a page is cheap to send to
    another process.
    """

    source: str
    """Its name in reports: the path as the user gave it, with `/`, or the URL."""
    path: Path | None = None
    data: bytes | None = None
    as_text: bool = False
    """Read any text as a post, even if nothing identifies it as the text of a Wix page."""
    first_row: int | None = None
    """For a part of a large file, the number of its first row or line."""
    url: str | None = None
    """Its URL, if the source states it: web archives and live sites do."""
    captured: str | None = None
    """When it was saved, if the source states it: `WARC-Date`."""
    error: UnwixError | None = None
    """Why its bytes are missing, if the source knows: an encrypted file in an archive, a response 404."""

    def is_larger(self, size: int) -> bool:
        """Return True for a file of more than `size` bytes. Raises OSError if it cannot be accessed."""
        return self.data is None and self.path is not None and self.path.stat().st_size > size

    def open(self) -> BinaryIO:
        """Open the file as a stream. Raises OSError."""
        return (self.path or Path()).open("rb")

    def located(self, reason: str) -> str:
        """Return a message about the page; for a part of a file, with the row or line where the part begins."""
        return reason if self.first_row is None else f"from row {self.first_row} on: {reason}"

    def read(self) -> bytes:
        """Return the bytes. Raises UnreadablePage if they are unreadable or too many, or the error of the source."""
        if self.error is not None:
            raise self.error
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
