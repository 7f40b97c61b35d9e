"""Hash tables from keys to numbers of posts, small enough for runs with 100,000 posts."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from hashlib import blake2b


def hashed(key: str) -> int:
    """Return a key's hash of seven bytes: Python keeps such a number in 32 bytes, one of eight bytes in 48."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=7).digest())


class HashIndex:
    """Numbers by key in two arrays: add all numbers, call `finalize`, then look them up."""

    def __init__(self) -> None:
        self._keys = array("Q")
        self._numbers = array("L")

    def add(self, key: str, number: int) -> None:
        """Add a number to those of a key."""
        self._keys.append(hashed(key))
        self._numbers.append(number)

    def finalize(self) -> None:
        """Sort the numbers by key; lookups work from here on."""
        order = array("L", sorted(range(len(self._keys)), key=self._keys.__getitem__))
        self._keys = array("Q", (self._keys[at] for at in order))
        self._numbers = array("L", (self._numbers[at] for at in order))

    def numbers(self, key: str) -> list[int]:
        """Return the numbers of a key, each once, in the order in which they were added."""
        hash_value = hashed(key)
        first = last = bisect_left(self._keys, hash_value)
        while last < len(self._keys) and self._keys[last] == hash_value:
            last += 1
        return list(dict.fromkeys(self._numbers[first:last]))


class FirstNumberByHash:
    """Maps each hash to the first number added under it, with a third of a dictionary's memory.

    Open addressing with linear probing, starting at the slot that the lowest bits of the hash name.
    """

    def __init__(self) -> None:
        self._hashes = array("Q", bytes(8 * 1024))
        """0 marks a free slot."""
        self._numbers = array("I", bytes(4 * 1024))
        self._count = 0

    def get(self, key: int) -> int | None:
        """Return the first number of a hash."""
        slot = self._slot(key)
        return self._numbers[slot] if self._hashes[slot] else None

    def setdefault(self, key: int, number: int) -> int:
        """Return the first number of a hash; add this one if there is none."""
        slot = self._slot(key)
        if self._hashes[slot]:
            return self._numbers[slot]
        self._hashes[slot], self._numbers[slot] = key or 1, number
        self._count += 1
        if 3 * self._count > 2 * len(self._hashes):
            self._grow()
        return number

    def _slot(self, key: int) -> int:
        """Return the slot of a hash, or the free slot for it. At least a third of the slots is free, so this ends."""
        key, last = key or 1, len(self._hashes) - 1
        slot = key & last
        while self._hashes[slot] not in (0, key):
            slot = (slot + 1) & last
        return slot

    def _grow(self) -> None:
        hashes, numbers = self._hashes, self._numbers
        self._hashes = array("Q", bytes(16 * len(hashes)))
        self._numbers = array("I", bytes(8 * len(numbers)))
        for key, number in zip(hashes, numbers, strict=True):
            if key:
                slot = self._slot(key)
                self._hashes[slot], self._numbers[slot] = key, number
