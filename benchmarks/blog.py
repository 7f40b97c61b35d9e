"""A whole blog: generated posts with five media and five links each, and whether the plan grows with the blog or faster.

`python benchmarks/blog.py` prints, for blogs of several sizes, the time and the memory of planning, naming, listing and
rewriting the media (in this process, no network: the files are there), and of a whole `unwix convert --media list`.
"""

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from unwix.blog.media.index_file import FileInfo
from unwix.blog.media.item import MediaItem, MediaResult
from unwix.blog.media.plan import Media
from unwix.model.post import Metadata
from unwix.model.post_summary import MediaRef, PostSummary
from unwix.web.file_types import Format
from unwix.writers.targets import MARKDOWN_TARGETS

_PEAK = Path(__file__).with_name("peak.py")
_STATIC = "https://static.wixstatic.com/media/"
_STYLE = ".x{margin:0}" * 4000  # pages are mostly style


def address(number: int) -> str:
    return f"{_STATIC}ab12cd_{number:032x}~mv2.jpg"


def refs(post: int) -> list[MediaRef]:
    """Three pictures of its own (the first has the same author's name in every post), one of the next post, one of all."""
    own = [
        MediaRef(address(4 * post + n), "image", "A rose", "IMG_1.JPG" if n == 0 else None, 800, 600) for n in range(3)
    ]
    return [
        MediaRef(address(4 * post), "cover"),
        *own[1:],
        MediaRef(address(4 * post + 4), "gallery"),
        MediaRef(address(3), "image"),
    ]


def entry(post: int) -> PostSummary:
    return PostSummary(f"in/{post:05}.html", "rendered", Metadata(slug=f"post-{post}"), media=refs(post))


class There:
    """Stands for the fetcher: every file is there, one in ten with the bytes of another."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def fetch(self, items: Mapping[str, MediaItem], _before: object) -> Iterator[MediaItem]:
        for number, item in enumerate(items.values()):
            sha = f"{number - (number % 10 == 0):064x}"
            item.got = MediaResult(
                "original", FileInfo(self._file, 1, sha, Format("jpg", "image"), 8, 6), is_placed=True
            )
            yield item

    def unfinished(self, _items: object) -> Iterator[Path]:
        return iter(())


def planned(posts: int) -> dict[str, float]:
    """Seconds of processor time of each phase."""
    with TemporaryDirectory(prefix="unwix-bench-") as name:
        folder = Path(name)
        file = folder / "there.jpg"
        file.write_bytes(b"x")
        gc.collect()
        took: dict[str, float] = {}
        media = Media(folder, MARKDOWN_TARGETS["jekyll"], "copy", fetcher=There(file))  # type: ignore[arg-type]
        media._place = lambda _before: None  # type: ignore[method-assign,assignment]
        start = time.process_time()
        for post in range(posts):
            media.add(entry(post), f"_posts/2024-01-01-post-{post}.md")
        took["plan"] = time.process_time() - start
        start = time.process_time()
        media.finalize()
        took["name and list"] = time.process_time() - start
        start = time.process_time()
        rewritten = sum(len(media.new_urls(entry(post), f"_posts/2024-01-01-post-{post}.md")) for post in range(posts))
        took["rewrite"] = time.process_time() - start
        assert rewritten == 5 * posts, rewritten
        assert len(json.loads((folder / "media.json").read_text())["media"]) == len(media)
        return took | {"items": len(media)}


def memory(posts: int) -> float:
    """MB that a plan holds."""
    tracemalloc.start()
    media = Media(Path("/nowhere"), MARKDOWN_TARGETS["jekyll"], "copy")
    for post in range(posts):
        media.add(entry(post), f"_posts/2024-01-01-post-{post}.md")
    held = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    return held


def page(post: int, posts: int) -> str:
    blocks = []
    for ref in refs(post):
        name = ref.address.removeprefix(_STATIC)
        blocks.append(
            f'<figure data-hook="figure-IMAGE"><div data-hook="image-viewer"><wow-image id="{name}"><img alt="A rose" src="{ref.address}">'
            '</wow-image></div></figure><div type="image" data-hook="rcv-block1"></div>'
        )
        blocks.append(
            f'<p id="viewer-{post}"><span>Words about roses, and '
            f'<a href="https://www.roses.example/post/post-{(post * 7 + len(blocks)) % posts}">more of them</a>.</span></p>'
        )
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="generator" content="Wix.com Website Builder">'
        f'<meta property="og:type" content="article"><meta property="og:url" content="https://www.roses.example/post/post-{post}">'
        f'<title>Post {post}</title><style>{_STYLE}</style></head><body><article data-hook="post"><h1 data-hook="post-title">Post {post}</h1>'
        f'<section data-hook="post-description"><div data-rce-version="10.140.2">{"".join(blocks)}</div></section></article></body></html>'
    )


def whole_run(posts: int) -> dict[str, float]:
    """Seconds and peak memory in MB of `unwix convert --media list --jobs 2` for a blog of so many posts."""
    with TemporaryDirectory(prefix="unwix-bench-") as name:
        source, output = Path(name, "in"), Path(name, "out")
        source.mkdir()
        for post in range(posts):
            (source / f"{post:05}.html").write_text(page(post, posts), encoding="utf-8")
        command = [
            sys.executable,
            str(_PEAK),
            "convert",
            str(source),
            "-o",
            str(output),
            "--media",
            "list",
            "--to",
            "hugo",
            "--jobs",
            "2",
        ]
        start = time.perf_counter()
        run = subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        took = time.perf_counter() - start
        peak = json.loads(run.stderr.splitlines()[-1])
        assert len(list(output.rglob("index.md"))) == posts
        return {"seconds": took, "process MB": peak["process"] / 1000, "worker MB": peak["worker"] / 1000}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1250, 2500, 5000, 10_000])
    parser.add_argument("--runs", type=int, nargs="*", default=[1000, 10_000], help="sizes of whole runs")
    chosen = parser.parse_args()
    print("posts   links   items   plan s   name+list s   rewrite s   µs a link   plan holds MB")
    for posts in chosen.sizes:
        took = planned(posts)
        spent = took["plan"] + took["name and list"] + took["rewrite"]
        print(
            f"{posts:>5}  {5 * posts:>6}  {took['items']:>6}  {took['plan']:>7.2f}  {took['name and list']:>12.2f}  "
            f"{took['rewrite']:>10.2f}  {1e6 * spent / (5 * posts):>10.1f}  {memory(posts):>14.1f}"
        )
    for posts in chosen.runs:
        took = whole_run(posts)
        print(
            f"convert --media list, {posts} posts: " + ", ".join(f"{name} {value:.1f}" for name, value in took.items())
        )


if __name__ == "__main__":
    main()
