"""Events: what `unwix convert --json` prints, one JSON object a line (docs/events.md, schema/events.schema.json)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..review import Review
    from ..run.report import Report


def event(name: str, **fields: Any) -> str:
    """One event as its line."""
    return json.dumps({"event": name, **fields}, ensure_ascii=False)


def done(report: Report) -> str:
    """The last event of a run: its totals."""
    return event(
        "done",
        **report.totals(),
        files={file: number for file, number in report.files.items() if number},
        problems={kind: number for kind, number in sorted(report.kinds.items()) if number},
    )


def reviewed(made: Review) -> str:
    """The event that a review was written."""
    return event("review", index=made.index.as_posix(), posts=made.posts, alone=made.alone)
