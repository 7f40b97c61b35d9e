"""Re-runs and executors: the processor time of `unwix convert` again and with other numbers of workers.

`python benchmarks/reruns.py [--pages DIR] [--batch N]` converts a batch of pages for the first time, again with nothing
changed, again with one page changed, and without the cache; then in this process, with one worker and with two. For each
it prints the processor time, its ratio to the first run, and the main process's own time per post.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import batches
from run import CORPUS, ROOT, saved_pages

_DRIVER = """
import json, resource, sys, time
from unwix.cli.main import main
start = time.process_time()
try:
    main()
except SystemExit:
    pass
children = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([time.process_time() - start, children.ru_utime + children.ru_stime]), file=sys.stderr)
"""


class Cost(NamedTuple):
    """Processor seconds of a run."""

    main: float
    workers: float

    @property
    def total(self) -> float:
        """The whole run."""
        return self.main + self.workers


def convert(folder: Path, output: Path, *options: str) -> Cost:
    command = [sys.executable, "-c", _DRIVER, "convert", str(folder), "-o", str(output), *options]
    done = subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    return Cost(*json.loads(done.stderr.splitlines()[-1]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pages", type=Path, default=CORPUS if CORPUS.is_dir() else ROOT / "samples")
    parser.add_argument("--batch", type=int, default=500, help="pages of the batch; default 500")
    options = parser.parse_args()
    with batches.copies(saved_pages(options.pages), options.batch) as folder, TemporaryDirectory() as name:
        work = Path(name)
        cached = ("--cache", str(work / "cache"), "-j", "0")
        rows = {"first run": convert(folder, work / "out", *cached)}
        rows["again"] = convert(folder, work / "out", *cached)
        rows["again, --dry-run"] = convert(folder, work / "out", *cached, "--dry-run")
        page = min(folder.iterdir(), key=lambda path: path.stat().st_size)
        page.write_bytes(page.read_bytes() + b"\n")
        rows["again, one page changed"] = convert(folder, work / "out", *cached)
        for jobs in (0, 1, 2):
            shutil.rmtree(work / "out")
            rows[f"--no-cache -j {jobs}"] = convert(folder, work / "out", "--no-cache", "-j", str(jobs))
        few = work / "few"
        few.mkdir()
        shutil.copy(page, few)
        start = convert(few, work / "one", "--no-cache", "-j", "0").main
    print(f"{'run':<26} {'seconds':>8} {'ratio':>6} {'ms a post in the main process':>30}")
    for label, cost in rows.items():
        own = max(0.0, cost.main - start) / options.batch * 1000
        print(f"{label:<26} {cost.total:>8.2f} {cost.total / rows['first run'].total:>6.2f} {own:>30.2f}")


if __name__ == "__main__":
    main()
