"""The links and redirects of a whole blog: whether planning, rewriting and trying grow with the blog or faster.

`python benchmarks/links.py` prints, for generated blogs of several sizes with five links a post (in different spellings
of the address, one to a place in a post, one to a category, one to a post that is not there), the processor time of each
phase and the memory that the plan holds; then the time of each host's rules, written and tried on all old addresses.
"""

from __future__ import annotations

import argparse
import gc
import time
import tracemalloc

from unwix.blog.links.resolve import Links
from unwix.blog.redirects.hosts import HOSTS
from unwix.blog.redirects.plan import build_redirects
from unwix.blog.redirects.verify import find_faults
from unwix.model.post import Metadata
from unwix.model.post_summary import PostSummary
from unwix.writers.permalinks import permalinks_of

SITE = "https://www.roses.example"
PAGES = permalinks_of("astro")


def entry(post: int, posts: int) -> PostSummary:
    def other(step: int) -> str:
        return f"růže-číslo-{(post * step + 1) % posts}"

    links = [
        f"{SITE}/post/{other(7)}?utm_source=mail&utm_campaign={post}",
        f"http://roses.example/single-post/2016/01/02/{other(11)}/",
        f"{SITE}/post/{other(13)}#viewer-abc1",
        f"{SITE}/blog/categories/c-{post % 50}",
        f"{SITE}/post/gone-{post}",
    ]
    slug = f"růže-číslo-{post}"
    metadata = Metadata(
        slug=slug,
        canonical_url=f"{SITE}/post/{slug}",
        date="2019-05-06",
        categories=[f"C {post % 50}"],
        tags=[f"T {post % 300}"],
    )
    return PostSummary(
        f"in/{post}.html", "rendered", metadata, links=links, headings=[("abc1", "Growing"), ("", "Cutting")]
    )


def output(post: int) -> str:
    return f"src/content/blog/růže-číslo-{post}.md"


def phases(posts: int) -> dict[str, float]:
    """Seconds of each phase."""
    gc.collect()
    took = {}
    links = Links(PAGES, "absolute")
    start = time.process_time()
    for post in range(posts):
        links.add(entry(post, posts), output(post))
    took["add"] = time.process_time() - start
    start = time.process_time()
    links.finalize()
    took["finalize"] = time.process_time() - start
    start = time.process_time()
    rewritten = sum(len(links.new_urls(entry(post, posts), output(post))) for post in range(posts))
    took["rewrite"] = time.process_time() - start
    assert rewritten == 3 * posts, rewritten
    assert len(links.not_exported) == 2 * posts
    return took


def memory(posts: int) -> float:
    """MB that the plan holds before the first post is written."""
    tracemalloc.start()
    links = Links(PAGES, "absolute")
    for post in range(posts):
        links.add(entry(post, posts), output(post))
    links.finalize()
    held = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    return held


def report(posts: int) -> dict[str, object]:
    rows = []
    for post in range(posts):
        m = entry(post, posts).metadata
        rows.append(
            {
                "output": output(post),
                "url": m.canonical_url,
                "slug": m.slug,
                "date": m.date,
                "categories": m.categories,
                "tags": m.tags,
            }
        )
    return {"posts": rows, "links": {}}


def hosts(posts: int) -> None:
    start = time.process_time()
    rules = build_redirects(report(posts)["posts"], None, PAGES).rules
    print(f"\n{posts} posts: {len(rules)} rules in {time.process_time() - start:.2f} s")
    for name, host in HOSTS.items():
        start = time.process_time()
        made = host.write(rules)
        wrote = time.process_time() - start
        start = time.process_time()
        wrong = sum(1 for _ in find_faults(rules, made, host.read(made.files)))
        tried = time.process_time() - start
        size = sum(len(text.encode()) for text in made.files.values()) / 1e6
        print(
            f"{name:<13} {made.count:>7} said, {size:5.1f} MB   write {wrote:5.2f} s   verify {tried:5.2f} s   faults {wrong}"
        )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--posts", type=int, default=10_000)
    most = options.parse_args().posts
    for posts in (most // 4, most // 2, most):
        took = phases(posts)
        said = "   ".join(f"{name} {seconds:5.2f} s" for name, seconds in took.items())
        print(
            f"{posts:>6} posts, {5 * posts:>6} links: {said}   all {1e6 * sum(took.values()) / posts:5.1f} µs a post   {memory(posts):5.1f} MB"
        )
    hosts(most)


if __name__ == "__main__":
    main()
