"""Find the images, videos, audio files and documents in the files and archives of a run.

They are searched in a pass of their own, when it is known which of them posts use; all others are ignored.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Protocol, cast, runtime_checkable

from msgspec import Struct

from ...model.page import Page
from . import har
from .member import Member
from .open_archive import DEEPEST, member_source, members_of
from .streams import Budget, TooMuch, counted

_BLOCK = 1 << 16


class ResourceUnavailable(Exception):
    """A resource is damaged, truncated, or too large (a decompression bomb)."""


class Resource(Struct, frozen=True):
    """A file, or a member of an archive, which must be read before the next one is requested."""

    source: str
    """Its name in reports: `crawl.warc.gz!/https://static.wixstatic.com/media/…`."""
    url: str | None = None
    """Its URL on the web, if the archive states it."""
    path: Path | None = None
    """Its path, if it is a file by itself."""
    member: Member | None = None
    stream: io.BufferedReader | None = None
    budget: Budget | None = None

    def save(self, target: Path, limit: int) -> None:
        """Write at most this many bytes to a file. Raises ResourceUnavailable, and OSError if the disk is full."""
        with target.open("wb") as file:
            for piece in self._pieces():
                limit -= len(piece)
                if limit < 0:
                    raise ResourceUnavailable
                file.write(piece)
        if self.member is not None and not self.member.all_there():
            raise ResourceUnavailable

    def read(self, limit: int) -> bytes:
        """Return at most this many bytes. Raises ResourceUnavailable."""
        data = bytearray()
        for piece in self._pieces():
            data += piece
            if len(data) > limit:
                raise ResourceUnavailable
        return bytes(data)

    def _pieces(self) -> Iterator[bytes]:
        """Yield its bytes in blocks. Raises ResourceUnavailable for any error of a library with damaged bytes."""
        try:
            with nullcontext(self.stream) if self.stream is not None else (self.path or Path()).open("rb") as stream:
                while piece := stream.read(_BLOCK):
                    yield piece
        except Exception as error:
            raise ResourceUnavailable from error
        if self.budget is not None and self.budget.damage is not None:
            self.budget.damage = None  # reading the pages reports it
            raise ResourceUnavailable


@runtime_checkable
class ResourceHolder(Protocol):
    """A source that can be searched again for the media of its posts."""

    def resources(self) -> Iterator[Resource]:
        """Yield all files, also those in archives; skip unreadable ones, which reading the pages reports."""
        ...


def resources_in(page: Page, password: str | None = None) -> Iterator[Resource]:
    """Yield the resources in an archive; if the file is not an archive, the file itself."""
    with suppress(OSError), page.open() as file:
        stream = cast(io.BufferedReader, file)
        budget = Budget.of(page.path.stat().st_size if page.path else 0, password)
        archive_members = members_of(stream, budget)
        if archive_members is None and har.is_har(stream):
            archive_members = har.members(stream, budget)
        if archive_members is None:
            yield Resource(page.source, path=page.path)
        else:
            # Libraries raise any error for damaged bytes; reading the pages reports it.
            with suppress(Exception):
                yield from _walk(archive_members, page.source, budget, 1)


def _walk(members: Iterator[Member], around: str, budget: Budget, depth: int) -> Iterator[Resource]:
    """Yield the resources of the archive with this name in reports."""
    for member in members:
        if member.refusal is not None:
            continue
        source = member_source(around, member)
        try:
            stream = counted(member.open(), budget)
            inner = None if member.whole or depth == DEEPEST else members_of(stream, budget)
            if inner is None and not member.aside and har.is_har(stream):
                inner = har.members(stream, budget)
        except TooMuch:
            raise
        except Exception:  # a damaged member costs only itself
            continue
        if inner is None:
            yield Resource(source, member.url, member=member, stream=stream, budget=budget)
        else:
            yield from _walk(inner, source, budget, depth + 1)
        budget.damage = None
