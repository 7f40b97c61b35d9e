"""The lines of a run: which of them are printed, and which go to the log file."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from ...model.errors import OutputError
from ..console import columns_of, folded
from .progress import is_screen, line

if TYPE_CHECKING:
    from ...run.rows import PostRow


class RunLog:
    """Prints the lines of a run.

    On a terminal only posts that need attention have a line, unless `verbose`; in a pipe every post has one. With
    `quiet` nothing is printed on stdout; `on_stderr`, all is printed there. The log file gets every line.
    """

    def __init__(
        self, quiet: bool = False, verbose: bool = False, log_file: Path | None = None, *, on_stderr: bool = False
    ) -> None:
        self.quiet, self.on_stderr = quiet, on_stderr
        self._only_problems = not verbose and is_screen(sys.stdout)
        self._file: TextIO | None = None
        if log_file is not None:
            try:
                self._file = log_file.open("w", encoding="utf-8", errors="replace")
            except OSError as error:
                raise OutputError(
                    f"The log file {log_file} cannot be written: {error.strerror or error}. Choose another."
                ) from None

    def post(self, row: PostRow, text: str) -> None:
        """Print the line of a post."""
        needs_attention = row["result"] != "complete" or row["file"] in ("edited", "failed")
        self.log(text)
        if not self.quiet and (needs_attention or not self._only_problems):
            self._print(text)

    def detail(self, text: str) -> None:
        """Print a line that only `--verbose` or a pipe shows."""
        self.log(text)
        if not self.quiet and not self._only_problems:
            self._print(text)

    def result(self, text: str) -> None:
        """Print a result on stdout."""
        self.log(click.unstyle(text))
        if not self.quiet:
            self._print(text)

    def hint(self, text: str) -> None:
        """Print a hint on stderr."""
        self.log(text)
        if not self.quiet:
            click.echo(folded(text, 2, columns_of(sys.stderr)), err=True)

    def _print(self, text: str) -> None:
        if self.on_stderr:
            click.echo(text, err=True)
        else:
            line(folded(text, 11, columns_of(sys.stdout)))

    def log(self, text: str) -> None:
        """Write a line to the log file only."""
        if self._file is not None:
            with suppress(OSError):  # a full disk must not stop the run
                self._file.write(text + "\n")
                self._file.flush()
