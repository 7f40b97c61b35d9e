"""Keep the posts of a run on disk between reading and writing, so that a run of any size needs little memory."""

from __future__ import annotations

import pickle
import tempfile
import zlib
from array import array
from typing import Any

from ..model.post import Post
from ..model.post_summary import PostSummary

#: The number of bytes from which it is worth the time to compress them.
_SMALL = 2_500


def serialize(thing: Any) -> bytes:
    """Serialize a post or a summary, compactly enough to be sent to another process by the thousand."""
    data = pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)
    return data if len(data) < _SMALL else zlib.compress(data, 1)


def deserialize(data: bytes) -> Any:
    """Return the serialized object. Only for bytes of this run, because unpickling executes code named in the bytes."""
    return pickle.loads(data if data.startswith(pickle.PROTO) else zlib.decompress(data))


#: The number of summaries, of about 5 kB each, kept in memory: the first ones, since a run walks through all of them.
_KEPT_SUMMARIES = 1_000


class Spool:
    """An unnamed temporary file of serialized posts with their summaries, by number, which ends with the process."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="unwix-")  # noqa: SIM115  # it exists as long as the run
        self._kept: dict[int, PostSummary] = {}
        self._positions = array("Q")
        """Three positions per post: start of its summary, start of the post, and end."""
        self._end = 0
        self._is_at_end = True

    def __len__(self) -> int:
        return len(self._positions) // 3

    def add(self, summary: bytes, post: bytes) -> int:
        """Add a serialized summary and its post. Return their number."""
        self._positions.extend(self._append(summary, post))
        return len(self) - 1

    def replace(self, number: int, summary: bytes, post: bytes) -> None:
        """Replace a post and its summary."""
        self._positions[3 * number : 3 * number + 3] = array("Q", self._append(summary, post))
        self._kept.pop(number, None)

    def _append(self, summary: bytes, post: bytes) -> tuple[int, int, int]:
        if not self._is_at_end:
            self._file.seek(self._end)
            self._is_at_end = True
        start, middle = self._end, self._end + len(summary)
        self._end = middle + len(post)
        self._file.write(summary)
        self._file.write(post)
        return start, middle, self._end

    def summary(self, number: int) -> PostSummary:
        """Return the summary with a number. It may be shared; only its dates may be changed (`TimeZones.localize`)."""
        if (kept := self._kept.get(number)) is not None:
            return kept
        start, middle, _ = self._positions[3 * number : 3 * number + 3]
        result: PostSummary = deserialize(self._read(start, middle))
        self.keep(number, result)
        return result

    def keep(self, number: int, summary: PostSummary) -> None:
        """Keep a summary in memory if there is room; it stands for the one in the file."""
        if number < _KEPT_SUMMARIES:
            self._kept[number] = summary

    def post(self, number: int) -> bytes:
        """Return the serialized post with a number."""
        _, middle, end = self._positions[3 * number : 3 * number + 3]
        return self._read(middle, end)

    def _read(self, start: int, end: int) -> bytes:
        self._file.seek(start)
        self._is_at_end = False
        return self._file.read(end - start)

    def close(self) -> None:
        """Delete the file."""
        self._kept.clear()
        self._file.close()


def read_post(data: bytes) -> Post:
    """Return a post from its serialized form."""
    result: Post = deserialize(data)
    return result
