"""Documents: Wix's own documents per second, in this process and on one core, against `json.loads` alone, all in one run.

python benchmarks/documents.py [--documents DIR] [--rounds N]
python benchmarks/documents.py --rows 100000

The documents are read once before the clock runs. Nothing here passes or fails: the ratio is what counts. With `--rows`
it is memory: a CMS export of so many rows is made, converted by the command line, and the peak is printed.
"""

from __future__ import annotations

import argparse
import csv
import gc
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import corpus
from unwix.model.page import Page
from unwix.run.steps import convert_page

PEAK = Path(__file__).with_name("peak.py")


def unwix(raw: bytes) -> object:
    """Run all of unwix: read, write, front matter, and the comparison of the Markdown with the document."""
    return convert_page(Page("document", data=raw))


CONTENDERS: dict[str, Callable[[bytes], object]] = {"json.loads alone": json.loads, "unwix, all of it": unwix}


def seconds(work: Callable[[bytes], object], raws: list[bytes]) -> float:
    """How long all documents take."""
    gc.collect()
    start = time.perf_counter()
    for raw in raws:
        work(raw)
    return time.perf_counter() - start


def export(path: Path, rows: int) -> None:
    """A CMS export: each row a post of its own with a document of six paragraphs."""
    paragraph = "The ferry leaves at noon, when there is no fog; else it leaves when somebody has rung the bell twice. "
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["Title", "Slug", "Published Date", "Public URL", "Rich Content", "Plain Content"])
        for n in range(rows):
            texts = [f"Day {n}, part {part}: {paragraph}" for part in range(6)]
            nodes = [
                {"type": "PARAGRAPH", "nodes": [{"type": "TEXT", "textData": {"text": said, "decorations": []}}]}
                for said in texts
            ]
            address = f"https://www.example.com/post/day-{n}"
            table.writerow(
                [f"Day {n}", f"day-{n}", "2024-05-01T10:00:00Z", address, json.dumps({"nodes": nodes}), " ".join(texts)]
            )


def measure_memory(rows: int) -> None:
    """Convert a table of so many rows; prints its size, the time and the peak of unwix and of its largest worker."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        export(folder / "posts.csv", rows)
        size = (folder / "posts.csv").stat().st_size / 1e6
        command = [
            sys.executable,
            str(PEAK),
            "convert",
            str(folder / "posts.csv"),
            "-o",
            str(folder / "out"),
            "--jobs",
            "2",
        ]
        start = time.perf_counter()
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True)
        took = time.perf_counter() - start
        peak = json.loads(done.stderr.splitlines()[-1])
        print(
            f"{rows:,} rows, {size:.0f} MB: {took:.0f} s ({rows / took:,.0f} posts/s), peak {peak['process'] / 1024:.0f} MB"
            f" in unwix itself, {peak['worker'] / 1024:.0f} MB in its largest worker"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures unwix on documents; prints a table.")
    parser.add_argument("--documents", type=Path, default=corpus.folder("ricos"), help="folder with JSON files")
    parser.add_argument("--rounds", type=int, default=5, help="how often all documents are measured")
    parser.add_argument("--rows", type=int, help="measure the memory of a table of so many rows instead")
    args = parser.parse_args()
    if args.rows:
        measure_memory(args.rows)
        return
    raws = [
        raw
        for path in sorted(args.documents.rglob("*.json"))
        if convert_page(Page(path.name, data=(raw := path.read_bytes()))).posts
    ]
    took: dict[str, list[float]] = {name: [] for name in CONTENDERS}
    for _ in range(args.rounds):
        for name, work in CONTENDERS.items():
            took[name].append(seconds(work, raws))
    size = sum(map(len, raws)) / 1e6
    floor = median(took["json.loads alone"])
    print(
        f"{datetime.now(UTC).date()}    {os.cpu_count()} cores, Python {platform.python_version()}; {len(raws)} documents, {size:.1f} MB of {args.documents}"
    )
    print(f"{'':<20}{'documents/s':>14}{'MB/s':>10}{'ms a document':>16}{'times json.loads':>18}")
    for name, times in took.items():
        typical = median(times)
        print(
            f"{name:<20}{len(raws) / typical:>14,.0f}{size / typical:>10.1f}{typical / len(raws) * 1000:>16.2f}{typical / floor:>18.1f}"
        )


if __name__ == "__main__":
    main()
