"""Lock: one run at a time writes into a folder.

The system's own lock (POSIX `lockf`) on a file in the folder. It goes with its process, however that ends: what a
killed run leaves is a file that nobody holds, and the next run takes it. Worker processes do not inherit it.
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
    fcntl = None  # type: ignore[assignment]  # asked for before it is used

LOCK = ".unwix.lock"
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
#: What `lockf` says when another process has the lock; all else is said by systems that have no locks.
_HELD = (errno.EACCES, errno.EAGAIN)
_LONGEST_PID = 20


@contextmanager
def locked(path: Path, place: Path) -> Iterator[bool]:
    """Hold the lock of a place: the file `path`, which is there as long as the lock is held.

    Yields whether it is held: False where the system, or a network's file system, has no locks. Raises OutputError when
    another process holds it.
    """
    new = [folder for folder in path.parents if not folder.exists()]
    try:
        held = _take(path, place)
    except OSError:
        yield not os.access(path.parent, os.W_OK)  # who writes there will say what is wrong
        return
    if held is None:
        yield False
        return
    try:
        yield True
    finally:
        path.unlink(missing_ok=True)  # while it is held: nobody else's is removed
        os.close(held)
        with suppress(OSError):  # a run that wrote nothing leaves no folder
            for folder in new:
                folder.rmdir()


def _take(path: Path, place: Path) -> int | None:
    """The file of the lock, held; None where there are no locks."""
    while fcntl is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            file = os.open(path, _FLAGS, 0o644)
        except FileNotFoundError:
            continue  # its last holder has just removed the folder that it had made
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(file, _LONGEST_PID).decode("ascii", "replace")
            os.close(file)
            if error.errno in _HELD:
                raise OutputError(_busy(place, holder)) from None
            path.unlink(missing_ok=True)
            return None
        if _is_there(path, file):
            os.ftruncate(file, 0)
            os.write(file, str(os.getpid()).encode())
            return file
        os.close(file)  # its last holder has just removed it: the next run makes another
    return None


def _is_there(path: Path, file: int) -> bool:
    try:
        return os.path.samestat(path.stat(follow_symlinks=False), os.fstat(file))
    except FileNotFoundError:
        return False


def _busy(place: Path, holder: str) -> str:
    process = f" (process {holder})" if holder.isdigit() else ""
    return f"Another run of unwix{process} is writing to {place}. Wait until it has ended, or choose another place."
