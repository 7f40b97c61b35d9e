"""Posts with extremely many parts in one element: whether writing them grows with the post or faster.

`python benchmarks/extreme_shapes.py [TARGET…]` writes ten shapes in three sizes (1×, 2×, 4×) for the given targets and
prints the processor time of each, and the growth from 1× to 4×: about 4 is linear, 16 is quadratic.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

from unwix.model.article import Element, element
from unwix.writers.markdown.writer import write_markdown
from unwix.writers.targets import MARKDOWN_TARGETS

SIZES = (1, 2, 4)


def paragraph_of(*parts: Element | str) -> Element:
    return element("article", element("p", *parts))


def table_of(*rows: Element) -> Element:
    return element("article", element("table", element("tbody", *rows)))


SHAPES: dict[str, Callable[[int], Element]] = {
    "line breaks in a paragraph": lambda n: paragraph_of(*(p for _ in range(n) for p in ("a", element("br")))),
    "bold words in a paragraph": lambda n: paragraph_of(
        *(p for _ in range(n) for p in (element("strong", "a"), " b "))
    ),
    "links in a paragraph": lambda n: paragraph_of(
        *(p for k in range(n) for p in (element("a", "a", href=f"https://www.example.com/{k}"), " "))
    ),
    "characters of Markdown": lambda n: paragraph_of("* a_b_ [c] `" * (n // 4)),
    "bare URLs without a space": lambda n: paragraph_of("http://a@" * n),
    "items of a list": lambda n: element(
        "article", element("ol", *(element("li", element("p", "a")) for _ in range(n)))
    ),
    "lists in a row": lambda n: element(
        "article", *(element("ul", element("li", element("p", "a"))) for _ in range(n))
    ),
    "paragraphs in a cell": lambda n: table_of(element("tr", element("td", *(element("p", "a") for _ in range(n))))),
    "rows of a table": lambda n: table_of(*(element("tr", element("td", "a"), element("td", "b")) for _ in range(n))),
    "linked headings of one text": lambda n: element("article", *(element("h2", "a", id=f"k{k}") for k in range(n))),
}


def measure(shape: Callable[[int], Element], target: str, size: int) -> float:
    article = shape(size)
    start = time.process_time()
    write_markdown(article, flavor=MARKDOWN_TARGETS[target].flavor)
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("targets", nargs="*", default=["markdown", "hugo", "mkdocs"], metavar="TARGET")
    parser.add_argument("--size", type=int, default=5_000, help="parts of the smallest post; default 5000")
    options = parser.parse_args()
    print(f"{'shape':<30} {'target':<10} {'1×':>7} {'2×':>7} {'4×':>7}  growth")
    for name, shape in SHAPES.items():
        for target in options.targets:
            times = [measure(shape, target, options.size * factor) for factor in SIZES]
            shown = " ".join(f"{seconds:6.3f}s" for seconds in times)
            print(f"{name:<30} {target:<10} {shown}  {times[-1] / max(times[0], 1e-3):6.1f}")


if __name__ == "__main__":
    main()
