"""The sinks for targets whose posts become one file, or lines of standard output."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from typing import TextIO

from ..writers.import_files.records import Record
from ..writers.target import Target
from .output_folder import Folder
from .rows import FileState


def sink_of(folder: Folder, target: Target) -> Folder | ImportFile:
    """Return the sink for the posts of a target: the directory, or one file in it."""
    return ImportFile(folder, target) if target.file else folder


class ImportFile:
    """Collects the posts of a run, and writes them to one file of the directory at the end."""

    def __init__(self, folder: Folder, target: Target) -> None:
        """`target` must have a `file`."""
        self._folder, self._target, self._number = folder, target, 0
        # It exists as long as the run.
        self._lines = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace", newline="\n")  # noqa: SIM115

    def put(self, name: str, text: str, source: str = "") -> FileState:
        """Add the record of a post."""
        self._lines.write(text)
        self._number += 1
        return "written"

    def mark_current(self, name: str) -> None:
        """Do nothing: a post that this run leaves out is not in the file."""

    def finish(self) -> FileState:
        """Write the file and return its state; `failed` without posts."""
        if not self._number:
            return "failed"
        assert self._target.import_format is not None
        for file in self._target.support_files:
            self._folder.put(file.path, file.text)
        return self._folder.put(str(self._target.file), "".join(self._target.import_format.write(self._records)))

    def _records(self) -> Iterator[Record]:
        self._lines.seek(0)
        for line in self._lines:
            record: Record = json.loads(line)
            yield record


class RecordStream:
    """Writes the record of each post to a stream as soon as it is ready."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.number = 0

    def put(self, name: str, text: str, source: str = "") -> FileState:
        """Write a record."""
        self._stream.write(text)
        self.number += 1
        self._stream.flush()  # a program at the other end of a pipe can begin
        return "written"

    def mark_current(self, name: str) -> None:
        """Do nothing: a post that this run leaves out has no record."""
