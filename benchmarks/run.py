"""Benchmarks: unwix against the parse alone and against what people would use instead, all measured in one run.

python benchmarks/run.py [--pages DIR] [--rounds N] [--json FILE]

Nothing here passes or fails: the figures are for reading. See README.md.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import batches
import corpus
import scale
from contenders import CONTENDERS

_START_UPS = 15


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measures unwix; prints a table.")
    parser.add_argument("--pages", type=Path, default=corpus.folder(), help="folder with saved pages")
    parser.add_argument("--rounds", type=int, default=5, help="how often each page is measured")
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    parts = ["pages", "jobs", "memory", "start", *scale.PARTS]
    parser.add_argument("--only", choices=parts, help="one part instead of all")
    parser.add_argument(
        "--batch", type=int, default=500, help="pages of the batch that is timed with one job and with two"
    )
    parser.add_argument(
        "--many", type=int, default=2000, help="pages of the large batch whose memory is compared with that of 50"
    )
    parser.add_argument("--growth", type=int, nargs="+", default=[1_000, 10_000, 50_000], help="posts of each size")
    return parser.parse_args()


# ---- page by page, in this process ----------------------------------------------------------------------------------


def time_pages(paths: list[Path], rounds: int) -> dict[str, Any]:
    """Every contender on every page, in turns; a page's figure is the median of its rounds."""
    pages = [raw for path in paths if _is_post(raw := path.read_bytes())]
    gc.collect()
    gc.freeze()
    took: dict[str, list[list[float]]] = {name: [[] for _ in pages] for name in CONTENDERS}
    for _ in range(rounds):
        for number, raw in enumerate(pages):
            for name, work in CONTENDERS.items():
                took[name][number].append(_milliseconds(work, raw))
    per_page = {name: [median(times) for times in all_times] for name, all_times in took.items()}
    return {"pages": len(pages), "megabytes": sum(map(len, pages)) / 1e6, **_compared(per_page)}


def _is_post(raw: bytes) -> bool:
    """Whether unwix finds a post in it; each contender runs once on each page before the clock runs."""
    outcomes = [work(raw) for work in CONTENDERS.values()]
    return bool(getattr(outcomes[1], "posts", None))


def _milliseconds(work: Callable[[bytes], object], raw: bytes) -> float:
    """CPU time that it takes. What the one before left to the garbage collector is not put on this one's bill."""
    gc.collect()
    start = time.process_time()
    work(raw)
    return (time.process_time() - start) * 1000


def _compared(per_page: dict[str, list[float]]) -> dict[str, Any]:
    yardstick = next(iter(per_page.values()))
    return {
        "contenders": {
            name: {
                "median ms": median(times),
                "worst ms": max(times),
                "times the parse, median page": median(t / p for t, p in zip(times, yardstick, strict=True)),
                "times the parse, all pages": sum(times) / sum(yardstick),
            }
            for name, times in per_page.items()
        }
    }


# ---- the table ------------------------------------------------------------------------------------------------------


def page_lines(found: dict[str, Any]) -> Iterator[str]:
    yield f"{found['pages']} posts, {found['megabytes']:.0f} MB    ms a page: median   worst   times the parse: median   all"
    for name, figures in found["contenders"].items():
        typical, worst, ratio, overall = figures.values()
        yield f"  {name:<30}{typical:>8.1f}{worst:>8.1f}{ratio:>26.2f}{overall:>6.2f}"


def job_lines(number: int, took: dict[int, float]) -> Iterator[str]:
    yield f"{number} pages    s: --jobs 1 {took[1]:.2f}    --jobs 2 {took[2]:.2f}    {took[1] / took[2]:.2f} times as fast"


def memory_lines(peaks: dict[int, dict[str, int]]) -> Iterator[str]:
    yield "peak memory, --jobs 2    MB: unwix   its largest worker"
    for number, peak in peaks.items():
        yield f"  {number:>5} pages{peak['process'] / 1024:>20.1f}{peak['worker'] / 1024:>21.1f}"
    few, many = peaks.values()
    yield f"  growth{'':>4}{many['process'] / few['process'] - 1:>20.1%}{many['worker'] / few['worker'] - 1:>21.1%}"


def start_lines(took: dict[str, float]) -> Iterator[str]:
    yield "start-up    ms of CPU time: " + "    ".join(f"{name} {seconds * 1000:.0f}" for name, seconds in took.items())


# ---- all of it ------------------------------------------------------------------------------------------------------


def main() -> None:
    args = arguments()
    paths = corpus.saved_pages(args.pages)
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    figures: dict[str, Any] = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine,
        "pages": str(args.pages),
    }
    print(f"{figures['date']}    {machine}\npages: {args.pages} ({len(paths)} files)\n")

    small = min(args.rounds, 3)
    # Name of a part: (name in the JSON file, the measurement, its lines).
    parts: dict[str, tuple[str, Callable[[], Any], Callable[[Any], Iterator[str]]]] = {
        "start": ("start", lambda: batches.start_up(_START_UPS), start_lines),
        "memory": ("memory", lambda: {n: batches.peak_memory(paths, n) for n in (50, args.many)}, memory_lines),
        "jobs": ("jobs", lambda: batches.by_jobs(paths, args.batch, small), lambda took: job_lines(args.batch, took)),
        "pages": ("contenders", lambda: time_pages(paths, args.rounds), page_lines),
        "executors": ("executors", lambda: scale.executors(paths, args.batch), scale.executor_lines),
        "reruns": ("reruns", lambda: scale.reruns(paths, args.batch), scale.rerun_lines),
        "archives": ("archives", lambda: scale.archives(paths, args.batch), scale.archive_lines),
        "growth": ("growth", lambda: scale.growth(args.growth), scale.growth_lines),
    }
    for part, (name, measure, lines_of) in parts.items():
        if args.only in (None, part):
            figures[name] = measure()
            print("\n".join(lines_of(figures[name])), end="\n\n", flush=True)
    if args.json:
        args.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
