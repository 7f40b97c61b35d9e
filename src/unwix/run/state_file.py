"""The state of an output between two runs, and the journal of a run that was killed.

For each file that unwix wrote there are two hashes: of its text, and of its source. Both files may be damaged or come
from anywhere: names that lead out of the output, and rows of other types, are ignored.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any, TextIO

from ..web.json_path import json_object, obj

#: The state of an output, and its journal: one line per file, written before the file is.
STATE = ".unwix-state.json"
JOURNAL = ".unwix-state.journal"
_LONGEST_NAME, _LONGEST_PART = 4096, 255

#: The hashes of a file's text and of its source in one value, because a run may have 100,000 files.
Mark = bytes
#: The value for a file that unwix has not written.
UNKNOWN: Mark = b""
_DIGEST = hashlib.sha256().digest_size


def mark_of(output: str, source: str) -> Mark:
    """Return the hashes of a file's text (hex) and source as one value; UNKNOWN if one is not a hash."""
    try:
        return bytes.fromhex(output).ljust(_DIGEST, b"\0")[:_DIGEST] + source.encode("utf-8", "replace")
    except ValueError:
        return UNKNOWN


def output_hash(mark: Mark) -> str:
    """Return the hash of the text, in hex."""
    return mark[:_DIGEST].hex()


def state_of(folder: Path, name: str = STATE) -> dict[str, Any]:
    """Return the state of an output: target, options and files of the run; empty for other directories."""
    try:
        data = json_object((folder / name).read_bytes()) or {}
    except OSError:
        return {}
    return data if isinstance(data.get("target", ""), str) else {**data, "target": ""}


def marks_in_state(path: Path) -> dict[str, Mark]:
    """Return the hashes of each file in a state."""
    return {
        name: mark_of(str(row.get("output")), str(row.get("source", "")))
        for name, row in obj(state_of(path.parent, path.name), "files").items()
        if isinstance(row, dict) and is_inside(name)
    }


def marks_in_journal(path: Path, hash_of: Callable[[str], str | None]) -> dict[str, Mark]:
    """Return the hashes of the files in a journal that are as they were written; the last one may never have been."""
    marks: dict[str, Mark] = {}
    try:
        if path.is_symlink():
            return {}
        for line in path.read_text(encoding="utf-8").splitlines():
            name, output, source = json.loads(line)
            if is_inside(name) and hash_of(name) == output:
                marks[name] = mark_of(str(output), str(source))
    except (OSError, ValueError, TypeError, RecursionError):
        pass  # no journal, or its last line was cut off
    return marks


def open_journal(path: Path) -> TextIO:
    """Open a journal to append to it; a symbolic link is replaced, not followed. Raises OSError."""
    if path.is_symlink():
        path.unlink()
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
    return os.fdopen(os.open(path, flags, 0o644), "a", encoding="utf-8", errors="replace")


def state_text(about: dict[str, Any], files: Iterable[tuple[str, Mark]]) -> Iterator[str]:
    """Yield the text of a state line by line: for 100,000 files it would need as much memory as all the rest."""
    facts = "".join(f"{_json(name)}: {_json(value)},\n " for name, value in about.items())
    yield f'{{{facts}"files": {{'
    for number, (name, mark) in enumerate(files):
        row = {"output": output_hash(mark), "source": mark[_DIGEST:].decode()}
        yield f"{',' if number else ''}\n  {_json(name)}: {_json(row)}"
    yield "\n }\n}\n"


def is_inside(name: Any) -> bool:
    """Return True if a name in a state is the path of a file below the output."""
    if not isinstance(name, str) or not 0 < len(name) <= _LONGEST_NAME:
        return False
    path = PurePosixPath(name)
    if path.is_absolute() or not path.parts or ".." in path.parts:
        return False
    try:
        if any(len(part.encode()) > _LONGEST_PART for part in path.parts):
            return False
    except UnicodeEncodeError:  # a lone surrogate
        return False
    return not any(character in name for character in "\\:\0")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
