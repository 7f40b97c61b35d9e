"""Output folder: the directory to which posts are written.

Files are written completely or not at all, and no file that its owner created or edited is changed.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol, TextIO

from ..model.errors import OutputError, OutputFailed
from ..model.whole_file import replacing
from .executors.prepared_file import PreparedFile, digest_of, hash_of, not_written, prepare_file, temporary_of
from .rows import FileState
from .state_file import (
    JOURNAL,
    STATE,
    UNKNOWN,
    Mark,
    mark_of,
    marks_in_journal,
    marks_in_state,
    open_journal,
    output_hash,
    state_text,
)

REPORT = "report.json"
_TEMPORARY = ".unwix-*.tmp"


class Sink(Protocol):
    """The destination of the texts of a run."""

    def put(self, name: str, text: str, source: str = "") -> FileState:
        """Take a text under a name, with the hash of its source. Return the resulting state of the file."""

    def mark_current(self, name: str) -> None:
        """Record a post that has a source but is not written in this run, so that its files are not orphaned."""


class NullSink:
    """A sink that discards everything."""

    def put(self, name: str, text: str, source: str = "") -> FileState:
        """Discard a text."""
        return "written"

    def mark_current(self, name: str) -> None:
        """Do nothing."""


class Folder:
    """An output directory. A file that its owner has edited stays; the new text goes to a `.new` file next to it."""

    takes_prepared = True
    """Workers may prepare files for it (`put_prepared`)."""

    def __init__(self, path: Path, about: Mapping[str, Any] | None = None, state: str = STATE) -> None:
        """Open a directory, and create it if it is missing. Raises OutputError if it cannot be written.

        `about` is stored in the state next to the files: version and target. `state` is the name of the state file;
        each command that writes files of its own has one.
        """
        self.path = path
        self.is_left = False
        """Whether `remember` keeps the state unchanged."""
        self._state = path / state
        self._journal_path = path / JOURNAL.replace(STATE.removesuffix(".json"), state.removesuffix(".json"))
        self._about = dict(about or {})
        self._prepare()
        self._before = marks_in_state(self._state) | marks_in_journal(self._journal_path, self._hash_of_name)
        self._now: dict[str, Mark] = {}
        self._current: set[str] = set()
        self._in_progress: tuple[str, str, str] | None = None
        """The file that is being written. After Ctrl-C it is complete or missing."""
        self._journal: TextIO | None = None
        self.expects_prepared = False
        """Workers prepare files, of which the run has not taken all yet."""

    def _prepare(self) -> None:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._remove_temporary()  # left by a run that was killed
            _check_writable(self.path)
        except OSError as error:
            raise OutputError(
                f"The output folder {self.path} cannot be written: {error.strerror or error}. Choose another with -o."
            ) from None

    def _remove_temporary(self) -> None:
        for left in self.path.rglob(_TEMPORARY):
            left.unlink(missing_ok=True)

    def put(self, name: str, text: str, source: str = "") -> FileState:
        """Write a post's file; return `failed` if a directory has its name. Raises OutputFailed on other errors."""
        try:
            return self.put_prepared(name, prepare_file(self.path, name, text), source)
        finally:
            # Its path is known before it exists: after Ctrl-C at any moment no temporary file is left.
            with suppress(OSError):
                temporary_of(self.path / name).unlink(missing_ok=True)

    def discard_prepared(self, name: str) -> None:
        """Remove what a worker may have left of a file that it failed to prepare."""
        with suppress(OSError):
            temporary_of(self.path / name).unlink(missing_ok=True)

    def put_prepared(self, name: str, file: PreparedFile, source: str = "") -> FileState:
        """Give a prepared file its name, as `put` does. Raises OutputFailed on errors."""
        if file.error is not None:
            raise OutputFailed(file.error)
        if file.temporary is None:
            if file.existing is None:
                return "failed"
            self._now[name] = mark_of(file.digest, source)
            return "unchanged"
        if file.existing is not None and output_hash(self._before.get(name, UNKNOWN)) != file.existing:
            self._rename(file.temporary, f"{self.path}/{name}.new")
            self._now[name] = self._before.get(name, UNKNOWN)
            return "edited"
        self._note(name, file.digest, source)
        self._in_progress = (name, file.digest, source)
        self._rename(file.temporary, f"{self.path}/{name}")
        self._now[name] = mark_of(file.digest, source)
        return "written"

    def _rename(self, temporary: str, target: str) -> None:
        try:
            os.replace(temporary, target)
        except OSError as error:
            Path(temporary).unlink(missing_ok=True)
            raise OutputFailed(not_written(Path(target), error)) from None

    def _note(self, name: str, digest: str, source: str) -> None:
        """Add a file to the journal before it is written: after a kill, the next run knows the file as its own."""
        try:
            if self._journal is None:
                self._journal = open_journal(self._journal_path)
            self._journal.write(json.dumps([name, digest, source]) + "\n")
            self._journal.flush()
        except OSError as error:
            raise OutputFailed(f"{self._journal_path} cannot be written: {error.strerror or error}.") from None

    def write(self, name: str, pieces: Iterable[str]) -> None:
        """Write a file through a temporary one, so that it is never half written. Raises OutputFailed."""
        target = self.path / name
        try:
            with (
                replacing(target) as temporary,
                temporary.open("x", encoding="utf-8", errors="replace", newline="\n") as file,
            ):
                file.writelines(pieces)
        except OSError as error:
            raise OutputFailed(not_written(target, error)) from None

    def mark_current(self, name: str) -> None:
        """Record that the files of this post are not orphaned: its own, and those next to it with the same stem."""
        self._current.add(name.rpartition(".")[0])

    def orphaned(self) -> list[str]:
        """Return unedited files of earlier runs for which this run has no source."""
        return [
            name
            for name in sorted(self._before)
            if name not in self._now and not self._is_current(name) and self._is_as_written(name)
        ]

    def _is_current(self, name: str) -> bool:
        return any(name[:at] in self._current for at, character in enumerate(name) if character == ".")

    def _is_as_written(self, name: str) -> bool:
        return self._hash_of_name(name) == output_hash(self._before[name])

    def _hash_of_name(self, name: str) -> str | None:
        return hash_of(self.path / name)

    def remove(self, name: str) -> None:
        """Remove an orphaned file, and directories that become empty; a file edited meanwhile stays."""
        if name in self._now or not self._is_as_written(name):
            return
        target = self.path / name
        target.unlink()
        del self._before[name]
        for folder in target.parents:
            if folder == self.path or any(folder.iterdir()):
                break
            folder.rmdir()

    def owns(self, name: str) -> bool:
        """Return True if this run or an earlier one has written a file."""
        return name in self._now or name in self._before

    @property
    def has_files(self) -> bool:
        """Return True if an earlier run has written files here."""
        return bool(self._before)

    def leave(self) -> None:
        """Keep the state of the earlier run, because this run writes nothing."""
        self.is_left = True

    def remember(self) -> None:
        """Write the state, and remove the journal."""
        if self.expects_prepared:  # the run was stopped
            self._remove_temporary()
        if self.is_left:
            return
        if self._in_progress is not None:
            name, digest, source = self._in_progress
            if name not in self._now and self._hash_of_name(name) == digest:
                self._now[name] = mark_of(digest, source)
        names = sorted([*self._now, *(self._before.keys() - self._now.keys())])
        marks = ((name, self._now.get(name, self._before.get(name, UNKNOWN))) for name in names)
        self.write(self._state.name, state_text(self._about, ((name, mark) for name, mark in marks if mark != UNKNOWN)))
        if self._journal is not None:
            self._journal.close()
            self._journal = None
        self._journal_path.unlink(missing_ok=True)


class DryRunFolder(Folder):
    """An output directory for dry runs: it determines the state of each file and writes nothing."""

    takes_prepared = False

    def _prepare(self) -> None:
        if self.path.exists() and not self.path.is_dir():
            raise OutputError(f"The output folder {self.path} is a file. Choose another with -o.")

    def put(self, name: str, text: str, source: str = "") -> FileState:
        """Return the state that the file would have."""
        target, digest = self.path / name, digest_of(text.encode("utf-8", "replace"))
        if target.is_dir() or not next(path for path in target.parents if path.exists()).is_dir():
            return "failed"
        existing = hash_of(target)
        return self.put_prepared(name, PreparedFile(digest, existing, None if existing == digest else ""), source)

    def _note(self, name: str, digest: str, source: str) -> None:
        pass

    def _rename(self, temporary: str, target: str) -> None:
        pass

    def remove(self, name: str) -> None:
        """Do nothing."""

    def write(self, name: str, pieces: Iterable[str]) -> None:
        """Do nothing."""

    def remember(self) -> None:
        """Do nothing."""


def _check_writable(path: Path) -> None:
    handle, name = tempfile.mkstemp(prefix=".unwix-", suffix=".tmp", dir=path)
    os.close(handle)
    Path(name).unlink()
