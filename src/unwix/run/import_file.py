"""Sinks for targets whose posts become one file, or lines of standard output."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import TextIO

from ..blog.comments import COMMENTS_SUFFIX
from ..model.errors import UnwixError
from ..writers.import_files.import_format import FileLimits
from ..writers.import_files.read_back import key_of, title_in_file
from ..writers.import_files.records import Record, as_line
from ..writers.import_files.same_names import SameNames
from ..writers.target import Target
from .output_folder import Folder
from .rows import FileState

_ANY = FileLimits()


def sink_of(folder: Folder, target: Target, limits: FileLimits = _ANY) -> Folder | ImportFile:
    """Return the sink for the posts of a target: the directory, or one file in it."""
    return ImportFile(folder, target, limits) if target.file else folder


class ImportFile:
    """Collects the posts of a run, and finally writes them to the import file of the target, or to several."""

    def __init__(self, folder: Folder, target: Target, limits: FileLimits) -> None:
        """`target` must have a `file`."""
        self._folder, self._target, self._limits, self._number = folder, target, limits, 0
        assert target.import_format is not None
        self._format = target.import_format
        self._same_names = SameNames(self._format.name_groups)
        # open as long as the run
        self._lines = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace", newline="\n")  # noqa: SIM115

    def put(self, name: str, text: str, source: str = "") -> FileState:
        """Add the record of a post, or the comments of the previous post."""
        if name.endswith(COMMENTS_SUFFIX):
            self._lines.write(as_line(json.loads(text)))
            return "written"
        self._lines.write(text)
        self._number += 1
        return "written"

    def mark_current(self, name: str) -> None:
        """Do nothing: a post that this run leaves out is not in the file."""

    def finish(self) -> list[str]:
        """Write the file, and return the names of files that are kept because the user edited them."""
        if not self._number:
            return []
        for support_file in self._target.support_files:
            self._folder.put(support_file.path, support_file.text)
        edited, posts = [], []
        for name, text in self._texts():
            posts += self._posts_in(text)
            if self._folder.put(name, text) == "edited":
                edited.append(name)
        self._check(posts)
        for name in self._folder.orphaned():
            if name == self._target.file or self._is_part(name):  # the new ones replace it
                self._folder.remove(name)
        return edited

    def merged_names(self) -> dict[str, list[str]]:
        """Return names that the file has in one of several spellings: the one that is kept, and the others."""
        merged: dict[str, list[str]] = {}
        for kept, others in self._same_names.merged():
            merged[kept] = list(dict.fromkeys([*merged.get(kept, []), *others]))
        return merged

    def _texts(self) -> Iterator[tuple[str, str]]:
        """Yield name and text of each file: `wordpress.xml`, or `wordpress-1.xml`, and so on."""
        texts = self._format.texts(self._same_names.of(self._records), self._limits)
        name = str(self._target.file)
        first, second = next(texts), next(texts, None)
        if second is None:
            yield name, first
            return
        stem, _, extension = name.rpartition(".")
        for number, text in enumerate(chain((first, second), texts), 1):
            yield f"{stem}-{number}.{extension}", text

    def _posts_in(self, text: str) -> list[str]:
        """Return the keys of the posts in the text of a file, short enough to keep those of a large blog."""
        form = self._target.import_format
        posts = form.posts(text) if form is not None and form.posts is not None else ()
        return [_digest(key_of(title, body)) for title, body in posts]

    def _check(self, posts: list[str]) -> None:
        """Raise an UnwixError if the posts that were read back out of the files are not those of the run."""
        if self._target.import_format is None or self._target.import_format.posts is None:
            return
        expected = [_digest(key_of(title_in_file(record), record.get("html", ""))) for record in self._records()]
        missing = Counter(expected) - Counter(posts)
        if missing:
            raise UnwixError(
                f"{self._target.file} does not have the title and text of {missing.total()} of {len(expected)} posts. "
                "This is a fault of unwix; please report it."
            )

    def _is_part(self, name: str) -> bool:
        stem, _, extension = str(self._target.file).rpartition(".")
        return re.fullmatch(rf"{re.escape(stem)}-\d+\.{re.escape(extension)}", name) is not None

    def _records(self) -> Iterator[Record]:
        self._lines.seek(0)
        record: Record = {}
        for line in self._lines:
            row: Record = json.loads(line)
            if row.keys() == {"comments"}:
                record["comments"] = row["comments"]
                continue
            if record:
                yield record
            record = row
        if record:
            yield record


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


class RecordStream:
    """Writes each post, or its record, to a stream as soon as it is ready."""

    def __init__(self, stream: TextIO, separator: str = "") -> None:
        """`separator` is written between two posts."""
        self._stream, self._separator = stream, separator
        self.number = 0

    def put(self, name: str, text: str, source: str = "") -> FileState:
        """Write a post or a record."""
        if self.number:
            self._stream.write(self._separator)
        self._stream.write(text)
        self.number += 1
        self._stream.flush()  # a program at the other end of a pipe can start
        return "written"

    def mark_current(self, name: str) -> None:
        """Do nothing: a post that this run leaves out is not in the stream."""
