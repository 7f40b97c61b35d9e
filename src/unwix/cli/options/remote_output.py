"""Remote output: a directory on object storage (s3://, gs://), worked on as a local copy and uploaded at the end."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from ...model.errors import OutputError, OutputFailed
from ...run.output_folder import REPORT
from ...run.state_file import STATE
from ...sources.remote_files import one_line, open_url

#: Files that are uploaded last: whoever reads them finds all others.
_LAST = (REPORT, STATE)
#: Protocols of object storage: it has no directories, and asked for one, fsspec would create the bucket.
_BUCKETS = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "oss"})
#: What a file was before the run: size and time of its last change.
_States = dict[str, tuple[int, int]]


class Upload:
    """The upload at the end of a run."""

    def __init__(self, local: Path) -> None:
        self.local = local
        """The local directory, or the local file of an output that is one file."""
        self.uploaded: int | None = None
        """The number of uploaded files, None until the end."""


@contextmanager
def remote_output(url: str) -> Iterator[Upload]:
    """Yield the local copy of an output. At the end, upload what has changed, also after an error or Ctrl-C.

    Raises OutputError if the output cannot be read, OutputFailed if it cannot be written.
    """
    file_system, path = open_url(url)
    is_file = PurePosixPath(path).suffix in (".jsonl", ".ndjson")
    with tempfile.TemporaryDirectory(prefix="unwix-output-") as name:
        folder = Path(name)
        if not is_file:
            _download(file_system, path, folder, url)
        before = _states(folder)
        upload = Upload(folder / PurePosixPath(path).name if is_file else folder)
        try:
            yield upload
        finally:
            upload.uploaded = _upload(file_system, path, folder, before, url, is_file)


def _download(file_system: Any, path: str, folder: Path, url: str) -> None:
    try:
        for name in file_system.find(path) if file_system.exists(path) else []:
            target = folder / name.removeprefix(path).lstrip("/")
            if not target.resolve().is_relative_to(folder.resolve()):
                raise OutputError(f"{url} has a file with an impossible name: {name}")
            target.parent.mkdir(parents=True, exist_ok=True)
            file_system.get_file(name, str(target))
    except OutputError:
        raise
    except Exception as error:
        raise OutputError(f"{url} cannot be read: {one_line(error)}") from None


def _upload(file_system: Any, path: str, folder: Path, before: _States, url: str, is_file: bool) -> int:
    """Write the new and changed files to the URL, and delete those that are gone. Return how many were written."""
    after = _states(folder)
    changed = [name for name in sorted(after) if after[name] != before.get(name)]
    changed.sort(key=_LAST.__contains__)
    try:
        for name in changed:
            target = path if is_file else f"{path.rstrip('/')}/{name}"
            _put(file_system, folder / name, target)
        for name in before.keys() - after.keys():
            file_system.rm_file(f"{path.rstrip('/')}/{name}")
    except Exception as error:
        raise OutputFailed(f"{url} cannot be written: {one_line(error)}") from None
    return len(changed)


def _put(file_system: Any, file: Path, target: str) -> None:
    if not _BUCKETS.intersection(file_system.protocol if isinstance(file_system.protocol, tuple) else ()):
        file_system.makedirs(PurePosixPath(target).parent.as_posix(), exist_ok=True)
    file_system.put_file(str(file), target)


def _states(folder: Path) -> _States:
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }
