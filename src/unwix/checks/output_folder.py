"""An output on disk: its posts, its other files, and the report, state and media index that unwix wrote."""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from ..model.errors import OutputError
from ..model.report_rows import MediaRow
from ..run.output_folder import REPORT
from ..run.read_report import read_report
from ..run.state_file import STATE
from ..web.json_path import obj, objects
from ..writers.front_matter.fields import BadField, parse_changes
from ..writers.targets import MARKDOWN_TARGETS
from ..writers.themes import themed_target
from .generator_files import Site
from .link_targets import climbs, normal, place_of
from .markdown_file import PLAIN, Writing
from .rules.image_files import file_fault

MEDIA = "media.json"
MARKDOWN = (".md", ".markdown", ".mdx")
#: Markdown files in a site directory that are not posts.
_NOT_POSTS = frozenset({"readme.md", "license.md", "changelog.md", "contributing.md"})


class OutputFolder:
    """An output directory. It is only read, and each file is read once."""

    def __init__(self, path: Path | None, writing: Writing = PLAIN) -> None:
        """Open an output; without a path it exists in memory only."""
        self.path = path
        self.writing = writing
        self.site = Site(writing.target)
        self._anchors: dict[str, set[str]] = {}
        self.unreadable: list[tuple[str, str]] = []
        """Files of unwix that cannot be read: (name, reason)."""
        self._faults: dict[str, str | None] = {}

    @cached_property
    def files(self) -> dict[str, str]:
        """All files: the normalized path → the path on disk."""
        result: dict[str, str] = {}
        for folder, folders, names in os.walk(self.path) if self.path else ():
            folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "node_modules")
            base = Path(folder).relative_to(self.path or "").as_posix()
            for name in sorted(names):
                path = name if base == "." else f"{base}/{name}"
                result[normal(path)] = path
        return result

    @cached_property
    def folders(self) -> set[str]:
        """All directories that contain a file."""
        return {parent.as_posix() for path in self.files for parent in PurePosixPath(path).parents}

    def has(self, path: str) -> bool:
        """Return True if a path is a file or directory, with the same letter case.

        In an output that exists in memory only, all files but posts are assumed to exist.
        """
        path = normal(path)
        if self.path is None:
            return not path.lower().endswith(MARKDOWN)
        return path in self.files or path.rstrip("/") in self.folders

    def near(self, path: str) -> str:
        """Return a hint at the file that was probably meant, or an empty string."""
        normalized = normal(path)
        similar_names = [name for name in self.files if name.casefold() == normalized.casefold()]
        similar_names = similar_names or difflib.get_close_matches(normalized, [*self.files][:5000], 1, 0.85)
        return f"; did you mean {similar_names[0]}?" if similar_names else ""

    def register(self, name: str, anchors: set[str], url: str) -> None:
        """Register a post with the anchors that links can point to, and its URL on the built site."""
        self._anchors[normal(name)] = anchors
        self.site.register(normal(name), url)

    def document(self, path: str) -> set[str] | None:
        """Return the anchors in a post, or None if the path is not a post."""
        return self._anchors.get(normal(path))

    def path_of(self, url: str, document: str) -> str | None:
        """Return the path below the output that a URL in a post refers to, or None if it is unknown."""
        place = place_of(url, document)
        if place.kind == "site":
            return self.site.file_of(place.path)
        if place.kind != "file":
            return None
        if (path := self.site.generators_own(place.path, document)) is not None:
            return path
        if not climbs(place.path) and (place.path in self._anchors or self.has(place.path)):
            return place.path
        if self.writing.target.links_between == "urls" and (path := self.site.relative(document, url)) is not None:
            return path
        if self.writing.target.links == "wiki" and (path := self._note(place.path)) is not None:
            return path
        return None if climbs(place.path) else place.path

    def _note(self, path: str) -> str | None:
        """Return the note with that name anywhere in the Obsidian vault."""
        name = PurePosixPath(path).name
        return next((post for post in self._anchors if PurePosixPath(post).name == name), None)

    def look_at(self, paths: Iterable[str]) -> None:
        """Decode files in parallel and remember their faults."""
        names = sorted({name for path in paths if (name := self.files.get(normal(path)))})
        if self.path is not None:
            with ThreadPoolExecutor() as pool:
                self._faults |= zip(names, pool.map(file_fault, [self.path / name for name in names]), strict=True)

    def fault(self, path: str) -> str | None:
        """Return what is wrong with a file that was decoded, or None."""
        return self._faults.get(self.files.get(normal(path), ""))

    # ---- report, state and media index ------------------------------------------------------------------------------

    @cached_property
    def rows(self) -> dict[str, dict[str, Any]]:
        """The row of report.json for each output file."""
        if self.path is None or not (self.path / REPORT).exists():
            return {}
        try:
            posts = read_report(self.path)["posts"]
        except OutputError as error:
            self.unreadable.append((REPORT, str(error)))
            return {}
        return {row["output"]: row for row in posts if row["output"]}

    @cached_property
    def hashes(self) -> dict[str, str]:
        """The SHA-256 of each file as unwix wrote it."""
        entries = obj(self._json(STATE), "files").items()
        return {name: str(mark.get("output") if isinstance(mark, dict) else mark) for name, mark in entries}

    @cached_property
    def _media_rows(self) -> list[MediaRow]:
        entries = objects(self._json(MEDIA), "media")
        return [row for entry in entries if (row := MediaRow.read(entry)) is not None]

    @cached_property
    def media(self) -> dict[str, str] | None:
        """For URLs of media that could not be copied, the reason; None if no media were to be copied."""
        if all(row.state == "listed" for row in self._media_rows):
            return None
        return {row.url: row.problem or "" for row in self._media_rows if row.state == "failed"}

    @cached_property
    def copied(self) -> list[str]:
        """The media files that media.json lists."""
        return [normal(path) for row in self._media_rows for path in (row.file, *row.copies) if path]

    def _json(self, name: str) -> dict[str, Any]:
        if self.path is None:
            return {}
        try:
            data = json.loads((self.path / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as error:
            self.unreadable.append((name, str(error) or type(error).__name__))
            return {}
        if isinstance(data, dict):
            return data
        self.unreadable.append((name, "not a JSON object"))
        return {}

    @cached_property
    def known(self) -> set[str]:
        """The normalized paths of the files that unwix wrote."""
        return {normal(name) for name in (*self.rows, *self.hashes)}

    def posts(self) -> Iterator[str]:
        """Yield the paths of all posts: those that unwix wrote, and those that the user added."""
        known = self.known
        room = self.writing.target.base
        support_files = {normal(file.path) for file in self.writing.target.support_files}
        for name, path in sorted(self.files.items()):
            if not name.lower().endswith(MARKDOWN) or name in support_files:
                continue
            own = PurePosixPath(name).name.lower()
            is_in_room = (not room or name.startswith(room + "/")) and own not in _NOT_POSTS and own[0] != "_"
            if name in known or is_in_room:
                yield path


def is_output(path: Path) -> bool:
    """Return True if a directory is an output of unwix: it contains its state or report."""
    if (path / STATE).is_file():
        return True
    try:
        return '"unwix"' in (path / REPORT).open(encoding="utf-8").read(200)
    except (OSError, UnicodeDecodeError):
        return False


def writing_of(state: Mapping[str, Any]) -> Writing:
    """Return what an output was written for, from its state; `markdown` if the state does not say."""
    options = obj(state, "options")
    target = MARKDOWN_TARGETS.get(str(state.get("target")), PLAIN.target)
    target = themed_target(target.name, str(options.get("theme")))
    base_url = options.get("base_url")
    base_url = base_url.rstrip("/") if isinstance(base_url, str) else ""
    try:
        changes = parse_changes([str(change) for change in options.get("fields") or ()])
    except (BadField, TypeError):
        return Writing(target, base_url=base_url)
    return Writing(target, changes.renames, base_url)
