"""Numbers of posts by a key, in two arrays."""

from __future__ import annotations

from unwix.blog.duplicates.hash_index import HashIndex, hashed


def test_numbers_under_a_key_come_as_they_were_added_and_once() -> None:
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


def test_keys_of_a_large_run_stay_apart() -> None:
    index = HashIndex()
    for number in range(20_000):
        index.add(f"/post/day-{number}", number)
    index.finalize()
    assert all(index.numbers(f"/post/day-{number}") == [number] for number in range(20_000))
    assert hashed("/post/day-1").bit_length() <= 56
