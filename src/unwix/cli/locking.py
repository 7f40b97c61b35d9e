"""Locks that keep a second run from writing to the same place."""

from __future__ import annotations

from pathlib import Path

import click

from .console import say


def lock_output(folder: Path) -> None:
    """Lock a directory until the command ends. Raises OutputError if another run has locked it."""
    from ..run.lock import LOCK

    _lock(folder / LOCK, folder)


def lock_file(file: Path) -> None:
    """Lock a file until the command ends. Raises OutputError if another run has locked it."""
    _lock(file.with_name(f"{file.name}.lock"), file)


def _lock(lock: Path, place: Path) -> None:
    from ..run.lock import locked

    if not click.get_current_context().with_resource(locked(lock, place)):
        say(f"{place} cannot be locked on this system. Do not start a second run that writes to it.")
