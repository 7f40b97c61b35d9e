"""Check: what a run would write, held against what is there. Nothing is written."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path


class Expected:
    """A sink that compares with the files of a folder instead of writing them; without a folder it compares nothing."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._names: set[str] = set()
        self._diffs: dict[str, list[str]] = {}

    def put(self, name: str, text: str, source: str = "") -> str:
        """Compare a text with the file of that name."""
        self._names.add(name)
        self._diffs.pop(name, None)
        if self.folder is None:
            return "written"
        path = self.folder / name
        try:
            there = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            self._diffs[name] = [f"{name}: missing in {self.folder.as_posix()}\n"]
            return "written"
        except (OSError, UnicodeDecodeError) as error:
            self._diffs[name] = [f"{name}: cannot be read: {error}\n"]
            return "written"
        if there == text:
            return "unchanged"
        old, new = path.as_posix(), f"{name} as converted now"
        self._diffs[name] = list(difflib.unified_diff(there.splitlines(True), text.splitlines(True), old, new))
        return "written"

    def hold(self, name: str) -> None:
        """A post that a filter leaves out may be there or not."""
        self._names.add(name)

    def differences(self) -> Iterator[str]:
        """Lines that say what differs: a unified diff for each file, files that are missing, files that are extra."""
        for name in sorted(self._diffs):
            yield from self._diffs[name]
        if self.folder is not None:
            for path in sorted(self.folder.rglob("*.md")):
                name = path.relative_to(self.folder).as_posix()
                if name not in self._names:
                    yield f"{name}: extra in {self.folder.as_posix()}; no source makes it\n"
