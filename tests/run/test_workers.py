"""Test the workers: a bad page fails alone, and results are in the order of the pages."""

from __future__ import annotations

import itertools
import json
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from multiprocessing import get_start_method
from pathlib import Path

import pytest

from support.hanging_worker import BadlyBehaved
from support.post_pages import p, post_page, save
from support.terminal import environment
from unwix.model.errors import UnwixError
from unwix.model.page import Page
from unwix.run.executors import pool
from unwix.run.executors.chunks import LARGEST
from unwix.run.executors.pool import AHEAD
from unwix.run.report import Report
from unwix.run.rows import post_row
from unwix.run.steps import ReadResult, convert_page
from unwix.run.workers import PAGE_SECONDS, Workers, read_pages
from unwix.run.write_post import Options


def readings(pages: Iterable[Page], jobs: int, seconds: float = PAGE_SECONDS) -> Iterator[ReadResult]:
    with Workers(jobs, seconds) as workers:
        yield from read_pages(workers, pages, Options())


def good(number: int) -> Page:
    return Page(f"{number}.html", data=post_page(p(f"Words of {number}."), f"Pot {number}", f"pot-{number}"))


def bad(how: str, **more: Path) -> BadlyBehaved:
    return BadlyBehaved("bad.html", how=how, **more)


SENTENCES = {
    "hang": "the page took longer than 1 seconds and was given up",
    "exit": "the process that read the page died; the page may need more memory than there is",
    "kill": "the process that read the page died; the page may need more memory than there is",
    "crash": "the process that read the page died; the page may need more memory than there is",
    "memory": "the page needs more memory than there is",
}


@pytest.mark.parametrize("how", [*SENTENCES, "raise", "sys.exit"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_bad_page_fails_alone(how: str, jobs: int) -> None:
    pages = [good(1), good(2), bad(how), good(3), bad(how), good(4), good(5)]
    outcomes = list(readings(pages, jobs, seconds=1))
    assert [outcome.source for outcome in outcomes] == [page.source for page in pages]
    assert [len(outcome.posts) for outcome in outcomes] == [1, 1, 0, 1, 0, 1, 1]
    for outcome in (outcomes[2], outcomes[4]):
        assert outcome.skipped is None
        assert outcome.failed
        assert outcome.failed == SENTENCES.get(how, outcome.failed)
        assert "Traceback" not in outcome.failed
        assert "\n" not in outcome.failed


@pytest.mark.parametrize("jobs", [0, 1])
def test_hanging_page_fails_alone(jobs: int) -> None:
    (outcome,) = readings([bad("hang")], jobs, seconds=0.2)
    assert outcome.failed == "the page took longer than 0.2 seconds and was given up"
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL


def test_worker_that_ignores_signals_is_killed() -> None:
    assert [outcome.failed for outcome in readings([bad("deaf"), good(1)], 1, seconds=1)] == [
        SENTENCES["hang"],
        None,
    ]


@pytest.mark.parametrize("jobs", [0, 1])
@pytest.mark.parametrize("alone", [True, False])
def test_a_page_that_raises_is_a_failed_page_without_workers_too(jobs: int, alone: bool) -> None:
    pages = [bad("raise")] if alone else [bad("raise"), good(1)]
    outcomes = list(readings(pages, jobs))
    assert outcomes[0].failed
    assert [len(outcome.posts) for outcome in outcomes[1:]] == [1] * (len(pages) - 1)


@pytest.mark.parametrize("jobs", [0, 1, 2, 3])
def test_results_are_in_the_order_of_the_pages(jobs: int) -> None:
    pages = [
        Page(f"{n}.html", data=post_page(p("word " * (3000 if n % 5 == 0 else 1)), slug=f"s{n}")) for n in range(25)
    ]
    assert [outcome.source for outcome in readings(pages, jobs)] == [page.source for page in pages]


@pytest.mark.parametrize("jobs", [0, 1, 2])
def test_no_pages_give_no_results(jobs: int) -> None:
    assert list(readings([], jobs)) == []


def test_pages_are_taken_only_a_little_ahead() -> None:
    """A source of any length is read only a few pages ahead of the workers."""
    taken = 0

    def endless() -> Iterator[Page]:
        nonlocal taken
        for number in itertools.count():
            taken += 1
            yield good(number)

    outcomes = readings(endless(), 2)
    for _ in range(10):
        next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]  # a generator
    assert taken <= 10 + 2 * AHEAD * LARGEST + 2


def test_work_is_done_in_this_process_without_shared_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in containers without /dev/shm."""

    def refuse(*_: object, **__: object) -> None:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr("pebble.ProcessPool.schedule", refuse)
    outcomes = list(readings([good(1), bad("raise"), good(2)], 2))
    assert [len(outcome.posts) for outcome in outcomes] == [1, 0, 1]


@pytest.mark.skipif(get_start_method() != "fork", reason="processes are never forked here")
def test_processes_are_not_forked_while_other_threads_run() -> None:
    """A forked process could wait forever for a lock that a thread held."""
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    try:
        method = pool.start_method()
        results = list(readings([good(1), bad("kill"), good(2)], 2))
    finally:
        ended.set()
        thread.join(60)
    assert method == "spawn"
    assert [len(result.posts) for result in results] == [1, 0, 1]


def test_closing_a_pool_ends_the_thread_that_waits_for_it(tmp_path: Path) -> None:
    """A worker of a cluster ends the pools of a run while a thread waits for a page."""
    note = tmp_path / "pid"
    executor = pool.Pool(1, 600)

    def wait() -> None:
        with suppress(CancelledError):
            list(executor.map(Page.read, [bad("hang", note=note)], lambda page, reason: b""))

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    deadline = time.monotonic() + 60
    while not (note.exists() and note.read_text()) and time.monotonic() < deadline:
        time.sleep(0.01)
    executor.close(stopped=True)
    thread.join(60)
    assert not thread.is_alive()


#: Processes that are forked while this is True never begin their work.
_forked_hang = False


def _hang_if_forked() -> None:
    if _forked_hang:
        time.sleep(600)


def test_workers_that_never_begin_are_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    start_again = pool.Pool._start_again

    def patient(self: pool.Pool) -> None:
        monkeypatch.setattr(pool, "_START_SECONDS", 60)
        start_again(self)

    monkeypatch.setattr(pool.Pool, "_start_again", patient)
    monkeypatch.setattr(pool, "start_method", lambda: "fork")
    monkeypatch.setattr(pool, "_START_SECONDS", 0.5)
    monkeypatch.setattr(pool, "_prepare", _hang_if_forked)
    monkeypatch.setattr(sys.modules[__name__], "_forked_hang", True)
    results = list(readings([good(n) for n in range(9)], 2))
    assert [(result.source, len(result.posts)) for result in results] == [(f"{n}.html", 1) for n in range(9)]


def test_workers_that_never_begin_again_end_the_run_with_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_START_SECONDS", 0.5)
    monkeypatch.setattr(pool, "_prepare", _hang_if_forked)
    monkeypatch.setattr(sys.modules[__name__], "_forked_hang", True)
    packed = pickle.dumps(len)
    executor = pool.Pool(1, 60, method="fork")
    monkeypatch.setattr(executor, "close", lambda stopped: None)
    executor._start()
    executor._method = "spawn"
    with pytest.raises(UnwixError, match=r"began its work within .* seconds. Run again with --jobs 0\.$"):
        executor._wait(executor._task(packed, ["page"]))
    monkeypatch.undo()
    executor.close(stopped=True)


def test_page_that_kills_its_worker_fails_alone_in_a_chunk() -> None:
    pages: list[Page] = [good(n) for n in range(60)]
    pages[40], pages[45], pages[59] = bad("kill"), bad("hang"), bad("crash")
    outcomes = list(readings(pages, 1, seconds=2))
    assert [n for n, outcome in enumerate(outcomes) if outcome.failed] == [40, 45, 59]
    assert [outcome.source for outcome in outcomes] == [page.source for page in pages]


def test_no_worker_outlives_the_run(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    outcomes = readings([good(1), bad("hang", note=note), good(2), good(3)], 1, seconds=600)
    next(outcomes)
    deadline = time.monotonic() + 30
    while not (note.exists() and note.read_text()) and time.monotonic() < deadline:
        time.sleep(0.01)
    outcomes.close()  # type: ignore[attr-defined]  # a generator
    pid = int(note.read_text())
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.01)
    pytest.fail("the worker still runs")


def test_ctrl_c_in_workers_prints_no_traceback(tmp_path: Path) -> None:
    """The whole process group gets SIGINT, as from a terminal; each worker is in the middle of a page."""
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from support.hanging_worker import BadlyBehaved\n"
        "from run.test_workers import readings\n"
        "try:\n"
        "    list(readings([BadlyBehaved(str(n), how='hang', note=Path(sys.argv[1], str(n))) for n in range(8)], 2))\n"
        "except KeyboardInterrupt:\n"
        "    print('stopped')\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        start_new_session=True,
    ) as child:
        deadline = time.monotonic() + 30
        while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < deadline:
            time.sleep(0.01)
        os.killpg(child.pid, signal.SIGINT)
        out, err = child.communicate(timeout=60)
    assert (out, err) == (b"stopped\n", b"")
    for path in tmp_path.iterdir():
        with pytest.raises(ProcessLookupError):
            os.kill(int(path.read_text()), 0)


# ---- what is handed about is small --------------------------------------------------------------------------------


def test_a_page_of_a_file_is_handed_over_as_its_path(tmp_path: Path) -> None:
    (path,) = save(tmp_path)
    assert len(pickle.dumps(Page("x", path=path))) < 600


def test_serialized_post_is_smaller_than_its_text() -> None:
    page = Page("x", data=post_page(p("word " * 2000) * 20))
    (found,) = readings([page], 0)
    assert len(pickle.dumps(found)) < len(convert_page(page).posts[0].text)


def test_rows_of_a_large_report_are_not_held_in_memory() -> None:
    (post,) = convert_page(good(1)).posts
    row = post_row(post, "pot-\ud83d\u2028\n1.md", "written")
    report = Report("0")
    report.add(row)
    tracemalloc.start()
    for _ in range(5000):
        report.add(row)
    memory, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(report.rows) == 5001
    assert memory < 100_000
    assert [json.loads(line) for line in report.rows] == [row] * 5001
