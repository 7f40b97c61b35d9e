"""Spool: the posts of a run between reading and writing, on disk, so that a run of any size stays small in memory."""

from __future__ import annotations

import pickle
import tempfile
import zlib
from array import array
from typing import Any

from ..model.post import Post
from ..model.post_summary import PostSummary


def serialize(thing: Any) -> bytes:
    """A post or an entry as bytes, small enough to be handed to another process by the thousand."""
    return zlib.compress(pickle.dumps(thing, pickle.HIGHEST_PROTOCOL), 1)


def deserialize(data: bytes) -> Any:
    """What `packed` packed. Only for bytes of this very run: unpickling runs what it is told."""
    return pickle.loads(zlib.decompress(data))


class Spool:
    """An unnamed temporary file of packed posts with their entries, by number. It goes with the process."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="unwix-")  # noqa: SIM115  # it lives as long as the run
        self._places = array("Q")
        """For each post: where its entry begins, where the post itself does, and where it ends."""

    def __len__(self) -> int:
        return len(self._places) // 3

    def add(self, entry: bytes, post: bytes) -> int:
        """Take a packed entry and its packed post; returns their number."""
        self._places.extend(self._append(entry, post))
        return len(self) - 1

    def replace(self, number: int, entry: bytes, post: bytes) -> None:
        """Put another post in the place of one."""
        self._places[3 * number : 3 * number + 3] = array("Q", self._append(entry, post))

    def _append(self, entry: bytes, post: bytes) -> tuple[int, int, int]:
        start = self._file.seek(0, 2)
        self._file.write(entry)
        self._file.write(post)
        return start, start + len(entry), start + len(entry) + len(post)

    def entry(self, number: int) -> PostSummary:
        """The entry of that number."""
        start, middle, _ = self._places[3 * number : 3 * number + 3]
        found: PostSummary = deserialize(self._read(start, middle))
        return found

    def post(self, number: int) -> bytes:
        """The packed post of that number."""
        _, middle, end = self._places[3 * number : 3 * number + 3]
        return self._read(middle, end)

    def _read(self, start: int, end: int) -> bytes:
        self._file.seek(start)
        return self._file.read(end - start)

    def close(self) -> None:
        """Give the disk's space back."""
        self._file.close()


def read_post(data: bytes) -> Post:
    """A post from its packed bytes."""
    found: Post = deserialize(data)
    return found
