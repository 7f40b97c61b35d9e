"""Progress of long runs on stderr: one line that is updated on a terminal, else a line from time to time."""

from __future__ import annotations

import itertools
import os
import shutil
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import click

from ..console import discard_stdout

#: If stderr is not a terminal, seconds between two lines of one phase.
EVERY = 20.0
#: On a narrow terminal the bar is short, and the remaining time is not shown.
_NARROW, _NARROW_BAR, _WIDEST_BAR = 70, 6, 24
#: The name of the current file is not shown in fewer columns than this.
_SHORTEST = 12
_T = TypeVar("_T")


class Progress:
    """Show the progress of a run, phase by phase. It also listens to sources (`ProgressListener`)."""

    def __init__(self, now: Callable[[], float] = time.monotonic, every: float = EVERY, is_quiet: bool = False) -> None:
        self._is_quiet = is_quiet
        self._now, self._every = now, every
        self._bar: Any = None
        self._name = ""
        self._total: int | None = None
        self._done = 0
        self._start = self._last_line = now()
        self._columns = 80

    # ---- ProgressListener -----------------------------------------------------------------------------------

    def phase(self, name: str, total: int | None = None) -> None:
        """Begin a phase of the run, and end the previous one."""
        self.end()
        self._name, self._total, self._done = name, total, 0
        self._start = self._last_line = self._now()
        if is_screen(sys.stderr) and total != 0 and not self._is_quiet:
            # Without a total the bar moves to and fro, to show that the run goes on.
            endless = itertools.count() if total is None else None
            self._columns = shutil.get_terminal_size((80, 24)).columns
            self._bar = click.progressbar(
                iterable=endless,
                length=total,
                label=name,
                file=sys.stderr,
                show_pos=True,
                show_eta=self._columns >= _NARROW,
                width=_WIDEST_BAR if self._columns >= _NARROW else _NARROW_BAR,
                item_show_func=self._item,
            )
            self._bar.__enter__()

    def step(self, what: str, total: int | None = None) -> None:
        """Count one finished step of the phase."""
        self.move(1, what, total)

    def move(self, steps: int, what: str, total: int | None = None) -> None:
        """Count finished steps of the phase."""
        self._done += steps
        self._total = total or self._total
        if self._bar is not None:
            if total is not None:
                self._bar.length = total
            self._bar.update(steps, what)
        elif self._now() - self._last_line >= self._every and not self._is_quiet:
            self._last_line = self._now()
            click.echo(f"unwix: {self._line()}", err=True)

    def note(self, text: str) -> None:
        """Print a line that the user should see, also on a terminal with a bar."""
        self.end()
        click.echo(f"unwix: {text}", err=True)

    # ---- for the commands ---------------------------------------------------------------------------------------

    def each(
        self, items: Iterator[_T], name: str, total: int | None, source: Callable[[_T], str] | None = None
    ) -> Iterator[_T]:
        """Yield the items, and count each as a step of a phase.

        Consecutive items that `source` gives the same name are one step.
        """
        self.phase(name, total)
        last: str | None = None
        for number, item in enumerate(items):
            yield item
            here = source(item) if source else str(number)
            self.move(here != last, here if source else "")
            last = here
        self.end()

    def end(self) -> None:
        """End the phase and remove the bar."""
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None
            click.echo("\x1b[1A\x1b[2K", nl=False, err=True)  # click leaves the bar on a line of its own

    def _item(self, what: str | None) -> str:
        """Return the rate and the end of the current file's name, cut to one line: a longer line would scroll."""
        known = len(self._name) + 2 + len(f"[{'#' * self._bar.width}]") + 2 + len(f"{self._bar.pos}/{self._bar.length}")
        known += 12 if self._bar.show_eta else 0  # two spaces and `00:00:00`, days for longer ones
        rate = self._rate()
        room = self._columns - 1 - known - 2 - len(rate) - 2
        text = f"{rate}  {shortened(what, room)}" if what and room >= _SHORTEST else rate
        return f"{text}\x1b[K"  # click clears by characters, but CJK characters are two columns wide

    def _rate(self) -> str:
        rate = self._done / max(1e-3, self._now() - self._start)
        return f"{rate:.0f}/s" if rate >= 10 else f"{rate:.1f}/s"

    def _line(self) -> str:
        """Return the state of the phase as a sentence: steps done, rate, remaining time."""
        if not self._total:
            return f"{self._name}: {self._done} so far, {self._rate()}"
        seconds = (self._total - self._done) * (self._now() - self._start) / max(1, self._done)
        left = f"{round(seconds / 60)} min" if seconds >= 90 else f"{round(seconds)} s"
        return f"{self._name}: {self._done} of {self._total}, {self._rate()}, about {left} left"


def is_screen(stream: Any) -> bool:
    """Return whether a stream is a terminal that understands cursor movements."""
    return bool(stream.isatty()) and os.environ.get("TERM") != "dumb"


def width(text: str) -> int:
    """Return the number of terminal columns that a text takes: two for CJK characters and emoji."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" or c > "\U0001f000" else 1
        for c in text
    )


def shortened(text: str, columns: int) -> str:
    """Return the end of a path or URL that fits, because the end is the part that differs."""
    if width(text) <= columns:
        return text
    while width(text) > columns - 1:
        text = text[1:]
    return f"…{text}"


def line(text: str) -> None:
    """Print a line on stdout, and clear the progress bar if it is on the same terminal."""
    if is_screen(sys.stdout) and is_screen(sys.stderr):
        click.echo("\r\x1b[2K", nl=False, err=True)
    try:
        click.echo(text)
    except BrokenPipeError:  # `| head` has read enough; the run still has files to write
        discard_stdout()
