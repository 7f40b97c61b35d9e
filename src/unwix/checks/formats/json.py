"""For programs: one JSON object, as `schema/check.schema.json` describes it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from msgspec.structs import asdict

from .result import Result


def render(result: Result) -> Iterator[str]:
    """Yield the document, one finding per line."""
    head = {"unwix": result.version, "posts": result.posts, "passed": result.passed, "counts": result.counts()}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ',\n "findings": ['
    for number, finding in enumerate(result.findings):
        row = {name: value for name, value in asdict(finding).items() if name != "diff" or value}
        yield (",\n  " if number else "\n  ") + json.dumps(row, ensure_ascii=False)
    yield "\n ]}\n" if result.findings else "]}\n"
