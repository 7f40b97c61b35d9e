"""Output: the folder that posts are written to.

Files appear whole or not at all, and no file of the owner's is touched.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any, Protocol, TextIO

from ..model.errors import OutputError, OutputFailed
from .rows import FileState

#: What unwix remembers of a folder between two runs: of each file that it wrote, the hash of its text and that of
#: its source. A run that is killed leaves a journal of what it wrote, a line a file.
STATE = ".unwix-state.json"
JOURNAL = ".unwix-state.journal"
REPORT = "report.json"
_TEMPORARY = ".unwix-*.tmp"


class Sink(Protocol):
    """Where the texts of a run go."""

    def put(self, name: str, text: str, source: str = "") -> FileState:
        """Take a text under a name, with the hash of what it was made from.

        Returns the state of the file.
        """

    def hold(self, name: str) -> None:
        """Learn of a post that has a source, and that this run leaves out: its files are not stale."""


class NullSink:
    """A sink that keeps nothing."""

    def put(self, name: str, text: str, source: str = "") -> FileState:
        """Take a text and forget it."""
        return "written"

    def hold(self, name: str) -> None:
        """Do nothing."""


class Folder:
    """An output folder. A file that its owner has edited is kept, and the new text put beside it as `.new`."""

    def __init__(self, path: Path, about: Mapping[str, Any] | None = None, state: str = STATE) -> None:
        """`about` is what the state tells of the run beside its files: the version, the target.

        `state` is the name of the state's file: commands that write files of their own have one each.
        """
        self.path = path
        self._state = path / state
        self._journal_path = path / JOURNAL.replace(STATE.removesuffix(".json"), state.removesuffix(".json"))
        self._about = dict(about or {})
        self._prepare()
        self._before = self._remembered()
        self._now: dict[str, _Mark] = {}
        self._held: set[str] = set()
        self._under_way: tuple[str, str, str] | None = None
        """What is being written: wherever a Ctrl-C comes, the file is there whole, or not at all."""
        self._journal: TextIO | None = None
        self.is_left = False

    def _prepare(self) -> None:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            for left in self.path.rglob(_TEMPORARY):  # of a run that was killed
                left.unlink(missing_ok=True)
            _check_writable(self.path)
        except OSError as error:
            raise OutputError(
                f"The output folder {self.path} cannot be written: {error.strerror or error}. Choose another with -o."
            ) from None

    def _remembered(self) -> dict[str, _Mark]:
        """The files that earlier runs wrote."""
        found = dict(_state_files(self._state))
        try:
            for line in self._journal_path.read_text(encoding="utf-8").splitlines():
                name, output, source = json.loads(line)
                # A line is written before its file: the last one may never have been.
                if _is_inside(str(name)) and _hash_of(self.path / str(name)) == output:
                    found[str(name)] = _mark(str(output), str(source))
        except (OSError, ValueError, TypeError, RecursionError):
            pass  # none, or its last line was cut off
        return found

    def put(self, name: str, text: str, source: str = "") -> FileState:
        """Write a post's file; `failed` where something else has its name.

        Raises OutputFailed when the disk does not take it.
        """
        digest = _hash(text.encode("utf-8", "replace"))
        target = self.path / name
        if target.is_dir() or not self._make_room(target.parent):
            return "failed"
        there = _hash_of(target)
        if there == digest:
            self._now[name] = _mark(digest, source)
            return "unchanged"
        if there is not None and _output_of(self._before.get(name, _NOBODYS)) != there:
            self.write(name + ".new", [text])
            self._now[name] = self._before.get(name, _NOBODYS)
            return "edited"
        self._note(name, digest, source)
        self._under_way = (name, digest, source)
        self.write(name, [text])
        self._now[name] = _mark(digest, source)
        return "written"

    def _make_room(self, folder: Path) -> bool:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            return False
        except OSError as error:
            raise OutputFailed(f"{folder} cannot be made: {error.strerror or error}.") from None
        return True

    def _note(self, name: str, digest: str, source: str) -> None:
        """Write down what is about to be written: should the run be killed, the next one knows the file for ours."""
        try:
            if self._journal is None:
                self._journal = self._journal_path.open("a", encoding="utf-8")
            self._journal.write(json.dumps([name, digest, source]) + "\n")
            self._journal.flush()
        except OSError as error:
            raise OutputFailed(f"{self._journal_path} cannot be written: {error.strerror or error}.") from None

    def write(self, name: str, pieces: Iterable[str]) -> None:
        """Write a file through a temporary one, so that it is never half there."""
        target = self.path / name
        # Its name is known before it is there: wherever a Ctrl-C comes, the file is found and removed.
        temporary = target.with_name(f".unwix-{os.getpid()}.tmp")
        try:
            with temporary.open("x", encoding="utf-8", errors="replace", newline="\n") as file:
                file.writelines(pieces)
            os.chmod(temporary, 0o644)
            os.replace(temporary, target)
        except OSError as error:
            raise OutputFailed(
                f"{target} cannot be written: {error.strerror or error}. What was written before is whole; mend that "
                "and run the same command again to go on."
            ) from None
        finally:
            temporary.unlink(missing_ok=True)

    def hold(self, name: str) -> None:
        """The files of this post are not stale: its own, and what stands beside it under the same stem."""
        self._held.add(name.rpartition(".")[0])

    def orphaned(self) -> list[str]:
        """Files of earlier runs, still as they were written, that no source of this run makes."""
        return [
            name
            for name in sorted(self._before)
            if name not in self._now and not self._is_held(name) and self._is_as_written(name)
        ]

    def _is_held(self, name: str) -> bool:
        return any(name[:at] in self._held for at, sign in enumerate(name) if sign == ".")

    def _is_as_written(self, name: str) -> bool:
        return _hash_of(self.path / name) == _output_of(self._before[name])

    def remove(self, name: str) -> None:
        """Remove a stale file, and the folders that it leaves empty; a file that was edited meanwhile stays."""
        if name in self._now or not self._is_as_written(name):
            return
        target = self.path / name
        target.unlink()
        del self._before[name]
        for folder in target.parents:
            if folder == self.path or any(folder.iterdir()):
                break
            folder.rmdir()

    @property
    def has_files(self) -> bool:
        """Whether an earlier run has written something here."""
        return bool(self._before)

    def leave(self) -> None:
        """Nothing is to be written: what is remembered of the folder stays as it is."""
        self.is_left = True

    def remember(self) -> None:
        """Write down what is ours."""
        if self.is_left:
            return
        if self._under_way is not None:
            name, digest, source = self._under_way
            if name not in self._now and _hash_of(self.path / name) == digest:
                self._now[name] = _mark(digest, source)
        names = sorted([*self._now, *(self._before.keys() - self._now.keys())])
        marks = ((name, self._now.get(name, self._before.get(name, _NOBODYS))) for name in names)
        ours = ((name, mark) for name, mark in marks if mark != _NOBODYS)
        # Line by line: of 100,000 files the whole text would take as much memory as all the rest.
        lines = (f"{',' if n else ''}\n  {_said(name)}: {_said(_told(mark))}" for n, (name, mark) in enumerate(ours))
        about = "".join(f"{_said(name)}: {_said(value)},\n " for name, value in self._about.items())
        self.write(self._state.name, chain([f'{{{about}"files": {{'], lines, ["\n }\n}\n"]))
        if self._journal is not None:
            self._journal.close()
            self._journal = None
        self._journal_path.unlink(missing_ok=True)


class DryRunFolder(Folder):
    """A folder to which nothing is written: it tells what would become of each file."""

    def _prepare(self) -> None:
        if self.path.exists() and not self.path.is_dir():
            raise OutputError(f"The output folder {self.path} is a file. Choose another with -o.")

    def _make_room(self, folder: Path) -> bool:
        there = next(path for path in (folder, *folder.parents) if path.exists())
        return there.is_dir()

    def _note(self, name: str, digest: str, source: str) -> None:
        pass

    def remove(self, name: str) -> None:
        """Nothing."""

    def write(self, name: str, pieces: Iterable[str]) -> None:
        """Nothing."""

    def remember(self) -> None:
        """Nothing."""


def state_of(folder: Path, name: str = STATE) -> dict[str, Any]:
    """What the state of an output folder tells of the run that wrote it; empty for any other folder."""
    try:
        found = json.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


#: What is remembered of a file: the hash of its text, and that of its source, in one piece: a run may have 100,000.
_Mark = bytes
_NOBODYS = b""
_DIGEST = hashlib.sha256().digest_size


def _mark(output: str, source: str) -> _Mark:
    try:
        return bytes.fromhex(output).ljust(_DIGEST, b"\0")[:_DIGEST] + source.encode("utf-8", "replace")
    except ValueError:
        return _NOBODYS  # no hash: the state was edited


def _output_of(mark: _Mark) -> str:
    return mark[:_DIGEST].hex()


def _told(mark: _Mark) -> dict[str, str]:
    return {"output": _output_of(mark), "source": mark[_DIGEST:].decode()}


def _state_files(path: Path) -> Iterator[tuple[str, _Mark]]:
    files = state_of(path.parent, path.name).get("files")
    for name, told in files.items() if isinstance(files, dict) else ():
        if isinstance(told, dict) and _is_inside(str(name)):
            yield str(name), _mark(str(told.get("output")), str(told.get("source", "")))


def _is_inside(name: str) -> bool:
    """Whether a name that a state tells is one below its folder: the state may come from anywhere."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name


def _said(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _hash_of(path: Path) -> str | None:
    try:
        return _hash(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OutputFailed(f"{path} cannot be read: {error.strerror or error}.") from None


def _check_writable(path: Path) -> None:
    handle, name = tempfile.mkstemp(prefix=".unwix-", suffix=".tmp", dir=path)
    os.close(handle)
    Path(name).unlink()
