"""Documents: Wix's own documents per second, in this process and on one core, against `json.loads` alone, all in one run.

python benchmarks/documents.py [--documents DIR] [--rounds N]

The documents are read once before the clock runs. Nothing here passes or fails: the ratio is what counts.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from unwix.page import Page
from unwix.pipeline import convert_page

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "ricos"


def unwix(raw: bytes) -> object:
    """The whole pipeline: read, write, front matter, and the Markdown held against the document."""
    return convert_page(Page("document", data=raw))


CONTENDERS: dict[str, Callable[[bytes], object]] = {"json.loads alone": json.loads, "unwix, all of it": unwix}


def seconds(work: Callable[[bytes], object], raws: list[bytes]) -> float:
    """How long all documents take."""
    gc.collect()
    start = time.perf_counter()
    for raw in raws:
        work(raw)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures unwix on documents; prints a table.")
    parser.add_argument(
        "--documents", type=Path, default=CORPUS if CORPUS.is_dir() else ROOT / "samples", help="folder with JSON files"
    )
    parser.add_argument("--rounds", type=int, default=5, help="how often all documents are measured")
    args = parser.parse_args()
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
