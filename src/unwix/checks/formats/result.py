"""Result: one run of `unwix check`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from ..findings import SEVERITIES, Finding


@dataclass(frozen=True, slots=True)
class Result:
    """What a run has found."""

    version: str
    posts: int
    """How many posts were checked."""
    findings: list[Finding]
    passed: bool
    checked: list[str]
    """The files of the posts, in order."""
    started: datetime
    seconds: float

    def counts(self) -> dict[str, int]:
        """How many findings of each severity."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity: found[severity] for severity in SEVERITIES}
