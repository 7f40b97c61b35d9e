"""Exit codes, and what every command prints with."""

from __future__ import annotations

import io
import sys
from contextvars import ContextVar

import click

#: Exit codes. A run that is stopped by a signal ends with 128 plus the number of the signal.
OK, SOME_FAILED, WRONG_USAGE, STOPPED = 0, 1, 2, 130

#: True while `unwix batch` runs `convert`: its table shows how each run ended.
in_batch = ContextVar("in_batch", default=False)


def machine_readable() -> None:
    """Use UTF-8 for stdout from now on, whatever the encoding of the terminal."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


def say(text: str) -> None:
    """Print a sentence for the user on stderr."""
    click.echo(f"unwix: {text}", err=True)
