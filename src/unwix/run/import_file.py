"""Import file: the sink of targets whose posts are one file, which a blog system imports."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator

from ..writers.import_files.records import Record
from ..writers.target import Target
from .output_folder import Folder
from .rows import FileState


def sink_of(folder: Folder, target: Target) -> Folder | ImportFile:
    """Where the posts of a target go: into the folder, or into one file in it."""
    return ImportFile(folder, target) if target.file else folder


class ImportFile:
    """Takes the posts of a run, and writes them into one file of the folder when all are there."""

    def __init__(self, folder: Folder, target: Target) -> None:
        """`target` is one with a `file`."""
        self._folder, self._target, self._taken = folder, target, 0
        # It lives as long as the run.
        self._lines = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace", newline="\n")  # noqa: SIM115

    def put(self, name: str, text: str, source: str = "") -> FileState:
        """Take a post's record."""
        self._lines.write(text)
        self._taken += 1
        return "written"

    def mark_current(self, name: str) -> None:
        """A post that this run leaves out is not in the file."""

    def finish(self) -> FileState:
        """Write the file and return its state; `failed` without posts."""
        if not self._taken:
            return "failed"
        assert self._target.import_format is not None
        return self._folder.put(str(self._target.file), "".join(self._target.import_format.write(self._records)))

    def _records(self) -> Iterator[Record]:
        self._lines.seek(0)
        for line in self._lines:
            record: Record = json.loads(line)
            yield record
