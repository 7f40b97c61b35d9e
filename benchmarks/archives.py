"""Archives: a web archive of any size, made on the fly, read in constant memory: seconds, MB/s and peak memory.

python benchmarks/archives.py [--gigabytes 2] [--pages DIR] [--members 100000]

Three measurements: the same posts as files and in a WARC of `--gigabytes`, both by `unwix convert`; walking that WARC
and nothing else; and walking a ZIP of `--members` small files. Nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import corpus
from peak import own_peak
from unwix.model.page import Page
from unwix.run.steps import convert_page
from unwix.sources import open_sources

_ADDRESS = re.compile(rb'(property="og:url"\s+content=")[^"]*')


def pages(folder: Path) -> list[bytes]:
    """The post pages in a folder that tell their address where each copy can have one of its own."""
    raws = [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]
    return [raw for raw in raws if _ADDRESS.search(raw) and convert_page(Page("page", data=raw)).posts]


def write_warc(path: Path, raws: list[bytes], size: int) -> int:
    """A WARC of at least so many bytes; returns how many pages it has."""
    count = 0
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=False)
        while file.tell() < size:
            address = f"https://www.example.com/post/number-{count}"
            raw = _ADDRESS.sub(rb"\g<1>" + address.encode(), raws[count % len(raws)], count=1)
            http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(address, "response", io.BytesIO(raw), http_headers=http))
            count += 1
    return count


def converted(source: Path, output: Path) -> tuple[float, dict[str, int]]:
    """How long `unwix convert` takes, and its peak memory in kB: its own, and that of its largest worker."""
    command = [sys.executable, str(Path(__file__).parent / "peak.py"), "convert", str(source), "-o", str(output)]
    start = time.perf_counter()
    done = subprocess.run([*command, "--jobs", "2"], capture_output=True, text=True, check=True)
    return time.perf_counter() - start, json.loads(done.stderr.splitlines()[-1])


def walked(path: Path) -> tuple[float, int]:
    """How long it takes to walk an archive, and how many pages it has."""
    start = time.perf_counter()
    count = sum(1 for source in open_sources([path]) for _ in source.pages())
    return time.perf_counter() - start, count


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures archives as sources; prints lines.")
    parser.add_argument("--gigabytes", type=float, default=2.0)
    parser.add_argument("--members", type=int, default=100_000)
    parser.add_argument("--pages", type=Path, default=corpus.folder())
    args = parser.parse_args()
    raws = pages(args.pages)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for gigabytes in (args.gigabytes / 20, args.gigabytes):
            archive = folder / "a.warc"
            count = write_warc(archive, raws, int(gigabytes * 1e9))
            size = os.path.getsize(archive) / 1e6
            seconds, peak = converted(archive, folder / f"out-{count}")
            rate = f"{count / seconds:.0f} pages/s, {size / seconds:.0f} MB/s"
            own, worker = peak["process"] / 1000, peak["worker"] / 1000
            print(f"convert a WARC of {size:,.0f} MB, {count:,} pages: {seconds:.0f} s, {rate};", end=" ")
            print(f"peak {own:.0f} MB, its largest worker {worker:.0f} MB")
        seconds, count = walked(archive)
        print(
            f"walk it: {seconds:.1f} s, {size / seconds:.0f} MB/s; peak {own_peak() / 1000:.0f} MB with the pages at hand"
        )
        with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED) as packed:
            for number in range(args.members):
                packed.writestr(f"post/{number}.html", b"<!DOCTYPE html><html><body><p>Hello</p></body></html>")
        seconds, count = walked(folder / "a.zip")
        print(f"walk a ZIP of {count:,} files: {seconds:.1f} s, {count / seconds:,.0f} files/s")


if __name__ == "__main__":
    main()
