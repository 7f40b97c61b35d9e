"""Batches: `unwix` as a process of its own: wall time by jobs, peak memory by number of pages, start-up time."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

_ADDRESS = re.compile(rb"<meta[^>]{0,200}og:url[^>]*>")
_CONTENT = re.compile(rb"""(content\s*=\s*["'][^"'#?]+)""")
#: The id of a post in the data that its page carries, which stands in it many times.
_ID = re.compile(rb'post\\*":\{\\*"(?:_id|id)\\*":\\*"([0-9a-f-]{36})')
_SMALL_PAGE = Path(__file__).parents[1] / "samples/saved/2025-which-clay-for-what.html"
_PEAK = Path(__file__).with_name("peak.py")


@contextmanager
def copies(pages: list[Path], number: int) -> Iterator[Path]:
    """A folder with so many pages: those given over and over, the largest first, each with an address and id of its own.

    Without these a copy would be the same post as another, and would not be written.
    """
    ordered = sorted(pages, key=lambda page: page.stat().st_size, reverse=True)
    with TemporaryDirectory(prefix="unwix-bench-") as name:
        for n, page in enumerate(islice(cycle(ordered), number)):
            raw = _ADDRESS.sub(lambda meta, n=n: _CONTENT.sub(rb"\g<1>-%d" % n, meta[0]), page.read_bytes(), count=1)  # type: ignore[misc]
            if known := _ID.search(raw):
                raw = raw.replace(known[1], b"%08x" % n + known[1][8:])
            Path(name, f"{n:05}.html").write_bytes(raw)
        yield Path(name)


def seconds(command: list[str]) -> float:
    """Wall time of a command."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def convert_seconds(folder: Path, jobs: int) -> float:
    """Wall time of `unwix convert` into a new folder."""
    with TemporaryDirectory(prefix="unwix-bench-") as output:
        return seconds([sys.executable, "-m", "unwix", "convert", str(folder), "-o", output, "--jobs", str(jobs)])


def by_jobs(pages: list[Path], number: int, rounds: int) -> dict[int, float]:
    """Median wall time of a batch with one job and with two, taken in turns."""
    took: dict[int, list[float]] = {1: [], 2: []}
    with copies(pages, number) as folder:
        for _ in range(rounds):
            for jobs, times in took.items():
                times.append(convert_seconds(folder, jobs))
    return {jobs: median(times) for jobs, times in took.items()}


def peak_memory(pages: list[Path], number: int) -> dict[str, int]:
    """Peak memory in kB of `unwix convert --jobs 2`: of the process itself, and of its largest worker."""
    with copies(pages, number) as folder, TemporaryDirectory(prefix="unwix-bench-") as output:
        command = [sys.executable, str(_PEAK), "convert", str(folder), "-o", output, "--jobs", "2"]
        answer = subprocess.run(
            command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        ).stderr
    return {name: int(value) for name, value in json.loads(answer.splitlines()[-1]).items()}


def start_up(rounds: int) -> dict[str, float]:
    """Return the median CPU seconds of a command with one small page, of `unwix --version` and of Python alone.

    Modules are compiled before the first round, as an installation does: bytecode is written whatever the environment says.
    """
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    with TemporaryDirectory(prefix="unwix-bench-") as output:
        page = ["convert", str(_SMALL_PAGE), "-o", output, "--no-cache"]
        commands = {
            "unwix convert PAGE": [sys.executable, "-m", "unwix", *page],
            "unwix --version": [sys.executable, "-m", "unwix", "--version"],
            "python -c pass": [sys.executable, "-c", "pass"],
        }
        took: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds + 1):
            for name, command in commands.items():
                took[name].append(_cpu_seconds(command, environment))
    return {name: median(times[1:]) for name, times in took.items()}


def _cpu_seconds(command: list[str], environment: dict[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
