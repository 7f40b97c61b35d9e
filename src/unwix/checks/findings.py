"""Findings: what a rule has found, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

Severity = Literal["error", "warning", "note"]
#: Gravest first. An error fails the check; a warning does with `--strict`; a note is worth a look.
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


class Match(NamedTuple):
    """What a rule says of one post: the line it stands in (None: the file as a whole), and a sentence."""

    line: int | None
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule has found."""

    rule: str
    severity: Severity
    file: str | None
    """The path as it can be opened from here; None for the folder as a whole."""
    line: int | None
    message: str
    diff: str = ""
    """A unified diff, where a file is not what it should be."""

    def place(self) -> str:
        """`file:line`, as editors and terminals make links of it."""
        return (self.file or "") + (f":{self.line}" if self.line else "")
