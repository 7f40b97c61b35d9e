"""Open an output directory with its report.json and the sources that still exist."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ..blog.media.index_file import rows_in
from ..model.errors import UnwixError
from ..model.page import Page
from ..model.post import Post
from ..readers.data_files.chunks import split
from ..run.inputs import Inputs
from ..run.output_folder import REPORT
from ..run.read_report import load_report, no_report
from ..run.state_file import STATE, marks_in_state, output_hash, state_of
from ..run.steps import read_posts
from ..run.workers import Workers
from ..run.write_post import Options
from ..sources.files import Files
from ..web.json_path import obj
from ..writers.target import Target, url_path
from ..writers.targets import DEFAULT, TARGETS
from .verdict import Row, severity_order

#: The largest file of a post that is shown, in bytes.
MAX_POST_BYTES = 20_000_000


class Workspace(Struct, dict=True):
    """An output directory of `convert` under review."""

    output: Path
    version: str
    rows: list[Row]
    skipped: list[dict[str, str]]
    target: Target
    digest: bytes = b""
    """Rows of report.json."""

    @cached_property
    def order(self) -> list[int]:
        """Return the numbers of the rows, most severe first; equal rows stay in the order of the report."""
        return sorted(range(len(self.rows)), key=lambda n: severity_order(self.rows[n], n in self.edited))

    @cached_property
    def edited(self) -> set[int]:
        """Return the indices of the posts whose file is not as unwix wrote it, according to the state."""
        marks = marks_in_state(self.output / STATE)
        return {
            n
            for n, row in enumerate(self.rows)
            if (mark := marks.get(row["output"] or "")) and self._hash(row) not in (None, output_hash(mark))
        }

    @cached_property
    def keep_underline(self) -> bool:
        """Return True if the posts were converted with --keep-underline."""
        return bool(self._options.get("keep_underline"))

    @property
    def reading(self) -> Options:
        """Return the options with which the posts were read."""
        return Options(
            include_deleted=bool(self._options.get("include_deleted")), sidecar=bool(self._options.get("sidecar"))
        )

    @cached_property
    def _options(self) -> dict[str, Any]:
        return obj(state_of(self.output), "options")

    def _hash(self, row: Row) -> str | None:
        try:
            return hashlib.sha256((self.output / row["output"]).read_bytes()).hexdigest()
        except (OSError, ValueError):
            return None

    @cached_property
    def places(self) -> dict[int, int]:
        """Return the position of each row in that order."""
        return {number: place for place, number in enumerate(self.order)}

    @cached_property
    def pages(self) -> dict[str, str]:
        """Return the file names of the review's pages by the posts' files."""
        return {row["output"]: page_name(n) for n, row in enumerate(self.rows) if row["output"]}

    @cached_property
    def urls(self) -> dict[str, str]:
        """Return the same by the URL paths of the posts on the built site, without slashes at either end."""
        return {url_path(self.target, output).strip("/"): page for output, page in self.pages.items()}

    @cached_property
    def media(self) -> dict[str, str]:
        """The original URL of each copied file below the directory, from media.json."""
        return {path: row.url for row in rows_in(self.output) for path in row.paths}

    @cached_property
    def by_source(self) -> dict[str, list[int]]:
        """The indices of the rows of each source, as the report names them."""
        result: dict[str, list[int]] = {}
        for n, row in enumerate(self.rows):
            result.setdefault(row["source"], []).append(n)
        return result

    def post_text(self, row: Row) -> str | None:
        """Return the post's file as it is now; None if it is missing, too large or outside of the directory."""
        file = self.output / (row["output"] or "")
        try:
            if not file.resolve().is_relative_to(self.output.resolve()) or not file.is_file():
                return None
            if file.stat().st_size > MAX_POST_BYTES:
                return None
            return file.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff")
        except (OSError, ValueError):
            return None

    def source_pages(self) -> Iterator[Page]:
        """Yield the pages of the sources that exist and have a post in the report; a large file in parts."""
        wanted_names = {name for source in self.by_source for name in _names_of(source)}
        visited: set[Path] = set()
        for source in self.by_source:
            found = self._find(source)
            if found is None or found[1] in visited:
                continue
            name, path = found
            visited.add(path)
            here = len(path.as_posix())
            with Workers(0) as workers:  # a large archive in the same slices as in the run: texts are named by them
                for page in Inputs([Files([path], plain=True)], workers).pages():
                    named = replace(page, source=name + page.source[here:])
                    if named.source in wanted_names:
                        yield from split(named)

    def posts_of(self, source: str) -> list[Post]:
        """Return the posts of one source file; none if it is missing, or in an archive, which is not searched."""
        found = self._find(source) if "!/" not in source else None
        try:
            page = Page(found[0], path=found[1], as_text=True) if found else None
            return read_posts(page, Options(include_deleted=True))[0] if page is not None else []
        except (UnwixError, OSError, RecursionError, MemoryError):
            return []

    def _find(self, source: str) -> tuple[str, Path] | None:
        """Return a source's file: its name in the report, and its path.

        The name is relative to the current directory, the output folder, or the folder that contains it.
        """
        for name in _names_of(source):
            for base in (Path(), self.output, self.output.parent):
                try:
                    if (path := base / name).is_file():
                        return name, path
                except (OSError, ValueError):
                    continue
        return None


def _names_of(source: str) -> Iterator[str]:
    """Yield the file names that the name of a source may contain: a file, one of its posts, a page in an archive.

    `posts.json#the-slug`, `site.zip!/post/a.html`, `site.wacz!/data.warc.gz!/post/a#b`.
    """
    yield source
    if (cut := source.rfind("#")) > 0:
        yield source[:cut]
    if (cut := source.find("!/")) > 0:
        yield source[:cut]


def page_name(number: int) -> str:
    """Return the name of a post's review page; it stays the same when the order of the posts changes."""
    return f"{number + 1:05}.html"


def open_workspace(output: Path) -> Workspace:
    """Open an output folder. Raises UnwixError if it has no readable report.json."""
    data, raw = load_report(output / REPORT, no_report(output))
    return Workspace(
        output,
        str(data.get("unwix", "?")),
        [_row(row) for row in data["posts"]],
        data.get("skipped") or [],
        _target(output),
        hashlib.sha256(raw).digest(),
    )


def _row(value: Any) -> Row:
    """Return a row with the fields that the review needs."""
    row: Row = dict(value)
    for name in ("output", "url", "title", "reader"):
        row[name] = row[name] if isinstance(row.get(name), str) else None
    row["source"], row["file"] = str(row["source"]), str(row["file"])
    row["problems"] = [
        {"kind": str(p["kind"]), "where": str(p.get("where", "")), "detail": str(p.get("detail", ""))}
        for p in row.get("problems") or []
    ]
    row["merged_from"] = {str(name): str(place) for name, place in obj(row, "merged_from").items()}
    row["duplicates"] = [str(source) for source in row.get("duplicates") or []]
    row["detected_by"] = [str(signal) for signal in row.get("detected_by") or []]
    row["removed"] = [dict(line) for line in row.get("removed") or []]
    return row


def _target(output: Path) -> Target:
    """Return the target for which the output was written, by its state."""
    return TARGETS.get(str(state_of(output).get("target")), TARGETS[DEFAULT])
