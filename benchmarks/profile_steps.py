"""Profile by steps: the median milliseconds a page spends in each step of the pipeline.

python benchmarks/profile_steps.py [--pages DIR] [--rounds N]

Each step is a function of unwix that is wrapped with a clock; what a step spends in another step is that one's.
"""

from __future__ import annotations

import functools
import gc
import time
from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from statistics import median
from typing import Any

from contenders import parse_alone
from corpus import saved_pages
from run import arguments
from unwix.model.page import Page
from unwix.run.steps import convert_page

#: Name of the step, and the functions that are it, by the module that calls them.
STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("sniff", ("unwix.readers:unzip", "unwix.readers:sniff")),
    ("cut scripts", ("unwix.readers.saved_page.parse:cut_scripts",)),
    ("lxml parse of the rest", ("unwix.readers.saved_page.parse:_parse_tree",)),
    ("decode, metas, hooks", ("unwix.readers.saved_page.parse:parse",)),
    ("find the body", ("unwix.readers.saved_page.reader:body_elements",)),
    (
        "JSON-LD, embedded data",
        ("unwix.readers.saved_page.parse:JsonLd.of", "unwix.readers.saved_page.reader:page_data"),
    ),
    ("metadata", ("unwix.readers.saved_page.reader:page_url", "unwix.readers.saved_page.reader:read_metadata")),
    (
        "source facts",
        ("unwix.fidelity.viewer_html:viewer_facts", "unwix.readers.saved_page.page_document:body_builder"),
    ),
    ("words of the facts", ("unwix.model.facts:Facts.word_counts", "unwix.model.facts:words_and_uncertain")),
    (
        "ledger",
        (
            "unwix.readers.page_account:post_region",
            "unwix.readers.page_account:words_around",
            "unwix.fidelity.ledger.html_ledger:account",
        ),
    ),
    ("reader: body to article", ("unwix.readers.viewer.walk:read_body",)),
    ("language", ("unwix.readers.saved_page.reader:_language_problem",)),
    ("inline: escapes, cmark", ("unwix.writers.markdown.escaping:EscapingWriter.write",)),
    ("write Markdown", ("unwix.run.write_post:write_markdown",)),
    ("read-back: cmark", ("unwix.run.write_post:markdown_facts",)),
    ("read-back: facts", ("unwix.fidelity.markdown:html_facts",)),
    ("compare", ("unwix.run.write_post:compare",)),
    ("YAML", ("unwix.run.write_post:front_matter",)),
)
REST = "all else"
#: The steps that prove a conversion.
PROOF = ("source facts", "words of the facts", "ledger", "read-back: facts", "compare")


class Clock:
    """Which step is running, and how long each has been."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._running: list[str] = []
        self._since = time.process_time()

    def _lap(self) -> None:
        now = time.process_time()
        if self._running:
            self.spent[self._running[-1]] += now - self._since
        self._since = now

    def watched(self, step: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The function, timed as a part of the step."""

        @functools.wraps(work)
        def run(*args: Any, **names: Any) -> Any:
            self._lap()
            self._running.append(step)
            try:
                return work(*args, **names)
            finally:
                self._lap()
                self._running.pop()

        return run


def install(clock: Clock) -> None:
    """Put a clock round each step's functions, where they are called from."""
    for step, places in STEPS:
        for place in places:
            module, _, path = place.partition(":")
            *owners, name = path.split(".")
            owner: Any = functools.reduce(getattr, owners, import_module(module))
            setattr(owner, name, clock.watched(step, getattr(owner, name)))


def main() -> None:
    args = arguments()
    pages = [path.read_bytes() for path in saved_pages(args.pages)]
    for raw in pages:
        convert_page(Page("warm", data=raw))
    clock = Clock()
    install(clock)
    run = clock.watched(REST, convert_page)
    parse = clock.watched("lxml, the parse alone", parse_alone)
    gc.collect()
    gc.freeze()
    taken: dict[str, list[list[float]]] = defaultdict(lambda: [[] for _ in pages])
    for _ in range(args.rounds):
        for number, raw in enumerate(pages):
            clock.spent.clear()
            parse(raw)
            gc.collect()
            run(Page("page", data=raw))
            for step, seconds in clock.spent.items():
                taken[step][number].append(seconds * 1000)
    report({step: [median(times) if times else 0.0 for times in by_page] for step, by_page in taken.items()})


def report(taken: dict[str, list[float]]) -> None:
    """The table: medians over the pages, and means, which add up."""
    yardstick = taken.pop("lxml, the parse alone")
    total = [sum(times) for times in zip(*taken.values(), strict=True)]
    print(f"{'ms a page':<28}{'median':>8}{'mean':>8}{'share':>8}")
    for step in (*(name for name, _ in STEPS), REST):
        times = taken.get(step, [0.0])
        print(f"{step:<28}{median(times):>8.2f}{sum(times) / len(total):>8.2f}{sum(times) / sum(total):>8.0%}")
    proof = sum(sum(taken.get(step, ())) for step in PROOF)
    print(f"{'facts, ledger, comparison':<28}{'':>8}{proof / len(total):>8.2f}{proof / sum(total):>8.0%}")
    print(f"{'all of unwix':<28}{median(total):>8.2f}{sum(total) / len(total):>8.2f}")
    print(f"{'lxml, the parse alone':<28}{median(yardstick):>8.2f}{sum(yardstick) / len(total):>8.2f}")
    ratio = median(t / p for t, p in zip(total, yardstick, strict=True))
    print(f"times the parse alone: {ratio:.2f} on the median page, {sum(total) / sum(yardstick):.2f} on all")


if __name__ == "__main__":
    main()
