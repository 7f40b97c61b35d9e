"""Read the files of a tar archive, compressed or not, as a stream."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, cast

from .member import Member, is_skipped, plain_name
from .streams import Budget, Damaged

#: The size limit of a long name or an extended header, which is read before its file; normal ones have some hundred
#: bytes.
_LONGEST_HEADER = 1_000_000
_HEADERS = frozenset(
    {tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE}
)


class _Info(tarfile.TarInfo):
    """An entry; `tarfile` provides this method for subclasses."""

    def _proc_member(self, tar: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type in _HEADERS and self.size > _LONGEST_HEADER:
            raise Damaged(f"a header of {self.size:,} bytes")
        return super()._proc_member(tar)  # type: ignore[misc,no-any-return]


def members(stream: io.BufferedReader, budget: Budget) -> Iterator[Member]:
    """Yield the files of a tar archive; links and devices are skipped."""
    with tarfile.open(fileobj=stream, mode="r|", tarinfo=_Info) as archive:
        while (entry := archive.next()) is not None:
            archive.members = []  # type: ignore[attr-defined]  # it would remember each
            name = plain_name(entry.name)
            if entry.isreg() and not is_skipped(name):
                yield Member(name, partial(_open, archive, entry))


def _open(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> BinaryIO:
    return cast(BinaryIO, archive.extractfile(entry))
