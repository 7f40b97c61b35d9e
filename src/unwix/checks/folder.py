"""Folder: an output as it lies on disk: its posts, its other files, and what unwix wrote down about it."""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from ..output import REPORT, STATE
from .addresses import normal
from .pictures import file_fault

MEDIA = "media.json"
MARKDOWN = (".md", ".markdown", ".mdx")
#: Files that are not the site's, though in its folder.
_NOT_POSTS = frozenset({"readme.md", "license.md", "changelog.md", "contributing.md"})


class OutputFolder:
    """An output folder. Nothing is written, and each file is looked at once."""

    def __init__(self, path: Path | None) -> None:
        """Without a path it is a folder that was never written: only its posts are known."""
        self.path = path
        self.anchors: dict[str, set[str]] = {}
        """For each post that was read, all that a link can point to in it."""
        self.unreadable: list[tuple[str, str]] = []
        """Files of unwix's own that cannot be read: (name, why)."""
        self._faults: dict[str, str | None] = {}

    @cached_property
    def files(self) -> dict[str, str]:
        """All files below the folder: the path as it is compared → as it is."""
        found: dict[str, str] = {}
        for folder, folders, names in os.walk(self.path) if self.path else ():
            folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "node_modules")
            base = Path(folder).relative_to(self.path or "").as_posix()
            for name in sorted(names):
                path = name if base == "." else f"{base}/{name}"
                found[normal(path)] = path
        return found

    @cached_property
    def folders(self) -> set[str]:
        """All folders that have a file."""
        return {parent.as_posix() for path in self.files for parent in PurePosixPath(path).parents}

    def has(self, path: str) -> bool:
        """Whether a path below the folder is a file or a folder, letter by letter.

        Of a folder that was never written all that is no post is taken to be there.
        """
        path = normal(path)
        if self.path is None:
            return not path.lower().endswith(MARKDOWN)
        return path in self.files or path.rstrip("/") in self.folders

    def near(self, path: str) -> str:
        """A hint at the file that was probably meant."""
        wanted = normal(path)
        found = [name for name in self.files if name.casefold() == wanted.casefold()]
        found = found or difflib.get_close_matches(wanted, [*self.files][:5000], 1, 0.85)
        return f"; did you mean {found[0]}?" if found else ""

    def document(self, path: str) -> set[str] | None:
        """What a link can point to in the post of that path; None where it is no post."""
        return self.anchors.get(normal(path))

    def file_of_site(self, path: str) -> str | None:
        """The file behind an absolute path of the built site; None where that cannot be told."""
        return None

    def look_at(self, paths: Iterable[str]) -> None:
        """Decode these files, several at a time."""
        names = sorted({name for path in paths if (name := self.files.get(normal(path)))})
        if self.path is not None:
            with ThreadPoolExecutor() as pool:
                self._faults |= zip(names, pool.map(file_fault, [self.path / name for name in names]), strict=True)

    def fault(self, path: str) -> str | None:
        """What is wrong with a file that was looked at, in a few words."""
        return self._faults.get(self.files.get(normal(path), ""))

    # ---- what unwix wrote down ----------------------------------------------------------------------------------

    @cached_property
    def rows(self) -> dict[str, dict[str, Any]]:
        """For each output, its row of report.json."""
        posts = self._json(REPORT).get("posts")
        rows = [row for row in posts if isinstance(row, dict)] if isinstance(posts, list) else []
        return {str(row["output"]): row for row in rows if row.get("output")}

    @cached_property
    def hashes(self) -> dict[str, str]:
        """For each file that unwix wrote, the SHA-256 of what it wrote."""
        files = self._json(STATE).get("files")
        told = files.items() if isinstance(files, dict) else ()
        return {str(name): str(said.get("output") if isinstance(said, dict) else said) for name, said in told}

    @cached_property
    def media(self) -> dict[str, str] | None:
        """Where media was copied: for addresses that could not be, why. None where nothing was copied."""
        if MEDIA not in self.files:
            return None
        items = self._json(MEDIA).get("media")
        rows = [row for row in items if isinstance(row, dict)] if isinstance(items, list) else []
        return {str(row.get("address")): str(row["failed"]) for row in rows if row.get("failed")}

    def _json(self, name: str) -> dict[str, Any]:
        if self.path is None:
            return {}
        try:
            found = json.loads((self.path / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as error:
            self.unreadable.append((name, str(error) or type(error).__name__))
            return {}
        if isinstance(found, dict):
            return found
        self.unreadable.append((name, "it is no object"))
        return {}

    @cached_property
    def known(self) -> set[str]:
        """The files that unwix wrote."""
        return {normal(name) for name in (*self.rows, *self.hashes)}

    def posts(self) -> Iterator[str]:
        """The paths of all posts, in order: what unwix wrote, and what its owner put beside that."""
        ours = self.known
        rooms = {str(PurePosixPath(name).parent) for name in ours if name.endswith(MARKDOWN)} or {"."}
        for name, path in sorted(self.files.items()):
            if not name.lower().endswith(MARKDOWN):
                continue
            if name in ours or (self._in(name, rooms) and PurePosixPath(name).name.lower() not in _NOT_POSTS):
                yield path

    def _in(self, name: str, rooms: set[str]) -> bool:
        return any(str(parent) in rooms for parent in PurePosixPath(name).parents)


def is_output(path: Path) -> bool:
    """Whether a folder is an output of unwix: it has its state or its report."""
    if (path / STATE).is_file():
        return True
    try:
        return '"unwix"' in (path / REPORT).open(encoding="utf-8").read(200)
    except (OSError, UnicodeDecodeError):
        return False
