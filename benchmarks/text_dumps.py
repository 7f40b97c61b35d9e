"""Text dumps: how long unwix takes for a dump, for JSON Lines in and out, and for WET records, on one core.

python benchmarks/text_dumps.py [--pages DIR] [--records N] [--rounds N]

Everything is CPU time of one run. The unit is lxml's parse of the saved page that a dump was made from, so figures of
different machines can be compared. Nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import mean

import html2text
import lxml.html
from inscriptis import get_text
from warcio.warcwriter import WARCWriter

import corpus
from unwix.model.page import Page
from unwix.run.steps import convert_page

#: A paragraph that makes each copy of a dump a post of its own, so that none is left out as a duplicate.
_EXTRA = "Copy number {} of this text has this sentence, which no other copy has in just these {} words."


def post_pages(directory: Path) -> list[bytes]:
    """Return the saved pages of a directory that are posts."""
    raws = [path.read_bytes() for path in sorted(directory.rglob("*")) if path.is_file()]
    return [raw for raw in raws if b"<html" in raw[:5000].lower() and convert_page(Page("page", data=raw)).posts]


def dumps_of(pages: list[bytes]) -> dict[str, list[str]]:
    """Return the dumps of the pages: plain text, and Markdown with links and images."""
    texts = [raw.decode("utf-8", "replace") for raw in pages]
    return {"plain text": [get_text(text) for text in texts], "Markdown": [html2text.html2text(text) for text in texts]}


def seconds(work: Callable[[], object], rounds: int) -> float:
    """Return the CPU time of the fastest round; an untimed one comes first."""
    work()
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def converted(source: Path, *options: str) -> tuple[float, int]:
    """Return the CPU time of `unwix convert … --to jsonl -o -` as a process, and the number of its records."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "unwix", "convert", str(source), "--to", "jsonl", "-o", "-", "--jobs", "0", "-q"]
    done = subprocess.run([*command, *options], stdout=subprocess.PIPE, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used, len(done.stdout.splitlines())


def copies(dumps: list[str], count: int) -> list[tuple[str, str]]:
    """Return so many dumps with a URL each, no two of them equal."""
    middle = [dump.split("\n\n") for dump in dumps]
    found = []
    for n in range(count):
        blocks = list(middle[n % len(middle)])
        longest = max(range(len(blocks)), key=lambda at: len(blocks[at]))
        blocks.insert(longest + 1, _EXTRA.format(n, n * 7919))
        found.append((f"https://www.example.com/post/number-{n}", "\n\n".join(blocks)))
    return found


def write_lines(path: Path, records: list[tuple[str, str]]) -> None:
    """Write JSON Lines with a URL and a text each."""
    lines = (json.dumps({"url": url, "text": text}, ensure_ascii=False) + "\n" for url, text in records)
    path.write_text("".join(lines), encoding="utf-8")


def write_wet(path: Path, records: list[tuple[str, str]]) -> None:
    """Write a WET file, which has no blank lines, with nine other pages for each post."""
    other = "About us\n" + "We sell lamps, and we have done so for a long time.\n" * 40
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for url, text in records:
            pages = [(url, "\n".join(line for line in text.split("\n") if line.strip()))]
            pages += [(f"https://www.shop.example/{url[-3:]}/{n}", other) for n in range(9)]
            for address, content in pages:
                record = writer.create_warc_record(address, "conversion", payload=BytesIO(content.encode()))
                writer.write_record(record)


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description="Measures text dumps; prints a table.")
    parser.add_argument("--pages", type=Path, default=corpus.folder())
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    pages = post_pages(args.pages)
    parse = seconds(lambda: [lxml.html.document_fromstring(raw) for raw in pages], args.rounds) / len(pages)
    print(f"{len(pages)} posts of {args.pages}; the unit is lxml's parse of a whole page: {parse * 1000:.2f} ms\n")
    print(f"{'':<44}{'ms each':>9}{'a second':>10}{'times the parse':>17}")

    def line(name: str, each: float) -> None:
        print(f"{name:<44}{each * 1000:>9.2f}{1 / each:>10.0f}{each / parse:>17.2f}", flush=True)

    dumps = dumps_of(pages)
    for form, texts in dumps.items():
        raws = [text.encode() for text in texts]
        used = seconds(lambda raws=raws: [convert_page(Page("dump", data=raw)) for raw in raws], args.rounds)  # type: ignore[misc]
        line(f"{form}, {mean(map(len, raws)) / 1000:.0f} kB each: read and written", used / len(raws))
    with tempfile.TemporaryDirectory() as directory:
        for form, texts in dumps.items():
            records = copies(texts, args.records)
            write_lines(path := Path(directory, "records.jsonl"), records)
            used, count = converted(path)
            line(f"{form}: JSON Lines in and out ({count} posts)", used / len(records))
        records = copies(dumps["plain text"], args.records // 10)
        write_wet(path := Path(directory, "records.wet.gz"), records)
        used, count = converted(path)
        line(f"WET records, of which a tenth is a post ({count})", used / (10 * len(records)))


if __name__ == "__main__":
    main()
