"""Detect files of a directory that unwix itself wrote, so that no run reads them as sources."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..web.json_path import Json, json_object, obj, objects

#: Files and directories with this prefix belong to unwix: state, journal, lock, cache, temporary files.
PREFIX = ".unwix"
_STATE = ".unwix-state.json"
_REVIEW = "_review"
_REPORTS = ("report.json", "media.json")


def is_output(folder: Path) -> bool:
    """Return True if an earlier run wrote its posts into a directory."""
    return (folder / _STATE).is_file()


def written_files(folder: Path) -> frozenset[str]:
    """Return the paths below an output that unwix wrote: posts, media, reports and the directory of the review."""
    posts = list(obj(_json(folder / _STATE), "files"))
    # A post that its owner has edited has its new version next to it.
    return frozenset([*posts, *(f"{name}.new" for name in posts), *_media(folder), *_REPORTS, _REVIEW])


def _media(folder: Path) -> Iterator[str]:
    for row in objects(_json(folder / "media.json"), "media"):
        copies = row.get("copies")
        names = [row.get("file"), *(copies if isinstance(copies, list) else [])]
        yield from (name for name in names if isinstance(name, str))


def _json(path: Path) -> Json:
    try:
        return json_object(path.read_bytes()) or {}
    except OSError:
        return {}
