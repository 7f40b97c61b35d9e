"""The message of a run that found no blog post: which files it read, what they are, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...model.skipped import Skipped
    from ...run.report import Report

#: The maximum number of explained reasons; report.json contains all.
_MOST_KINDS = 4
_GIVE_PAGES = "Give saved pages of posts or the URL of the site (https://…)"


def nothing_found(report: Report, sources: tuple[str | Path, ...]) -> list[str]:
    """Return the lines of the message."""
    if not report.skipped:
        empty = [str(source) for source in sources if isinstance(source, Path) and source.is_dir()]
        verb = "contains" if len(empty) == 1 else "contain"
        where = f" {' and '.join(empty)} {verb} no files that unwix reads." if empty else ""
        return [f"No blog post found.{where} {_GIVE_PAGES}."]
    lines = list(_reasons(report.skipped))
    return ["No blog post found.", *lines, f"{_GIVE_PAGES}; unwix inspect FILE shows what is in a file."]


def reasons_in_short(report: Report) -> str:
    """Return what the files of a site are, for one line below its row: `no blog post found (2 × a forum page)`."""
    kinds = report.skipped_kinds()
    reasons = [f"{number} × {kind}" for kind, number in kinds[:_MOST_KINDS]]
    if (more := len(kinds) - _MOST_KINDS) > 0:
        reasons.append(f"{more} more reasons")
    return f"no blog post found ({', '.join(reasons) or 'no files'})"


def _reasons(skipped: list[tuple[str, Skipped]]) -> Iterator[str]:
    """Yield a line per kind of skipped file, the most frequent first: an example, what it is, what to do."""
    from ...diagnose.explain import skip_fixes
    from ...model.skipped import SKIP_KINDS

    fixes = skip_fixes()
    by_kind: dict[str, list[tuple[str, Skipped]]] = {}
    for source, reason in skipped:
        by_kind.setdefault(reason.kind, []).append((source, reason))
    ordered = sorted(by_kind.items(), key=lambda item: -len(item[1]))
    for kind, files in ordered[:_MOST_KINDS]:
        source, reason = files[0]
        more = f" and {len(files) - 1} more" if len(files) > 1 else ""
        meaning = reason.detail if len(files) == 1 else SKIP_KINDS[kind]
        has_advice = "; " in meaning or fixes[kind].startswith("Nothing")
        fix = "" if has_advice else f" {fixes[kind]}"
        yield f"  {source}{more}: {meaning}.{fix}"
    if len(ordered) > _MOST_KINDS:
        yield f"  and {sum(len(files) for _, files in ordered[_MOST_KINDS:])} more files of other kinds"
