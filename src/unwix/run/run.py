"""Run: the phases of one `convert` or `check`: pages are read, posts are planned, and what is planned is written.

Reading puts every post into a spool on disk. When all are there it is known which of them are the same post, what each
file is called and where links and pictures will be, and only then a post is written.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from ..blog.comments import COMMENTS_SUFFIX, Comments
from ..blog.duplicates.find import DuplicateFinder
from ..blog.filters import Filters
from ..blog.paths import OutputPlace, Paths
from ..model.page import Page
from ..model.post import Post
from ..model.post_summary import PostSummary
from ..model.problems import Problem
from ..model.skipped import Skipped
from ..writers.targets import TARGETS
from .output_folder import Sink
from .report import Report
from .rows import PostRow, failed_row, post_row
from .spool import Spool, deserialize, read_post
from .steps import ReadResult, WriteTask
from .workers import Workers, merge_posts, read_pages, write_posts
from .write_post import Options, WrittenPost

#: Stands in the plan for what is written.
_DONE = failed_row("", "")
#: So many copies of one post are asked for what the best lacks; more were not seen to know better.
_MOST_COPIES = 20
#: So many entries are at hand while copies are looked for.
_ENTRIES = 64


class Rewriter(Protocol):
    """Something that gives posts new addresses: their links, their media."""

    def add(self, entry: PostSummary, output: str) -> None:
        """Learn of a post that will be written to a file of that name below OUTPUT."""

    def settle(self) -> None:
        """All posts are known: what takes long (downloads) happens now."""

    def addresses(self, entry: PostSummary, output: str) -> dict[str, str]:
        """For a post's addresses, letter by letter as its article has them, the new ones; only those that change."""

    def anchors(self, output: str) -> frozenset[str]:
        """Places in a post that other posts lead to, so that they need an id."""

    def problems(self, entry: PostSummary) -> list[Problem]:
        """What could not be had for a post."""


@dataclass(slots=True)
class Planned:
    """A post that will be written."""

    number: int
    """Of the copy in the spool that is written."""
    place: OutputPlace

    @property
    def output(self) -> str:
        """Its file below OUTPUT."""
        return self.place.output


@dataclass(slots=True)
class Run:
    """One run, phase by phase: `read` it, `plan` it, `write` it."""

    sink: Sink
    report: Report
    options: Options = field(default_factory=Options)
    filters: Filters = field(default_factory=Filters)
    rewriters: Sequence[Rewriter] = ()
    """Links, then media; without them posts keep the addresses that they have."""
    paths: Paths = field(default_factory=lambda: Paths(TARGETS["markdown"]))
    comments: Comments = field(default_factory=Comments)
    """What readers wrote under the posts, for the data files beside them."""
    suffix: str = ".md"
    filtered: int = 0
    """How many posts the filters leave out."""
    _spool: Spool = field(default_factory=Spool)
    _copies: DuplicateFinder = field(init=False)
    _merged: dict[int, list[str]] = field(default_factory=dict)
    """Of the best of such copies, the sources of the others that were asked for what it lacks."""
    _rows: list[int | PostRow] = field(default_factory=list)
    """What the report will list, in the order of the pages: first copies, and the rows of pages that failed."""
    _page_of: array[int] = field(default_factory=lambda: array("L"))
    """For each post, the number of its page."""
    _skipped: list[tuple[int, str, Skipped]] = field(default_factory=list)
    """(number of the page, source, reason)"""
    _pages: int = 0

    def __post_init__(self) -> None:
        # The same few are asked for again and again where many posts have one title or id.
        entry_of = lru_cache(maxsize=_ENTRIES)(self._spool.entry)
        self._copies = DuplicateFinder(entry_of, lambda number: read_post(self._spool.post(number)).facts.words)

    # ---- reading ------------------------------------------------------------------------------------------------

    def read(self, workers: Workers, pages: Iterable[Page]) -> Iterator[ReadResult]:
        """Read all pages; yields what was read of each, as it comes."""
        for reading in read_pages(workers, pages, self.options):
            for entry, post in reading.posts:
                self._take(self._spool.add(entry, post), deserialize(entry))
            if reading.failed is not None:
                self._rows.append(failed_row(reading.source, reading.failed))
            if reading.skipped is not None:
                self._skip(reading.source, reading.skipped)
            for source, reason in reading.left_out:
                self._skip(source, reason)
            self._pages += 1
            yield reading

    def _skip(self, source: str, reason: Skipped, page: int | None = None) -> None:
        self._skipped.append((self._pages if page is None else page, source, reason))

    def _take(self, number: int, entry: PostSummary) -> None:
        self._page_of.append(self._pages)
        if self._copies.is_new(number, entry):
            self._rows.append(number)

    # ---- planning -----------------------------------------------------------------------------------------------

    def plan(self, workers: Workers) -> list[Planned | PostRow]:
        """What will be written, and the rows of what failed, in the order of the pages."""
        self._copies.forget_keys()
        self._merge(workers)
        self._rows = [row for row in self._rows if not isinstance(row, int) or self._copies.is_first(row)]
        best_of = {first: numbers[0] for first, numbers in self._copies.groups.items()}
        for row in self._rows:
            if isinstance(row, int):
                entry = self._spool.entry(best_of.get(row, row))
                self.paths.learn(entry.metadata, entry.source)
        plan: list[Planned | PostRow] = []
        for row in self._rows:
            if not isinstance(row, int):
                plan.append(row)
                continue
            best = best_of.get(row, row)
            entry = self._spool.entry(best)
            place = self.paths.take(entry.metadata, entry.source)
            if (reason := self.filters.refusal(entry.metadata)) is not None:
                self._skip(entry.source, Skipped("filtered", reason), self._page_of[row])
                self.sink.mark_current(place.output)
                self.filtered += 1
                continue
            plan.append(Planned(best, place))
            for rewriter in self.rewriters:
                rewriter.add(entry, place.output)
        self.paths.forget()
        for rewriter in self.rewriters:
            rewriter.settle()
        self.report.skipped += [(source, reason) for _, source, reason in sorted(self._skipped, key=lambda s: s[0])]
        self._rows.clear()
        return plan

    def _merge(self, workers: Workers) -> None:
        """Put what all copies of a post have together in the place of the best of them; the others are listed."""
        for first, numbers in self._copies.groups.items():
            entries = {number: self._spool.entry(number) for number in numbers}
            ranked = sorted(numbers, key=lambda number: entries[number].quality, reverse=True)  # of equals the first
            best = entries[ranked[0]]
            for number in ranked[1:]:
                as_good = entries[number].quality == best.quality
                told = f"{best.source}, which is {'as good a copy' if as_good else 'the better copy'}"
                self._skip(
                    entries[number].source, Skipped("duplicate", f"the same post as {told}"), self._page_of[number]
                )
            # One that says exactly what the best says has nothing to give.
            others = [number for number in ranked[1:] if entries[number].digest != best.digest]
            self._copies.groups[first] = [ranked[0], *others[:_MOST_COPIES]]
        groups = [numbers for numbers in self._copies.groups.values() if len(numbers) > 1]
        copies = ([self._spool.post(number) for number in numbers] for numbers in groups)
        for numbers, merged in zip(groups, merge_posts(workers, copies), strict=True):
            self._merged[numbers[0]] = [self._spool.entry(number).source for number in numbers[1:]]
            self._spool.replace(numbers[0], *merged)

    # ---- writing ------------------------------------------------------------------------------------------------

    def write(self, workers: Workers, plan: list[Planned | PostRow]) -> Iterator[PostRow]:
        """Write what is planned into the sink; yields the row of each post. The plan is used up on the way."""
        for planned, written in self.texts(workers, plan):
            row = planned if written is None or not isinstance(planned, Planned) else self._put(planned, written)
            assert not isinstance(row, Planned)
            self.report.add(row)
            yield row
        self.close()

    def close(self) -> None:
        """Remove the temporary file of posts."""
        self._spool.close()

    def texts(
        self, workers: Workers, plan: list[Planned | PostRow]
    ) -> Iterator[tuple[Planned | PostRow, WrittenPost | str | None]]:
        """Yield each planned post with its text, or with a sentence if writing failed; rows of failed pages alone.

        The plan is used up on the way.
        """
        written = write_posts(workers, self._jobs(plan), self.options)
        for number, planned in enumerate(plan):
            yield planned, next(written) if isinstance(planned, Planned) else None
            plan[number] = _DONE  # of 100,000 posts, finished ones must not stay in memory

    def post(self, planned: Planned) -> Post:
        """Return the post that is planned, as it was read and merged."""
        return read_post(self._spool.post(planned.number))

    def _jobs(self, plan: list[Planned | PostRow]) -> Iterator[WriteTask]:
        for planned in plan:
            if isinstance(planned, Planned):
                job = WriteTask(self._spool.post(planned.number), place=planned.place)
                entry = self._spool.entry(planned.number)
                for rewriter in self.rewriters:
                    job.new_urls |= rewriter.addresses(entry, planned.output)
                    job.anchors |= rewriter.anchors(planned.output)
                    job.problems += rewriter.problems(entry)
                yield job

    def _put(self, planned: Planned, post: WrittenPost | str) -> PostRow:
        if isinstance(post, str):
            return failed_row(self._spool.entry(planned.number).source, post)
        for name in post.files:
            self.sink.put(name, TARGETS[self.options.target].support_text(name))
        digest = self._spool.entry(planned.number).digest
        file = self.sink.put(planned.output, post.text, digest)
        if file == "failed":
            return failed_row(post.source, f"{planned.output} cannot be written: a folder has that name")
        row = post_row(post, planned.output, file)
        if copies := self._merged.get(planned.number):
            row["duplicates"] = copies
        if known := self._spool.entry(planned.number).other_urls:
            row["other_urls"] = known
        if post.sidecar is not None:
            ending, document = post.sidecar
            row["sidecar"] = planned.output.removesuffix(self.suffix) + ending
            self.sink.put(row["sidecar"], document, digest)
        if self.comments and (said := self.comments.file_of(self._spool.entry(planned.number).ids)):
            row["comments"] = planned.output.removesuffix(self.suffix) + COMMENTS_SUFFIX
            self.sink.put(row["comments"], said)
        return row
