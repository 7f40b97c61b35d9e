"""The executor on a Dask cluster: two worker processes on this computer, and the same bytes as without them."""

from __future__ import annotations

import itertools
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.archive_files import Warc
from support.dask_cluster import dask_cluster, no_size
from support.hanging_worker import BadlyBehaved
from support.paths import ROOT_DIR
from support.post_pages import p, post_page, save
from support.terminal import run
from unwix.model.page import Page
from unwix.run.executors import dask as dask_module
from unwix.run.executors.executor import DIED, too_slow
from unwix.run.steps import ReadResult
from unwix.run.workers import Workers, read_pages
from unwix.run.write_post import Options
from unwix.sources import slices

distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Yield the URL of a scheduler with two workers."""
    with dask_cluster() as url:
        yield url


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def good(number: int) -> Page:
    return Page(f"{number}.html", data=post_page(p(f"Words of {number}."), f"Pot {number}", f"pot-{number}"))


def readings(pages: Iterator[Page] | list[Page], cluster: str, seconds: float = 60) -> Iterator[ReadResult]:
    with Workers(seconds=seconds, cluster=cluster) as workers:
        yield from read_pages(workers, pages, Options())


def test_the_output_is_that_of_one_computer(cluster: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over all samples, and over an archive in slices."""
    monkeypatch.setattr(slices, "GZIP_SIZE", 2_000)
    monkeypatch.chdir(tmp_path)
    made = Warc()
    for n in range(20):
        made.answer(f"https://www.example.com/post/{n}", post_page(p(f"Clay {n}."), f"Pot {n}", f"pot-{n}"))
    Path("crawl.warc.gz").write_bytes(made.bytes())
    for name, how in {"alone": ("-j", 0), "pool": ("-j", 2), "dask": ("--executor", cluster)}.items():
        done = run("convert", ROOT_DIR / "samples", "crawl.warc.gz", "-o", name, "--no-cache", "-q", *how)
        assert done.code in (0, 1), done
    assert len(tree(Path("alone"))) > 30
    assert tree(Path("alone")) == tree(Path("pool")) == tree(Path("dask"))


def test_a_bad_page_costs_itself_only(cluster: str) -> None:
    pages: list[Page] = [good(n) for n in range(12)]
    pages[3], pages[7], pages[9] = (BadlyBehaved("bad.html", how=how) for how in ("hang", "kill", "exit"))
    results = list(readings(pages, cluster, seconds=15))
    assert [result.source for result in results] == [page.source for page in pages]
    assert {n: result.failed for n, result in enumerate(results) if result.failed} == {
        3: too_slow(15),
        7: DIED,
        9: DIED,
    }


def test_a_worker_that_is_killed_in_the_middle_changes_nothing(cluster: str) -> None:
    with distributed.Client(cluster.replace("dask", "tcp"), set_as_default=False) as client:
        victim = next(iter(client.run(os.getpid).values()))
    found = []
    for result in readings([good(n) for n in range(150)], cluster):
        found.append(result)
        if len(found) == 5:
            os.kill(victim, signal.SIGKILL)
    assert [result.source for result in found] == [f"{n}.html" for n in range(150)]
    assert [result.failed for result in found] == [None] * 150
    assert [len(result.posts) for result in found] == [1] * 150


def test_pages_are_taken_only_a_little_ahead(cluster: str) -> None:
    taken = 0

    def endless() -> Iterator[Page]:
        nonlocal taken
        for taken in itertools.count(1):
            yield good(taken)

    results = readings(endless(), cluster)
    for _ in range(10):
        next(results)
    results.close()  # type: ignore[attr-defined]  # a generator
    assert taken < 200


def test_a_stopped_run_leaves_no_worker_busy(cluster: str, tmp_path: Path) -> None:
    notes = [tmp_path / str(n) for n in range(2)]
    pages = [good(0), *(BadlyBehaved("bad.html", how="hang", note=note) for note in notes), good(1)]
    results = readings(pages, cluster, seconds=600)
    next(results)
    deadline = time.monotonic() + 60
    while not all(note.exists() and note.read_text() for note in notes) and time.monotonic() < deadline:
        time.sleep(0.01)
    results.close()  # type: ignore[attr-defined]  # a generator
    assert [len(result.posts) for result in readings([good(n) for n in range(5)], cluster)] == [1] * 5


def test_workers_without_the_files_get_their_bytes(
    cluster: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_module, "_size_of", no_size)
    monkeypatch.chdir(tmp_path)
    save(tmp_path / "pages", 4)
    (tmp_path / "pages/void.html").write_bytes(b"\0")
    for name, how in {"alone": ("-j", 0), "dask": ("--executor", cluster)}.items():
        assert run("convert", "pages", "-o", name, "--no-cache", "-q", *how).code == 1
    assert tree(Path("alone")) == tree(Path("dask"))


def test_a_lost_cluster_is_replaced_by_this_computer(cluster: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_: object, **__: object) -> None:
        raise OSError("the scheduler is gone")

    monkeypatch.setattr("distributed.Client.submit", lost)
    assert [len(result.posts) for result in readings([good(n) for n in range(5)], cluster)] == [1] * 5


def test_no_scheduler_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_module, "_SECONDS_TO_CONNECT", 1)
    save(tmp_path / "pages", 2)
    done = run("convert", tmp_path / "pages", "-o", tmp_path / "out", "--executor", "dask://127.0.0.1:9")
    assert (done.code, done.out) == (2, "")
    assert "No Dask scheduler answers at dask://127.0.0.1:9. Start one with `dask scheduler`" in done.err


def test_workers_of_another_version_are_refused(cluster: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_module, "__version__", "99.0")
    with pytest.raises(Exception, match=r"has unwix \d.*99\.0"):
        Workers(cluster=cluster)


@pytest.mark.parametrize("value", ["ray://host:1", "dask://host", "dask", "dask://:1", "2"])
def test_other_executors_are_refused(value: str, tmp_path: Path) -> None:
    save(tmp_path / "pages", 1)
    done = run("convert", tmp_path / "pages", "-o", tmp_path / "out", "--executor", value)
    assert (done.code, "is not an executor; write it as dask://HOST:8786, or local." in done.err) == (2, True)
