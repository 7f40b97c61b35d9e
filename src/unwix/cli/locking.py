"""Alone: a command that writes holds what it writes to, so that no second run comes in between."""

from __future__ import annotations

from pathlib import Path

import click

from . import say


def lock_output(folder: Path) -> None:
    """Hold a folder until the command ends. Raises OutputError when another run holds it."""
    from ..run.lock import LOCK

    _hold(folder / LOCK, folder)


def lock_file(file: Path) -> None:
    """Hold a file that is going to be written until the command ends. Raises OutputError when another run holds it."""
    _hold(file.with_name(f"{file.name}.lock"), file)


def _hold(lock: Path, place: Path) -> None:
    from ..run.lock import locked

    if not click.get_current_context().with_resource(locked(lock, place)):
        say(f"{place} cannot be locked on this system: start no second run that writes there.")
