"""The review page: how long it takes to make for many posts, and how soon a browser shows its list and a post.

python benchmarks/review.py [--posts N] [--pages DIR] [--rounds N]

Needs Debian's chromium and the extra `dev` (Playwright). Nothing here passes or fails: see README.md.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import sync_playwright

import corpus
from batches import copies, seconds

_FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync"
#: When the page was asked for, until all of it was there and laid out once.
_LOADED = """() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0)))"""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measures the review page; prints figures.")
    parser.add_argument("--pages", type=Path, default=corpus.folder(), help="folder with saved pages")
    parser.add_argument("--posts", type=int, default=2000, help="so many posts")
    parser.add_argument("--rounds", type=int, default=5, help="how often the page is opened")
    return parser.parse_args()


def opened(tab: Any, address: str) -> float:
    """Seconds from asking for a page until it is laid out and its script has run."""
    tab.goto("about:blank")
    tab.goto(address, wait_until="load")
    return float(tab.evaluate(_LOADED)) / 1000


def filtered(tab: Any) -> float:
    """Seconds from a key in the search field until the list shows what was found."""
    start = time.perf_counter()
    tab.fill("#search", "no post has these words")
    tab.wait_for_selector("#none:not([hidden])")
    return time.perf_counter() - start


def main() -> None:
    chosen = arguments()
    unwix = [sys.executable, "-m", "unwix"]
    with (
        copies(sorted(chosen.pages.rglob("*.html")), chosen.posts) as folder,
        TemporaryDirectory(prefix="unwix-bench-") as output,
    ):
        subprocess.run([*unwix, "convert", str(folder), "-o", output], stdout=subprocess.DEVNULL, check=False)
        took = seconds([*unwix, "review", output])
        made = Path(output, "_review")
        size = sum(path.stat().st_size for path in made.rglob("*") if path.is_file())
        index = made / "index.html"
        print(f"{chosen.posts} posts of {chosen.pages}")
        print(f"unwix review: {took:.1f} s, {1000 * took / chosen.posts:.1f} ms a post, {size / 1e6:.0f} MB")
        print(f"index.html: {index.stat().st_size / 1e6:.1f} MB")
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=_FLAGS.split())
            for name, width in (("desktop", 1440), ("phone", 390)):
                tab = browser.new_context(viewport={"width": width, "height": 900}, offline=True).new_page()
                lists = [opened(tab, index.as_uri()) for _ in range(chosen.rounds)]
                searches = [filtered(tab)]
                posts = sorted((made / "posts").iterdir())[:: max(1, chosen.posts // 20)]
                pages = [opened(tab, post.as_uri()) for post in posts]
                print(
                    f"{name}: the list {median(lists):.2f} s (worst {max(lists):.2f}), a search {searches[0]:.2f} s, "
                    f"a post {median(pages):.2f} s (worst of {len(pages)}: {max(pages):.2f})"
                )
            browser.close()


if __name__ == "__main__":
    main()
