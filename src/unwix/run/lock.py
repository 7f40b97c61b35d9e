"""Ensure that only one run at a time writes to a directory.

A POSIX lock (`lockf`) on a file in the directory. The system releases it when the process ends for any reason: a killed
run leaves an unlocked file, which the next run locks. Worker processes do not inherit the lock.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..model.errors import OutputError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]  # checked before it is used

LOCK = ".unwix.lock"
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
#: Errors of `lockf` if another process has the lock; systems without locks raise others.
_HELD = (errno.EACCES, errno.EAGAIN)
_LONGEST_PID = 20


@contextmanager
def locked(path: Path, place: Path) -> Iterator[bool]:
    """Lock a directory or file by the lock file `path`, which exists as long as it is locked.

    Yields True if it is locked, False if the system or a network file system has no locks. Raises OutputError if
    another process has locked it.
    """
    new = [folder for folder in path.parents if not folder.exists()]
    try:
        lock_file = _lock(path, place)
    except OSError:
        yield not os.access(path.parent, os.W_OK)  # the first write there reports the error
        return
    if lock_file is None:
        yield False
        return
    try:
        yield True
    finally:
        path.unlink(missing_ok=True)  # while it is locked, so that the file of another run is never removed
        os.close(lock_file)
        with suppress(OSError):  # a run that wrote nothing leaves no directory
            for folder in new:
                folder.rmdir()


def _lock(path: Path, place: Path) -> int | None:
    """Lock the file and return its descriptor; None if there are no locks."""
    while fcntl is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            file = os.open(path, _FLAGS, 0o644)
        except FileNotFoundError:
            continue  # the run that had locked it has just removed its directory
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(file, _LONGEST_PID).decode("ascii", "replace")
            os.close(file)
            if error.errno in _HELD:
                raise OutputError(_busy(place, holder)) from None
            path.unlink(missing_ok=True)
            return None
        if _is_current(path, file):
            os.ftruncate(file, 0)
            os.write(file, str(os.getpid()).encode())
            return file
        os.close(file)  # it was just removed: create it again
    return None


def _is_current(path: Path, file: int) -> bool:
    try:
        return os.path.samestat(path.stat(follow_symlinks=False), os.fstat(file))
    except FileNotFoundError:
        return False


def _busy(place: Path, holder: str) -> str:
    process = f" (process {holder})" if holder.isdigit() else ""
    return f"Another run of unwix{process} is writing to {place}. Wait until it has ended, or choose another place."
