"""Print what a run does: as lines for people, or as one JSON object per line (docs/events.md)."""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

import click

from .. import events
from ..options.media import media_line
from .progress import is_screen, line
from .run_log import RunLog
from .summary_table import RunSummary, closing_table, without_color

if TYPE_CHECKING:
    from ...blog.media.plan import Media
    from ...model.skipped import Skipped
    from ...review import Review
    from ...run.rows import PostRow


class RunOutput(ABC):
    """What a run prints. The log file, if there is one, gets the lines for people."""

    def __init__(self, log: RunLog) -> None:
        self.log = log

    def skipped(self, source: str, reason: Skipped) -> None:
        """Report an input that is not written."""
        self.log.log(f"{'skipped':<10} {source}: {reason}")

    @abstractmethod
    def post(self, row: PostRow, dry_run: bool) -> None:
        """Report a post that was written or failed."""

    @abstractmethod
    def download(self, url: str) -> None:
        """Report a file that a real run would download."""

    @abstractmethod
    def redirect(self, old: str, new: str) -> None:
        """Report a URL that `unwix redirects` would redirect."""

    @abstractmethod
    def media(self, media: Media, index: str) -> None:
        """Report the totals of all media; `index` is the name of media.json."""

    @abstractmethod
    def orphaned(self, name: str, removed: bool) -> None:
        """Report a file of an earlier run that has no source any more."""

    @abstractmethod
    def finish(self, summary: RunSummary) -> None:
        """Report the results, the problems and what to do next."""


class JsonOutput(RunOutput):
    """Events as JSON Lines on stdout."""

    def skipped(self, source: str, reason: Skipped) -> None:
        """Report an input that is not written."""
        line(events.event("skipped", source=source, **reason.as_dict()))
        super().skipped(source, reason)

    def post(self, row: PostRow, dry_run: bool) -> None:
        """Report a post that was written or failed."""
        line(events.event("post", **row))

    def download(self, url: str) -> None:
        """Report a file that a real run would download."""
        line(events.event("download", url=url))

    def redirect(self, old: str, new: str) -> None:
        """Report a URL that `unwix redirects` would redirect."""
        line(events.event("redirect", old=old, new=new))

    def media(self, media: Media, index: str) -> None:
        """Report the totals of all media; `index` is the name of media.json."""
        line(events.event("media", **media.summary()))

    def orphaned(self, name: str, removed: bool) -> None:
        """Report a file of an earlier run that has no source any more."""
        line(events.event("removed" if removed else "orphaned", output=name))

    def finish(self, summary: RunSummary) -> None:
        """Print the warnings, the review and the totals."""
        for text in summary.report.warnings():
            click.echo(events.event("warning", text=text))
        if summary.review is not None:
            click.echo(events.review_written(summary.review))
        click.echo(events.done(summary.report))


class TextOutput(RunOutput):
    """Lines for people: results on stdout, hints on stderr; on a terminal a table at the end."""

    def post(self, row: PostRow, dry_run: bool) -> None:
        """Report a post that was written or failed."""
        from ...run.report import post_line

        kept_note = f"  kept; the new version is in {row['output']}.new" if row["file"] == "edited" else ""
        self.log.post(row, post_line(row, dry_run) + kept_note)

    def download(self, url: str) -> None:
        """Report a file that a real run would download."""
        self.log.detail(f"{'download':<10} {url}")

    def redirect(self, old: str, new: str) -> None:
        """Report a URL that `unwix redirects` would redirect."""
        self.log.detail(f"{'redirect':<10} {old} → {new}")

    def media(self, media: Media, index: str) -> None:
        """Report the totals of all media; `index` is the name of media.json."""
        self.log.result(media_line(media, index))

    def orphaned(self, name: str, removed: bool) -> None:
        """Report a file of an earlier run that has no source any more."""
        self.log.result(f"{'removed' if removed else 'orphaned':<10} {name}")

    def finish(self, summary: RunSummary) -> None:
        """Print the results, the problems, what to do next and the command that repeats the run."""
        report = summary.report
        for text in report.warnings():
            self.log.hint(f"warning: {text}")
        is_table = is_screen(sys.stdout) and not self.log.quiet and not self.log.on_stderr
        if is_table and not report.rows:
            self.log.result(report.summary()[0])  # the message that follows explains the files
        elif is_table:
            for text in closing_table(summary):
                click.echo(text, color=False if without_color() else None)
                self.log.log(click.unstyle(text))
        else:
            self._lines(summary)
        if report.rows:
            self.log.hint(f"To repeat: {summary.command}")

    def _lines(self, summary: RunSummary) -> None:
        report = summary.report
        first, *problems = report.summary()
        self.log.result(first)
        for text in problems:
            self.log.hint(text)
        if report.dry_run and report.rows:
            self.log.hint("Nothing was written. Run the command without --dry-run to write the files.")
        if summary.path is not None and (report.kinds.total() or report.skipped):
            self.log.hint(f"Details of problems and skipped files: {summary.shown(summary.path)}")
        if summary.review is not None:
            self.log.result(review_line(summary.review, summary.shown(summary.review.index)))


def review_line(review: Review, index: str | None = None) -> str:
    """Return one line about the review: `Review: posts/_review/index.html (15 posts)`.

    `index` is the name of its first page, if that is not the path.
    """
    posts = f"{review.posts} post{'' if review.posts == 1 else 's'}"
    alone = f", {review.alone} without source" if review.alone else ""
    return f"Review: {index or review.index.as_posix()} ({posts}{alone})"
