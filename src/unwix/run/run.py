"""The phases of one `convert` or `check`: read the pages, plan the posts, write them.

Reading puts every post into a spool on disk. When all posts are known, the plan determines duplicates, file names, and
the new URLs of links and media. Only then posts are written.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from ..blog.comments import COMMENTS_SUFFIX, Comments
from ..blog.duplicates.find import DuplicateFinder
from ..blog.duplicates.quality import ranked, relation
from ..blog.duplicates.same_post import differ_in_case_only
from ..blog.filters import Filters
from ..blog.languages import LanguageNote
from ..blog.paths import Paths
from ..blog.rewriter import Rewriter
from ..blog.time_zones import TimeZones
from ..model.page import DOCUMENT, Page
from ..model.post import Post
from ..model.post_summary import PostSummary
from ..model.problems import Problem
from ..model.skipped import Skipped
from ..writers.targets import TARGETS
from .executors.time_limit import Alarm, TimeLimitExceeded
from .output_folder import Folder, Sink
from .report import Report
from .rows import PostRow, failed_row, post_row
from .spool import Spool, deserialize, read_post
from .steps import Planned, PreparedPost, ReadResult, WriteTask
from .workers import Workers, merge_posts, prepare_posts, read_pages, write_posts
from .write_post import Options, WrittenPost

#: The row that replaces a written post in the plan.
_DONE = failed_row("", "")
#: The maximum number of duplicates searched for missing parts; more have never been useful.
_MOST_DUPLICATES = 20
#: The time limit for finding the file of one post.
PLAN_SECONDS = 60
_Post = TypeVar("_Post")


@dataclass(slots=True)
class Run:
    """One run, phase by phase: `read`, `plan`, `write`."""

    sink: Sink
    report: Report
    options: Options = field(default_factory=Options)
    filters: Filters = field(default_factory=Filters)
    rewriters: Sequence[Rewriter] = ()
    """Links, then media. Without them posts keep their URLs."""
    paths: Paths = field(default_factory=lambda: Paths(TARGETS["markdown"]))
    comments: Comments = field(default_factory=Comments)
    """Readers' comments, for the data files next to the posts."""
    filtered: int = 0
    """The number of posts that the filters exclude."""
    _spool: Spool = field(default_factory=Spool)
    _duplicates: DuplicateFinder = field(init=False)
    _zones: TimeZones = field(init=False)
    _shared_urls: dict[int, list[Problem]] = field(default_factory=dict)
    """For each planned post, by number, a problem for each other post with its URL."""
    _merged: dict[int, list[str]] = field(default_factory=dict)
    """For the best of several duplicates, the sources of the others that were merged into it."""
    _rows: list[int | PostRow] = field(default_factory=list)
    """The entries of the report in the order of the pages: numbers of posts, and rows of failed pages."""
    _language_notes: list[LanguageNote | None] = field(default_factory=list)
    """For each post, what the plan must know about its language."""
    _page_of: array[int] = field(default_factory=lambda: array("L"))
    """For each post, the number of its page."""
    _skipped: list[tuple[int, str, Skipped]] = field(default_factory=list)
    """(number of the page, source, reason)"""
    _pages: int = 0
    _in_progress: deque[PostSummary] = field(default_factory=deque)
    """The summaries of the posts that are being written, in order."""

    def __post_init__(self) -> None:
        self._zones = TimeZones(self.options.time_zone)
        self._duplicates = DuplicateFinder(
            self._spool.summary, lambda number: read_post(self._spool.post(number)).facts.words
        )

    def read(self, workers: Workers, pages: Iterable[Page]) -> Iterator[ReadResult]:
        """Read all pages. Yield each result when it is available."""
        for result in read_pages(workers, pages, self.options):
            for summary, post in result.posts:
                self._register(self._spool.add(summary, post), deserialize(summary))
            if result.failed is not None:
                self._rows.append(failed_row(result.source, result.failed))
            if result.skipped is not None:
                self._skip(result.source, result.skipped)
            for source, reason in result.left_out:
                self._skip(source, reason)
            self._pages += 1
            yield result

    def _skip(self, source: str, reason: Skipped, page: int | None = None) -> None:
        self._skipped.append((self._pages if page is None else page, source, reason))

    def _register(self, number: int, summary: PostSummary) -> None:
        self._spool.keep(number, summary)
        self._zones.add(summary)
        self._language_notes.append(self.paths.language_note(summary.metadata, summary.source))
        self._page_of.append(self._pages)
        if self._duplicates.is_new(number, summary):
            self._rows.append(number)

    def plan(self, workers: Workers) -> list[Planned | PostRow]:
        """Return the posts to write and the rows of failed pages, in the order of the pages."""
        self._duplicates.clear_keys()
        self._merge(workers)
        self._rows = [row for row in self._rows if not isinstance(row, int) or self._duplicates.is_first(row)]
        best_of = {first: numbers[0] for first, numbers in self._duplicates.groups.items()}
        for row in self._rows:
            if isinstance(row, int) and (note := self._language_notes[best_of.get(row, row)]) is not None:
                self.paths.languages.add(note)
        self._language_notes.clear()
        with Alarm() as alarm:
            plan = [planned for row in self._rows if (planned := self._planned(row, best_of, alarm)) is not None]
        self.paths.clear()
        for rewriter in self.rewriters:
            rewriter.finalize()
        self.report.skipped += [(source, reason) for _, source, reason in sorted(self._skipped, key=lambda s: s[0])]
        self._rows.clear()
        return plan

    def _localized(self, number: int) -> PostSummary:
        """Return the summary of a post with its dates as they will be: all time zones are known."""
        summary = self._spool.summary(number)
        self._zones.localize(summary)
        return summary

    def _planned(self, row: int | PostRow, best_of: dict[int, int], alarm: Alarm) -> Planned | PostRow | None:
        """Return the plan for a row: a post with its file, or None if a filter excludes it."""
        if not isinstance(row, int):
            return row
        number = best_of.get(row, row)
        summary = self._localized(number)
        try:
            alarm.start(PLAN_SECONDS)
            place = self.paths.take(summary.metadata, summary.source)
            alarm.stop()
        except TimeLimitExceeded:
            return failed_row(summary.source, f"no file name was found for the post within {PLAN_SECONDS} seconds")
        if (reason := self.filters.refusal(summary.metadata)) is not None:
            self._skip(summary.source, Skipped("filtered", reason), self._page_of[row])
            self.sink.mark_current(place.output)
            self.filtered += 1
            return None
        for rewriter in self.rewriters:
            rewriter.add(summary, place.output)
        if others := self._duplicates.others_at_url(row):
            summaries = (self._spool.summary(best_of.get(other, other)) for other in others)
            self._shared_urls[number] = [
                Problem("url-shared", "front matter", f"another post has this URL too: {other.source}")
                for other in summaries
                if not differ_in_case_only(summary.metadata, other.metadata)
            ]
        return Planned(number, place)

    def _merge(self, workers: Workers) -> None:
        """Merge the duplicates of each post into the best one, and list the others as skipped."""
        for first, numbers in self._duplicates.groups.items():
            self._duplicates.groups[first] = self._ranked(numbers)
        groups = [numbers for numbers in self._duplicates.groups.values() if len(numbers) > 1]
        posts = ([self._spool.post(number) for number in numbers] for numbers in groups)
        for numbers, merged in zip(groups, merge_posts(workers, posts), strict=True):
            self._merged[numbers[0]] = [self._spool.summary(number).source for number in numbers[1:]]
            self._spool.replace(numbers[0], *merged)
            summary = self._spool.summary(numbers[0])
            self._language_notes[numbers[0]] = self.paths.language_note(summary.metadata, summary.source)

    def _ranked(self, numbers: list[int]) -> list[int]:
        """Return the duplicates to merge, the best first. All others are skipped in favor of the best."""
        summaries = {number: self._spool.summary(number) for number in numbers}
        ranking = ranked(numbers, summaries)
        best = summaries[ranking[0]]
        for number in ranking[1:]:
            summary = summaries[number]
            if summary.source.removesuffix(DOCUMENT) == best.source.removesuffix(DOCUMENT):
                continue  # a page and its document are one input in two forms
            better = relation(best, summary)
            reason = Skipped("duplicate", f"the same post as {best.source}, which is {better}")
            self._skip(summary.source, reason, self._page_of[number])
        # a duplicate equal to the best one has nothing to add
        others = [number for number in ranking[1:] if summaries[number].digest != best.digest]
        return [ranking[0], *others[:_MOST_DUPLICATES]]

    def write(self, workers: Workers, plan: list[Planned | PostRow]) -> Iterator[PostRow]:
        """Write the planned posts to the sink. Yield the row of each post. The plan is consumed."""
        tasks = self._tasks(plan)
        folder = self.sink if isinstance(self.sink, Folder) and workers.see_output else None
        written: Iterator[WrittenPost | PreparedPost | str]
        if folder is None or not folder.takes_prepared:
            written, folder = write_posts(workers, tasks, self.options), None
        else:
            written = prepare_posts(workers, tasks, self.options, folder.path)
            folder.expects_prepared = True
        for planned, post, summary in self._with_plan(plan, written):
            row = planned
            if isinstance(planned, Planned) and post is not None and summary is not None:
                row = self._put(planned, post, summary)
            assert not isinstance(row, Planned)
            self.report.add(row)
            yield row
        if folder is not None:
            folder.expects_prepared = False
        self.close()

    def texts(
        self, workers: Workers, plan: list[Planned | PostRow]
    ) -> Iterator[tuple[Planned | PostRow, WrittenPost | str | None]]:
        """Yield each planned post with its text, or with a sentence if writing failed; only rows for failed pages.

        The plan is consumed.
        """
        written = write_posts(workers, self._tasks(plan), self.options)
        return ((planned, post) for planned, post, _ in self._with_plan(plan, written))

    def _with_plan(
        self, plan: list[Planned | PostRow], written: Iterator[_Post]
    ) -> Iterator[tuple[Planned | PostRow, _Post | None, PostSummary | None]]:
        for number, planned in enumerate(plan):
            if isinstance(planned, Planned):
                post = next(written)
                yield planned, post, self._in_progress.popleft()
            else:
                yield planned, None, None
            plan[number] = _DONE  # with 100,000 posts, finished ones must not stay in memory

    def post(self, planned: Planned) -> Post:
        """Return a planned post as it was read and merged."""
        return read_post(self._spool.post(planned.number))

    def close(self) -> None:
        """Delete the temporary file of posts."""
        self._spool.close()

    def _tasks(self, plan: list[Planned | PostRow]) -> Iterator[WriteTask]:
        for planned in plan:
            if isinstance(planned, Planned):
                task = WriteTask(self._spool.post(planned.number), place=planned.place)
                summary = self._localized(planned.number)
                task.time_zone = self._zones.zone_of(summary)
                self._in_progress.append(summary)
                for rewriter in self.rewriters:
                    task.new_urls |= rewriter.new_urls(summary, planned.output)
                    task.anchors |= rewriter.anchors(planned.output)
                    task.problems += rewriter.problems(summary)
                task.problems += self._shared_urls.pop(planned.number, [])
                yield task

    def _put(self, planned: Planned, post: WrittenPost | PreparedPost | str, summary: PostSummary) -> PostRow:
        """Write a post and the files next to it to the sink, and return its row."""
        if isinstance(post, str):
            if isinstance(self.sink, Folder):
                self.sink.discard_prepared(planned.output)
            return failed_row(summary.source, post)
        for name in post.files:
            self.sink.put(name, TARGETS[self.options.target].support_text(name))
        if isinstance(post, PreparedPost):
            assert isinstance(self.sink, Folder)
            row = post.row
            row["file"] = self.sink.put_prepared(planned.output, post.file, summary.digest)
        else:
            row = post_row(post, planned.output, self.sink.put(planned.output, post.text, summary.digest))
        if row["file"] == "failed":
            return failed_row(summary.source, f"{planned.output} cannot be written: a directory has that name")
        if duplicates := self._merged.get(planned.number):
            row["duplicates"] = duplicates
        if summary.other_urls:
            row["other_urls"] = summary.other_urls
        stem = planned.output.removesuffix(self.paths.target.suffix)
        if post.sidecar is not None:
            extension, document = post.sidecar
            row["sidecar"] = stem + extension
            self.sink.put(row["sidecar"], document, summary.digest)
        if self.comments and (comments := self.comments.file_of(summary.ids)):
            self.sink.put(stem + COMMENTS_SUFFIX, comments)
            row["comments"] = planned.output if self.paths.target.file else stem + COMMENTS_SUFFIX
        return row
