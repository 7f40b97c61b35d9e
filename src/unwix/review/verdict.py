"""Verdict: how grave what befell a post is, in one word, and the order in which people should look at posts."""

from __future__ import annotations

from typing import Any

from ..model.problems import KINDS

Row = dict[str, Any]
#: From the worst: (name, what it says of a post).
VERDICTS: dict[str, str] = {
    "failed": "could not be read",
    "lost": "something was lost in the conversion",
    "missing": "the source itself lacks something",
    "notes": "nothing lost; worth a look",
    "clean": "nothing lost",
}
#: Of the results of a post; a complete one is `notes` or `clean`.
_OF_RESULT = {"lossy": "lost", "incomplete": "missing"}
_RANK = {name: n for n, name in enumerate(VERDICTS)}


def verdict(row: Row) -> str:
    """A key of `VERDICTS`, of a row of report.json."""
    if row.get("file") == "failed" or not isinstance(row.get("fidelity"), dict):
        return "failed"
    if row.get("result") in _OF_RESULT:
        return _OF_RESULT[row["result"]]
    return "notes" if row.get("problems") else "clean"


def severity(kind: str) -> str:
    """`loss` or `note`; a kind that this version does not know is a loss."""
    return KINDS[kind][0] if kind in KINDS else "warning"


def meaning(kind: str) -> str:
    """What a kind of problem means, as a phrase."""
    return KINDS[kind][1] if kind in KINDS else kind.replace("-", " ")


def kept_share(row: Row) -> float:
    """Which part of the source is in the Markdown, 0 to 1: of words, headings, links … of those that fared worst."""
    counts = row.get("fidelity")
    if not isinstance(counts, dict):
        return 0.0
    pairs = [value for value in counts.values() if isinstance(value, list) and len(value) == 2 and value[1]]
    return min((kept / there for kept, there in pairs), default=1.0)


def worst_first(row: Row) -> tuple[int, float, int, int]:
    """Sort key: the verdict, then how much was kept, then how many losses and problems there are."""
    problems = row.get("problems") or []
    losses = sum(severity(problem["kind"]) != "note" for problem in problems)
    return _RANK[verdict(row)], kept_share(row), -losses, -len(problems)
