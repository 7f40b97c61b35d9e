"""Group several items into one task, since sending a task to another process costs as much as reading a small page."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from .executor import Item

#: The maximum number of items in a chunk, and of posts in memory that have fewer than `_SMALL` bytes on average.
LARGEST, _LARGEST_OF_SMALL = 32, 128
_SMALL = 8_000
#: A chunk of pages in memory is complete at this number of bytes.
_MAX_BYTES = 2_000_000
#: A chunk is complete after this many seconds, because pages of a live site arrive one by one.
_MAX_SECONDS = 0.05


def chunked(items: Iterable[Item], jobs: int) -> Iterator[list[Item]]:
    """Yield the items in lists: short ones at first, so that a small run uses all workers."""
    number, chunk, size, start = 0, [], 0, time.monotonic()
    for item in items:
        chunk.append(item)
        size += _size(item)
        largest = _LARGEST_OF_SMALL if 0 < size < _SMALL * len(chunk) else LARGEST
        chunk_size = min(largest, 1 << number // (2 * jobs))
        if len(chunk) >= chunk_size or size >= _MAX_BYTES or time.monotonic() - start > _MAX_SECONDS:
            yield chunk
            number, chunk, size, start = number + 1, [], 0, time.monotonic()
    if chunk:
        yield chunk


def _size(item: object) -> int:
    if getattr(item, "is_large", False):
        return _MAX_BYTES  # a slice of an archive is a chunk by itself
    data = getattr(item, "data", None) or getattr(item, "post", None)
    return len(data) if isinstance(data, bytes) else 0
