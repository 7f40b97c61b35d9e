"""Write the files of a review, each completely or not at all, without touching files of others."""

from __future__ import annotations

import json
from pathlib import Path

from ..model.errors import OutputError, OutputFailed
from ..model.whole_file import replacing
from ..run.lock import LOCK

#: The review's directory in the output. Site generators ignore names with an underscore.
NAME = "_review"
#: The names of the review's files, stored with the review.
MANIFEST = ".unwix-review.json"


class ReviewFolder:
    """The directory of a review, new or of an earlier run."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._old = self._remembered()
        self._new: set[str] = set()
        try:
            path.mkdir(parents=True, exist_ok=True)
            if self._old is None and any(file.name != LOCK for file in path.iterdir()):
                raise OutputError(
                    f"{path} contains files that are not part of a review. Choose another directory with --output."
                )
        except OSError as error:
            raise OutputError(
                f"The directory {path} cannot be written: {error.strerror or error}. Choose another with --output."
            ) from None

    def _remembered(self) -> set[str] | None:
        try:
            data = json.loads((self.path / MANIFEST).read_bytes())["files"]
            return {str(name) for name in data}
        except OSError:
            return None
        except (ValueError, KeyError, TypeError, RecursionError):
            return set()  # a review of unwix, but its files are unknown

    def begin(self) -> None:
        """Mark the directory as a review, before anything else is written."""
        self._remember(self._old or set())

    def put(self, name: str, data: str | bytes) -> None:
        """Write a file through a temporary one. Raises OutputFailed if that fails or the file is not the review's."""
        raw = data if isinstance(data, bytes) else data.encode("utf-8", "replace")
        target = self.path / name
        try:
            if target.is_symlink() or (target.exists() and name not in (self._old or set()) | self._new):
                raise OutputFailed(f"{target} is not a file of the review. Move it away, or choose another folder.")
            target.parent.mkdir(exist_ok=True)
            with replacing(target) as temporary:
                temporary.write_bytes(raw)
            self._new.add(name)
        except OSError as error:
            raise OutputFailed(f"{target} cannot be written: {error.strerror or error}.") from None

    def finish(self) -> None:
        """Store the names of this review's files, and delete those of the previous review that are no longer used."""
        for name in sorted((self._old or set()) - self._new):
            file = self.path / name
            if file.resolve().is_relative_to(self.path.resolve()) and file.is_file() and not file.is_symlink():
                file.unlink(missing_ok=True)
        self._remember(self._new)

    def _remember(self, names: set[str]) -> None:
        old, self._old = self._old, {*(self._old or set()), MANIFEST}
        lines = ",\n  ".join(json.dumps(name) for name in sorted(names - {MANIFEST}))
        self.put(MANIFEST, f'{{"files": [\n  {lines}\n]}}\n')
        self._old = old
        self._new.discard(MANIFEST)
