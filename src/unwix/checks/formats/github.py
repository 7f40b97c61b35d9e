"""Workflow commands for GitHub Actions, which become annotations in the changed files, followed by the text format.

Grammar: `::error file=…,line=…,title=…::message`, with `%`, line ends, and in properties `:` and `,`, as `%XX`
(actions/toolkit, packages/core/src/command.ts).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding
from . import text
from .result import Result

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def render(result: Result) -> Iterator[str]:
    """Yield a command for each finding, then the text for the log."""
    for finding in result.shown():
        yield f"::{_COMMANDS[finding.severity]} {_properties(finding)}::{_data(_message(finding))}\n"
    # A log line that starts with :: would be a command; the text of posts must not create one.
    for line in re.split(r"(?<=[\r\n])", "".join(text.render(result))):
        yield " " + line if line.lstrip().startswith(("::", "##[")) else line


def _message(finding: Finding) -> str:
    return f"{finding.message}\n{finding.diff}" if finding.diff else finding.message


def _properties(finding: Finding) -> str:
    values = {"file": finding.file, "line": finding.line, "title": f"unwix: {finding.rule}"}
    return ",".join(f"{name}={_property(str(value))}" for name, value in values.items() if value is not None)


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
