"""Findings: what a rule found, and where."""

from __future__ import annotations

from typing import NamedTuple, get_args

from msgspec import Struct

from ..model.problems import Severity

#: Most severe first. An error fails the check, a warning fails it with `--strict`, a note never does.
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


class Match(NamedTuple):
    """A match of a rule in a file: the line, or None for the whole file, and a message."""

    line: int | None
    message: str


class Finding(Struct, frozen=True):
    """A match with its rule, severity and file."""

    rule: str
    severity: Severity
    file: str | None
    """The path, relative to the current directory; None for the output as a whole."""
    line: int | None
    message: str
    diff: str = ""
    """A unified diff if the file differs from what is expected."""

    def place(self) -> str:
        """Return `file:line`, which editors and terminals turn into a link."""
        return (self.file or "") + (f":{self.line}" if self.line else "")
