"""Output: the folder that posts are written to.

Files appear whole or not at all, and no file of the owner's is touched.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Protocol

from .errors import OutputError, OutputFailed

#: What unwix remembers of a folder between two runs: the hash of each file it wrote.
STATE = ".unwix-state.json"
REPORT = "report.json"


class Sink(Protocol):
    """Where the texts of a run go."""

    def put(self, name: str, text: str) -> str:
        """Take a text under a name; returns the status of the post: written, unchanged, kept or failed."""


class Folder:
    """An output folder. A file that its owner has edited is kept, and the new text put beside it as `.new`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.mkdir(parents=True, exist_ok=True)
            _check_writable(path)
        except OSError as error:
            raise OutputError(
                f"The output folder {path} cannot be written: {error.strerror or error}. Choose another with -o."
            ) from None
        self._ours = self._remembered()
        self._replaced: dict[str, bytes] = {}
        """What stood in a file before this run wrote it anew: a better copy of the post may bring it back."""
        self._beside: set[str] = set()
        """Names that this run put a `.new` beside."""

    def _remembered(self) -> dict[str, bytes]:
        try:
            value = json.loads((self.path / STATE).read_text(encoding="utf-8"))["files"]
            return {str(name): bytes.fromhex(digest) for name, digest in value.items()}
        except (OSError, ValueError, KeyError, AttributeError, TypeError, RecursionError):
            return {}

    def put(self, name: str, text: str) -> str:
        """Write a post's file; `failed` where something else has its name.

        Raises OutputFailed when the disk does not take it.
        """
        data = text.encode("utf-8", "replace")
        digest = hashlib.sha256(data).digest()
        target = self.path / name
        if target.is_dir():
            return "failed"
        there = self._hash(target)
        if there == digest:
            self._ours[name] = digest
            if name in self._beside:
                (self.path / f"{name}.new").unlink(missing_ok=True)  # of a worse copy of the same post
            return "unchanged"
        if there is not None and self._ours.get(name) != there:
            self.write(name + ".new", [text])
            self._beside.add(name)
            return "kept"
        if there is not None:
            self._replaced.setdefault(name, there)
        self.write(name, [text])
        self._ours[name] = digest
        return "unchanged" if self._replaced.get(name) == digest else "written"

    def _hash(self, path: Path) -> bytes | None:
        try:
            return hashlib.sha256(path.read_bytes()).digest()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise OutputFailed(f"{path} cannot be read: {error.strerror or error}.") from None

    def write(self, name: str, pieces: Iterable[str]) -> None:
        """Write a file through a temporary one, so that it is never half there."""
        target = self.path / name
        temporary: str | None = None
        try:
            handle, temporary = tempfile.mkstemp(prefix=".unwix-", suffix=".tmp", dir=self.path)
            with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="\n") as file:
                file.writelines(pieces)
            os.chmod(temporary, 0o644)
            os.replace(temporary, target)
            temporary = None
        except OSError as error:
            raise OutputFailed(
                f"{target} cannot be written: {error.strerror or error}. What was written before is whole."
            ) from None
        finally:
            if temporary is not None:
                Path(temporary).unlink(missing_ok=True)

    def remember(self) -> None:
        """Write down the hashes of all files that are ours."""
        # Line by line: of 100,000 files the whole text would take as much memory as all the rest.
        lines = (
            f"\n  {json.dumps(name, ensure_ascii=False)}: {json.dumps(self._ours[name].hex())}"
            for name in sorted(self._ours)
        )
        self.write(
            STATE,
            chain(['{\n "files": {'], (line if not n else "," + line for n, line in enumerate(lines)), ["\n }\n}\n"]),
        )


def _check_writable(path: Path) -> None:
    handle, name = tempfile.mkstemp(prefix=".unwix-", suffix=".tmp", dir=path)
    os.close(handle)
    Path(name).unlink()
