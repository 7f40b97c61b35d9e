"""Earlier output: which files of a directory unwix itself wrote, so that no run reads them as sources."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

#: Files and directories with this beginning belong to unwix: state, journal, lock, cache, temporary files.
PREFIX = ".unwix"
_STATE = ".unwix-state.json"
_REVIEW = "_review"
_REPORTS = ("report.json", "media.json")


def is_output(folder: Path) -> bool:
    """Return whether an earlier run wrote its posts into a directory."""
    return (folder / _STATE).is_file()


def written_files(folder: Path) -> frozenset[str]:
    """Return the paths below an output that unwix wrote: posts, media, reports and the directory of the review."""
    files = _json(folder / _STATE).get("files")
    posts = [name for name in files if isinstance(name, str)] if isinstance(files, dict) else []
    # A post that its owner has edited has its new version next to it.
    return frozenset([*posts, *(f"{name}.new" for name in posts), *_media(folder), *_REPORTS, _REVIEW])


def _media(folder: Path) -> Iterator[str]:
    rows = _json(folder / "media.json").get("media")
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict):
            copies = row.get("copies")
            names = [row.get("file"), *(copies if isinstance(copies, list) else [])]
            yield from (name for name in names if isinstance(name, str))


def _json(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}
