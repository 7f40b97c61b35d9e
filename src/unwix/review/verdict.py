"""Reduce the state of a post to one word, and sort posts by how urgently they need a look."""

from __future__ import annotations

from typing import Any

from ..model.problems import KINDS

Row = dict[str, Any]
#: All verdicts, the most severe first, with a phrase for users.
VERDICTS: dict[str, str] = {
    "failed": "could not be read",
    "lost": "lossy: something that the source shows is not in the output",
    "changed": "changed: the file differs from its source now; it may have been edited since the conversion",
    "missing": "incomplete: the source or a download lacks something",
    "notes": "complete: everything that the source shows is in the output; see the notes",
    "clean": "complete: everything that the source shows is in the output",
}
#: The verdict for each result; a complete post is `notes` or `clean`.
_OF_RESULT = {"lossy": "lost", "incomplete": "missing"}
_RANK = {name: n for n, name in enumerate(VERDICTS)}


def verdict(row: Row, is_changed: bool = False) -> str:
    """Return a key of `VERDICTS` for a row of report.json; `is_changed` if the file differs from its source now."""
    if row.get("file") == "failed" or not isinstance(row.get("fidelity"), dict):
        return "failed"
    if is_changed and row.get("result") != "lossy":
        return "changed"
    if row.get("result") in _OF_RESULT:
        return _OF_RESULT[row["result"]]
    return "notes" if row.get("problems") else "clean"


def severity(kind: str) -> str:
    """Return the severity of a kind of problem; `warning` for a kind that this version does not know."""
    return KINDS[kind][0] if kind in KINDS else "warning"


def meaning(kind: str) -> str:
    """Return the meaning of a kind of problem as a phrase."""
    return KINDS[kind][1] if kind in KINDS else kind.replace("-", " ")


def kept_share(row: Row) -> float:
    """Return the share of the source that is in the Markdown, 0 to 1: the smallest share of all kinds of content."""
    counts = row.get("fidelity")
    if not isinstance(counts, dict):
        return 0.0
    pairs = [value for value in counts.values() if isinstance(value, list) and len(value) == 2 and value[1]]
    return min((kept_count / source_count for kept_count, source_count in pairs), default=1.0)


def severity_order(row: Row, is_changed: bool = False) -> tuple[int, float, int, int]:
    """Return a sort key: the verdict, the share that was kept, the numbers of warnings and of problems."""
    problems = row.get("problems") or []
    losses = sum(severity(problem["kind"]) != "note" for problem in problems)
    return _RANK[verdict(row, is_changed)], kept_share(row), -losses, -len(problems)
