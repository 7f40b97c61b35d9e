"""Apply all rules to the posts of an output, one post at a time, then the rules about all posts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec.structs import replace

from .findings import Finding, Match
from .link_targets import normal
from .markdown_file import PLAIN, Document, Writing
from .output_folder import OutputFolder
from .parse_front_matter import read_front
from .post_index import PostIndexEntry, post_index_entry
from .rules.table import FOLDER, ON_DISK, PLACE, POST
from .settings import Settings


class Lint:
    """Applies the rules.

    `shown` returns the path that findings name for a file; `on_disk` is False for a conversion in memory.
    """

    def __init__(
        self, folder: OutputFolder, settings: Settings, shown: Callable[[str], str], on_disk: bool = True
    ) -> None:
        self.folder = folder
        self.settings = settings if on_disk else replace(settings, off=settings.off | ON_DISK)
        self.shown = shown
        self._traces: dict[str, PostIndexEntry] = {}
        self.as_written: set[str] = set()
        """Files exactly as unwix wrote them: faults in them are faults of the source."""

    @property
    def posts(self) -> int:
        """The number of posts checked so far."""
        return len(self._traces)

    def post(self, name: str, text: str) -> list[Finding]:
        """Apply the rules about one post to a file."""
        folder = self.folder
        try:
            document = Document(name, text, folder.writing, folder.rows.get(name), folder.media)
            trace = post_index_entry(document)
            hits = [
                self._finding(rule, name, hit)
                for rule, row in POST.items()
                if self.settings.is_on(rule, document.off)
                for hit in row.look(document)
            ]
            folder.register(name, document.anchors, trace.new_url[0])
        except RecursionError:
            return self.finding("unreadable", name, "the file is nested too deeply")
        self._traces[name] = trace
        return hits

    def finding(self, rule: str, name: str | None, message: str, diff: str = "") -> list[Finding]:
        """Return a finding of a rule without function; an empty list if the rule is off."""
        file = None if name is None else self.shown(name)
        finding = Finding(rule, self.settings.severity(rule), file, None, message, diff)
        return [finding] if self.settings.is_on(rule) else []

    def rest(self) -> Iterator[Finding]:
        """Apply the rules about all posts. Call this once, at the end."""
        traces = list(self._traces.values())
        if self.settings.is_on("file-broken"):
            paths = (self.folder.path_of(r.url, t.name) for t in traces for r in t.references)
            self.folder.look_at(path for path in paths if path)
        for rule, about_one in PLACE.items():
            for trace in traces if self.settings.is_on(rule) else ():
                if rule not in trace.off:
                    for hit in about_one.look(trace, self.folder):
                        yield self._place_finding(rule, trace, hit)
        for rule, about_all in FOLDER.items():
            for name, hit in about_all.look(traces, self.folder) if self.settings.is_on(rule) else ():
                if name is None or name not in self._traces or rule not in self._traces[name].off:
                    yield self._finding(rule, name, hit)

    def _place_finding(self, rule: str, trace: PostIndexEntry, hit: Match) -> Finding:
        """Return a finding about a reference: an error if the file that unwix wrote is gone or damaged."""
        paths = (self.folder.path_of(ref.url, trace.name) for ref in trace.references if ref.line == hit.line)
        written = {*self.folder.known, *self.folder.copied}
        if any(path is not None and normal(path) in written for path in paths):
            file, severity = self.shown(trace.name), self.settings.severity(rule)
            return Finding(rule, severity, file, hit.line, hit.message)
        return self._finding(rule, trace.name, hit)

    def _finding(self, rule: str, name: str | None, hit: Match) -> Finding:
        file = None if name is None else self.shown(name)
        severity, message = self.settings.severity(rule), hit.message
        if severity == "error" and name in self.as_written and rule not in self.settings.severities:
            severity, message = "warning", f"{message} (as in the source)"
        return Finding(rule, severity, file, hit.line, message)


def lint_output(path: Path, settings: Settings, writing: Writing = PLAIN) -> Iterator[tuple[str, list[Finding]]]:
    """Yield the findings of each post, then under an empty name those about all posts."""
    folder = OutputFolder(path, writing)
    lint = Lint(folder, settings, lambda name: (path / name).as_posix())
    for name in folder.posts():
        try:
            raw = (path / name).read_bytes()
            text = raw.decode("utf-8").replace("\r\n", "\n")
        except (OSError, UnicodeDecodeError) as error:
            why = getattr(error, "strerror", None) or str(error)
            yield name, lint.finding("unreadable", name, f"the file cannot be read: {why}")
            continue
        if folder.hashes.get(name) == hashlib.sha256(raw).hexdigest():
            lint.as_written.add(name)
        if normal(name) in folder.known or read_front(text, writing.target, {}).form is not None:
            yield name, lint.post(name, text)  # all other files are notes of the user
    yield "", list(lint.rest())
