"""The events that `--json` prints, one JSON object per line (docs/events.md, schema/events.schema.json)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..review import Review
    from ..run.report import Report


def event(name: str, **fields: Any) -> str:
    """Return the line of an event."""
    return json.dumps({"event": name, **fields}, ensure_ascii=False)


def done(report: Report) -> str:
    """Return the last event of a run: the totals."""
    return event(
        "done",
        **report.totals(),
        files={file: number for file, number in report.files.items() if number},
        problems={kind: number for kind, number in sorted(report.kinds.items()) if number},
    )


def review_written(review: Review) -> str:
    """Return the event for a review page that was written."""
    return event("review", index=review.index.as_posix(), posts=review.posts, alone=review.alone)
