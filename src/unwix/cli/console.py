"""Exit codes, and what every command prints with."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from contextvars import ContextVar
from typing import Any

import click

#: Exit codes. A run that is stopped by a signal ends with 128 plus the number of the signal.
OK, SOME_FAILED, WRONG_USAGE, STOPPED = 0, 1, 2, 130

#: A list while `unwix batch` runs `convert`, which adds why it found no posts; the table shows how each run ended.
batch_notes: ContextVar[list[str] | None] = ContextVar("batch_notes", default=None)


def machine_readable() -> None:
    """Use UTF-8 for stdout from now on, whatever the encoding of the terminal."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


def discard_stdout() -> None:
    """Print nothing more on stdout, because its reader has closed the pipe."""
    with suppress(OSError, ValueError):  # no file of the system
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(text: str) -> None:
    """Print a sentence for the user on stderr."""
    click.echo(folded(f"unwix: {text}", 7, columns_of(sys.stderr)), err=True)


def columns_of(stream: Any) -> int | None:
    """Return the width of the terminal that a stream is, or None if it is a file or a pipe."""
    if not stream.isatty():
        return None
    import shutil

    return shutil.get_terminal_size((80, 24)).columns


def folded(text: str, indent: int, columns: int | None) -> str:
    """Return a line wrapped between words, its other lines indented; as it is if `columns` is None or it fits."""
    if columns is None or len(text) <= columns:
        return text
    import textwrap

    indentation = " " * indent
    lines = textwrap.wrap(text, columns, subsequent_indent=indentation, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines)
