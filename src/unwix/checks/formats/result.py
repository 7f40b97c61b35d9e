"""The result of one run of `unwix check`."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from msgspec import Struct

from ...model.results import counted
from ..findings import SEVERITIES, Finding


class Result(Struct, frozen=True):
    """What a check found. Findings are sorted by severity, then by file and line."""

    version: str
    posts: int
    findings: list[Finding]
    passed: bool
    checked: list[str]
    """The files of the posts, in order."""
    started: datetime
    seconds: float
    show_notes: bool = False
    """Notes are shown to people, not only counted."""

    def counts(self) -> dict[str, int]:
        """Return the number of findings of each severity."""
        number_by_severity = Counter(finding.severity for finding in self.findings)
        return {severity: number_by_severity[severity] for severity in SEVERITIES}

    def shown(self) -> list[Finding]:
        """Return the findings to show: all but notes, unless notes were asked for."""
        return [finding for finding in self.findings if self.show_notes or finding.severity != "note"]

    def headline(self) -> str:
        """Return the last line for people: `Checked 5 posts: 3 errors, 2 warnings, 23 notes`."""
        phrases = [counted(number, severity) for severity, number in self.counts().items() if number]
        return f"Checked {counted(self.posts, 'post')}: {', '.join(phrases) or 'no problems found'}"


def severity_order(finding: Finding) -> tuple[int, bool, str, int]:
    """Return the sort key of a finding."""
    return SEVERITIES.index(finding.severity), finding.file is None, finding.file or "", finding.line or 0
