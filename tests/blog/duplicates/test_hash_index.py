"""Test the index of post numbers by key."""

from __future__ import annotations

from unwix.blog.duplicates.hash_index import HashIndex, hashed


def test_index_returns_numbers_in_order_without_duplicates() -> None:
    index = HashIndex()
    for key, number in (("fog", 7), ("pot", 1), ("fog", 2), ("fog", 7), ("Fog", 3), ("", 4), ("\ud83d", 5)):
        index.add(key, number)
    index.finalize()
    assert [index.numbers(key) for key in ("fog", "pot", "Fog", "", "\ud83d", "kiln")] == [
        [7, 2],
        [1],
        [3],
        [4],
        [5],
        [],
    ]


def test_many_keys_do_not_collide() -> None:
    index = HashIndex()
    for number in range(20_000):
        index.add(f"/post/day-{number}", number)
    index.finalize()
    assert all(index.numbers(f"/post/day-{number}") == [number] for number in range(20_000))
    assert hashed("/post/day-1").bit_length() <= 56
