"""Index: numbers of posts by a key, to be looked up when all posts are known.

A run may have 100,000 posts: a key is some bytes of its hash, and all of them lie in two arrays. A dictionary of their
texts would take ten times as much.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from hashlib import blake2b


def hashed(key: str) -> int:
    """A key as a number of seven bytes, which Python keeps in 32; of eight it would take 48."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=7).digest())


class HashIndex:
    """Numbers by key. Add them all, then `finalize`, then ask."""

    def __init__(self) -> None:
        self._keys = array("Q")
        self._numbers = array("L")
        """For each key its number; in the order of the keys when it is settled."""

    def add(self, key: str, number: int) -> None:
        """Put a number under a key, behind those that are there."""
        self._keys.append(hashed(key))
        self._numbers.append(number)

    def finalize(self) -> None:
        """All numbers are known."""
        order = array("L", sorted(range(len(self._keys)), key=self._keys.__getitem__))
        self._keys = array("Q", (self._keys[at] for at in order))
        self._numbers = array("L", (self._numbers[at] for at in order))

    def numbers(self, key: str) -> list[int]:
        """The numbers under a key, each once, as they were added."""
        wanted = hashed(key)
        first = last = bisect_left(self._keys, wanted)
        while last < len(self._keys) and self._keys[last] == wanted:
            last += 1
        return list(dict.fromkeys(self._numbers[first:last]))
