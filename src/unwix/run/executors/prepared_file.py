"""Write a text to a temporary file in a worker, for the main process to rename."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ...model.errors import OutputFailed

_MODE = 0o644
#: A directory has the name of the file, or a file that of its directory.
_NO_FILE = (IsADirectoryError, NotADirectoryError)


class PreparedFile(NamedTuple):
    """A text in a temporary file of any process, until `Folder.put_prepared` renames it."""

    digest: str
    """The hash of the text."""
    existing: str | None = None
    """The hash of the existing file with its final name."""
    temporary: str | None = None
    """The path of the temporary file; None if the file has the same text already, or a directory has its name."""
    error: str | None = None
    """A sentence about why the file cannot be written."""


def prepare_file(folder: Path, name: str, text: str) -> PreparedFile:
    """Write a text to a temporary file next to its final place."""
    target, data = folder / name, text.encode("utf-8", "replace")
    digest = digest_of(data)
    try:
        existing = None
        with suppress(FileNotFoundError):
            existing = digest_of(_read(target))
        if existing == digest:
            return PreparedFile(digest, existing)
        temporary = temporary_of(target)
        try:
            try:
                _write(temporary, data)
            except FileNotFoundError:  # most posts are written to a directory that exists
                if not make_room(target.parent):
                    return PreparedFile(digest)
                _write(temporary, data)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            return PreparedFile(digest, error=not_written(target, error))
    except _NO_FILE:
        return PreparedFile(digest)
    except OutputFailed as error:
        return PreparedFile(digest, error=str(error))
    return PreparedFile(digest, existing, str(temporary))


def _write(path: Path, data: bytes) -> None:
    """Write a file that everybody may read, whatever the umask of the process is."""
    with open(path, "wb") as file:
        file.write(data)
        if os.fstat(file.fileno()).st_mode & 0o777 != _MODE:
            os.chmod(path, _MODE)


def _read(path: Path) -> bytes:
    """Return the bytes of a file. Raises one of `_NO_FILE` or FileNotFoundError if there is none, else OutputFailed."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except (FileNotFoundError, *_NO_FILE):
        raise
    except OSError as error:
        raise OutputFailed(f"{path} cannot be read: {error.strerror or error}.") from None


def make_room(folder: Path) -> bool:
    """Create a directory. Return False if a file has its name or that of a parent. Raises OutputFailed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        return False
    except OSError as error:
        raise OutputFailed(f"{folder} cannot be created: {error.strerror or error}.") from None
    return True


def temporary_of(target: Path) -> Path:
    """Return the path of the temporary file for a file; each has its own, as several processes write them."""
    return target.with_name(f".unwix-{digest_of(os.fsencode(target))[:24]}.tmp")


def not_written(target: Path, error: OSError) -> str:
    """Return the sentence for a file that cannot be written."""
    return (
        f"{target} cannot be written: {error.strerror or error}. All files written so far are complete; fix the cause "
        "and run the same command again to resume."
    )


def digest_of(data: bytes) -> str:
    """Return the hash of bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def hash_of(path: Path) -> str | None:
    """Return the hash of a file, or None if there is none."""
    try:
        return digest_of(_read(path))
    except (FileNotFoundError, *_NO_FILE):
        return None
