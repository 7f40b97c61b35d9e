"""A Markdown table for the job summary of GitHub Actions or a comment on a merge request."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .result import Result

#: GitHub refuses a job summary of more than 1 MB.
_MOST_ROWS = 500
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_ICONS = {"error": "❌", "warning": "⚠️", "note": "ℹ️"}


def render(result: Result) -> Iterator[str]:
    """Yield the summary piece by piece."""
    yield f"### unwix check: {'passed' if result.passed else 'failed'}\n\n{result.headline()}\n"
    findings = result.shown()
    if not findings:
        return
    yield "\n| | file | finding | rule |\n| --- | --- | --- | --- |\n"
    for finding in findings[:_MOST_ROWS]:
        message = _cell(finding.message)
        severity = f"{_ICONS[finding.severity]} {finding.severity}"
        yield f"| {severity} | {_cell(finding.place())} | {message} | `{finding.rule}` |\n"
    if len(findings) > _MOST_ROWS:
        yield f"\n{len(findings) - _MOST_ROWS} more findings are not listed.\n"


def _cell(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
