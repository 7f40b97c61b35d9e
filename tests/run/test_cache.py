"""Test the cache of results: the output is the same for any state of it, byte for byte."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from support.paths import ROOT_DIR
from support.post_pages import files, p, post_page, save
from support.terminal import run
from unwix.model.page import Page
from unwix.run.cache import cached_steps, keys, store
from unwix.run.cache.cached_steps import CachedRead
from unwix.run.cache.store import Store
from unwix.run.write_post import Options

SAMPLES = ROOT_DIR / "samples"


@pytest.fixture(autouse=True)
def _files_are_old(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the cache remember files that were just changed, as those of tests are."""
    monkeypatch.setattr(keys, "_RACY", 0)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def convert(source: Path, output: Path, *options: object) -> dict[str, bytes]:
    result = run("convert", source, "-o", output, *options)
    assert "Traceback" not in result.err
    return files(output)


@pytest.fixture
def nothing_is_computed(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    def refuse(*_: object) -> None:
        pytest.fail("it was computed again")

    def begin() -> None:
        for name in ("read_page", "merge_duplicates", "write_task"):
            monkeypatch.setattr(cached_steps, name, refuse)

    return begin


@pytest.mark.parametrize("jobs", [0, 2])
def test_output_is_equal_for_all_states_of_the_cache(jobs: int, cache: Path, tmp_path: Path) -> None:
    without = convert(SAMPLES, tmp_path / "without", "-j", jobs, "--no-cache")
    for state in ("cold", "warm", "warm again"):
        assert convert(SAMPLES, tmp_path / state, "-j", jobs, "--cache", cache) == without, state


def test_cached_results_are_reused(cache: Path, tmp_path: Path, nothing_is_computed: Callable[[], None]) -> None:
    source = tmp_path / "in"
    save(source, 3)
    (source / "same.html").write_bytes((source / "0000.html").read_bytes().replace(b"<span>", b"<span >"))
    options = ("-j", 0, "--cache", cache)
    first = convert(source, tmp_path / "a", *options)
    nothing_is_computed()
    assert convert(source, tmp_path / "b", *options) == first
    assert run("convert", source, "-o", tmp_path / "c", "--dry-run", *options).code == 0
    assert run("check", source, *options).code == 0


def test_changed_page_is_read_again(cache: Path, tmp_path: Path) -> None:
    source = tmp_path / "in"
    save(source, 3)
    options = ("-j", 0, "--cache", cache)
    convert(source, tmp_path / "a", *options)
    path = source / "0001.html"
    path.write_bytes(post_page(p("Quite other words."), "Pot 1", "pot-1"))
    assert b"Quite other words." in convert(source, tmp_path / "b", *options)["pot-1.md"]
    status = path.stat()
    path.write_bytes(path.read_bytes().replace(b"Quite other", b"Never other"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))  # with the former size and mtime
    assert b"Never other words." in convert(source, tmp_path / "c", *options)["pot-1.md"]


def test_cached_results_depend_on_options(cache: Path, tmp_path: Path) -> None:
    for target in ("markdown", "hugo", "markdown"):
        with_it = convert(SAMPLES, tmp_path / f"{target}-with", "-j", 0, "--cache", cache, "--to", target)
        without = convert(SAMPLES, tmp_path / f"{target}-without", "-j", 0, "--no-cache", "--to", target)
        assert {n: t for n, t in with_it.items() if n.endswith(".md")} == {
            n: t for n, t in without.items() if n.endswith(".md")
        }


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_damaged_cache_is_rebuilt(
    damage: bytes, cache: Path, tmp_path: Path, nothing_is_computed: Callable[[], None]
) -> None:
    source = tmp_path / "in"
    save(source, 3)
    options = ("-j", 0, "--cache", cache)
    first = convert(source, tmp_path / "a", *options)
    for path in cache.iterdir():
        path.write_bytes(damage)
    assert convert(source, tmp_path / "b", *options) == first
    nothing_is_computed()
    assert convert(source, tmp_path / "c", *options) == first


def test_damaged_values_are_computed_again(cache: Path, tmp_path: Path) -> None:
    source = tmp_path / "in"
    save(source, 3)
    options = ("-j", 0, "--cache", cache)
    first = convert(source, tmp_path / "a", *options)
    for value in (b"", b"\x80", b"I1\n.", "text", None, 5):
        with sqlite3.connect(cache / "posts.sqlite") as database:
            database.execute("UPDATE results SET value = ?", (value if value is not None else b"",))
        assert convert(source, tmp_path / "b", *options, "--dry-run") == {}
        assert convert(source, tmp_path / f"c{value!r}".replace("\\", ""), *options) == first


def test_unwritable_cache_does_not_fail(cache: Path, tmp_path: Path) -> None:
    source = tmp_path / "in"
    save(source, 3)
    first = convert(source, tmp_path / "a", "-j", 0, "--no-cache")
    (cache / "posts.sqlite").mkdir(parents=True)
    assert convert(source, tmp_path / "b", "-j", 0, "--cache", cache) == first


def test_a_cache_that_others_can_write_is_not_read(cache: Path, tmp_path: Path) -> None:
    """Its values are pickles, which can run code."""
    cache.mkdir()
    cache.chmod(0o777)
    source = tmp_path / "in"
    save(source, 3)
    convert(source, tmp_path / "a", "-j", 0, "--cache", cache)
    assert list(cache.iterdir()) == []


def test_no_cache_writes_no_files(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    source = tmp_path / "in"
    save(source, 3)
    convert(source, tmp_path / "a", "-j", 0, "--no-cache")
    assert not cache.exists()
    convert(source, tmp_path / "b", "-j", 0)
    assert (cache / "unwix/posts.sqlite").exists()


def test_a_file_that_was_changed_just_now_is_not_remembered(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file may change again within the resolution of the file system's clock."""
    (path,) = save(tmp_path / "in")
    assert keys.page_key(Page("a", path=path)) is not None
    monkeypatch.setattr(keys, "_RACY", 10**15)
    assert keys.page_key(Page("a", path=path)) is None


def test_names_of_the_run_concern_only_pages_whose_reader_looks_at_them(cache: Path, tmp_path: Path) -> None:
    from unwix.readers.documents.names import Names

    (path,) = save(tmp_path / "in")
    page = Page("a", path=path)
    first = CachedRead.of(cache, Options(names=Names({"a": "A"})))(page)
    reader = CachedRead.of(cache, Options(names=Names({"a": "B"})))
    known = cached_steps._load(
        store.store_of(cache).get(keys.digest(reader.program, reader.options_key, keys.page_key(page)))
    )
    assert known.fits(reader.names_key, reader.lines_key)
    assert reader(page).posts == first.posts


def test_cache_file_size_is_limited(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MAX_BYTES", 400_000)
    for round_number in range(6):
        kept = Store(cache)
        for number in range(40):
            kept.put(b"%d %d" % (round_number, number), os.urandom(5_000))
        kept.close()
    assert (cache / "posts.sqlite").stat().st_size < 600_000
    again = Store(cache)
    assert again.get(b"5 39") is not None
    assert again.get(b"0 0") is None
    again.close()
