"""Check a conversion in memory: compare it with its sources, and with the files of an output."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from ..model.problems import KINDS
from ..model.results import counted
from ..model.skipped import Skipped
from ..run.output_folder import Sink
from ..run.rows import FileState, PostRow
from .check_output import Lint
from .findings import Finding
from .markdown_file import PLAIN, Writing
from .output_folder import MARKDOWN, OutputFolder
from .settings import Settings

#: No diff is made for files with more lines: the time grows with the square of their length.
_LONGEST = 20_000


class Conversion:
    """A sink that checks each text and compares it with the file in `expect`, if there is one.

    `updating` is the sink that rewrites the files; `writing` states the target and options.
    """

    def __init__(
        self, expect: Path | None, settings: Settings, updating: Sink | None = None, writing: Writing = PLAIN
    ) -> None:
        self.expect = expect
        self.settings = settings
        self.updating = updating
        self.changed = 0
        """The number of files that were rewritten."""
        self.kept = 0
        """The number of edited files that were kept; their new version is in FILE.new."""
        self._lint = Lint(OutputFolder(expect, writing), settings, self._shown, on_disk=False)
        self._names: set[str] = set()
        self._findings: dict[str, list[Finding]] = {}

    def _shown(self, name: str) -> str:
        return (self.expect / name).as_posix() if self.expect else name

    def put(self, name: str, text: str, source: str = "") -> FileState:
        """Check a text and compare it with the file of that name."""
        self._names.add(name)
        differs = self._compared(name, text)
        linted = self._lint.post(name, text) if name.endswith(MARKDOWN) else []
        self._findings[name] = differs + linted
        if self.updating is None:
            return "unchanged" if not differs else "written"
        status = self.updating.put(name, text, source)
        self.changed += status == "written"
        self.kept += status == "edited"
        return status

    def mark_current(self, name: str) -> None:
        """Register a post that a filter excludes, so that its file is not reported as extra."""
        self._names.add(name)
        if self.updating is not None:
            self.updating.mark_current(name)

    def _compared(self, name: str, text: str) -> list[Finding]:
        if self.expect is None:
            return []
        path = self.expect / name
        try:
            written_text = path.read_bytes().decode("utf-8")
        except FileNotFoundError:
            return self._lint.finding("post-missing", name, f"missing in {self.expect.as_posix()}")
        except OSError as error:
            return self._lint.finding("unreadable", name, f"the file cannot be read: {error.strerror or error}")
        except UnicodeDecodeError as error:
            return self._lint.finding("unreadable", name, f"the file cannot be read: {error}")
        if written_text == text:
            return []
        before, after = written_text.splitlines(True), text.splitlines(True)
        diff = "(too long to compare)\n"
        if max(len(before), len(after)) <= _LONGEST:
            diff = "".join(_whole(difflib.unified_diff(before, after, path.as_posix(), f"{name} as converted now")))
        return self._lint.finding("differs", name, "output differs from a fresh conversion", diff)

    def row(self, row: PostRow) -> list[Finding]:
        """Return all findings of a post once its row of the report is known."""
        name, source = row["output"], row["source"]
        findings = [f for file in (name, row.get("sidecar")) for f in self._findings.pop(file or "", ())]
        if self.expect is None:  # there is no output file: name the source instead
            findings = [replace(f, file=source, line=None, message=f"{f.place()}: {f.message}") for f in findings]
        shown_name = self._shown(name) if name and self.expect else source
        return [*self._judged(row, shown_name), *findings]

    def _judged(self, row: PostRow, shown_name: str) -> Iterator[Finding]:
        problems = row["problems"]
        if row["file"] == "failed":
            yield from self._of_run("post-failed", row["source"], problems[0]["detail"])
            return
        origin = "" if shown_name == row["source"] else f" (from {row['source']})"
        if (share := kept_of(row)) < self.settings.min_fidelity:
            losses = [p for p in problems if _makes_lossy(p["kind"])]
            details = "; ".join(
                p["detail"] if p["where"] == "source" else f"{p['where']}: {p['detail']}" for p in losses
            )
            message = f"{share:.1%} of the source is in the output{': ' if details else ''}{details}{origin}"
            yield from self._of_run("lossy", shown_name, message)
        for problem in problems:
            if problem["severity"] == "warning":
                message = f"{problem['kind']} ({problem['where']}): {problem['detail']}"
                yield from self._of_run("incomplete", shown_name, message + origin)

    def skipped(self, pages: Iterable[tuple[str, Skipped]]) -> Iterator[Finding]:
        """Yield the findings for skipped pages that may be posts."""
        for source, reason in pages:
            message = f"{reason.detail}, but it may be a post: it has {counted(reason.words or 0, 'word')}"
            yield from self._of_run("possible-post", source, message)

    def _of_run(self, rule: str, file: str, message: str) -> Iterator[Finding]:
        if self.settings.is_on(rule):
            yield Finding(rule, self.settings.severity(rule), file, None, message)

    def rest(self) -> Iterator[Finding]:
        """Yield the findings about all posts. Call this once, at the end."""
        for left in self._findings.values():
            yield from left
        if self.expect is not None:
            yield from self._extra(self.expect)
        yield from self._lint.rest()

    def _extra(self, expect: Path) -> Iterator[Finding]:
        folder = self._lint.folder
        for name in folder.posts():
            if name not in self._names:
                message = f"extra in {expect.as_posix()}; no source produces it"
                yield from self._lint.finding("post-extra", name, message)


def _makes_lossy(kind: str) -> bool:
    return KINDS[kind][0] == "error" or kind == "words-added"


def kept_of(row: PostRow) -> float:
    """Return the share of a source that is in its Markdown, 0 to 1: the smallest share of all kinds of content."""
    fidelity = row["fidelity"]
    if row["result"] != "lossy" or fidelity is None:
        return 1.0
    pairs = [pair for pair in fidelity.values() if pair[1]]
    lowest: float = min((have / total for have, total in pairs), default=0.0)
    words = fidelity["words"][1]
    # Nothing is missing, but something was added or moved: as bad as a lost word.
    return lowest if lowest < 1 else max(0.0, 1 - 1 / max(words, 1))


def _whole(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else line + "\n\\ No newline at end of file\n"
