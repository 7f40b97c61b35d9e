"""Allow recursion deep enough for pages with elements nested hundreds of levels deep."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

#: Python frames. A level of nesting takes two or three in the walks of readers and of the comparison. This many fit
#: into the smallest stack of a thread (512 kB on macOS): tested with lists, tables, quotes and styles.
_FRAMES = 4_000


@contextmanager
def deep_nesting() -> Iterator[None]:
    """Raise Python's recursion limit (1,000) inside the block. Deeper pages still end in a RecursionError."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _FRAMES))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
