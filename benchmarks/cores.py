"""Cores: how much faster two workers are than one, and what the main process costs a post.

python benchmarks/cores.py [--pages DIR] [--batch 1000] [--rounds 3]

Wall times count here, so nothing else should run. The same pages come from a directory, a WARC and a gzipped WARC; one
worker and two take turns. The main process's figure is without its start: a run with two small pages is subtracted.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import corpus
import scale
from batches import copies


def measured(source: Path, folder: Path, rounds: int) -> dict[int, scale.Cost]:
    """The fastest of several runs with one worker and with two, taken in turns."""
    runs: dict[int, list[scale.Cost]] = {1: [], 2: []}
    for number in range(rounds):
        for jobs, costs in runs.items():
            output = folder / f"out-{number}-{jobs}"
            costs.append(scale.convert(source, output, "--no-cache", "-j", str(jobs)))
            shutil.rmtree(output)
    return {jobs: min(costs, key=lambda cost: cost.wall) for jobs, costs in runs.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pages", type=Path, default=corpus.folder())
    parser.add_argument("--batch", type=int, default=1000, help="pages of the batch; default 1000")
    parser.add_argument("--rounds", type=int, default=3, help="runs of which the fastest counts; default 3")
    options = parser.parse_args()
    pages = corpus.saved_pages(options.pages)
    print("source        wall s: 1 worker   2 workers   times as fast   main process, ms a post")
    with copies(pages, options.batch) as folder, TemporaryDirectory() as name:
        work = Path(name)
        few = work / "few"
        few.mkdir()
        for number in range(2):
            shutil.copy(min(pages, key=lambda page: page.stat().st_size), few / f"{number}.html")
        start = min(scale.convert(few, work / f"few-{n}", "--no-cache", "-j", "2").main for n in range(options.rounds))
        sources = {"directory": folder, "WARC": work / "a.warc", "WARC, gzip": work / "a.warc.gz"}
        for label, source in sources.items():
            if source != folder:
                posts = ((f"https://www.example.com/post/{p.stem}", p.read_bytes()) for p in sorted(folder.iterdir()))
                scale.write_warc(source, posts, source.suffix == ".gz")
            one, two = measured(source, work, options.rounds).values()
            main_ms = max(0.0, two.main - start) / options.batch * 1000
            print(
                f"{label:<14}{one.wall:>16.1f}{two.wall:>12.1f}{one.wall / two.wall:>16.2f}{main_ms:>26.2f}", flush=True
            )
            if source != folder:
                source.unlink()


if __name__ == "__main__":
    main()
