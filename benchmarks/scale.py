"""Scale: executors, re-runs, archives and growth with the number of posts: `unwix convert` as a process, in CPU time.

python benchmarks/scale.py [--pages DIR] [--batch 300] [--growth 1000 10000] [--only executors reruns archives growth]

`benchmarks/run.py` prints the same parts in its table. CPU time of the main process and of its workers is counted apart:
the main process is what more cores do not help.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import corpus
from batches import copies

PARTS = ("executors", "reruns", "archives", "growth")
_DRIVER = """
import json, resource, sys, time
sys.path.insert(0, sys.argv.pop(1))
from peak import own_peak, workers_peak
from unwix.cli.main import main
try:
    main()
except SystemExit:
    pass
children = resource.getrusage(resource.RUSAGE_CHILDREN)
used = [time.process_time(), children.ru_utime + children.ru_stime, own_peak() / 1024, workers_peak() / 1024]
print(json.dumps(used), file=sys.stderr)
"""


class Cost(NamedTuple):
    """Processor seconds and peak memory (MB) of a run, and its wall time."""

    main: float
    workers: float
    main_mb: float
    worker_mb: float
    wall: float

    @property
    def total(self) -> float:
        """Processor seconds of all processes."""
        return self.main + self.workers


def convert(source: Path, output: Path, *options: str) -> Cost:
    """Run `unwix convert` as a process; posts that are lossy or failed do not matter."""
    command = [sys.executable, "-c", _DRIVER, str(Path(__file__).parent), "convert", str(source), "-o", str(output)]
    start = time.perf_counter()
    done = subprocess.run(
        [*command, "-q", *options], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    return Cost(*json.loads(done.stderr.splitlines()[-1]), time.perf_counter() - start)


# ---- executors and re-runs --------------------------------------------------------------------------------------------


@contextmanager
def cluster() -> Iterator[str | None]:
    """The URL of a Dask cluster with two workers; None where Dask is not installed."""
    try:
        from distributed import LocalCluster
    except ImportError:
        yield None
        return
    with LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=":0") as started:
        yield started.scheduler_address.replace("tcp://", "dask://")


def executors(pages: list[Path], number: int) -> dict[str, Any]:
    """The same batch in this process, with one worker, with two, and on a Dask cluster of two workers."""
    with copies(pages, number) as folder, TemporaryDirectory() as name, cluster() as address:
        ways = {"in process": ("-j", "0"), "1 worker": ("-j", "1"), "2 workers": ("-j", "2")}
        if address:
            ways["Dask, 2 workers"] = ("--executor", address)
        few = Path(name, "few")
        few.mkdir()
        shutil.copy(min(pages, key=lambda page: page.stat().st_size), few)
        start = convert(few, Path(name, "one"), "--no-cache", "-j", "0").main
        return {
            way: _row(convert(folder, Path(name, way), "--no-cache", *how), number, start) for way, how in ways.items()
        }


def _row(cost: Cost, number: int, start: float = 0.0) -> dict[str, float]:
    return {**cost._asdict(), "main ms a post": max(0.0, cost.main - start) / number * 1000}


def executor_lines(found: dict[str, Any]) -> Iterator[str]:
    yield "executors            CPU s: main   workers   wall s   main ms a post   peak MB: main   worker"
    for way, row in found.items():
        workers = "      –" if way.startswith("Dask") else f"{row['workers']:>7.2f}"
        yield (
            f"  {way:<18}{row['main']:>12.2f}   {workers}{row['wall']:>9.1f}{row['main ms a post']:>17.2f}"
            f"{row['main_mb']:>16.0f}{row['worker_mb']:>9.0f}"
        )


def reruns(pages: list[Path], number: int) -> dict[str, Any]:
    """The first run, the same again, a dry run, and again with one page changed, with the cache."""
    with copies(pages, number) as folder, TemporaryDirectory() as name:
        how = ("--cache", str(Path(name, "cache")), "-j", "0")
        rows = {"first run": convert(folder, Path(name, "out"), *how)}
        rows["again"] = convert(folder, Path(name, "out"), *how)
        rows["again, --dry-run"] = convert(folder, Path(name, "out"), *how, "--dry-run")
        page = min(folder.iterdir(), key=lambda path: path.stat().st_size)
        page.write_bytes(page.read_bytes() + b"\n")
        rows["again, one page changed"] = convert(folder, Path(name, "out"), *how)
        return {label: _row(cost, number) for label, cost in rows.items()}


def rerun_lines(found: dict[str, Any]) -> Iterator[str]:
    yield "re-runs                   CPU s   ratio to the first run"
    first = found["first run"]["main"] + found["first run"]["workers"]
    for label, row in found.items():
        total = row["main"] + row["workers"]
        yield f"  {label:<24}{total:>7.2f}{total / first:>9.2f}"


# ---- archives ---------------------------------------------------------------------------------------------------------


def write_warc(path: Path, bodies: Iterator[tuple[str, bytes]], packed: bool, kind: str = "response") -> None:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=packed)
        for url, body in bodies:
            http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            headers = http if kind == "response" else None
            writer.write_record(writer.create_warc_record(url, kind, io.BytesIO(body), http_headers=headers))


def _zip(path: Path, bodies: Iterator[tuple[str, bytes]], _packed: bool) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for url, body in bodies:
            archive.writestr(url.removeprefix("https://") + ".html", body)


def _foreign(number: int) -> bytes:
    """The page of another site: 100 kB of markup and words, which pack to a fifth."""
    noise = random.Random(number)
    words = ["".join(noise.choices("abcdefghiklmnoprstuvw", k=noise.randint(3, 9))) for _ in range(900)]
    text = "".join(f"<div class=c{n % 90}><p>{' '.join(noise.choices(words, k=25))}</p></div>" for n in range(520))
    return f"<!doctype html><html><head><title>{words[0]}</title></head><body>{text}</body></html>".encode()


def _texts(number: int) -> Iterator[tuple[str, bytes]]:
    for n in range(number):
        noise = random.Random(n)
        lines = (" ".join("".join(noise.choices("abcdeiklmnorstu", k=6)) for _ in range(12)) for _ in range(60))
        yield f"https://{n}.example.org/", "\n".join(lines).encode()


def archives(pages: list[Path], number: int) -> dict[str, Any]:
    """Posts in archives of each kind, with one worker and with two, and a crawl in which one page of fifty is a post."""
    found: dict[str, Any] = {}
    with copies(pages, number) as folder, TemporaryDirectory() as name:

        def posts() -> Iterator[tuple[str, bytes]]:
            for path in sorted(folder.iterdir()):
                yield f"https://www.example.com/post/{path.stem}", path.read_bytes()

        def crawl() -> Iterator[tuple[str, bytes]]:
            for n, post in enumerate(posts()):
                if n % 50 == 0:
                    yield post
                yield f"https://{n}.example.org/", _foreign(n)

        makers: dict[str, tuple[str, Callable[[Path], None], int]] = {
            "WARC": ("a.warc", lambda path: write_warc(path, posts(), False), number),
            "WARC, gzip": ("a.warc.gz", lambda path: write_warc(path, posts(), True), number),
            "ZIP": ("a.zip", lambda path: _zip(path, posts(), True), number),
            "a crawl, 1 of 50 a post": (
                "b.warc.gz",
                lambda path: write_warc(path, crawl(), True),
                number + number // 50,
            ),
            "WET, no post": (
                "a.wet.gz",
                lambda path: write_warc(path, _texts(number * 10), True, "conversion"),
                number * 10,
            ),
        }
        for label, (file, make, count) in makers.items():
            path = Path(name, file)
            make(path)
            for jobs in (1, 2):
                command = [sys.executable, "-c", _DRIVER, str(Path(__file__).parent), "convert", str(path)]
                output = Path(name, f"out-{file}-{jobs}")
                start = time.perf_counter()
                done = subprocess.run(
                    [*command, "-o", str(output), "-q", "--no-cache", "-j", str(jobs)],
                    check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                )  # fmt: skip
                cost = Cost(*json.loads(done.stderr.splitlines()[-1]), time.perf_counter() - start)
                found[f"{label}, -j {jobs}"] = {**_row(cost, count), "pages": count, "MB": path.stat().st_size / 1e6}
            path.unlink()
    return found


def archive_lines(found: dict[str, Any]) -> Iterator[str]:
    yield "archives                          MB   pages   CPU s: main   workers   wall s   a CPU second: pages   MB of the file"
    for label, row in found.items():
        total = row["main"] + row["workers"]
        yield (
            f"  {label:<29}{row['MB']:>6.0f}{row['pages']:>8}{row['main']:>14.2f}{row['workers']:>10.2f}{row['wall']:>9.1f}"
            f"{row['pages'] / total:>22.0f}{row['MB'] / total:>17.1f}"
        )


# ---- growth -----------------------------------------------------------------------------------------------------------

_POST = """<!doctype html><html lang="en"><head><title>{title}</title><meta property="og:type" content="article">
<meta property="og:url" content="https://www.example.com/post/{slug}"><meta property="og:title" content="{title}">
<meta property="article:published_time" content="2024-05-{day:02}T10:00:00.000Z">
<meta name="generator" content="Wix.com Website Builder"></head><body><article data-hook="post"><h1>{title}</h1>
<div data-hook="post-description"><div data-rce-version="9.1">{body}</div></div></article></body></html>"""


def _write_posts(folder: Path, number: int) -> None:
    for n in range(number):
        words = random.Random(n)
        lines = (
            " ".join(words.choices("clay water fire glaze kiln wheel hand bowl cup".split(), k=40)) for _ in range(6)
        )
        body = "".join(f'<p id="viewer-{n}x{i}"><span>{line}.</span></p>' for i, line in enumerate(lines))
        part = folder / f"{n // 1000:03}"
        part.mkdir(exist_ok=True)
        page = _POST.format(title=f"Pot number {n}", slug=f"pot-{n}", day=n % 28 + 1, body=body)
        (part / f"{n}.html").write_text(page, encoding="utf-8")


def growth(sizes: list[int]) -> dict[str, Any]:
    """Blogs of small posts in several sizes, with two workers."""
    found = {}
    for number in sizes:
        with TemporaryDirectory() as name:
            source = Path(name, "pages")
            source.mkdir()
            _write_posts(source, number)
            cost = convert(source, Path(name, "out"), "--no-cache", "-j", "2")
            report = Path(name, "out", "report.json")
            written = json.loads(report.read_text(encoding="utf-8"))["summary"]["posts"]
            found[str(number)] = {**_row(cost, number), "posts": written, "report MB": report.stat().st_size / 1e6}
    return found


def growth_lines(found: dict[str, Any]) -> Iterator[str]:
    yield "growth     ms a post: all   main   peak MB: main   worker   kB a post in main   report.json MB"
    rows = list(found.values())
    for row in rows:
        more = (row["main_mb"] - rows[0]["main_mb"]) * 1024 / max(1, row["posts"] - rows[0]["posts"])
        yield (
            f"  {row['posts']:>7}{(row['main'] + row['workers']) / row['posts'] * 1000:>14.2f}"
            f"{row['main'] / row['posts'] * 1000:>7.2f}{row['main_mb']:>16.0f}{row['worker_mb']:>9.0f}"
            f"{more:>20.2f}{row['report MB']:>17.1f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pages", type=Path, default=corpus.folder())
    parser.add_argument("--batch", type=int, default=300, help="pages of a batch; default 300")
    parser.add_argument("--growth", type=int, nargs="+", default=[1_000, 10_000, 50_000], help="posts of each size")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    options = parser.parse_args()
    pages = corpus.saved_pages(options.pages)
    if "executors" in options.only:
        print("\n".join(executor_lines(executors(pages, options.batch))), end="\n\n", flush=True)
    if "reruns" in options.only:
        print("\n".join(rerun_lines(reruns(pages, options.batch))), end="\n\n", flush=True)
    if "archives" in options.only:
        print("\n".join(archive_lines(archives(pages, options.batch))), end="\n\n", flush=True)
    if "growth" in options.only:
        print("\n".join(growth_lines(growth(options.growth))), flush=True)


if __name__ == "__main__":
    main()
